/** A column of which nobody knows beforehand how long it gets. */
export class GrowingWords {
  #words = new Uint32Array(1 << 12);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#words.length) {
      const larger = new Uint32Array(this.#length * 2);
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words[this.#length] = value;
    this.#length += 1;
  }

  /** A copy of its own size. */
  done(): Uint32Array {
    return this.#words.slice(0, this.#length);
  }
}
