import { shortName } from '../draw/name.ts';
import type { PlanetSource } from './planet-columns.ts';

/** `[index, AS number, short name]`. */
export type CoreName = readonly [index: number, asn: number, name: string];

/** The names that a map of the planet shows first: those of the largest customer cones, in their order. */
export function coreNames({ graph, registry, cones }: PlanetSource, most: number): CoreName[] {
  const { recursive } = cones;
  const least = leastOf(recursive, most);
  const large = [...graph.asns.keys()].filter((at) => recursive[at]! >= least && recursive[at]! > 1);
  return large
    .sort((a, b) => recursive[b]! - recursive[a]! || a - b)
    .slice(0, most)
    .map((at) => [at, graph.asns[at]!, nameOf(registry.name(graph.asns[at]!))] as const);
}

/** As many words of a name as a label has room for. */
export function nameOf(name: string | undefined): string {
  const short = shortName(name ?? '');
  if (short.length <= mostLetters) return short;
  const cut = short.slice(0, mostLetters + 1);
  const words = cut.slice(0, cut.lastIndexOf(' '));
  return (words.length >= 6 ? words : cut.slice(0, mostLetters)).replace(/[\s,&-]+$/, '');
}

const mostLetters = 22;

/** The cone that about the `most` largest have, without sorting all. */
function leastOf(cones: Uint32Array, most: number): number {
  const counts = new Map<number, number>();
  for (const cone of cones) if (cone > 1) counts.set(cone, (counts.get(cone) ?? 0) + 1);
  let left = most;
  for (const [cone, count] of [...counts].sort((a, b) => b[0] - a[0])) {
    left -= count;
    if (left <= 0) return cone;
  }
  return 2;
}
