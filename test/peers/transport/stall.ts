/** Measures how long the event loop stands still: a timer of 5 ms, and how much later than that it fires. */
export class StallProbe {
  worstMs = 0;
  #last = performance.now();
  readonly #timer = setInterval(() => {
    const now = performance.now();
    this.worstMs = Math.max(this.worstMs, now - this.#last - 5);
    this.#last = now;
  }, 5);

  /** Starts anew. */
  reset(): void {
    this.worstMs = 0;
    this.#last = performance.now();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
