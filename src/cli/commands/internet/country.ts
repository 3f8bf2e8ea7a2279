import { Command } from '@commander-js/extra-typings';
import type { AsSummary, Atlas, CountryAnswer, Gateway, GatewaysAnswer, LinkFact } from '#internet';
import { example } from '../../example.ts';
import { csvFlag, graphFlag, openAtlas } from '../../internet-graph.ts';
import { type Column, printCsvList, printList, shortName } from '../../internet-table.ts';
import type { Runtime } from '../../runtime.ts';
import type { Screen } from '../../screen.ts';
import { counted, formatCount } from '../../table.ts';

const usualRows = 20;

export function internetCountryCommand(runtime: Runtime) {
  return new Command('country')
    .description('The ASes of a country, the links among them, and the ways out.')
    .argument('<country>', 'two letters, or its English name: EG, Egypt')
    .option('--gateways', 'rank the ways out, and say what the country loses when one fails')
    .option('--links', 'with --csv: the links among its ASes and those to other countries, not its ASes')
    .option(...graphFlag)
    .option('--all', 'list everything')
    .option(...csvFlag)
    .addHelpText(
      'after',
      example('internet country EG', 'internet country egypt --gateways', 'internet country SA --csv --links'),
    )
    .action(async (country, flags) => {
      const { screen } = runtime;
      const atlas = await openAtlas(runtime, flags);
      const { answerCountry, answerGateways } = await import('#internet');
      const limit = flags.all ? Number.POSITIVE_INFINITY : usualRows;
      if (flags.gateways) {
        const answer = answerGateways(atlas, country);
        screen.document(answer);
        if (flags.csv) printCsvList(screen, gatewayCsv, answer.gateways);
        else printGateways(screen, answer, limit);
        return;
      }
      const answer = answerCountry(atlas, country);
      screen.document(answer);
      if (flags.csv && flags.links) printCsvList(screen, linkCsv(atlas), [...answer.links, ...answer.wayOut]);
      else if (flags.csv) printCsvList(screen, asCsv, answer.ases);
      else printCountry(screen, atlas, answer, limit);
    });
}

const asColumns: readonly Column<AsSummary>[] = [
  ['AS', ({ asn }) => `AS${asn}`],
  ['NAME', ({ name }) => shortName(name)],
  ['ROLE', ({ role }) => role],
  ['CONE', ({ cone }) => cone],
  ['PROVIDERS', ({ providers }) => providers],
  ['PEERS', ({ peers }) => peers],
  ['CUSTOMERS', ({ customers }) => customers],
  ['UNKNOWN', ({ unknown }) => unknown || null],
  ['IPV4', ({ prefixes4 }) => prefixes4],
  ['IPV6', ({ prefixes6 }) => prefixes6],
];
const asCsv: readonly Column<AsSummary>[] = [
  ['asn', ({ asn }) => asn],
  ['name', ({ name }) => name],
  ['country', ({ country }) => country],
  ['type', ({ type }) => type],
  ['role', ({ role }) => role],
  ['cone', ({ cone }) => cone],
  ['providers', ({ providers }) => providers],
  ['peers', ({ peers }) => peers],
  ['siblings', ({ siblings }) => siblings],
  ['unknown', ({ unknown }) => unknown],
  ['customers', ({ customers }) => customers],
  ['prefixes4', ({ prefixes4 }) => prefixes4],
  ['prefixes6', ({ prefixes6 }) => prefixes6],
];
const linkCsv = ({ registry }: Atlas): readonly Column<LinkFact>[] => [
  ['asn', ({ from }) => from],
  ['neighbour', ({ to }) => to],
  ['relation', ({ relation }) => relation],
  ['name', ({ to }) => registry.name(to)],
  ['country', ({ to }) => registry.country(to)],
  ['confidence', ({ confidence }) => confidence],
  ['step', ({ step }) => step],
  ['paths', ({ paths }) => paths],
  ['paths_in', ({ pathsIn }) => pathsIn],
  ['prefixes_in', ({ prefixesIn }) => prefixesIn],
];
const gatewayCsv: readonly Column<Gateway>[] = [
  ['asn', ({ as }) => as.asn],
  ['name', ({ as }) => as.name],
  ['entry_prefixes', ({ entryPrefixes }) => entryPrefixes],
  ['entry_paths', ({ entryPaths }) => entryPaths],
  ['carries', ({ carries }) => carries],
  ['foreign_providers', ({ foreignProviders }) => foreignProviders],
  ['foreign_peers', ({ foreignPeers }) => foreignPeers],
  ['foreign_customers', ({ foreignCustomers }) => foreignCustomers],
  ['loses_ases', ({ loses }) => loses.asns.length],
  ['loses_prefixes4', ({ loses }) => loses.prefixes4],
  ['loses_prefixes6', ({ loses }) => loses.prefixes6],
  ['loses_with_peers_abroad', ({ loses }) => loses.withPeersAbroad],
];

