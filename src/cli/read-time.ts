import { parse } from 'chrono-node';
import { NetwrightError, parseDurationMs } from '#core';

const dayMs = 86_400_000;
const hint = 'write yesterday, 24h, "2 hours ago", 2026-01-31 or 2026-01-31T10:00';

/** `05/06/2026` is in May for some and in June for others. */
function isAmbiguous(words: string): boolean {
  const [, one, other] = /^(\d{1,2})[/.](\d{1,2})[/.]\d{2,4}\b/.exec(words) ?? [];
  return one !== undefined && Number(one) <= 12 && Number(other) <= 12 && Number(one) !== Number(other);
}

/**
 * The moment that a person means, in ms: `yesterday`, `24h` and `2 hours ago` count from now, a day alone
 * (`2026-01-31`, `last monday`) means its end, and what would lie ahead (`10:00`, `monday 9am`) is the last one.
 * Times without a zone are local.
 * @throws NetwrightError `NW_USAGE`.
 */
export function readTime(text: string, nowMs: number): number {
  const words = text.trim();
  // The lengths of time that flags take (`--stale 24h`) count back from now.
  if (/^\d+(?:\.\d+)?\s*[smhdw]$/.test(words)) return nowMs - parseDurationMs(words);
  if (isAmbiguous(words)) {
    throw new NetwrightError('NW_USAGE', `"${text}": which of both is the month?`, { hint });
  }
  const [found] = parse(words, new Date(nowMs));
  if (found === undefined || found.text.length !== words.length) {
    throw new NetwrightError('NW_USAGE', `"${text}" is no time`, { hint });
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
