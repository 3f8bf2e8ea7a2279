/** What an empty slot holds. */
export const emptySlot = -1;

/** What a slot of the smaller table holds whose number has moved on: looking goes on behind it. */
const moved = -1;
/** Slots of the smaller table that are looked at with every number that comes. */
const movedAtOnce = 16;
/** A table of so many slots has moved in a few milliseconds: sooner at once than a little with every look. */
const usualAtOnce = 1 << 18;

/** Slots and the hashes of what is in them, a power of two. Numbers are kept one higher: 0 is empty. */
interface Slots {
  readonly numbers: Int32Array;
  readonly hashes: Int32Array;
}

/**
 * Open addressing over numbers: who uses it compares what the numbers stand for. Grows at half full; a large
 * one a little with every number that comes: moving millions at once would stop everything else for that long.
 */
export class HashSlots {
  #numbers = new Int32Array(1 << 13);
  #hashes = new Int32Array(1 << 13);
  #used = 0;
  /** The table before the last growth, as long as not all of it has moved. */
  #smaller: Slots | undefined;
  /** Up to where that has moved. */
  #swept = 0;
  readonly #slotsAtOnce: number;

  /** @param slotsAtOnce a table of as many slots moves at once when it grows. */
  constructor(slotsAtOnce = usualAtOnce) {
    this.#slotsAtOnce = slotsAtOnce;
  }

  /** Where to look first. */
  first(hash: number): number {
    if (this.#smaller !== undefined) this.#moveOf(this.#smaller, hash);
    return spread(hash) & (this.#numbers.length - 1);
  }

  /** The number in a slot, or that it is empty. */
  at(slot: number): number {
    return this.#numbers[slot]! - 1;
  }

  next(slot: number): number {
    return (slot + 1) & (this.#numbers.length - 1);
  }

  /** Fills the empty slot where looking for `hash` ended. */
  put(slot: number, hash: number, value: number): void {
    this.#numbers[slot] = value + 1;
    this.#hashes[slot] = hash;
    this.#used += 1;
    if (this.#smaller !== undefined) this.#sweep(this.#smaller);
    else if (this.#used * 2 > this.#numbers.length) this.#grow();
  }

  #grow(): void {
    this.#smaller = { numbers: this.#numbers, hashes: this.#hashes };
    this.#swept = 0;
    const length = this.#numbers.length * 2;
    this.#numbers = new Int32Array(length);
    this.#hashes = new Int32Array(length);
    if (length <= this.#slotsAtOnce * 2) this.#sweep(this.#smaller, length);
  }

  /** All numbers from where looking begins to the next empty slot: whatever is looked for is among them. */
  #moveOf(smaller: Slots, hash: number): void {
    const { numbers } = smaller;
    const mask = numbers.length - 1;
    for (let slot = spread(hash) & mask; numbers[slot] !== 0; slot = (slot + 1) & mask) this.#move(smaller, slot);
  }

  #sweep(smaller: Slots, slots = movedAtOnce): void {
    const end = Math.min(this.#swept + slots, smaller.numbers.length);
    for (let slot = this.#swept; slot < end; slot += 1) if (smaller.numbers[slot] !== 0) this.#move(smaller, slot);
    this.#swept = end;
    if (end === smaller.numbers.length) this.#smaller = undefined;
  }

  #move({ numbers: from, hashes: fromHashes }: Slots, at: number): void {
    const number = from[at]!;
    if (number === moved) return;
    from[at] = moved;
    const numbers = this.#numbers;
    const hash = fromHashes[at]!;
    let slot = spread(hash) & (numbers.length - 1);
    while (numbers[slot] !== 0) slot = this.next(slot);
    numbers[slot] = number;
    this.#hashes[slot] = hash;
  }
}

function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
