import { NetwrightError } from '#core';
import { parseAsn } from '../files/asn-text.ts';
import { indexOfAsn } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';
import { neighbourCounts } from './neighbour-counts.ts';
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
