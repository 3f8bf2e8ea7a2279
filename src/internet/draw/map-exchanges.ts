import type { Exchange } from '../graph/registry.ts';
import type { MapAs } from './map-model.ts';

export interface ExchangeChoice {
  /** Those of a country; undefined for those where one of the asked ASes is present. */
  readonly country: string | undefined;
  /** Whether an AS is of those that the map is about. */
  readonly isInside: (asn: number) => boolean;
  readonly most: number;
  /** What is left out is said here. */
  readonly notes: string[];
}

/** The exchanges that a map shows, those with the most members of it first, each as a node of the map. */
export function exchangesOf(
  exchanges: readonly Exchange[],
  { country, isInside, most, notes }: ExchangeChoice,
): { readonly node: MapAs; readonly members: Uint32Array }[] {
  const found = exchanges.flatMap((exchange) => {
    if (country !== undefined && exchange.country !== country) return [];
    const inside = exchange.members.reduce((sum, asn) => sum + (isInside(asn) ? 1 : 0), 0);
    return inside === 0 ? [] : [{ exchange, inside }];
  });
  found.sort(
    (a, b) =>
      b.inside - a.inside || b.exchange.members.length - a.exchange.members.length || a.exchange.id - b.exchange.id,
  );
  const left = found.length - most;
  if (left > 0)
    notes.push(
      `${left.toLocaleString('en-US')} smaller internet ${left === 1 ? 'exchange is' : 'exchanges are'} not drawn`,
    );
  return found.slice(0, most).map(({ exchange: { id, name, city, country: where, members }, inside }) => ({
    members,
    node: {
      asn: -id,
      name,
      label: name,
      country: where,
      role: 'exchange',
      isInside: false,
      isGateway: false,
      isTransitFree: false,
      cone: 0,
      customers: 0,
      waysOut: 0,
      hue: -1,
      home: -1,
      exchange: { id, city, members: members.length, inside },
    },
  }));
}
