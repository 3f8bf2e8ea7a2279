import { setImmediate as turn } from 'node:timers/promises';
import type { AsGraph } from '../graph/as-graph.ts';

/** Links that are packed before others have their turn: some milliseconds. */
const linksAtOnce = 65_536;

/**
 * Who connects to whom, in columns for a page (see `unpackLinks` there): 570,000 links are 850 kB, two thirds of it when
 * deflated, and a byte each for the relation, of which hardly anything is left.
 */
export async function packLinks({
  asns,
  offsets,
  neighbours,
  linkOf,
  links,
}: Pick<AsGraph, 'asns' | 'offsets' | 'neighbours' | 'linkOf' | 'links'>): Promise<Uint8Array> {
  // A number of 32 bits takes five groups of seven at most.
  const bytes = new Uint8Array(5 * (asns.length + links.count));
  const relation = new Uint8Array(links.count);
  let [size, link, until] = [0, 0, linksAtOnce];
  const put = (number: number): void => {
    let value = number;
    for (; value > 127; value >>>= 7) {
      bytes[size] = (value & 127) | 128;
      size += 1;
    }
    bytes[size] = value;
    size += 1;
  };
  for (let as = 0; as < asns.length; as += 1) {
    const end = offsets[as + 1]!;
    let first = offsets[as]!;
    while (first < end && neighbours[first]! < as) first += 1;
    put(end - first);
    let before = as;
    for (let k = first; k < end; k += 1) {
      put(neighbours[k]! - before);
      before = neighbours[k]!;
      relation[link] = links.relation[linkOf[k]!]!;
      link += 1;
    }
    if (link < until) continue;
    until = link + linksAtOnce;
    await turn();
  }
  const packed = new Uint8Array(8 + size + link);
  new Uint32Array(packed.buffer, 0, 2).set([link, size]);
  packed.set(bytes.subarray(0, size), 8);
  packed.set(relation.subarray(0, link), 8 + size);
  return packed;
}
