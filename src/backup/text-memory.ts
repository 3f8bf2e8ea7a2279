import { encodeText } from '#core';

/** A text larger than this gets memory of its own: few are, and what is kept would stay that large. */
const mostCharacters = 1_500_000;
/** Memories kept for the next texts. */
const mostKept = 16;
/** UTF-8 takes at most three bytes for one unit of a string. */
const bytesPerCharacter = 3;

const encoder = new TextEncoder();

/**
 * Memory in which texts stand as bytes while they are hashed, packed and piped: used again, for the pages of fresh memory cost
 * as much as writing a configuration into them.
 */
export class TextMemory {
  readonly #kept: Buffer[] = [];

  /** Calls `use` with the bytes of the pieces, one after the other; they may be gone once it has resolved. */
  async lend<T>(pieces: readonly string[], use: (bytes: Uint8Array) => Promise<T>): Promise<T> {
    const { bytes, release } = this.#bytesOf(pieces);
    try {
      return await use(bytes);
    } finally {
      release();
    }
  }

  /** The same for what is done at once. */
  use<T>(pieces: readonly string[], use: (bytes: Uint8Array) => T): T {
    const { bytes, release } = this.#bytesOf(pieces);
    try {
      return use(bytes);
    } finally {
      release();
    }
  }

  #bytesOf(pieces: readonly string[]): { readonly bytes: Uint8Array; readonly release: () => void } {
    const characters = pieces.reduce((sum, { length }) => sum + length, 0);
    if (characters > mostCharacters) return { bytes: encodeText(pieces.join('')), release: () => undefined };
    const memory = this.#take(characters * bytesPerCharacter);
    return {
      bytes: memory.subarray(0, written(pieces, memory)),
      release: () => {
        if (this.#kept.length < mostKept) this.#kept.push(memory);
      },
    };
  }

  #take(bytes: number): Buffer {
    const memory = this.#kept.pop();
    return memory !== undefined && memory.length >= bytes ? memory : Buffer.allocUnsafeSlow(Math.max(bytes, 1 << 16));
  }
}

function written(pieces: readonly string[], into: Buffer): number {
  let at = 0;
  for (const piece of pieces) {
    // Bytes that were no UTF-8 come back as they were.
    if (piece.isWellFormed()) at += encoder.encodeInto(piece, into.subarray(at)).written;
    else at += encodeText(piece).copy(into, at);
  }
  return at;
}
