import type { Client } from 'ssh2';
import { countAsAlive } from './ssh-internals.ts';

/** Whatever a server sends tells that it lives, not only its answers to ssh2's questions. */
export class LifeSigns {
  readonly #client: Client;
  readonly #keepaliveMs: number;
  #notedAtMs = 0;

  /** @param keepaliveMs how often ssh2 asks; 0 for never */
  constructor(client: Client, keepaliveMs: number) {
    this.#client = client;
    this.#keepaliveMs = keepaliveMs;
  }

  /** Something came. */
  note(): void {
    if (this.#keepaliveMs === 0) return;
    const now = performance.now();
    // The timer is not set anew for each packet.
    if (now - this.#notedAtMs < this.#keepaliveMs / 2) return;
    this.#notedAtMs = now;
    countAsAlive(this.#client);
  }
}
