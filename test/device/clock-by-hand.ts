import { vi } from 'vitest';

/** Turns of the event loop in which everything happens that needs no clock: the devices of the tests answer in a few. */
const turnsBetween = 10;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Does the work on a clock that stands still while anything happens and then goes on to the next timer: minutes of
 * waiting take no time, and a busy machine changes nothing. `passedMs` is by that clock.
 */
export async function withClockByHand<T>(work: () => Promise<T>): Promise<{ value: T; passedMs: number }> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    const startedMs = performance.now();
    let isDone = false;
    const value = work().finally(() => {
      isDone = true;
    });
    // It may fail before it is awaited below.
    value.catch(() => {});
    for (;;) {
      for (let count = 0; count < turnsBetween && !isDone; count += 1) await turn();
      if (isDone) return { value: await value, passedMs: performance.now() - startedMs };
      if (vi.getTimerCount() > 0) vi.advanceTimersToNextTimer();
    }
  } finally {
    vi.useRealTimers();
  }
}
