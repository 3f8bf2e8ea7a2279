import type { ReadProgress } from '../options.ts';

const everyMs = 100;

/** Tells progress at most ten times a second, and each new stage. */
export function progressTeller(tell: ((progress: ReadProgress) => void) | undefined): (progress: ReadProgress) => void {
  let last = Number.NEGATIVE_INFINITY;
  let stage: ReadProgress['stage'] | undefined;
  return (progress) => {
    if (tell === undefined) return;
    const now = performance.now();
    if (progress.stage === stage && now - last < everyMs) return;
    stage = progress.stage;
    last = now;
    tell(progress);
  };
}
