import { Command } from '@commander-js/extra-typings';
import type { ComparedProvider } from '#internet';
import { example } from '../../example.ts';
import { csvFlag, graphFlag, openAtlas } from '../../internet-graph.ts';
import { type Column, percent, printCsvList, printList, shortName } from '../../internet-table.ts';
import type { Runtime } from '../../runtime.ts';
import { counted, formatCount } from '../../table.ts';

const columns: readonly Column<ComparedProvider>[] = [
  ['AS', ({ asn }) => `AS${asn}`],
  ['NAME', ({ name }) => shortName(name)],
  ['CC', ({ country }) => country],
  ['CUSTOMERS', ({ directCustomers }) => directCustomers],
  ['SINGLE-HOMED', ({ singleHomed }) => singleHomed],
  ['ONLY HERE', ({ onlyHere }) => onlyHere],
  ['SHARED', ({ shared }) => shared],
  ['SHARE', ({ share }) => percent(share)],
  ['CONE', ({ cone }) => cone],
  ['RANK', ({ rank }) => rank],
  ['OBSERVED', ({ observedCone }) => observedCone],
  ['IN NO OTHER CONE', ({ coneAlone }) => coneAlone],
];
const csv: readonly Column<ComparedProvider>[] = [
  ['asn', ({ asn }) => asn],
  ['name', ({ name }) => name],
  ['country', ({ country }) => country],
  ['customers', ({ directCustomers }) => directCustomers],
  ['single_homed', ({ singleHomed }) => singleHomed],
  ['only_here', ({ onlyHere }) => onlyHere],
  ['shared', ({ shared }) => shared],
  ['share', ({ share }) => share],
  ['cone', ({ cone }) => cone],
  ['rank', ({ rank }) => rank],
  ['observed_cone', ({ observedCone }) => observedCone],
  ['provider_peer_cone', ({ providerPeerCone }) => providerPeerCone],
  ['cone_alone', ({ coneAlone }) => coneAlone],
];

export function internetCompareCommand(runtime: Runtime) {
  return new Command('compare')
    .description('Providers side by side: how customers are distributed over them, and what their cones share.')
    .argument('<asns...>', 'two or more AS numbers')
    .option(...graphFlag)
    .option(...csvFlag)
    .addHelpText('after', example('internet compare 8452 24835 24863', 'internet compare 8452,24835 --json'))
    .action(async (asns, flags) => {
      const { screen } = runtime;
      const atlas = await openAtlas(runtime, flags);
      const { answerCompare } = await import('#internet');
      const answer = answerCompare(
        atlas,
        asns.flatMap((text) => text.split(',')).filter((text) => text !== ''),
      );
      screen.document(answer);
      if (flags.csv) return printCsvList(screen, csv, answer.providers);
      const { providers, customers, concentration, byHowMany, pairs } = answer;
      printList(screen, columns, providers);
      const spread = byHowMany.map((count, at) => `${formatCount(count)} buy from ${at + 1}`);
      screen.print(`\n${counted(customers, 'customer')} in all: ${spread.join(', ')}`);
      const even = Math.round(10_000 / providers.length);
      screen.print(
        `concentration ${formatCount(concentration)} (Herfindahl–Hirschman: ${formatCount(even)} is an even share, 10,000 one provider for all)\n`,
      );
      printList(
        screen,
        [
          ['PAIR', ({ a, b }) => `AS${a} – AS${b}`],
          ['CUSTOMERS OF BOTH', ({ sharedCustomers }) => sharedCustomers],
          ['IN BOTH CONES', ({ sharedCone }) => sharedCone],
          ['OVERLAP', ({ coneOverlap }) => percent(coneOverlap)],
        ],
        pairs,
      );
    });
}
