/** What an empty slot holds. */
export const emptySlot = -1;

/** Open addressing over numbers: who uses it compares what the numbers stand for. Grows at half full. */
export class HashSlots {
  #slots = new Int32Array(1 << 13).fill(emptySlot);
  #hashes = new Int32Array(1 << 13);
  #used = 0;

  /** Where to look first. */
  first(hash: number): number {
    return spread(hash) & (this.#slots.length - 1);
  }

  /** The number in a slot, or that it is empty. */
  at(slot: number): number {
    return this.#slots[slot]!;
  }

  next(slot: number): number {
    return (slot + 1) & (this.#slots.length - 1);
  }

  /** Fills the empty slot where looking for `hash` ended. */
  put(slot: number, hash: number, value: number): void {
    this.#slots[slot] = value;
    this.#hashes[slot] = hash;
    this.#used += 1;
    if (this.#used * 2 > this.#slots.length) this.#grow();
  }

  #grow(): void {
    const slots = this.#slots;
    const hashes = this.#hashes;
    this.#slots = new Int32Array(slots.length * 2).fill(emptySlot);
    this.#hashes = new Int32Array(slots.length * 2);
    for (let from = 0; from < slots.length; from++) {
      const value = slots[from]!;
      if (value === emptySlot) continue;
      let slot = this.first(hashes[from]!);
      while (this.#slots[slot] !== emptySlot) slot = this.next(slot);
      this.#slots[slot] = value;
      this.#hashes[slot] = hashes[from]!;
    }
  }
}

function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
