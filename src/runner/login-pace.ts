import type { Clock } from '#core';

/** Addresses that have not been logged in to for so long need not be remembered. */
const forgetMs = 60_000;

/**
 * Spaces the logins on one address. IOS XR takes 60 a minute and means one each second (`ssh server rate-limit`), so
 * what counts is the distance to the last one, whoever asks: several entries of the inventory, or another attempt.
 */
export class LoginPace {
  readonly #clock: Clock;
  readonly #nextAtMs = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when the caller may log in; turns are in the order of the calls. Rejects when the signal fires. */
  async turn(address: string, loginsPerSecond: number | undefined, signal?: AbortSignal): Promise<void> {
    const waitMs = this.took(address, loginsPerSecond);
    if (waitMs > 0) await this.#clock.sleep(waitMs, signal);
  }

  /** Counts a login, and returns how long it should have waited. */
  took(address: string, loginsPerSecond: number | undefined): number {
    if (loginsPerSecond === undefined) return 0;
    const now = this.#clock.now();
    const at = Math.max(now, this.#nextAtMs.get(address) ?? 0);
    this.#nextAtMs.set(address, at + 1000 / loginsPerSecond);
    if (this.#nextAtMs.size > 1000) this.#forget(now);
    return at - now;
  }

  #forget(now: number): void {
    for (const [address, nextAtMs] of this.#nextAtMs) {
      if (nextAtMs < now - forgetMs) this.#nextAtMs.delete(address);
    }
  }
}
