import type { AddressCountries, SourceNote, VrpTable } from '../graph/atlas.ts';
import type { AsnLinks } from '../graph/build-graph.ts';
import { type AsFacts, type RegistryTable, registryInSlices } from '../graph/registry-table.ts';
import { forEach, runSliced, type Sliced } from '../relationships/slices.ts';
import type { Source } from '../source/open-source.ts';
import { countriesOfAddresses } from './address-countries.ts';
import { type AddressRange, readAddressRanges } from './address-ranges.ts';
import { readAsNames } from './as-names.ts';
import { readAsOrganizations } from './as-organizations.ts';
import { readAsRel } from './as-rel.ts';
import { type DelegatedAddresses, type DelegatedAsns, readDelegated } from './delegated.ts';
import { joinExchanges, joinFacts } from './join-facts.ts';
import { kindOf, type SourceKind } from './kind.ts';
import { type PeeringDbFile, type PeeringExchange, readPeeringDb } from './peeringdb.ts';
import { readVrps } from './vrps.ts';

/** What the files say that are no routes, each source by itself: which of two counts is decided at the end. */
export class Gathering {
  readonly sources: SourceNote[] = [];
  /** The newest file first. */
  readonly links: { readonly timeMs: number; readonly links: AsnLinks; readonly clique: readonly number[] }[] = [];
  /** Ranges with an AS. */
  readonly origins: AddressRange[] = [];
  vrps: VrpTable | undefined;
  readonly #registrations: DelegatedAsns[] = [];
  readonly #delegated: DelegatedAddresses[] = [];
  /** Of IPv4. */
  readonly #located: AddressRange[] = [];
  readonly #names = new Map<number, AsFacts>();
  readonly #holders = new Map<number, AsFacts>();
  readonly #networks = new Map<number, AsFacts>();
  readonly #exchanges = new Map<number, PeeringExchange>();
  readonly #presences: PeeringDbFile['presences'][number][] = [];
  readonly #exchangeOfLan = new Map<number, number>();

  /** Reads a source, unless it has routes: says what it is. */
  async read(source: Source): Promise<SourceKind> {
    const kind = kindOf(source);
    if (kind === 'routes') return kind;
    const { count, timeMs, notes } = await this.#readers[kind](source);
    for (const { offset, reason } of source.damage)
      notes.push(`damaged at byte ${offset} of the packed file: ${reason}`);
    this.sources.push({ name: source.name, kind, count, ...(timeMs !== undefined && { timeMs }), notes });
    return kind;
  }

  /** All that was said of ASes and exchanges, joined. */
  *registry(): Sliced<RegistryTable> {
    const [registrations, names, holders, networks] = [this.#registrations, this.#names, this.#holders, this.#networks];
    const facts = yield* joinFacts({ registrations, names, holders, networks });
    const exchanges = yield* joinExchanges(this.#exchanges, this.#presences, this.#exchangeOfLan);
    return yield* registryInSlices(facts, exchanges);
  }

  /** Countries of IPv4 addresses: a list made for it before the registrations. */
  *addresses(): Sliced<AddressCountries | undefined> {
    return yield* countriesOfAddresses(this.#located.length > 0 ? this.#located : this.#delegated);
  }

  readonly #readers: Readonly<Record<Exclude<SourceKind, 'routes'>, (source: Source) => Promise<Reading>>> = {
    'as-rel': async (source) => {
      const { links, timeMs, clique, notes } = await readAsRel(source);
      this.links.push({ timeMs: timeMs ?? 0, links, clique });
      this.links.sort((a, b) => b.timeMs - a.timeMs);
      return { count: links.count, timeMs, notes: [...notes] };
    },
    delegated: async (source) => {
      const { asns, addresses, timeMs, notes } = await readDelegated(source);
      for (const range of asns) this.#registrations.push(range);
      for (const range of addresses) this.#delegated.push(range);
      return { count: asns.reduce((sum, { count }) => sum + count, 0), timeMs, notes: [...notes] };
    },
    names: async (source) => {
      const names = await readAsNames(source);
      const keep = forEach(names, 'names', ([asn, { name, country }]) => {
        this.#names.set(asn, { name, ...(country && { country }) });
      });
      await runSliced(keep);
      return { count: names.size, notes: [] };
    },
    organizations: async (source) => {
      const { ases, organisations } = await readAsOrganizations(source);
      const keep = forEach(ases, 'organisations', ([asn, { organisation, name }]) => {
        const { country = '', name: holder = '' } = organisations.get(organisation) ?? {};
        this.#holders.set(asn, { organisation, name: name || holder, country });
      });
      await runSliced(keep);
      return { count: ases.size, notes: [] };
    },
    peeringdb: async (source) => {
      const { networks, exchanges, presences, exchangeOfLan, routeServers } = await readPeeringDb(source);
      for (const { asn, name, type } of networks) this.#networks.set(asn, { name, type });
      for (const asn of routeServers) {
        this.#networks.set(asn, { type: 'Route Server', ...this.#networks.get(asn) });
      }
      for (const exchange of exchanges) this.#exchanges.set(exchange.id, exchange);
      for (const presence of presences) this.#presences.push(presence);
      for (const [lan, exchange] of exchangeOfLan) this.#exchangeOfLan.set(lan, exchange);
      return { count: networks.length + exchanges.length + presences.length + exchangeOfLan.size, notes: [] };
    },
    vrps: async (source) => {
      const { vrps, notes } = await readVrps(source);
      if (this.vrps !== undefined) notes.push('replaces the VRPs of an earlier file');
      this.vrps = vrps;
      return { count: vrps.count, notes };
    },
    ranges: async (source) => {
      const { rows, notes } = await readAddressRanges(source);
      const keep = forEach(rows, 'ranges', (row) => {
        if (row.country === undefined) this.origins.push(row);
        else if (row.family === 4) this.#located.push(row);
        if (row.asn !== undefined && row.name !== undefined && !this.#networks.has(row.asn)) {
          this.#networks.set(row.asn, { name: row.name });
        }
      });
      await runSliced(keep);
      return { count: rows.length, notes: [...notes] };
    },
  };
}

interface Reading {
  readonly count: number;
  readonly timeMs?: number | undefined;
  readonly notes: string[];
}
