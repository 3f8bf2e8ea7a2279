import { Command } from '@commander-js/extra-typings';
import type { Upstream } from '#internet';
import { example } from '../../example.ts';
import { csvFlag, graphFlag, openAtlas } from '../../internet-graph.ts';
import { type Column, percent, printCsvList, printList, shortName } from '../../internet-table.ts';
import type { Runtime } from '../../runtime.ts';

const columns: readonly Column<Upstream>[] = [
  ['UPSTREAM', ({ to }) => `AS${to}`],
  ['NAME', ({ name }) => shortName(name)],
  ['CC', ({ country }) => country],
  ['IS', ({ relation }) => relation],
  ['SURE %', ({ confidence }) => confidence],
  ['PREFIXES IN', ({ prefixesIn }) => prefixesIn],
  ['SHARE', ({ prefixShare }) => percent(prefixShare)],
  ['PATHS IN', ({ pathsIn }) => pathsIn],
  ['CONE', ({ cone }) => cone],
];
const csv: readonly Column<Upstream>[] = [
  ['asn', ({ from }) => from],
  ['upstream', ({ to }) => to],
  ['name', ({ name }) => name],
  ['country', ({ country }) => country],
  ['relation', ({ relation }) => relation],
  ['confidence', ({ confidence }) => confidence],
  ['prefixes_in', ({ prefixesIn }) => prefixesIn],
  ['prefix_share', ({ prefixShare }) => prefixShare],
  ['paths_in', ({ pathsIn }) => pathsIn],
  ['path_share', ({ pathShare }) => pathShare],
  ['cone', ({ cone }) => cone],
];

export function internetUpstreamsCommand(runtime: Runtime) {
  return new Command('upstreams')
    .description('Who brings an AS its traffic, ranked by the paths and prefixes that come through them.')
    .argument('<asn>', 'AS number: 8452, AS8452, 1.10')
    .option('--peers', 'peers too')
    .option(...graphFlag)
    .option(...csvFlag)
    .addHelpText('after', example('internet upstreams 8452', 'internet upstreams AS8452 --peers --csv'))
    .action(async (asn, flags) => {
      const { screen } = runtime;
      const atlas = await openAtlas(runtime, flags);
      const { answerUpstreams } = await import('#internet');
      const answer = answerUpstreams(atlas, asn, { withPeers: flags.peers === true });
      screen.document(answer);
      if (flags.csv) return printCsvList(screen, csv, answer.upstreams);
      const { as, upstreams, rankedBy, singlePoints, isConnected } = answer;
      screen.print(
        screen.colors.bold(`AS${as.asn} ${[as.name, as.country].filter((part) => part !== null).join(', ')}`),
      );
      if (upstreams.length === 0)
        screen.print('no upstream was seen: it stands at the top, or its links were not seen');
      else {
        screen.print(`${upstreams.length} upstreams, ranked by ${rankedBy}\n`);
        printList(screen, columns, upstreams);
      }
      if (singlePoints.length > 0) {
        const named = singlePoints.map((one) => `AS${one.asn}${one.name === null ? '' : ` (${shortName(one.name)})`}`);
        screen.print(`\nwithout ${named.join(', or without ')} it has no way up to the top of the internet`);
      } else if (!isConnected) screen.print('\nno way up to the top of the internet was seen');
      else if (upstreams.length > 0) screen.print('\nno single failure of another AS cuts it off');
    });
}
