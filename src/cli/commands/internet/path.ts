import { Command } from '@commander-js/extra-typings';
import type { PathHop } from '#internet';
import { example } from '../../example.ts';
import { csvFlag, graphFlag, openAtlas } from '../../internet-graph.ts';
import { type Column, printCsvList, printList, shortName } from '../../internet-table.ts';
import type { Runtime } from '../../runtime.ts';
import { counted } from '../../table.ts';

const columns: readonly Column<PathHop>[] = [
  ['OVER ITS', ({ relation }) => relation],
  ['AS', ({ as }) => `AS${as.asn}`],
  ['NAME', ({ as }) => shortName(as.name)],
  ['CC', ({ as }) => as.country],
  ['CONE', ({ as }) => as.cone],
  ['SURE %', ({ confidence }) => confidence],
];
const csv: readonly Column<PathHop>[] = [
  ['asn', ({ as }) => as.asn],
  ['name', ({ as }) => as.name],
  ['country', ({ as }) => as.country],
  ['relation', ({ relation }) => relation],
  ['confidence', ({ confidence }) => confidence],
];

export function internetPathCommand(runtime: Runtime) {
  return new Command('path')
    .description('The shortest way from one AS to another that business relations allow.')
    .argument('<from>', 'AS number')
    .argument('<to>', 'AS number')
    .option(...graphFlag)
    .option(...csvFlag)
    .addHelpText('after', example('internet path 8452 15169', 'internet path AS8452 AS15169 --json'))
    .action(async (from, to, flags) => {
      const { screen } = runtime;
      const atlas = await openAtlas(runtime, flags);
      const { answerPath } = await import('#internet');
      const answer = answerPath(atlas, from, to);
      screen.document(answer);
      if (flags.csv) return printCsvList(screen, csv, answer.hops);
      if (answer.hops.length === 0) {
        screen.print(
          `no way from AS${answer.from.asn} to AS${answer.to.asn} that goes up to providers, over one peer at most, and down`,
        );
        return;
      }
      printList(screen, columns, answer.hops);
      screen.print(`\n${counted(answer.hops.length - 1, 'hop')}: ${answer.hops.map(({ as }) => as.asn).join(' ')}`);
    });
}
