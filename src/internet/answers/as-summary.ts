import { NetwrightError } from '#core';
import { parseAsn } from '../files/asn-text.ts';
import { type AsGraph, indexOfAsn, relations } from '../graph/as-graph.ts';
import type { Atlas, NeighbourCounts } from '../graph/atlas.ts';
import { type Role, roleBy } from './roles.ts';

/** One AS in a list. */
export interface AsSummary {
  readonly asn: number;
  readonly name: string | null;
  readonly country: string | null;
  /** PeeringDB's, such as `NSP`. */
  readonly type: string | null;
  readonly role: Role;
  /** ASes in its recursive customer cone, itself included. */
  readonly cone: number;
  readonly providers: number;
  readonly customers: number;
  readonly peers: number;
  readonly siblings: number;
  /** Links whose relation the evidence does not tell. */
  readonly unknown: number;
  /** Originated; null where no source tells. */
  readonly prefixes4: number | null;
  readonly prefixes6: number | null;
}

const counts = new WeakMap<AsGraph, NeighbourCounts>();
const [customer, provider, peer, sibling] = (['customer', 'provider', 'peer', 'sibling'] as const).map((name) =>
  relations.indexOf(name),
) as [number, number, number, number];

/** Of the graph file, else counted once a graph. */
export function neighbourCounts({ graph, counts: built }: Pick<Atlas, 'graph' | 'counts'>): NeighbourCounts {
  const known = built ?? counts.get(graph);
  if (known !== undefined) return known;
  const column = (): Uint32Array => new Uint32Array(graph.asns.length);
  const found = { providers: column(), customers: column(), peers: column(), siblings: column(), unknown: column() };
  const { a, b, relation, count } = graph.links;
  for (let link = 0; link < count; link += 1) {
    const [one, other] = [a[link]!, b[link]!];
    const kind = relation[link];
    if (kind === customer) {
      found.customers[one]! += 1;
      found.providers[other]! += 1;
    } else if (kind === provider) {
      found.providers[one]! += 1;
      found.customers[other]! += 1;
    } else {
      const both = kind === peer ? found.peers : kind === sibling ? found.siblings : found.unknown;
      both[one]! += 1;
      both[other]! += 1;
    }
  }
  counts.set(graph, found);
  return found;
}

/** @param as index of an AS. */
export function asSummary(atlas: Atlas, as: number): AsSummary {
  const { graph, registry, cones, originated } = atlas;
  const asn = graph.asns[as]!;
  const { providers, customers, peers, siblings, unknown } = neighbourCounts(atlas);
  const name = registry.name(asn);
  const type = registry.type(asn);
  return {
    asn,
    name: name ?? null,
    country: registry.country(asn) ?? null,
    type: type ?? null,
    role: roleBy(atlas, as, type, name),
    cone: cones.recursive[as]!,
    providers: providers[as]!,
    customers: customers[as]!,
    peers: peers[as]!,
    siblings: siblings[as]!,
    unknown: unknown[as]!,
    prefixes4: originated?.four[as] ?? null,
    prefixes6: originated?.six[as] ?? null,
  };
}

/**
 * Index of an AS that somebody asks for.
 * @throws NetwrightError `NW_INTERNET_ASN_UNKNOWN` when the graph has none, `NW_INTERNET_INVALID` for what is no number.
 */
export function findAs({ graph, registry, timeMs }: Atlas, wanted: number | string): number {
  const asn = typeof wanted === 'number' ? wanted : parseAsn(wanted);
  const as = indexOfAsn(graph, asn);
  if (as >= 0) return as;
  const name = registry.name(asn);
  const day = timeMs > 0 ? ` of ${new Date(timeMs).toISOString().slice(0, 10)}` : '';
  throw new NetwrightError(
    'NW_INTERNET_ASN_UNKNOWN',
    `AS${asn}: ${name === undefined ? 'neither' : `registered as "${name}", but not`} in the graph${day}${name === undefined ? ' nor registered' : ''}: no link of it was seen`,
  );
}