function printCountry(screen: Screen, { registry }: Atlas, answer: CountryAnswer, limit: number): void {
  const { bold } = screen.colors;
  const prefixes =
    answer.prefixes4 === null
      ? ''
      : `, ${formatCount(answer.prefixes4)} IPv4 and ${formatCount(answer.prefixes6 ?? 0)} IPv6 prefixes`;
  screen.print(
    `${bold(`${answer.name} (${answer.country})`)}: ${counted(answer.registered, 'AS', 'ASes')} registered, ${formatCount(answer.ases.length)} with links${prefixes}`,
  );
  screen.print(
    `${counted(answer.links.length, 'link')} among them, ${formatCount(answer.wayOut.length)} to other countries\n`,
  );
  printList(screen, asColumns, answer.ases.slice(0, limit));
  printRest(screen, answer.ases.length, limit, 'ASes');
  if (answer.exchanges.length > 0) {
    const named = answer.exchanges.map(
      ({ name, city, members }) => `${name}${city === '' ? '' : ` (${city})`} ${members}`,
    );
    screen.print(`\n${bold('Exchanges, with their members:')} ${named.join(', ')}`);
  }
  if (answer.present.length > 0) {
    screen.print(`\n${bold('Present at an exchange, registered elsewhere')}`);
    printList(
      screen,
      [
        ['AS', ({ as }) => `AS${as.asn}`],
        ['NAME', ({ as }) => shortName(as.name)],
        ['CC', ({ as }) => as.country],
        ['CONE', ({ as }) => as.cone],
        ['AT', ({ exchanges }) => exchanges.join(', ')],
      ],
      answer.present.slice(0, limit),
    );
    printRest(screen, answer.present.length, limit, 'ASes');
  }
  const linkColumns = (far: string): readonly Column<LinkFact>[] => [
    ['AS', ({ from }) => `AS${from}`],
    ['HAS', ({ relation }) => relation],
    [far, ({ to }) => `AS${to}`],
    ['NAME', ({ to }) => shortName(registry.name(to) ?? null)],
    ['CC', ({ to }) => registry.country(to)],
    ['SURE %', ({ confidence }) => confidence],
    ['PATHS IN', ({ pathsIn }) => pathsIn],
    ['PREFIXES IN', ({ prefixesIn }) => prefixesIn],
  ];
  if (answer.links.length > 0) {
    const place = new Map(answer.ases.map(({ asn }, at) => [asn, at]));
    const sizes = ({ from, to }: LinkFact): number => place.get(from)! + place.get(to)!;
    screen.print(`\n${bold('Among them')}`);
    printList(
      screen,
      linkColumns('NEIGHBOUR').filter(([head]) => head !== 'CC'),
      answer.links.toSorted((one, other) => sizes(one) - sizes(other)).slice(0, limit),
    );
    printRest(screen, answer.links.length, limit, 'links');
  }
  screen.print(`\n${bold('The way out')}`);
  printList(screen, linkColumns('ABROAD'), answer.wayOut.slice(0, limit));
  printRest(screen, answer.wayOut.length, limit, 'links');
}

function printGateways(screen: Screen, answer: GatewaysAnswer, limit: number): void {
  const { bold } = screen.colors;
  screen.print(
    `${bold(`${answer.name} (${answer.country})`)}: ${formatCount(answer.connected)} of ${formatCount(answer.ases)} ASes have a way up to the top of the internet`,
  );
  screen.print(`${counted(answer.gateways.length, 'gateway')}, ranked by ${answer.rankedBy}\n`);
  printList(
    screen,
    [
      ['GATEWAY', ({ as }) => `AS${as.asn}`],
      ['NAME', ({ as }) => shortName(as.name)],
      ['PREFIXES IN', ({ entryPrefixes }) => entryPrefixes],
      ['PATHS IN', ({ entryPaths }) => entryPaths],
      ['CARRIES', ({ carries }) => carries],
      ['PROVIDERS ABROAD', ({ foreignProviders }) => foreignProviders],
      ['PEERS ABROAD', ({ foreignPeers }) => foreignPeers],
      ['IF IT FAILS', ({ loses }) => lossText(loses)],
    ],
    answer.gateways.slice(0, limit),
  );
  printRest(screen, answer.gateways.length, limit, 'gateways');
  if (answer.abroad.length === 0) return;
  screen.print(`\n${bold('Abroad, but without it somebody is cut off')}`);
  printList(
    screen,
    [
      ['AS', ({ as }) => `AS${as.asn}`],
      ['NAME', ({ as }) => shortName(as.name)],
      ['CC', ({ as }) => as.country],
      ['IF IT FAILS', ({ loses }) => lossText(loses)],
    ],
    answer.abroad.slice(0, limit),
  );
  printRest(screen, answer.abroad.length, limit, 'ASes');
}

function lossText({ asns, prefixes4, prefixes6, withPeersAbroad }: Gateway['loses']): string {
  if (asns.length === 0) return 'nobody else';
  const some = asns
    .slice(0, 3)
    .map((asn) => `AS${asn}`)
    .join(' ');
  const prefixes = prefixes4 === null ? '' : `, ${counted(prefixes4 + (prefixes6 ?? 0), 'prefix', 'prefixes')}`;
  const peering = withPeersAbroad === 0 ? '' : `, ${withPeersAbroad} keep peers abroad`;
  return `${counted(asns.length, 'AS', 'ASes')}${prefixes}${peering}: ${some}${asns.length > 3 ? ' …' : ''}`;
}

function printRest(screen: Screen, count: number, limit: number, what: string): void {
  if (count > limit) screen.print(screen.colors.dim(`… ${formatCount(count - limit)} more ${what}: --all`));
}
