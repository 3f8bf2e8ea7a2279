import { relations } from '../../graph/as-graph.ts';
import type { AnswerSource } from '../planet-answers.ts';

/** Ids of the elements of a page that has its data in it; texts in base64, all but tiles deflated. */
export const packedIds = {
  names: 'packed-names',
  facts: 'packed-facts',
  links: 'packed-links',
  points: (layout: string): string => `packed-points-${layout}`,
  tile: (layout: string, zoom: number, x: number, y: number): string => `packed-tile-${layout}-${zoom}-${x}-${y}`,
} as const;

/** Links in columns, as {@link unpackLinks} reads them. */
export interface PackedLinks {
  readonly links: AnswerSource['graph']['links'] & { readonly b: Uint32Array };
  readonly offsets: Uint32Array;
  readonly neighbours: Uint32Array;
  readonly linkOf: Uint32Array;
}

/**
 * What `packLinks` wrote: how many links and bytes (u32 each); by AS how many neighbours with a larger index it has, and
 * their indexes as differences, in groups of seven bits (LEB128); then a byte a link for its relation.
 */
export function unpackLinks(buffer: ArrayBuffer, ases: number): PackedLinks {
  const [count = 0, size = 0] = new Uint32Array(buffer, 0, 2);
  const bytes = new Uint8Array(buffer, 8, size);
  const relation = new Uint8Array(buffer, 8 + size, count);
  const [a, b] = [new Uint32Array(count), new Uint32Array(count)];
  const offsets = new Uint32Array(ases + 1);
  let [at, link] = [0, 0];
  const next = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at]!;
      at += 1;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  for (let as = 0; as < ases; as += 1) {
    let other = as;
    for (let left = next(); left > 0; left -= 1) {
      other += next();
      a[link] = as;
      b[link] = other;
      link += 1;
      offsets[as + 1]! += 1;
      offsets[other + 1]! += 1;
    }
  }
  for (let as = 0; as < ases; as += 1) offsets[as + 1]! += offsets[as]!;
  const places = offsets.slice();
  const [neighbours, linkOf] = [new Uint32Array(2 * count), new Uint32Array(2 * count)];
  const add = (of: number, other: number, over: number): void => {
    const place = places[of]!;
    neighbours[place] = other;
    linkOf[place] = over;
    places[of] = place + 1;
  };
  for (link = 0; link < count; link += 1) {
    add(a[link]!, b[link]!, link);
    add(b[link]!, a[link]!, link);
  }
  return { links: { a, b, relation }, offsets, neighbours, linkOf };
}

/** 0 for a sale of transit, 1 for anything else: the classes of the rasteriser. */
export function kindsOf(relation: Uint8Array): Uint8Array {
  const [customer, provider] = [relations.indexOf('customer'), relations.indexOf('provider')];
  return relation.map((one) => (one === customer || one === provider ? 0 : 1));
}
