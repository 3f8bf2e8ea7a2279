/** Distinct pairs of numbers with how often they came, numbered in the order of their first appearance. */
export class PairTable {
  count = 0;
  left: Uint32Array<ArrayBuffer>;
  right: Uint32Array<ArrayBuffer>;
  times: Uint32Array<ArrayBuffer>;
  /** Sum of the marks that were given with a pair. */
  marks: Uint32Array<ArrayBuffer>;
  #slots: Uint32Array;

  constructor(expected: number) {
    const size = 1 << Math.ceil(Math.log2(Math.max(16, expected)));
    this.left = new Uint32Array(size);
    this.right = new Uint32Array(size);
    this.times = new Uint32Array(size);
    this.marks = new Uint32Array(size);
    this.#slots = new Uint32Array(size * 2);
  }

  /** The number of a pair, which is counted once more. */
  add(left: number, right: number, mark = 0): number {
    const slot = this.#slotOf(left, right);
    let id = this.#slots[slot]! - 1;
    if (id < 0) {
      if (this.count === this.left.length) {
        this.#grow();
        return this.add(left, right, mark);
      }
      id = this.count;
      this.count += 1;
      this.#slots[slot] = this.count;
      this.left[id] = left;
      this.right[id] = right;
    }
    this.times[id]! += 1;
    this.marks[id]! += mark;
    return id;
  }

  /** -1 where the pair is not there. */
  find(left: number, right: number): number {
    return this.#slots[this.#slotOf(left, right)]! - 1;
  }

  #slotOf(left: number, right: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (let id = this.#slots[slot]!; id !== 0; id = this.#slots[slot]!) {
      if (this.left[id - 1] === left && this.right[id - 1] === right) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const size = this.left.length * 2;
    for (const column of ['left', 'right', 'times', 'marks'] as const) {
      const larger = new Uint32Array(size);
      larger.set(this[column]);
      this[column] = larger;
    }
    this.#slots = new Uint32Array(size * 2);
    for (let id = 0; id < this.count; id += 1) {
      this.#slots[this.#slotOf(this.left[id]!, this.right[id]!)] = id + 1;
    }
  }
}
