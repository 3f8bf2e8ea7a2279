import { decodeText, encodeText } from '#core';

const endOfMessage = ']]>]]>';

/** A message as it goes over the wire: in two chunks where it is large, as servers with a fixed buffer send them. */
export function frameOf(message: string, isChunked: boolean): Buffer {
  const bytes = encodeText(message);
  if (!isChunked) return Buffer.concat([bytes, Buffer.from(`\n${endOfMessage}\n`)]);
  // The chunks end between bytes, not between characters: a client must put those together by itself.
  const middle = Math.min(bytes.length, 4096);
  const chunks = [bytes.subarray(0, middle), bytes.subarray(middle)].filter((chunk) => chunk.length > 0);
  return Buffer.concat([
    ...chunks.flatMap((chunk) => [Buffer.from(`\n#${chunk.length}\n`), chunk]),
    Buffer.from('\n##\n'),
  ]);
}

/** Messages out of what a client sends, in both framings (RFC 6242). Small ones: they are kept whole until they end. */
export class ClientMessages {
  isChunked = false;
  #bytes: Buffer = Buffer.alloc(0);

  add(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
  }

  /** The next whole message; undefined when there is none yet, null for bytes that are no frame. */
  next(): string | undefined | null {
    return this.isChunked ? this.#chunked() : this.#plain();
  }

  #plain(): string | undefined {
    const at = this.#bytes.indexOf(endOfMessage);
    if (at < 0) return undefined;
    const message = decodeText(this.#bytes.subarray(0, at));
    this.#bytes = this.#bytes.subarray(at + endOfMessage.length);
    return message;
  }

  #chunked(): string | undefined | null {
    const parts: Buffer[] = [];
    let at = 0;
    for (;;) {
      const header = /^\n#(?:(#)|([1-9]\d{0,9}))\n/.exec(this.#bytes.toString('latin1', at, at + 14));
      if (header === null) return this.#bytes.length - at >= 14 ? null : undefined;
      at += header[0].length;
      if (header[1] !== undefined) break;
      const size = Number(header[2]);
      if (at + size > this.#bytes.length) return undefined;
      parts.push(this.#bytes.subarray(at, at + size));
      at += size;
    }
    this.#bytes = this.#bytes.subarray(at);
    return decodeText(Buffer.concat(parts));
  }
}
