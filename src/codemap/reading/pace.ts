import { setImmediate as nextTurn } from 'node:timers/promises';
import { abortError } from '#core';

/** Longest stretch without letting timers and sockets run. */
const stretchMs = 25;

/** Keeps long work from holding the event loop, and ends it when the signal fires. */
export function pace(signal: AbortSignal | undefined): () => Promise<void> | undefined {
  let last = performance.now();
  const check = () => {
    if (signal?.aborted === true) throw abortError(signal);
  };
  return () => {
    check();
    if (performance.now() - last < stretchMs) return undefined;
    return nextTurn().then(() => {
      last = performance.now();
      check();
    });
  };
}
