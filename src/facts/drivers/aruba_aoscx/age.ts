const unitS: Readonly<Record<string, number>> = { y: 31_536_000, w: 604_800, d: 86_400, h: 3600, s: 1 };

/**
 * Seconds of `02m:02w:06d`, `02d:10h:15m`, `00h:10m:05s`; -1 for anything else. An `m` before weeks or days is a month
 * of thirty days, one behind hours a minute.
 */
export function ageS(text: string): number {
  const parts = [...text.matchAll(/(?:^|:)(\d{1,4})([ymwdhs])(?=:|$)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return -1;
  let seconds = 0;
  for (const [index, [, amount, unit = '']] of parts.entries()) {
    const isMonth = unit === 'm' && /[wd]/.test(parts[index + 1]?.[2] ?? '');
    seconds += Number(amount) * (unitS[unit] ?? (isMonth ? 30 * 86_400 : 60));
  }
  return seconds;
}
