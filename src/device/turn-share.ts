/** So long a turn of the event loop may go on with what came from devices. */
const shareMs = 10;

let startedAtMs: number | undefined;

/**
 * Whether this turn has had enough of outputs to look at. Hundreds may have come at once, and what follows upon the last one of
 * a device (cleaning, checking, storing it) takes milliseconds: whoever is told so comes again in the next turn.
 */
export function isTurnSpent(): boolean {
  const now = performance.now();
  if (startedAtMs !== undefined) return now - startedAtMs > shareMs;
  startedAtMs = now;
  // Runs before all that is put off to the next turn.
  setImmediate(() => {
    startedAtMs = undefined;
  });
  return false;
}
