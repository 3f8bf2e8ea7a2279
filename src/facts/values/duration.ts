const unitSeconds: Readonly<Record<string, number>> = {
  y: 365 * 86_400,
  w: 7 * 86_400,
  d: 86_400,
  h: 3600,
  m: 60,
  s: 1,
};

/**
 * Seconds of a time as routers write it: `00:05:12`, `1d02h`, `3w4d`, `1y2w`, `2 weeks, 3 days, 1 hour, 5 minutes`,
 * `1 day(s), 2 hour(s)`, `34 secs`. Undefined for `never` and for what is no time. A year has 365 days, as vendors
 * count.
 */
export function readDuration(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (trimmed.length > 120) return undefined;
  const clock = /^(?:(\d{1,6})(?: days?,? |d |\.))?(\d{1,5}):(\d{1,2})(?::(\d{1,2}))?(?:\.\d{1,6})?$/.exec(trimmed);
  if (clock) {
    const [, days = '0', first = '0', second = '0', third] = clock;
    return third === undefined
      ? Number(days) * 86_400 + Number(first) * 60 + Number(second)
      : Number(days) * 86_400 + Number(first) * 3600 + Number(second) * 60 + Number(third);
  }
  let seconds = 0;
  let rest = trimmed;
  if (rest === '') return undefined;
  while (rest !== '') {
    const part =
      /^(\d{1,9}) ?(y|w|d|h|m|s)(?:ears?|ears?\(s\)|eeks?|ays?|ours?|in(?:ute)?s?|ec(?:ond)?s?|eek\(s\)|ay\(s\)|our\(s\)|in(?:ute)?\(s\)|ec(?:ond)?\(s\)|ear\(s\))?(?:,? (?:and )?|(?=\d)|$)/.exec(
        rest,
      );
    if (part === null) return undefined;
    seconds += Number(part[1]) * (unitSeconds[part[2] ?? ''] ?? 0);
    rest = rest.slice(part[0].length);
  }
  return seconds;
}
