import { folded } from './search-literals.ts';

/**
 * Which trigrams a configuration holds, as a Bloom filter with one hash and three bits a trigram: 2.2 KB for a 25 KB
 * configuration. A single trigram is wrongly found in 28 of 100 configurations, the eight of a ten-letter word in
 * 4 of 100,000.
 */
const bitsPerTrigram = 3;

/** A place for every trigram there is; shared, as filters are built one after the other. */
const seen = new Uint8Array(1 << 21);

export function buildFilter(content: Uint8Array): Uint8Array {
  const distinct: number[] = [];
  let trigram = 0;
  let length = 0;
  for (let at = 0; at < content.length; at += 1) {
    const byte = content[at]!;
    // Matches are looked for line by line, so none spans a newline.
    if (byte === 0x0a) {
      length = 0;
      continue;
    }
    trigram = ((trigram << 8) | folded(byte)) & 0xffffff;
    length += 1;
    if (length < 3) continue;
    const place = trigram >>> 3;
    const bit = 1 << (trigram & 7);
    if ((seen[place]! & bit) !== 0) continue;
    seen[place]! |= bit;
    distinct.push(trigram);
  }
  const filter = new Uint8Array(Math.max(8, Math.ceil((distinct.length * bitsPerTrigram) / 8)));
  for (const one of distinct) {
    const bit = hash(one) % (filter.length * 8);
    filter[bit >>> 3]! |= 1 << (bit & 7);
    seen[one >>> 3] = 0;
  }
  return filter;
}

export function mayContain(filter: Uint8Array, trigrams: readonly number[]): boolean {
  const bits = filter.length * 8;
  for (const trigram of trigrams) {
    const bit = hash(trigram) % bits;
    if ((filter[bit >>> 3]! & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

/** Knuth's multiplicative hash, upper bits folded down. */
function hash(trigram: number): number {
  const product = Math.imul(trigram, 0x9e3779b1);
  return (product ^ (product >>> 15)) >>> 0;
}
