import { type AsGraph, relations } from '../../../src/internet/graph/as-graph.ts';
import { type AsnLinks, buildAsGraph } from '../../../src/internet/graph/build-graph.ts';

const signs = { '>': 'customer', '-': 'peer', '=': 'sibling', '?': 'unknown' } as const;

/** `1>2` 1 is provider of 2, `1-2` peers, `1=2` siblings, `1?2` unknown. */
export function linksOf(text: string): AsnLinks {
  const found = [...text.matchAll(/(\d+)([>=?-])(\d+)/g)];
  return {
    count: found.length,
    a: Uint32Array.from(found, ([, a]) => Number(a)),
    b: Uint32Array.from(found, ([, , , b]) => Number(b)),
    relation: Uint8Array.from(found, ([, , sign]) => relations.indexOf(signs[sign as keyof typeof signs])),
  };
}

export const graphOf = (text: string): AsGraph => buildAsGraph(linksOf(text));
