/** Bytes of text, written without making strings: numbers and addresses are most of a routing table. */
export class AsciiWriter {
  #bytes: Buffer;
  #length = 0;

  constructor(sizeBytes: number) {
    this.#bytes = Buffer.allocUnsafe(sizeBytes);
  }

  get length(): number {
    return this.#length;
  }

  /** Makes room, so that what follows need not check. */
  reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + bytes));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  /** One character, by its code. */
  code(code: number): void {
    this.#bytes[this.#length++] = code;
  }

  ascii(text: string): void {
    for (let index = 0; index < text.length; index++) this.#bytes[this.#length++] = text.charCodeAt(index);
  }

  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length + 1024);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A whole number from 0 to 2^32 - 1 in decimal digits. */
  decimal(value: number): void {
    const bytes = this.#bytes;
    let at = this.#length;
    if (value < 10) {
      bytes[at] = 48 + value;
      this.#length = at + 1;
      return;
    }
    at += digits(value);
    this.#length = at;
    let rest = value;
    while (rest >= 10) {
      const tens = Math.floor(rest / 10);
      bytes[--at] = 48 + rest - tens * 10;
      rest = tens;
    }
    bytes[--at] = 48 + rest;
  }

  /** An IPv4 address of four bytes. */
  ipv4(from: Uint8Array, at: number): void {
    this.decimal(from[at]!);
    this.code(46);
    this.decimal(from[at + 1]!);
    this.code(46);
    this.decimal(from[at + 2]!);
    this.code(46);
    this.decimal(from[at + 3]!);
  }

  /** What has been written since the last call, as bytes of its own. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }
}

function digits(value: number): number {
  if (value < 100_000) return value < 100 ? 2 : value < 1000 ? 3 : value < 10_000 ? 4 : 5;
  if (value < 10_000_000) return value < 1_000_000 ? 6 : 7;
  return value < 100_000_000 ? 8 : value < 1_000_000_000 ? 9 : 10;
}
