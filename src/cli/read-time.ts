import { parse } from 'chrono-node';
import { NetwrightError } from '#core';

const dayMs = 86_400_000;

/**
 * The moment that a person means, in ms: `yesterday` and `2 hours ago` count from now, a day alone
 * (`2026-01-31`, `last monday`) means its end, and what would lie ahead (`10:00`, `monday 9am`) is the last one.
 * Times without a zone are local.
 * @throws NetwrightError `NW_USAGE`.
 */
export function readTime(text: string, nowMs: number): number {
  const words = text.trim();
  const [found] = parse(words, new Date(nowMs));
  if (found === undefined || found.text.length !== words.length) {
    throw new NetwrightError('NW_USAGE', `"${text}" is no time`, {
      hint: 'write yesterday, "2 hours ago", 2026-01-31 or 2026-01-31T10:00',
    });
  }
  const { start } = found;
  const date = start.date();
  const countsFromNow = /\bago\b|yesterday|today|now/i.test(words);
  if (!start.isCertain('hour') && !countsFromNow) date.setHours(23, 59, 59, 999);
  const ms = date.getTime();
  if (ms <= nowMs) return ms;
  if (!start.isCertain('day') && start.isCertain('weekday')) return ms - 7 * dayMs;
  if (!start.isCertain('day') && start.isCertain('hour')) return ms - dayMs;
  // The end of today lies ahead of now and means now.
  return nowMs;
}
