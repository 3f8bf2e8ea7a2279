import { setImmediate as nextTurn } from 'node:timers/promises';
import { abortError } from '#core';

/** Work in steps: a generator that yields the name of what it is at wherever it may pause. */
export type Sliced<T> = Generator<string, T, undefined>;

export interface SliceOptions {
  readonly signal?: AbortSignal;
  /** Called at every pause with what the work is at. */
  readonly onProgress?: (stage: string) => void;
}

/** Runs work to its end without a pause, where nobody waits for a turn. */
export function runAtOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Longest stretch without giving the event loop a turn, in milliseconds. */
const sliceMs = 15;
/** How many items a loop handles between two looks at the clock where one may take a while. */
export const heavyItemsASlice = 64;
/** How many small items a loop handles between two looks at the clock. */
export const itemsASlice = 4096;

/** The same small work for every item. */
export function* forEach<T>(items: Iterable<T>, stage: string, work: (item: T) => void): Sliced<void> {
  let done = 0;
  for (const item of items) {
    if (done % itemsASlice === 0) yield stage;
    done += 1;
    work(item);
  }
}

/**
 * Runs work to its end and gives the event loop a turn every {@link sliceMs}.
 * @throws NetwrightError `NW_CANCELLED` when the signal is aborted.
 */
export async function runSliced<T>(work: Sliced<T>, { signal, onProgress }: SliceOptions = {}): Promise<T> {
  if (signal?.aborted) throw abortError(signal);
  let until = performance.now() + sliceMs;
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() < until) continue;
    onProgress?.(value);
    await nextTurn();
    if (signal?.aborted) throw abortError(signal);
    until = performance.now() + sliceMs;
  }
}
