const readings = new WeakMap<RegExp, RegExp>();

/**
 * The same pattern with the blanks and lines of devices: to JavaScript a no-break space is a blank, and a line separator
 * (U+2028) ends a line, so that `\S+` and `.+` would leave the rest of a secret that holds one. To devices both are bytes
 * like others.
 */
export function asDevicesRead(pattern: RegExp): RegExp {
  let found = readings.get(pattern);
  if (found === undefined) {
    const { source, flags } = pattern;
    let isInClass = false;
    // `[a-\s]` is no range but three things; nobody means them.
    const own = source.replace(/-\\[sS]|\\.|[[\]]/g, (sign) => {
      if (sign === '[') isInClass = true;
      if (sign === ']') isInClass = false;
      return (isInClass ? inClass[sign] : alone[sign]) ?? sign;
    });
    found = new RegExp(own, flags.includes('s') ? flags : `${flags}s`);
    readings.set(pattern, found);
  }
  return found;
}

/** For lines, which hold no newline: what is left for `.` to match, it may. */
const alone: Readonly<Record<string, string>> = { '\\s': '[\\t-\\r ]', '\\S': '[^\\t-\\r ]' };
const inClass: Readonly<Record<string, string>> = { '\\s': ' \\t-\\r', '\\S': '\\0-\\x08\\x0e-\\x1f!-\\uffff' };
