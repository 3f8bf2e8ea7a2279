import { Command } from '@commander-js/extra-typings';
import type { Customer } from '#internet';
import { example } from '../../example.ts';
import { csvFlag, graphFlag, openAtlas } from '../../internet-graph.ts';
import { type Column, printCsvList, printList, shortName } from '../../internet-table.ts';
import type { Runtime } from '../../runtime.ts';
import { counted, formatCount } from '../../table.ts';

const usualRows = 25;
const mostCountries = 12;

const columns: readonly Column<Customer>[] = [
  ['CUSTOMER', ({ asn }) => `AS${asn}`],
  ['NAME', ({ name }) => shortName(name)],
  ['CC', ({ country }) => country],
  ['CONE', ({ cone }) => cone],
  ['IPV4', ({ prefixes4 }) => prefixes4],
  ['SURE %', ({ confidence }) => confidence],
  ['BUYS ELSEWHERE TOO', ({ otherProviders }) => otherText(otherProviders)],
];
const csv: readonly Column<Customer>[] = [
  ['asn', ({ asn }) => asn],
  ['name', ({ name }) => name],
  ['country', ({ country }) => country],
  ['role', ({ role }) => role],
  ['cone', ({ cone }) => cone],
  ['prefixes4', ({ prefixes4 }) => prefixes4],
  ['prefixes6', ({ prefixes6 }) => prefixes6],
  ['confidence', ({ confidence }) => confidence],
  ['other_providers', ({ otherProviders }) => otherProviders.join(' ')],
];

export function internetCustomersCommand(runtime: Runtime) {
  return new Command('customers')
    .description('Who buys transit from an AS, and everybody below: its customer cone.')
    .argument('<asn>', 'AS number: 8452, AS8452, 1.10')
    .option(...graphFlag)
    .option('--all', 'list every customer')
    .option(...csvFlag)
    .addHelpText('after', example('internet customers 8452', 'internet customers 8452 --csv'))
    .action(async (asn, flags) => {
      const { screen } = runtime;
      const atlas = await openAtlas(runtime, flags);
      const { answerCustomers } = await import('#internet');
      const answer = answerCustomers(atlas, asn);
      screen.document(answer);
      if (flags.csv) return printCsvList(screen, csv, answer.customers);
      const { as, customers, singleHomed, cone } = answer;
      const { bold, dim } = screen.colors;
      screen.print(bold(`AS${as.asn} ${[as.name, as.country].filter((part) => part !== null).join(', ')}`));
      screen.print(
        `${counted(customers.length, 'direct customer')}, ${formatCount(singleHomed)} of them without another provider`,
      );
      const seen = [
        `customer cone ${formatCount(as.cone)} (rank ${formatCount(as.rank)})`,
        ...(as.observedCone === null ? [] : [`observed in paths ${formatCount(as.observedCone)}`]),
        ...(as.providerPeerCone === null ? [] : [`seen from providers and peers ${formatCount(as.providerPeerCone)}`]),
        ...(cone.prefixes4 === null ? [] : [`${formatCount(cone.prefixes4 + (cone.prefixes6 ?? 0))} prefixes`]),
      ];
      screen.print(seen.join(', '));
      const countries = cone.countries
        .slice(0, mostCountries)
        .map(([country, count]) => `${country ?? '??'} ${formatCount(count)}`);
      const left = cone.countries.length - countries.length;
      if (cone.countries.some(([country]) => country !== null)) {
        screen.print(`cone by country: ${countries.join(', ')}${left > 0 ? `, ${left} more` : ''}`);
      }
      if (customers.length === 0) return;
      const limit = flags.all ? customers.length : usualRows;
      screen.print();
      printList(screen, columns, customers.slice(0, limit));
      if (customers.length > limit) screen.print(dim(`… ${formatCount(customers.length - limit)} more: --all`));
    });
}

function otherText(others: readonly number[]): string {
  if (others.length === 0) return 'no';
  const some = others.slice(0, 4).map((asn) => `AS${asn}`);
  return `${some.join(' ')}${others.length > some.length ? ` and ${others.length - some.length} more` : ''}`;
}
