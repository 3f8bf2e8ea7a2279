const fewPoints = 4096;
const empty = new Int32Array(0);

/** A line to match, and what is worked out of it once. It can be used again for the next line. */
export class Subject {
  text = '';
  isPlain = true;
  #points: Int32Array = empty;
  #offsets: Int32Array | undefined;
  /** Code points; -1 until they are counted. */
  #length = -1;
  readonly #counts = new Uint32Array(128);
  #isCounted = false;

  constructor(text = '') {
    this.set(text);
  }

  /** `isPlain`: ASCII without line feeds, where the caller knows it. */
  set(text: string, isPlain = !/[\n\u0080-\uffff]/.test(text)): void {
    this.text = text;
    this.isPlain = isPlain;
    this.#length = -1;
    this.#isCounted = false;
  }

  /** How often each ASCII character stands in the line. */
  get counts(): Uint32Array {
    if (!this.#isCounted) {
      const { text } = this;
      this.#counts.fill(0);
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code < 128) this.#counts[code]! += 1;
      }
      this.#isCounted = true;
    }
    return this.#counts;
  }

  /** Code points, of which there are {@link length}: Python counts those, JavaScript halves of pairs. */
  get points(): Int32Array {
    if (this.#length < 0) this.#read();
    return this.#points;
  }

  get length(): number {
    if (this.#length < 0) this.#read();
    return this.#length;
  }

  slice(from: number, to: number): string {
    const offsets = this.#offsets;
    return offsets === undefined ? this.text.slice(from, to) : this.text.slice(offsets[from], offsets[to]);
  }

  #read(): void {
    const { text } = this;
    // A buffer that one long line has needed is not kept for the short ones.
    if (this.#points.length < text.length || (this.#points.length > fewPoints && text.length < fewPoints)) {
      this.#points = new Int32Array(Math.max(256, text.length));
    }
    const points = this.#points;
    let hasPairs = false;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      points[at] = unit;
      if (unit >= 0xd800 && unit <= 0xdbff) hasPairs = true;
    }
    this.#length = text.length;
    this.#offsets = undefined;
    if (hasPairs) this.#readPairs();
  }

  #readPairs(): void {
    const { text } = this;
    const offsets = new Int32Array(text.length + 1);
    let count = 0;
    for (let offset = 0; offset < text.length; count++) {
      const point = text.codePointAt(offset)!;
      this.#points[count] = point;
      offsets[count] = offset;
      offset += point > 0xffff ? 2 : 1;
    }
    offsets[count] = text.length;
    this.#offsets = offsets;
    this.#length = count;
  }
}
