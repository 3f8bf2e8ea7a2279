import type { Random } from '#core';

const firstMs = 1000;
const longestMs = 30_000;

/**
 * Milliseconds to wait before the attempt after `attempt` (from 1): doubling from one second to thirty, and of that a
 * random half to whole, so that devices that failed together do not come back together.
 */
export function backoffMs(attempt: number, random: Random): number {
  const whole = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return Math.round(whole * (0.5 + random() / 2));
}
