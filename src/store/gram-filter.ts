import { gramHash, gramLength } from './search-literals.ts';

/**
 * Which runs of five bytes (ASCII letters folded) a configuration holds, as a Bloom filter with one hash and three
 * bits a run: about 3 KB for a 25 KB configuration. A single run is wrongly found in 28 of 100 configurations, the
 * six of a ten-letter word in 1 of 2,000. Trigrams would make smaller filters, but configurations are full of digits,
 * and three or four of those stand in every one.
 */
const bitsPerGram = 3;

/** A place for every hash there is; shared, as filters are built one after the other. */
const seen = new Uint8Array(1 << 21);

export function buildFilter(content: Uint8Array): Uint8Array {
  const distinct: number[] = [];
  let from = 0;
  for (let at = 0; at < content.length; at += 1) {
    // Matches are looked for line by line, so none spans a newline.
    if (content[at] === 0x0a) {
      from = at + 1;
      continue;
    }
    if (at - from < gramLength - 1) continue;
    const hashed = gramHash(content, at);
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

/** Whether the configuration may hold all of the runs, given as {@link gramHash} has them. */
export function mayContain(filter: Uint8Array, grams: readonly number[]): boolean {
  const bits = filter.length * 8;
  return grams.every((gram) => {
    const bit = gram % bits;
    return (filter[bit >>> 3]! & (1 << (bit & 7))) !== 0;
  });
}
