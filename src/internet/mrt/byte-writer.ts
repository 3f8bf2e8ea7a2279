/** A growing buffer for binary records: numbers in network order, and lengths that are known only afterwards. */
export class ByteWriter {
  #bytes: Buffer;
  #length = 0;

  constructor(sizeBytes = 4096) {
    this.#bytes = Buffer.allocUnsafe(sizeBytes);
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    this.#room(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  u16(value: number): this {
    this.#room(2);
    this.#length = this.#bytes.writeUInt16BE(value, this.#length);
    return this;
  }

  u32(value: number): this {
    this.#room(4);
    this.#length = this.#bytes.writeUInt32BE(value, this.#length);
    return this;
  }

  bytes(bytes: Uint8Array): this {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** Leaves `sizeBytes` bytes free for a length, runs `body`, and fills in how many bytes it wrote. */
  measured(sizeBytes: 1 | 2 | 4, body: () => void): this {
    const at = this.#length;
    this.#room(sizeBytes);
    this.#length += sizeBytes;
    body();
    this.#bytes.writeUIntBE(this.#length - at - sizeBytes, at, sizeBytes);
    return this;
  }

  /** Fills in what was not known when its place was written. */
  patchU16(at: number, value: number): void {
    this.#bytes.writeUInt16BE(value, at);
  }

  /** All that was written since the last call. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  #room(sizeBytes: number): void {
    if (this.#length + sizeBytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + sizeBytes));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
