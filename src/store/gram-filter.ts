import { folded, gramLength } from './search-literals.ts';

/**
 * Which runs of four bytes (ASCII letters folded) a configuration holds, as a Bloom filter with one hash and three
 * bits a run: about 3 KB for a 25 KB configuration. A single run is wrongly found in 28 of 100 configurations, the
 * seven of a ten-letter word in 1 of 10,000. Runs of three would be smaller, but configurations are full of digits,
 * and three of those stand in every one.
 */
const bitsPerGram = 3;

/** A place for every hash there is; shared, as filters are built one after the other. */
const seen = new Uint8Array(1 << 21);

export function buildFilter(content: Uint8Array): Uint8Array {
  const distinct: number[] = [];
  let gram = 0;
  let length = 0;
  for (let at = 0; at < content.length; at += 1) {
    const byte = content[at]!;
    // Matches are looked for line by line, so none spans a newline.
    if (byte === 0x0a) {
      length = 0;
      continue;
    }
    gram = (gram << 8) | folded(byte);
    length += 1;
    if (length < gramLength) continue;
    const hashed = hash(gram);
    const place = hashed >>> 3;
    const bit = 1 << (hashed & 7);
    if ((seen[place]! & bit) !== 0) continue;
    seen[place]! |= bit;
    distinct.push(hashed);
  }
  const filter = new Uint8Array(Math.max(8, Math.ceil((distinct.length * bitsPerGram) / 8)));
  for (const one of distinct) {
    const bit = one % (filter.length * 8);
    filter[bit >>> 3]! |= 1 << (bit & 7);
    seen[one >>> 3] = 0;
  }
  return filter;
}

export function mayContain(filter: Uint8Array, grams: readonly number[]): boolean {
  const bits = filter.length * 8;
  for (const gram of grams) {
    const bit = hash(gram) % bits;
    if ((filter[bit >>> 3]! & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

/** 24 bits of Knuth's multiplicative hash, the upper ones, which depend on all four bytes. */
const hash = (gram: number): number => Math.imul(gram, 0x9e3779b1) >>> 8;
