import type { AsGraph } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';
import { countryCode, countryText } from '../graph/registry-table.ts';

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
  const column =
    registry.countryColumn?.(graph.asns) ?? graph.asns.map((asn) => countryCode(registry.country(asn) ?? ''));
  const codes: (string | null)[] = [null];
  const places = new Uint16Array(1 << 16);
  const of = new Uint16Array(graph.asns.length);
  for (let as = 0; as < of.length; as += 1) {
    const code = column[as]!;
    if (code === 0) continue;
    if (places[code] === 0) places[code] = codes.push(countryText(code) ?? null) - 1;
    of[as] = places[code]!;
  }
  const made = { of, codes };
  known.set(graph, made);
  return made;
}
