/** Fresh memory for each output would be paged in, counted and collected, which costs more than the copy. */
const lent = Buffer.allocUnsafeSlow(512 * 1024);

/**
 * What came from the device and was not taken yet: the chunks as they came, never copied until an output is complete.
 * Text is looked at as Latin-1, one character a byte, so that offsets count bytes.
 */
export class Inbox {
  #chunks: Buffer[] = [];
  /** Where each chunk begins, counted from the first byte that ever came. */
  #starts: number[] = [];
  /** The first byte that was not taken yet, counted likewise. */
  #origin = 0;
  #size = 0;
  /** Monotonic time at which the last chunk came. */
  lastAtMs = performance.now();
  readonly #onSize: (bytes: number) => void;

  /** @param onSize called with the bytes that are held whenever that changes */
  constructor(onSize: (bytes: number) => void = () => {}) {
    this.#onSize = onSize;
  }

  get size(): number {
    return this.#size;
  }

  push(chunk: Buffer): void {
    if (chunk.length > 0) {
      this.#chunks.push(chunk);
      this.#starts.push(this.#origin + this.#size);
      this.#size += chunk.length;
    }
    this.lastAtMs = performance.now();
    this.#onSize(this.#size);
  }

  /** The chunk in which a byte lies: a large output has thousands, and is looked at with each that comes. */
  #chunkAt(offset: number): number {
    const wanted = offset + this.#origin;
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= wanted) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** The unfinished last line, or its last `limit` bytes. */
  tail(limit = 2048): string {
    const parts: string[] = [];
    let room = limit;
    for (let at = this.#chunks.length - 1; at >= 0 && room > 0; at--) {
      const chunk = this.#chunks[at]!;
      const newline = chunk.lastIndexOf(0x0a);
      const from = Math.max(newline + 1, chunk.length - room);
      parts.push(chunk.toString('latin1', from));
      room -= chunk.length - from;
      if (newline >= 0) break;
    }
    return parts.reverse().join('');
  }

  /** The last `limit` bytes. */
  recent(limit: number): string {
    return this.slice(Math.max(0, this.#size - limit), this.#size);
  }

  /** Bytes from offset `from` up to `to`. */
  slice(from: number, to = this.#size): string {
    const parts: string[] = [];
    for (let at = this.#chunkAt(Math.max(0, from)); at < this.#chunks.length; at++) {
      const start = this.#starts[at]! - this.#origin;
      if (start >= to) break;
      const chunk = this.#chunks[at]!;
      parts.push(chunk.toString('latin1', Math.max(0, from - start), Math.min(chunk.length, to - start)));
    }
    return parts.join('');
  }

  /** Offset of the first occurrence at or behind `from`, -1 without one; cheaper than a search in a {@link slice}. */
  indexOf(needle: Buffer, from: number): number {
    for (let at = this.#chunkAt(from); at < this.#chunks.length; at++) {
      const chunk = this.#chunks[at]!;
      const start = this.#starts[at]! - this.#origin;
      const end = start + chunk.length;
      if (end <= from) continue;
      const hit = chunk.indexOf(needle, Math.max(0, from - start));
      if (hit >= 0) return start + hit;
      const across = needle.length > 1 && end < this.#size ? this.#indexAcross(at, end, needle, from) : -1;
      if (across >= 0) return across;
    }
    return -1;
  }

  /** Where the needle lies over the end of a chunk. */
  #indexAcross(at: number, end: number, needle: Buffer, from: number): number {
    const reach = needle.length - 1;
    const parts: Buffer[] = [];
    let low = end;
    for (let index = at; index >= 0 && low > end - reach && low > from; index--) {
      const chunk = this.#chunks[index]!;
      const size = Math.min(chunk.length, low - Math.max(from, end - reach));
      parts.unshift(chunk.subarray(chunk.length - size));
      low -= size;
    }
    for (let index = at + 1, left = reach; index < this.#chunks.length && left > 0; index++) {
      const part = this.#chunks[index]!.subarray(0, left);
      parts.push(part);
      left -= part.length;
    }
    const hit = Buffer.concat(parts).indexOf(needle);
    return hit < 0 ? -1 : low + hit;
  }

  /** Offset behind the last line end before `before`; 0 when there is none. */
  lineStart(before = this.#size): number {
    if (before <= 0) return 0;
    for (let at = Math.min(this.#chunkAt(before - 1), this.#chunks.length - 1); at >= 0; at--) {
      const chunk = this.#chunks[at]!;
      const start = this.#starts[at]! - this.#origin;
      const newline = chunk.subarray(0, before - start).lastIndexOf(0x0a);
      if (newline >= 0) return start + newline + 1;
    }
    return 0;
  }

  /** The first `limit` bytes. */
  head(limit: number): string {
    let text = '';
    for (const chunk of this.#chunks) {
      if (text.length >= limit) break;
      text += chunk.toString('latin1', 0, Math.min(chunk.length, limit - text.length));
    }
    return text;
  }

  /** Takes the first `offset` bytes out; the rest stays. */
  take(offset = this.#size): Buffer {
    const taken = this.#takeChunks(offset);
    return taken.length === 1 ? taken[0]! : Buffer.concat(taken);
  }

  /** As {@link take}, for bytes that are looked at at once: the next call, of whatever inbox, may write over them. */
  borrow(offset = this.#size): Buffer {
    const taken = this.#takeChunks(offset);
    if (taken.length === 1) return taken[0]!;
    let size = 0;
    for (const chunk of taken) size += chunk.length;
    if (size > lent.length) return Buffer.concat(taken, size);
    size = 0;
    for (const chunk of taken) {
      lent.set(chunk, size);
      size += chunk.length;
    }
    return lent.subarray(0, size);
  }

  #takeChunks(offset: number): Buffer[] {
    const taken: Buffer[] = [];
    let left = offset;
    let at = 0;
    for (; at < this.#chunks.length && left > 0; at++) {
      const chunk = this.#chunks[at]!;
      if (chunk.length > left) {
        taken.push(chunk.subarray(0, left));
        this.#chunks[at] = chunk.subarray(left);
        this.#starts[at]! += left;
        left = 0;
        break;
      }
      taken.push(chunk);
      left -= chunk.length;
    }
    this.#chunks = this.#chunks.slice(at);
    this.#starts = this.#starts.slice(at);
    this.#origin += offset - left;
    this.#size -= offset - left;
    this.#onSize(this.#size);
    return taken;
  }
}
