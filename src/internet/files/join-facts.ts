import type { Exchange } from '../graph/registry.ts';
import { type AsFacts, countryCode } from '../graph/registry-table.ts';
import { itemsASlice, type Sliced } from '../relationships/slices.ts';
import type { DelegatedAsns } from './delegated.ts';
import type { PeeringDbFile, PeeringExchange } from './peeringdb.ts';

/** What files say of ASes, by AS number. */
export interface GatheredFacts {
  readonly registrations: readonly DelegatedAsns[];
  /** Of names lists, of files of organisations, and of PeeringDB. */
  readonly names: ReadonlyMap<number, AsFacts>;
  readonly holders: ReadonlyMap<number, AsFacts>;
  readonly networks: ReadonlyMap<number, AsFacts>;
}

/**
 * Names of names lists before those of organisations and PeeringDB; the country of the registration before the one
 * that a name ends with; siblings by the organisation, else by the holder of an extended delegated file.
 */
export function* joinFacts(gathered: GatheredFacts): Sliced<Map<number, AsFacts>> {
  const facts = new Map<number, AsFacts>();
  const of = (asn: number): AsFacts => {
    let known = facts.get(asn);
    if (known === undefined) {
      known = {};
      facts.set(asn, known);
    }
    return known;
  };
  let done = 0;
  for (const { first, count, country, holder } of gathered.registrations) {
    const isKnown = countryCode(country) !== 0;
    for (let asn = first; asn < first + count; asn += 1) {
      if (done % itemsASlice === 0) yield 'registrations';
      done += 1;
      const known = of(asn);
      if (isKnown) known.country = country.toUpperCase();
      if (holder !== undefined) known.organisation = holder;
    }
  }
  for (const [asn, { organisation }] of gathered.holders) {
    if (done % itemsASlice === 0) yield 'organisations';
    done += 1;
    if (organisation !== undefined) of(asn).organisation = organisation;
  }
  for (const source of [gathered.names, gathered.holders, gathered.networks]) {
    for (const [asn, { name, country, type }] of source) {
      if (done % itemsASlice === 0) yield 'names';
      done += 1;
      const known = of(asn);
      if (name) known.name ??= name;
      if (country !== undefined && countryCode(country) !== 0) known.country ??= country.toUpperCase();
      if (type) known.type ??= type;
    }
  }
  return facts;
}

/** Exchanges with who is present there; one that only members name is called by its number. */
export function* joinExchanges(
  exchanges: ReadonlyMap<number, PeeringExchange>,
  presences: PeeringDbFile['presences'],
  exchangeOfLan: ReadonlyMap<number, number>,
): Sliced<readonly Exchange[]> {
  const members = new Map<number, Set<number>>();
  for (const [at, { asn, exchange, lan }] of presences.entries()) {
    if (at % itemsASlice === 0) yield 'exchanges';
    const id = exchange ?? (lan === undefined ? undefined : (exchangeOfLan.get(lan) ?? lan));
    if (id === undefined) continue;
    const known = members.get(id) ?? new Set();
    members.set(id, known.add(asn));
  }
  yield 'exchanges';
  const ids = [...new Set([...exchanges.keys(), ...members.keys()])].sort((a, b) => a - b);
  return ids.map((id) => {
    const { name, country, city } = exchanges.get(id) ?? { name: `exchange ${id}`, country: '', city: '' };
    return { id, name, country, city, members: Uint32Array.from(members.get(id) ?? []).sort() };
  });
}
