import type { Duplex } from 'node:stream';

/** Notices a peer that asks without end and takes no answers: it is to be read no further before it takes what waits for it. */
export class Backlog {
  /** Nothing is to be read now. */
  isFull = false;
  readonly #stream: Duplex;
  readonly #mostBytes: number;
  readonly #taken: () => void;

  /** @param taken called when the peer has taken what waited */
  constructor(stream: Duplex, mostBytes: number, taken: () => void) {
    this.#stream = stream;
    this.#mostBytes = mostBytes;
    this.#taken = taken;
  }

  /** Pauses the stream where too much waits; to be called after each piece of work that may have answered. */
  look(): void {
    // `drain` comes only to who has filled a stream, and the channel of a hop holds 2 MB.
    const { writableLength, writableNeedDrain } = this.#stream;
    if (this.isFull || writableLength <= this.#mostBytes || !writableNeedDrain) return;
    this.isFull = true;
    this.#stream.pause();
    this.#stream.once('drain', () => {
      this.isFull = false;
      this.#taken();
    });
  }
}
