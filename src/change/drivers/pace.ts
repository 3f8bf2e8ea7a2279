import type { CallOptions } from '#core';

/** What one step of a call may take: what is left of the whole, and no more than the step itself is worth. */
export type Pace = (atMostMs?: number) => CallOptions;

/**
 * Deals the time of a whole call out to its steps. Without a `timeoutMs` each step has its own limit, or the session's.
 *
 * @param options of the whole call
 */
export function pace({ timeoutMs, signal }: CallOptions = {}): Pace {
  const endsAtMs = timeoutMs === undefined ? undefined : performance.now() + timeoutMs;
  return (atMostMs) => {
    const leftMs = endsAtMs === undefined ? undefined : Math.max(0, endsAtMs - performance.now());
    const stepMs = atMostMs === undefined ? leftMs : Math.min(atMostMs, leftMs ?? atMostMs);
    return { ...(stepMs === undefined ? {} : { timeoutMs: stepMs }), ...(signal === undefined ? {} : { signal }) };
  };
}

/** How long tidying up may take that nobody waits for any more: it is done although the call was cancelled or ran out of time. */
const tidyMs = 15_000;

/**
 * Does the work, and tidies up behind it whatever came of it. When the work fails its error counts: what the tidying
 * could not do on top of it is named in that error's `details.left`.
 */
export async function tidied<T>(work: () => Promise<T>, tidy: (pace: Pace) => Promise<void>): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await tidy(pace({ timeoutMs: tidyMs })).catch((left: unknown) => noteLeft(error, left));
    throw error;
  }
  await tidy(pace({ timeoutMs: tidyMs }));
  return result;
}

/** A connection that is lost cannot tidy: that is known from the first error, and nothing new. */
function noteLeft(error: unknown, left: unknown): void {
  if (!(error instanceof Error) || !('details' in error)) return;
  const why = left instanceof Error ? left.message : String(left);
  Object.assign(error, { details: { ...(error.details as object), left: why } });
}
