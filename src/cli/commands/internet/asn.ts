import { Command } from '@commander-js/extra-typings';
import type { AsDetail, AsnAnswer, LinkFact, Neighbour, SeenPath } from '#internet';
import { example } from '../../example.ts';
import { csvFlag, graphFlag, openAtlas } from '../../internet-graph.ts';
import { type Column, printCsvList, printList, shortName } from '../../internet-table.ts';
import type { Runtime } from '../../runtime.ts';
import type { Screen } from '../../screen.ts';
import { counted, formatCount } from '../../table.ts';

/** Of each relation so many neighbours are listed, unless all are asked for. */
const usualRows = 12;

const linkColumns: readonly Column<LinkFact>[] = [
  ['AS', ({ from }) => `AS${from}`],
  ['HAS', ({ relation }) => relation],
  ['NEIGHBOUR', ({ to }) => `AS${to}`],
  ['SURE %', ({ confidence }) => confidence],
  ['DECIDED BY', ({ step }) => step],
  ['PATHS', ({ paths }) => paths || null],
];
const neighbourColumns: readonly Column<Neighbour>[] = [
  ['IS', ({ relation }) => relation],
  ['NEIGHBOUR', ({ to }) => `AS${to}`],
  ['NAME', ({ name }) => shortName(name)],
  ['CC', ({ country }) => country],
  ['CONE', ({ cone }) => cone],
  ['SURE %', ({ confidence }) => confidence],
  ['DECIDED BY', ({ step }) => step],
  ['PATHS', ({ paths }) => paths || null],
  ['PREFIXES IN', ({ prefixesIn }) => prefixesIn || null],
];

export function internetAsnCommand(runtime: Runtime) {
  return new Command('asn')
    .description('How ASes connect to each other and to their neighbours, and how that is known.')
    .argument('<asns...>', 'AS numbers: 8452, AS8452, 1.10')
    .option(...graphFlag)
    .option('--all', 'list every neighbour')
    .option('--evidence', 'show paths that attest each link')
    .option(...csvFlag)
    .addHelpText(
      'after',
      example('internet asn 8452 24835', 'internet asn AS8452 --all --evidence', 'internet asn 8452 --csv'),
    )
    .action(async (asns, flags) => {
      const { screen } = runtime;
      const atlas = await openAtlas(runtime, flags);
      const { answerAsn } = await import('#internet');
      const answer = answerAsn(
        atlas,
        asns.flatMap((text) => text.split(',')).filter((text) => text !== ''),
      );
      screen.document(answer);
      if (flags.csv) printNeighbourCsv(screen, answer);
      else printAnswer(screen, answer, flags.all === true, flags.evidence === true);
    });
}

function printAnswer(screen: Screen, { ases, among, shared }: AsnAnswer, isAll: boolean, withEvidence: boolean): void {
  const { bold, dim } = screen.colors;
  if (ases.length > 1) {
    screen.print(bold('Among themselves'));
    if (among.length === 0) screen.print('no link between two of them was seen');
    else printList(screen, linkColumns, among);
    for (const { from, to, examples } of among) printPaths(screen, `AS${from} – AS${to}`, examples);
    if (shared.length > 0) {
      const most = shared.slice(0, isAll ? shared.length : usualRows);
      screen.print(`\n${bold('Neighbours of more than one')}`);
      printList(
        screen,
        [
          ['NEIGHBOUR', ({ as }) => `AS${as.asn}`],
          ['NAME', ({ as }) => shortName(as.name)],
          ['CC', ({ as }) => as.country],
          ['CONE', ({ as }) => as.cone],
          ['NEIGHBOUR OF', ({ neighbourOf }) => neighbourOf.map((asn) => `AS${asn}`).join(' ')],
        ],
        most,
      );
      if (most.length < shared.length) screen.print(dim(`… ${formatCount(shared.length - most.length)} more: --all`));
    }
  }
  for (const as of ases) {
    if (ases.length > 1) screen.print();
    printDetail(screen, as, isAll, withEvidence);
  }
}

function printDetail(screen: Screen, as: AsDetail, isAll: boolean, withEvidence: boolean): void {
  const { bold, dim } = screen.colors;
  screen.print(bold(`AS${as.asn} ${[as.name, as.country].filter((part) => part !== null).join(', ')}`));
  const cones = [
    `cone ${formatCount(as.cone)} (rank ${formatCount(as.rank)})`,
    ...(as.observedCone === null ? [] : [`observed ${formatCount(as.observedCone)}`]),
    ...(as.providerPeerCone === null ? [] : [`from providers and peers ${formatCount(as.providerPeerCone)}`]),
  ];
  screen.print(`${as.role}: ${as.roleEvidence.join('; ')}`);
  screen.print(cones.join(', '));
  if (as.prefixes4 !== null) {
    screen.print(
      `originates ${counted(as.prefixes4, 'IPv4 prefix', 'IPv4 prefixes')}, ${formatCount(as.prefixes6 ?? 0)} IPv6`,
    );
  }
  if (as.exchanges.length > 0) screen.print(`at ${as.exchanges.join(', ')}`);
  if (as.sameHolder.length > 0) screen.print(`same holder: ${as.sameHolder.map((asn) => `AS${asn}`).join(' ')}`);
  const groups = Map.groupBy(as.neighbours, ({ relation }) => relation);
  const listed = [...groups.values()].flatMap((group) => (isAll ? group : group.slice(0, usualRows)));
  screen.print();
  printList(screen, neighbourColumns, listed);
  const rest = [...groups].filter(([, group]) => !isAll && group.length > usualRows);
  if (rest.length > 0) {
    screen.print(
      dim(
        `… and ${rest.map(([relation, group]) => `${formatCount(group.length - usualRows)} more of relation ${relation}`).join(', ')}: --all`,
      ),
    );
  }
  if (withEvidence) for (const { to, examples } of listed) printPaths(screen, `AS${to}`, examples);
}

function printPaths(screen: Screen, title: string, examples: readonly SeenPath[]): void {
  if (examples.length === 0) return;
  screen.print(`  ${title} seen in`);
  for (const path of examples) screen.print(screen.colors.dim(`    ${pathText(path)}`));
}

/** As BGP tables have it: `3356 8452 {64500,64501}`. */
export const pathText = (path: SeenPath): string =>
  path.map((hop) => (typeof hop === 'number' ? String(hop) : `{${hop.join(',')}}`)).join(' ');

function printNeighbourCsv(screen: Screen, { ases }: AsnAnswer): void {
  const columns: readonly Column<Neighbour>[] = [
    ['asn', ({ from }) => from],
    ['neighbour', ({ to }) => to],
    ['relation', ({ relation }) => relation],
    ['name', ({ name }) => name],
    ['country', ({ country }) => country],
    ['cone', ({ cone }) => cone],
    ['confidence', ({ confidence }) => confidence],
    ['step', ({ step }) => step],
    ['paths', ({ paths }) => paths],
    ['paths_in', ({ pathsIn }) => pathsIn],
    ['prefixes_in', ({ prefixesIn }) => prefixesIn],
    ['example', ({ examples }) => (examples[0] === undefined ? null : pathText(examples[0]))],
  ];
  printCsvList(
    screen,
    columns,
    ases.flatMap(({ neighbours }) => neighbours),
  );
}
