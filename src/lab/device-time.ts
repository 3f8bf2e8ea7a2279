import type { Clock } from '#core';

export interface DeviceTimer {
  readonly dueMs: number;
  cancel(): void;
}

/** Longer waits are made of several: timers of the system hold 31 bits of milliseconds. */
const longestWaitMs = 2 ** 30;

/** The clock of one device, which can be put forward, and the timers that run on it. */
export class DeviceTime {
  readonly #clock: Clock;
  readonly #timers = new Set<DeviceTimer & { readonly action: () => void }>();
  #offsetMs = 0;
  #waiting: AbortController | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now() + this.#offsetMs;
  }

  after(ms: number, action: () => void): DeviceTimer {
    const timer = {
      dueMs: this.now() + ms,
      action,
      cancel: () => {
        if (this.#timers.delete(timer)) this.#arm();
      },
    };
    this.#timers.add(timer);
    this.#arm();
    return timer;
  }

  /** Puts the clock forward; what falls due on the way happens at its own time, in order. */
  advance(ms: number): void {
    const untilMs = this.now() + ms;
    for (;;) {
      const next = this.#next();
      if (next === undefined || next.dueMs > untilMs) break;
      this.#offsetMs += Math.max(0, next.dueMs - this.now());
      this.#fire(next);
    }
    this.#offsetMs += Math.max(0, untilMs - this.now());
    this.#arm();
  }

  /** Forgets every timer. */
  clear(): void {
    this.#timers.clear();
    this.#waiting?.abort();
    this.#waiting = undefined;
  }

  #next(): (DeviceTimer & { readonly action: () => void }) | undefined {
    let first: (DeviceTimer & { readonly action: () => void }) | undefined;
    for (const timer of this.#timers) if (first === undefined || timer.dueMs < first.dueMs) first = timer;
    return first;
  }

  #fire(timer: DeviceTimer & { readonly action: () => void }): void {
    this.#timers.delete(timer);
    timer.action();
  }

  #arm(): void {
    this.#waiting?.abort();
    this.#waiting = undefined;
    const next = this.#next();
    if (next === undefined) return;
    const waiting = new AbortController();
    this.#waiting = waiting;
    const waitMs = Math.min(longestWaitMs, Math.max(0, next.dueMs - this.now()));
    this.#clock.sleep(waitMs, waiting.signal).then(
      () => {
        if (this.#waiting !== waiting) return;
        if (next.dueMs <= this.now()) this.#fire(next);
        this.#arm();
      },
      // Only another timer, or the end of the device, ends the wait early.
      () => {},
    );
  }
}
