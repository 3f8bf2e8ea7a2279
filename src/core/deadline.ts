import { NetwrightError } from './errors.ts';

/** What every call on a device or a file takes. */
export interface CallOptions {
  /** Milliseconds after which the call is given up. */
  readonly timeoutMs?: number;
  /** Ends the call early; it rejects with `NW_CANCELLED`, or with the signal's reason when that is a NetwrightError. */
  readonly signal?: AbortSignal;
}

const longestTimerMs = 2 ** 31 - 1;

/** A duration as a timer takes it: of more than 24.8 days Node makes one millisecond. */
export const timerMs = (durationMs: number): number => Math.min(durationMs, longestTimerMs);

/** The error that an aborted signal stands for. */
export function abortError(signal: AbortSignal): NetwrightError {
  return signal.reason instanceof NetwrightError
    ? signal.reason
    : new NetwrightError('NW_CANCELLED', 'cancelled', { cause: signal.reason });
}

/**
 * Runs `work` with a signal that fires at the deadline or when `options.signal` fires, and never waits for work
 * that ignores it: the returned promise rejects at once, with `onTimeout()` or the error of the outer signal.
 *
 * @param disposal ends it too: a signal that lives long and may have thousands of calls under it at a time. `AbortSignal.any`
 *   would keep weak references to all of them, and finalizers (Node 24).
 */
export async function withDeadline<T>(
  options: CallOptions,
  onTimeout: () => NetwrightError,
  work: (signal: AbortSignal) => Promise<T>,
  disposal?: AbortSignal,
): Promise<T> {
  const { timeoutMs, signal } = options;
  const outers = [signal, disposal].filter((outer) => outer !== undefined);
  const aborted = outers.find((outer) => outer.aborted);
  if (aborted) throw abortError(aborted);
  const inner = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => {};
  const ended = new Promise<never>((_, reject) => {
    const end = (error: NetwrightError): void => {
      reject(error);
      inner.abort(error);
    };
    if (timeoutMs !== undefined) timer = setTimeout(() => end(onTimeout()), timerMs(timeoutMs));
    onAbort = () => end(abortError(outers.find((outer) => outer.aborted)!));
    for (const outer of outers) outer.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work(inner.signal), ended]);
  } finally {
    clearTimeout(timer);
    for (const outer of outers) outer.removeEventListener('abort', onAbort);
  }
}
