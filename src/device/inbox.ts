/**
 * What came from the device and was not taken yet: the chunks as they came, never copied until an output is complete.
 * Text is looked at as Latin-1, one character a byte, so that offsets count bytes.
 */
export class Inbox {
  #chunks: Buffer[] = [];
  #size = 0;
  /** Monotonic time at which the last chunk came. */
  lastAtMs = performance.now();

  get size(): number {
    return this.#size;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    this.lastAtMs = performance.now();
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
    // From the end, because what is asked for is nearly always near it.
    let start = this.#size;
    for (let at = this.#chunks.length - 1; at >= 0 && start > from; at--) {
      const chunk = this.#chunks[at]!;
      start -= chunk.length;
      if (start < to)
        parts.push(chunk.toString('latin1', Math.max(0, from - start), Math.min(chunk.length, to - start)));
    }
    return parts.reverse().join('');
  }

  /** Whether the bytes stand anywhere from offset `from` on; cheaper than looking for them in a {@link slice}. */
  includes(needle: Buffer, from: number): boolean {
    let start = this.#size;
    for (let at = this.#chunks.length - 1; at >= 0 && start > from; at--) {
      const chunk = this.#chunks[at]!;
      start -= chunk.length;
      if (chunk.includes(needle, Math.max(0, from - start))) return true;
      // Over the border to the chunk before.
      const seam = needle.length - 1;
      if (
        start > from &&
        seam > 0 &&
        Buffer.from(this.slice(Math.max(from, start - seam), start + seam), 'latin1').includes(needle)
      )
        return true;
    }
    return false;
  }

  /** Offset behind the last line end; 0 when there is none. */
  lineStart(): number {
    let start = this.#size;
    for (let at = this.#chunks.length - 1; at >= 0; at--) {
      const chunk = this.#chunks[at]!;
      start -= chunk.length;
      const newline = chunk.lastIndexOf(0x0a);
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
    const taken: Buffer[] = [];
    let left = offset;
    let at = 0;
    for (; at < this.#chunks.length && left > 0; at++) {
      const chunk = this.#chunks[at]!;
      if (chunk.length > left) {
        taken.push(chunk.subarray(0, left));
        this.#chunks[at] = chunk.subarray(left);
        left = 0;
        break;
      }
      taken.push(chunk);
      left -= chunk.length;
    }
    this.#chunks = this.#chunks.slice(at);
    this.#size -= offset - left;
    return taken.length === 1 ? taken[0]! : Buffer.concat(taken);
  }
}
