import { NetwrightError } from '#core';

/** A configuration larger than this gets memory of its own: few are, and what is kept would stay that large. */
const mostBytes = 4_000_000;
/** Memories kept for the next configurations. */
const mostKept = 16;

/**
 * Memory in which configurations stand as bytes while they are hashed, packed and piped: used again, for the pages of fresh memory
 * cost as much as writing a configuration into them. They come in pieces of one character a byte.
 */
export class ByteMemory {
  readonly #kept: Buffer[] = [];

  /** Calls `use` with the bytes of the pieces, one after the other; they may be gone once it has resolved. */
  async lend<T>(pieces: readonly string[], use: (bytes: Uint8Array) => Promise<T>): Promise<T> {
    const memory = this.#take(pieces);
    try {
      return await use(bytesIn(memory, pieces));
    } finally {
      this.#giveBack(memory);
    }
  }

  /** The same for what is done at once. */
  use<T>(pieces: readonly string[], use: (bytes: Uint8Array) => T): T {
    const memory = this.#take(pieces);
    try {
      return use(bytesIn(memory, pieces));
    } finally {
      this.#giveBack(memory);
    }
  }

  #take(pieces: readonly string[]): Buffer {
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
    const memory = bytes > mostBytes ? undefined : this.#kept.pop();
    return memory !== undefined && memory.length >= bytes ? memory : Buffer.allocUnsafeSlow(Math.max(bytes, 1 << 18));
  }

  #giveBack(memory: Buffer): void {
    if (memory.length <= mostBytes && this.#kept.length < mostKept) this.#kept.push(memory);
  }
}

function bytesIn(memory: Buffer, pieces: readonly string[]): Uint8Array {
  let at = 0;
  for (const piece of pieces) {
    // Such a character would lose all but its last byte. V8 tells at once of strings that can have none.
    if (/[^\x00-\xff]/.test(piece)) throw new NetwrightError('NW_INTERNAL', 'text stands where bytes are to be kept');
    at += memory.write(piece, at, 'latin1');
  }
  return memory.subarray(0, at);
}
