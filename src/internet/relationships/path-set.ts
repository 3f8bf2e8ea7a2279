/** Which paths were there already: open addressing over the hops themselves. */
export class PathSet {
  readonly #slots: Uint32Array;
  readonly #hops: Uint32Array;
  readonly #offsets: Uint32Array;

  /**
   * @param hops and `offsets`: the columns that the owner fills; path `i` runs from `offsets[i]` to `offsets[i + 1]`.
   * @param most paths there can be.
   */
  constructor(hops: Uint32Array, offsets: Uint32Array, most: number) {
    this.#slots = new Uint32Array(2 << Math.ceil(Math.log2(Math.max(2, most))));
    this.#hops = hops;
    this.#offsets = offsets;
  }

  /** The path that the hops from `start` to `end` are: an earlier one, or `id`, which they become then. */
  add(id: number, start: number, end: number): number {
    const hops = this.#hops;
    let hash = end - start;
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ hops[at]!, 0x01000193) ^ (hash >>> 15);
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 16)) & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const other = this.#slots[slot]! - 1;
      const from = this.#offsets[other]!;
      if (this.#offsets[other + 1]! - from !== end - start) continue;
      let same = 0;
      while (start + same < end && hops[from + same] === hops[start + same]) same += 1;
      if (start + same === end) return other;
    }
    this.#slots[slot] = id + 1;
    return id;
  }
}
