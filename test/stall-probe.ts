import { threadCpuMs } from './cpu-time.ts';

/**
 * Measures how long the event loop stands still: between two turns of a timer of 5 ms, what this thread computed.
 * Time of the clock alone would also count the turns that the machine gives to other processes.
 */
export class StallProbe {
  worstMs = 0;
  #last = performance.now();
  #lastCpuMs = threadCpuMs();
  readonly #timer = setInterval(() => {
    const now = performance.now();
    const cpuMs = threadCpuMs();
    this.worstMs = Math.max(this.worstMs, Math.min(now - this.#last, cpuMs - this.#lastCpuMs));
    this.#last = now;
    this.#lastCpuMs = cpuMs;
  }, 5);

  /** Starts anew. */
  reset(): void {
    this.worstMs = 0;
    this.#last = performance.now();
    this.#lastCpuMs = threadCpuMs();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
