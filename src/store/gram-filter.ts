import { folded, gramHash, gramLength } from './search-literals.ts';

/**
 * Which runs of five bytes (ASCII letters folded) a configuration holds, as a Bloom filter with one hash and two and
 * a half to five bits a run: about 2 KB for a 25 KB configuration. A single run is wrongly found in a quarter of all
 * configurations, the six of a ten-letter word in 1 of 4,000. Trigrams would make smaller filters, but configurations
 * are full of digits, and three or four of those stand in every one.
 *
 * Filters are made while configurations are stored, so a byte costs two nanoseconds: every run is marked in a table with
 * room for more, which is then folded in half, as sizes are powers of two, until it is as small as it may be.
 */
const leastBitsPerGram = 2.5;

/** Of the table before it is folded; a byte begins one run at most. */
const bitsPerByte = 4;
const leastBits = 64;
const mostBits = 1 << 24;

/** Shared, as filters are built one after the other. */
const table = new Int32Array(mostBits / 32);

export function buildFilter(content: Uint8Array): Uint8Array {
  const bits = Math.min(mostBits, powerFrom(Math.max(leastBits, content.length * bitsPerByte)));
  table.fill(0, 0, bits / 32);
  markGrams(content, bits - 1);
  let words = bits / 32;
  const grams = countBits(words);
  while (words * 32 > leastBits && words * 16 >= grams * leastBitsPerGram) {
    words /= 2;
    for (let at = 0; at < words; at += 1) table[at]! |= table[at + words]!;
  }
  const filter = new Uint8Array(words * 4);
  const view = new DataView(filter.buffer);
  for (let at = 0; at < words; at += 1) view.setInt32(at * 4, table[at]!, true);
  return filter;
}

/** Whether the configuration may hold all of the runs, given as {@link gramHash} has them. */
export function mayContain(filter: Uint8Array, grams: readonly number[]): boolean {
  const mask = filter.length * 8 - 1;
  return grams.every((gram) => {
    const bit = gram & mask;
    return (filter[bit >>> 3]! & (1 << (bit & 7))) !== 0;
  });
}

function markGrams(content: Uint8Array, mask: number): void {
  let four = 0;
  let held = 0;
  for (let at = 0; at < content.length; at += 1) {
    const byte = folded[content[at]!]!;
    // Matches are looked for line by line, so none spans a newline.
    if (byte === 0x0a) {
      held = 0;
      continue;
    }
    const first = four & 0xff;
    four = (four >>> 8) | (byte << 24);
    held += 1;
    if (held < gramLength) continue;
    const bit = gramHash(first, four) & mask;
    table[bit >>> 5]! |= 1 << (bit & 31);
  }
}

/** Bits that are set, a word at a time in halves, quarters and so on (Hacker's Delight, figure 5-2). */
function countBits(words: number): number {
  let count = 0;
  for (let at = 0; at < words; at += 1) {
    let word = table[at]!;
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

const powerFrom = (least: number): number => 2 ** Math.ceil(Math.log2(least));
