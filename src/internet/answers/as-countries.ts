import type { AsGraph } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';

/** Countries of all ASes of a graph, found once: a cone has tens of thousands of them. */
export interface AsCountries {
  /** Place in `codes` by AS index. */
  readonly of: Uint16Array;
  /** The first stands for none. */
  readonly codes: readonly (string | null)[];
}

const known = new WeakMap<AsGraph, AsCountries>();

export function asCountries({ graph, registry }: Pick<Atlas, 'graph' | 'registry'>): AsCountries {
  const found = known.get(graph);
  if (found !== undefined) return found;
  const codes: (string | null)[] = [null];
  const places = new Map<string, number>();
  const of = new Uint16Array(graph.asns.length);
  for (const [as, asn] of graph.asns.entries()) {
    const code = registry.country(asn);
    if (code === undefined) continue;
    let place = places.get(code);
    if (place === undefined) {
      place = codes.length;
      codes.push(code);
      places.set(code, place);
    }
    of[as] = place;
  }
  const made = { of, codes };
  known.set(graph, made);
  return made;
}
