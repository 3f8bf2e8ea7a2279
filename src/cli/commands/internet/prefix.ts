import { Command } from '@commander-js/extra-typings';
import type { Origin, PrefixAnswer, PrefixRow } from '#internet';
import { example } from '../../example.ts';
import { csvFlag, graphFlag, openAtlas } from '../../internet-graph.ts';
import { printCsvList, printList, shortName } from '../../internet-table.ts';
import type { Runtime } from '../../runtime.ts';
import type { Screen } from '../../screen.ts';
import { counted, formatCount } from '../../table.ts';
import { pathText } from './asn.ts';

const usualRows = 20;

export function internetPrefixCommand(runtime: Runtime) {
  return new Command('prefix')
    .description('Who originates a prefix, what is around it, the paths to it, and what RPKI says.')
    .argument('<prefix>', 'a prefix, or an address for the longest prefix that has it: 41.32.0.0/12, 2c0f:fc88::1')
    .option(...graphFlag)
    .option('--all', 'list everything')
    .option(...csvFlag)
    .addHelpText('after', example('internet prefix 41.32.0.0/12', 'internet prefix 41.33.1.1 --json'))
    .action(async (prefix, flags) => {
      const { screen } = runtime;
      const atlas = await openAtlas(runtime, flags);
      const { answerPrefix } = await import('#internet');
      const answer = answerPrefix(atlas, prefix, flags.all ? { limit: Number.POSITIVE_INFINITY } : {});
      screen.document(answer);
      if (flags.csv) printPrefixCsv(screen, answer);
      else printPrefix(screen, answer, flags.all ? Number.POSITIVE_INFINITY : usualRows);
    });
}

function printPrefix(screen: Screen, answer: PrefixAnswer, limit: number): void {
  const { bold, dim, yellow } = screen.colors;
  const where = answer.countryName === null ? '' : `, addresses of ${answer.countryName}`;
  screen.print(bold(`${answer.prefix}${where}`));
  if (!answer.isAnnounced) screen.print('not announced itself');
  else if (answer.isMoas) screen.print(yellow(`${answer.origins.length} origins (MOAS)`));
  if (answer.origins.length > 0) {
    printList(
      screen,
      [
        ['ORIGIN', ({ asn }) => `AS${asn}`],
        ['NAME', ({ name }) => shortName(name)],
        ['CC', ({ country }) => country],
        ['SEEN BY', ({ seenBy }) => seenBy || null],
        ['RPKI', ({ rpki }) => rpki],
      ],
      answer.origins,
    );
  }
  if (answer.vrps === null) screen.print(dim('RPKI: the graph has no VRPs (add the JSON of a validator to the build)'));
  for (const { prefix, maxLength, asn } of answer.vrps ?? [])
    screen.print(`VRP ${prefix} up to /${maxLength} for AS${asn}`);
  printRows(screen, 'Less specific', answer.lessSpecifics, answer.lessSpecifics.length, limit);
  printRows(screen, 'More specific', answer.moreSpecifics, answer.moreSpecificCount, limit);
  const { paths } = answer;
  if (paths === null) screen.print(dim('\npaths: the graph was built without routes'));
  else if (paths.length > 0) {
    screen.print(`\n${bold(counted(paths.length, 'distinct path'))}`);
    for (const path of paths.slice(0, limit)) screen.print(`  ${pathText(path)}`);
    if (paths.length > limit) screen.print(dim(`… ${formatCount(paths.length - limit)} more: --all`));
  }
}

function printRows(screen: Screen, title: string, rows: readonly PrefixRow[], count: number, limit: number): void {
  if (count === 0) return;
  screen.print(`\n${screen.colors.bold(`${title} (${formatCount(count)})`)}`);
  const shown = rows.slice(0, limit);
  printList(
    screen,
    [
      ['PREFIX', ({ prefix }) => prefix],
      ['ORIGINS', ({ origins }) => origins.map(originText).join(', ')],
      ['RPKI', ({ origins }) => [...new Set(origins.map(({ rpki }) => rpki))].join(', ')],
    ],
    shown,
  );
  if (count > shown.length) screen.print(screen.colors.dim(`… ${formatCount(count - shown.length)} more: --all`));
}

const originText = ({ asn, name }: Origin): string => (name === null ? `AS${asn}` : `AS${asn} ${shortName(name)}`);

function printPrefixCsv(screen: Screen, { prefix, origins, lessSpecifics, moreSpecifics }: PrefixAnswer): void {
  const rows = [
    ...lessSpecifics.map((row) => ({ ...row, position: 'less specific' })),
    { prefix, origins, position: 'itself' },
    ...moreSpecifics.map((row) => ({ ...row, position: 'more specific' })),
  ];
  interface Row {
    readonly row: PrefixRow & { readonly position: string };
    readonly origin?: Origin;
  }
  printCsvList<Row>(
    screen,
    [
      ['prefix', ({ row }) => row.prefix],
      ['position', ({ row }) => row.position],
      ['origin', ({ origin }) => origin?.asn],
      ['name', ({ origin }) => origin?.name],
      ['country', ({ origin }) => origin?.country],
      ['seen_by', ({ origin }) => origin?.seenBy],
      ['rpki', ({ origin }) => origin?.rpki],
    ],
    rows.flatMap((row): Row[] =>
      row.origins.length === 0 ? [{ row }] : row.origins.map((origin) => ({ row, origin })),
    ),
  );
}
