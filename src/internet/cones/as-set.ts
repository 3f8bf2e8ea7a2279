/** A set of AS indexes, a bit for each AS of the graph: what two of them share is counted a word at a time. */
export class AsSet {
  readonly words: Int32Array;

  constructor(asCount: number) {
    this.words = new Int32Array((asCount + 31) >> 5);
  }

  add(as: number): void {
    this.words[as >> 5]! |= 1 << (as & 31);
  }

  get size(): number {
    let count = 0;
    for (let at = 0; at < this.words.length; at += 1) count += bitsIn(this.words[at]!);
    return count;
  }

  /** How many are in both. */
  sharedWith({ words }: AsSet): number {
    let count = 0;
    for (let at = 0; at < words.length; at += 1) count += bitsIn(this.words[at]! & words[at]!);
    return count;
  }

  /** Ascending. */
  members(): Uint32Array {
    const found = new Uint32Array(this.size);
    let count = 0;
    for (let at = 0; at < this.words.length; at += 1) {
      for (let word = this.words[at]!; word !== 0; word &= word - 1) {
        found[count] = (at << 5) + lowestBit(word);
        count += 1;
      }
    }
    return found;
  }
}

/** By set how many of its members are in no other. */
export function aloneIn(sets: readonly AsSet[]): number[] {
  const size = sets[0]?.words.length ?? 0;
  const any = new Int32Array(size);
  const several = new Int32Array(size);
  for (const { words } of sets) {
    for (let at = 0; at < size; at += 1) {
      several[at]! |= any[at]! & words[at]!;
      any[at]! |= words[at]!;
    }
  }
  return sets.map(({ words }) => {
    let count = 0;
    for (let at = 0; at < size; at += 1) count += bitsIn(words[at]! & ~several[at]!);
    return count;
  });
}

/** Place of the lowest bit of a word that is not 0; `word & (word - 1)` takes it away. */
export const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

/** Bits set in a word of 32: added up in pairs, fours and bytes at once. */
function bitsIn(word: number): number {
  let sum = word - ((word >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
