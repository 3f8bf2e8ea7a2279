import { shortName } from '../draw/name.ts';
import type { PlanetSource } from './planet-columns.ts';

/** `[index, AS number, short name]`. */
export type CoreName = readonly [index: number, asn: number, name: string];

/** The names that a map of the planet shows first: those of the largest customer cones, in their order. */
export function coreNames({ graph, registry, cones }: PlanetSource, most: number): CoreName[] {
  const { recursive } = cones;
  const large: number[] = [];
  for (let at = 0; at < recursive.length; at += 1) if (recursive[at]! > 1) large.push(at);
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
