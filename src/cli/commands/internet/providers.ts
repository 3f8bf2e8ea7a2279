import { Command, Option } from '@commander-js/extra-typings';
import type { ProviderRow } from '#internet';
import { example } from '../../example.ts';
import { csvFlag, graphFlag, openAtlas } from '../../internet-graph.ts';
import { type Column, printCsvList, printList, shortName } from '../../internet-table.ts';
import { countOrNone } from '../../run-flags.ts';
import type { Runtime } from '../../runtime.ts';
import { formatCount } from '../../table.ts';

const usualRows = 25;

const columns: readonly Column<ProviderRow>[] = [
  ['AS', ({ asn }) => `AS${asn}`],
  ['NAME', ({ name }) => shortName(name)],
  ['CC', ({ country }) => country],
  ['ROLE', ({ role }) => role],
  ['CONE', ({ cone }) => cone],
  ['CUSTOMERS', ({ customers }) => customers],
  ['NEIGHBOURS', ({ neighbours }) => neighbours],
  ['BECAUSE', ({ evidence }) => evidence.join('; ')],
];
const csv: readonly Column<ProviderRow>[] = [
  ['asn', ({ asn }) => asn],
  ['name', ({ name }) => name],
  ['country', ({ country }) => country],
  ['role', ({ role }) => role],
  ['type', ({ type }) => type],
  ['cone', ({ cone }) => cone],
  ['customers', ({ customers }) => customers],
  ['neighbours', ({ neighbours }) => neighbours],
  ['evidence', ({ evidence }) => evidence.join('; ')],
];

export function internetProvidersCommand(runtime: Runtime) {
  return new Command('providers')
    .description('Who sells transit, and who is an exchange or a route server.')
    .option('--country <country>', 'only of one country')
    .addOption(
      new Option(
        '--operator-threshold <count>',
        'instead of the evidence of transit: more neighbours than so many make an operator',
      ).argParser(countOrNone),
    )
    .option(...graphFlag)
    .option('--all', 'list everything')
    .option(...csvFlag)
    .addHelpText(
      'after',
      example(
        'internet providers',
        'internet providers --country EG',
        'internet providers --operator-threshold 15 --csv',
      ),
    )
    .action(async (flags) => {
      const { screen } = runtime;
      const atlas = await openAtlas(runtime, flags);
      const { answerProviders } = await import('#internet');
      const answer = answerProviders(atlas, {
        ...(flags.country !== undefined && { country: flags.country }),
        ...(flags.operatorThreshold !== undefined && { operatorThreshold: flags.operatorThreshold }),
      });
      screen.document(answer);
      if (flags.csv) return printCsvList(screen, csv, [...answer.providers, ...answer.exchanges]);
      const { bold, dim } = screen.colors;
      const limit = flags.all ? Number.POSITIVE_INFINITY : usualRows;
      const counts = Object.entries(answer.counts).map(([role, count]) => `${role} ${formatCount(count)}`);
      screen.print(`${formatCount(answer.looked)} ASes: ${counts.join(', ')}\n`);
      for (const [title, rows] of [
        [flags.operatorThreshold === undefined ? 'Providers' : 'Operators', answer.providers],
        ['Exchanges and route servers', answer.exchanges],
      ] as const) {
        if (rows.length === 0) continue;
        screen.print(bold(title));
        printList(screen, columns, rows.slice(0, limit));
        if (rows.length > limit) screen.print(dim(`… ${formatCount(rows.length - limit)} more: --all`));
        screen.print();
      }
    });
}
