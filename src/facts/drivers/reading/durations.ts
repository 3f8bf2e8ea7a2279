const secondsOf: Readonly<Record<string, number>> = {
  y: 31_536_000,
  year: 31_536_000,
  w: 604_800,
  week: 604_800,
  d: 86_400,
  day: 86_400,
  h: 3600,
  hour: 3600,
  m: 60,
  min: 60,
  minute: 60,
  s: 1,
  sec: 1,
  second: 1,
};

/**
 * Seconds of the ways in which systems write an age: `00:02:01`, `1d02h`, `65d00h`, `2w3d`, `28w2d 23:54`,
 * `3 days, 4 hours, 5 minutes`, `1 year, 2 weeks`. Undefined for what is none, as `never`.
 */
export function secondsIn(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '' || trimmed.length > 120) return undefined;
  let seconds = 0;
  let isKnown = false;
  for (const word of trimmed.match(/\d+:\d+(?::\d+)?|\d+ ?[a-z]+|[^\s,]+/g) ?? []) {
    const clock = /^(\d+):(\d+)(?::(\d+))?$/.exec(word);
    if (clock) {
      const [, first = '0', second = '0', third] = clock;
      // Two parts are hours and minutes, as in "28w2d 23:54".
      seconds += Number(first) * 3600 + Number(second) * 60 + Number(third ?? '0');
    } else {
      const [, amount, unit = ''] = /^(\d+) ?([a-z]+)$/.exec(word) ?? [];
      const factor = secondsOf[unit] ?? secondsOf[unit.replace(/s$/, '')];
      if (amount === undefined || factor === undefined) return undefined;
      seconds += Number(amount) * factor;
    }
    isKnown = true;
  }
  return isKnown ? seconds : undefined;
}
