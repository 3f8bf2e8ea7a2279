import type { AddressCountries, SourceNote, VrpTable } from '../graph/atlas.ts';
import type { AsnLinks } from '../graph/build-graph.ts';
import { type AsFacts, buildRegistry, countryCode, type RegistryTable } from '../graph/registry-table.ts';
import type { Source } from '../source/open-source.ts';
import { type AddressRange, readAddressRanges } from './address-ranges.ts';
import { readAsNames } from './as-names.ts';
import { readAsOrganizations } from './as-organizations.ts';
import { readAsRel } from './as-rel.ts';
import { type DelegatedAddresses, type DelegatedAsns, readDelegated } from './delegated.ts';
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

  /**
   * Names of names lists before those of organisations and PeeringDB; the country of the registration before the one
   * that a name ends with; siblings by the organisation, else by the holder of an extended delegated file.
   */
  registry(): RegistryTable {
    const facts = new Map<number, AsFacts>();
    const of = (asn: number): AsFacts => {
      let known = facts.get(asn);
      if (known === undefined) {
        known = {};
        facts.set(asn, known);
      }
      return known;
    };
    for (const { first, count, country, holder } of this.#registrations) {
      for (let asn = first; asn < first + count; asn += 1) {
        const known = of(asn);
        if (countryCode(country) !== 0) known.country = country.toUpperCase();
        if (holder !== undefined) known.organisation = holder;
      }
    }
    for (const [asn, { organisation }] of this.#holders)
      if (organisation !== undefined) of(asn).organisation = organisation;
    for (const source of [this.#names, this.#holders, this.#networks]) {
      for (const [asn, { name, country, type }] of source) {
        const known = of(asn);
        if (name) known.name ??= name;
        if (country !== undefined && countryCode(country) !== 0) known.country ??= country.toUpperCase();
        if (type) known.type ??= type;
      }
    }
    return buildRegistry(facts, this.#exchangeList());
  }

  /** Countries of IPv4 addresses: a list made for it before the registrations. */
  addresses(): AddressCountries | undefined {
    const located = this.#located.filter(({ family }) => family === 4);
    const ranges =
      located.length > 0
        ? located.map(({ first, last, country = '' }) => ({ first: Number(first), last: Number(last), country }))
        : this.#delegated;
    const known = ranges.filter(({ country }) => countryCode(country) !== 0).sort((a, b) => a.first - b.first);
    if (known.length === 0) return undefined;
    return {
      first: Uint32Array.from(known, ({ first }) => first),
      last: Uint32Array.from(known, ({ last }) => last),
      country: Uint16Array.from(known, ({ country }) => countryCode(country)),
    };
  }

  #exchangeList() {
    const members = new Map<number, Set<number>>();
    for (const { asn, exchange, lan } of this.#presences) {
      const id = exchange ?? (lan === undefined ? undefined : (this.#exchangeOfLan.get(lan) ?? lan));
      if (id !== undefined) members.set(id, (members.get(id) ?? new Set()).add(asn));
    }
    const ids = [...new Set([...this.#exchanges.keys(), ...members.keys()])].sort((a, b) => a - b);
    return ids.map((id) => {
      const { name, country, city } = this.#exchanges.get(id) ?? { name: `exchange ${id}`, country: '', city: '' };
      return { id, name, country, city, members: Uint32Array.from(members.get(id) ?? []).sort() };
    });
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
      this.#registrations.push(...asns);
      for (const range of addresses) this.#delegated.push(range);
      return { count: asns.reduce((sum, { count }) => sum + count, 0), timeMs, notes: [...notes] };
    },
    names: async (source) => {
      const names = await readAsNames(source);
      for (const [asn, { name, country }] of names) this.#names.set(asn, { name, ...(country && { country }) });
      return { count: names.size, notes: [] };
    },
    organizations: async (source) => {
      const { ases, organisations } = await readAsOrganizations(source);
      for (const [asn, { organisation, name }] of ases) {
        const { country = '', name: holder = '' } = organisations.get(organisation) ?? {};
        this.#holders.set(asn, { organisation, name: name || holder, country });
      }
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
      for (const row of rows) {
        if (row.country !== undefined) this.#located.push(row);
        else this.origins.push(row);
        if (row.asn !== undefined && row.name !== undefined && !this.#networks.has(row.asn)) {
          this.#networks.set(row.asn, { name: row.name });
        }
      }
      return { count: rows.length, notes: [...notes] };
    },
  };
}

interface Reading {
  readonly count: number;
  readonly timeMs?: number | undefined;
  readonly notes: string[];
}
