import { Command } from '@commander-js/extra-typings';
import { NetwrightError } from '#core';
import type { Atlas, Failure, WhatIf } from '#internet';
import { example } from '../../example.ts';
import { csvFlag, graphFlag, openAtlas } from '../../internet-graph.ts';
import { printCsvList, printList, shortName } from '../../internet-table.ts';
import type { Runtime } from '../../runtime.ts';
import type { Screen } from '../../screen.ts';
import { counted, formatCount } from '../../table.ts';

const usualRows = 20;

export function internetWhatIfCommand(runtime: Runtime) {
  return new Command('what-if')
    .description('What is cut off and what goes another way when ASes or links fail.')
    .requiredOption('--fail <what>', 'an AS, or a link of two: AS8452, 8452-3356; may be repeated', collect)
    .option('--from <asns>', 'from where to look (default: the largest transit-free ASes)')
    .option(...graphFlag)
    .option('--all', 'list everything')
    .option(...csvFlag)
    .addHelpText(
      'after',
      example('internet what-if --fail AS8452', 'internet what-if --fail 8452-3356 --from 15169 --json'),
    )
    .action(async (flags) => {
      const { screen, signal } = runtime;
      const atlas = await openAtlas(runtime, flags);
      const { parseAsn, whatIf } = await import('#internet');
      const failure = failureOf(flags.fail, parseAsn);
      const observers = flags.from?.split(',').map(parseAsn);
      const answer = await whatIf(atlas.graph, failure, { signal, ...(observers && { observers }) });
      screen.document({ failure, ...answer });
      if (flags.csv) printOriginCsv(screen, atlas, answer);
      else printWhatIf(screen, atlas, answer, flags.all ? Number.POSITIVE_INFINITY : usualRows);
    });
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function failureOf(wanted: readonly string[], parseAsn: (text: string) => number): Failure {
  const ases: number[] = [];
  const links: (readonly [number, number])[] = [];
  for (const text of wanted.flatMap((one) => one.split(','))) {
    const [one = '', other, ...rest] = text.split('-');
    if (rest.length > 0)
      throw new NetwrightError('NW_USAGE', `--fail ${text}: expected an AS or a link such as 8452-3356`);
    if (other === undefined) ases.push(parseAsn(one));
    else links.push([parseAsn(one), parseAsn(other)]);
  }
  return { ases, links };
}

function printWhatIf(screen: Screen, { registry }: Atlas, answer: WhatIf, limit: number): void {
  const { bold, dim } = screen.colors;
  const { observers, origins, lost, partlyLost, rerouted, pairs, examples } = answer;
  screen.print(`looked at ${counted(origins, 'AS', 'ASes')} from ${observers.map((asn) => `AS${asn}`).join(' ')}\n`);
  screen.print(`${bold(counted(lost.length, 'AS', 'ASes'))} cut off from all of them`);
  screen.print(`${bold(counted(partlyLost.length, 'AS', 'ASes'))} cut off from some`);
  screen.print(`${bold(counted(rerouted.length, 'AS', 'ASes'))} reached another way`);
  screen.print(
    `of ${counted(pairs.before, 'route')} ${formatCount(pairs.before - pairs.after)} are gone, ${formatCount(pairs.rerouted)} go another way, ${formatCount(pairs.longer)} of these a longer one`,
  );
  for (const [title, asns] of [
    ['Cut off', lost],
    ['Partly cut off', partlyLost],
  ] as const) {
    if (asns.length === 0) continue;
    screen.print(`\n${bold(title)}`);
    printList(
      screen,
      [
        ['AS', (asn) => `AS${asn}`],
        ['NAME', (asn) => shortName(registry.name(asn) ?? null)],
        ['CC', (asn) => registry.country(asn)],
      ],
      asns.slice(0, limit),
    );
    if (asns.length > limit) screen.print(dim(`… ${formatCount(asns.length - limit)} more: --all`));
  }
  if (examples.length > 0) screen.print(`\n${bold('Examples')}`);
  for (const { before, after } of examples) screen.print(`  ${before.join(' ')}  →  ${after.join(' ') || 'no way'}`);
}

function printOriginCsv(screen: Screen, { registry }: Atlas, { lost, partlyLost, rerouted }: WhatIf): void {
  const rows = [
    ...lost.map((asn) => ({ asn, effect: 'lost' })),
    ...partlyLost.map((asn) => ({ asn, effect: 'partly lost' })),
    ...rerouted.map((asn) => ({ asn, effect: 'rerouted' })),
  ];
  printCsvList(
    screen,
    [
      ['asn', ({ asn }) => asn],
      ['name', ({ asn }) => registry.name(asn)],
      ['country', ({ asn }) => registry.country(asn)],
      ['effect', ({ effect }) => effect],
    ],
    rows,
  );
}
