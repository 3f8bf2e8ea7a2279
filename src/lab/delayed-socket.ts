import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/**
 * A socket behind a long line: what is written to it leaves `delayMs` later, in order. One way only, so that a round
 * trip takes `delayMs` more than it would.
 */
export class DelayedSocket extends Duplex {
  readonly #socket: Socket;
  readonly #delayMs: number;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(socket: Socket, delayMs: number) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#delayMs = delayMs;
    socket.on('data', (bytes: Buffer) => {
      if (!this.push(bytes)) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(bytes: Buffer, _: BufferEncoding, written: () => void): void {
    this.#later(() => this.#socket.write(bytes));
    written();
  }

  override _final(done: () => void): void {
    this.#later(() => {
      this.#socket.end();
      done();
    });
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#socket.destroy();
    done(error);
  }

  #later(action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, this.#delayMs);
    this.#timers.add(timer);
  }
}
