import { readU32 } from '../../mrt/as-path.ts';
import { commonHeaderBytes } from './bmp-types.ts';

/** One BMP message; valid during the call only. */
export interface BmpFrame {
  readonly bytes: Uint8Array;
  readonly type: number;
  /** First byte behind the common header, and the one behind the message. */
  readonly at: number;
  readonly end: number;
  /** Of the common header, from the start of the connection. */
  readonly offset: number;
}

/** What stands at a byte of the stream cannot be a message: nothing behind it can be read. */
export interface BmpDamage {
  readonly offset: number;
  readonly reason: string;
}

/**
 * Cuts a stream into BMP messages (RFC 7854 section 4.1). There is no marker by which to find the next message, so that
 * the first header that cannot be one ends the stream. What waits for its end is never more than one message.
 */
export class BmpFrames {
  readonly #mostBytes: number;
  /** The beginning of a message, its parts as they came. */
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  /** How much of the message must be there before it is looked at again. */
  #needed = commonHeaderBytes;
  /** Of the first byte of the parts. */
  #offset = 0;

  /** `mostBytes`: a message that says that it is longer is damage. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Bytes of a message whose end has not come. */
  get waitingBytes(): number {
    return this.#partBytes;
  }

  /** From the start of the connection: where the message begins that is waited for. */
  get offset(): number {
    return this.#offset;
  }

  /** Hands out every message that is complete. `onFrame` says what is wrong with one, and nothing more is read then. */
  push(chunk: Uint8Array, onFrame: (frame: BmpFrame) => string | undefined): BmpDamage | undefined {
    this.#parts.push(chunk);
    this.#partBytes += chunk.length;
    if (this.#partBytes < this.#needed) return undefined;
    const bytes = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
    let at = 0;
    this.#needed = commonHeaderBytes;
    let damage: BmpDamage | undefined;
    while (damage === undefined && at + commonHeaderBytes <= bytes.length) {
      const offset = this.#offset + at;
      const reason = this.#headerProblem(bytes, at);
      if (reason !== undefined) damage = { offset, reason };
      else {
        const length = readU32(bytes, at + 1);
        if (at + length > bytes.length) {
          this.#needed = length;
          break;
        }
        const type = bytes[at + 5]!;
        const problem = onFrame({ bytes, type, at: at + commonHeaderBytes, end: at + length, offset });
        if (problem === undefined) at += length;
        else damage = { offset, reason: problem };
      }
    }
    // A copy: a view would keep all of what came alive for the few bytes at its end.
    this.#parts = at === bytes.length ? [] : [Uint8Array.prototype.slice.call(bytes, at)];
    this.#partBytes = bytes.length - at;
    this.#offset += at;
    return damage;
  }

  #headerProblem(bytes: Uint8Array, at: number): string | undefined {
    if (bytes[at] !== 3) return `expected BMP version 3, found ${bytes[at]}`;
    const length = readU32(bytes, at + 1);
    if (length < commonHeaderBytes) return `a message that says it has ${length} bytes`;
    if (length > this.#mostBytes) return `a message that says it has ${length} bytes, more than ${this.#mostBytes}`;
    return undefined;
  }
}
