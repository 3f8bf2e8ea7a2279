import { foldingBit, gramHash, gramLength } from './search-literals.ts';

/**
 * Which runs of five bytes (ASCII letters folded) a configuration holds, as a Bloom filter with one hash and two and
 * a half to five bits a run: about 2 KB for a 25 KB configuration. A single run is wrongly found in a quarter of all
 * configurations, the six of a ten-letter word in 1 of 4,000. Trigrams would make smaller filters, but configurations
 * are full of digits, and three or four of those stand in every one.
 *
 * Filters are made while configurations are stored, so a byte costs a nanosecond and a half: every run is marked in a table with
 * room for more, which is then folded in half, as sizes are powers of two, until it is as small as it may be.
 */
const leastBitsPerGram = 2.5;

/** Of the table before it is folded. Most lines of a configuration come again, and few bytes begin a run that is new. */
const usualBitsPerByte = 1;
/** In a text where nothing comes again. */
const mostBitsPerByte = 4;
const leastBits = 64;
const mostBits = 1 << 24;
const newline = 0x0a;

/** Shared, as filters are built one after the other. */
const table = new Int32Array(mostBits / 32);

/** @returns with its filter how many lines a configuration has, which are met on the way; what stands after the last newline is one */
export function buildFilter(content: Uint8Array): { readonly filter: Uint8Array; readonly lines: number } {
  let words = wordsFor(content.length * usualBitsPerByte);
  const lines = markGrams(content, words);
  let grams = countBits(words);
  if (words * 32 < grams * leastBitsPerGram) {
    words = wordsFor(content.length * mostBitsPerByte);
    markGrams(content, words);
    grams = countBits(words);
  }
  while (words * 32 > leastBits && words * 16 >= grams * leastBitsPerGram) {
    words /= 2;
    for (let at = 0; at < words; at += 1) table[at]! |= table[at + words]!;
  }
  const filter = new Uint8Array(words * 4);
  const view = new DataView(filter.buffer);
  for (let at = 0; at < words; at += 1) view.setInt32(at * 4, table[at]!, true);
  return { filter, lines };
}

/** Whether the configuration may hold all of the runs, given as {@link gramHash} has them. */
export function mayContain(filter: Uint8Array, grams: readonly number[]): boolean {
  const mask = filter.length * 8 - 1;
  return grams.every((gram) => {
    const bit = gram & mask;
    return (filter[bit >>> 3]! & (1 << (bit & 7))) !== 0;
  });
}

const wordsFor = (bits: number): number =>
  Math.min(mostBits, 2 ** Math.ceil(Math.log2(Math.max(leastBits, bits)))) / 32;

/**
 * Marks the runs in so many words of the table. Matches are looked for line by line, so none spans a newline.
 * @returns how many lines there are
 */
function markGrams(content: Uint8Array, words: number): number {
  table.fill(0, 0, words);
  let lines = 0;
  for (let from = 0; from < content.length; lines += 1) from = markLine(content, from, words * 32 - 1) + 1;
  return lines;
}

/** @returns where the line ends. */
function markLine(content: Uint8Array, from: number, mask: number): number {
  let four = 0;
  let at = from;
  for (const whole = Math.min(from + gramLength - 1, content.length); at < whole; at += 1) {
    const byte = content[at]!;
    if (byte === newline) return at;
    four = (four >>> 8) | ((byte | foldingBit) << 24);
  }
  for (; at < content.length; at += 1) {
    const byte = content[at]!;
    if (byte === newline) return at;
    const first = four & 0xff;
    four = (four >>> 8) | ((byte | foldingBit) << 24);
    const bit = gramHash(first, four) & mask;
    table[bit >>> 5]! |= 1 << (bit & 31);
  }
  return at;
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
