/**
 * Text that differs at each read: clocks, uptimes, counters, passwords that FortiOS encrypts anew. Configurations
 * are kept with marks in private-use characters in their place; the marks become text when they are printed.
 */
const open = '\ue000';
const close = '\ue001';

export type VolatileKind =
  | 'ios'
  | 'ctime'
  | 'unix'
  | 'iso'
  | 'date'
  | 'clock'
  | 'junos'
  | 'xr'
  | 'sros'
  | 'uptime'
  | 'shortuptime'
  | 'percent'
  | 'sum'
  | 'enc';

export const volatile = (kind: VolatileKind): string => `${open}${kind}${close}`;

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

function dateText(kind: VolatileKind, date: Date): string {
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const day = days[date.getUTCDay()]!;
  const month = months[date.getUTCMonth()]!;
  const iso = `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  if (kind === 'date') return iso;
  if (kind === 'clock') return clock;
  if (kind === 'ios') return `${clock} UTC ${day} ${month} ${date.getUTCDate()} ${date.getUTCFullYear()}`;
  if (kind === 'ctime')
    return `${day} ${month} ${String(date.getUTCDate()).padStart(2)} ${clock} ${date.getUTCFullYear()}`;
  if (kind === 'unix')
    return `${day} ${month} ${String(date.getUTCDate()).padStart(2)} ${clock} UTC ${date.getUTCFullYear()}`;
  if (kind === 'xr')
    return `${day} ${month} ${String(date.getUTCDate()).padStart(2)} ${clock}.${String(date.getUTCMilliseconds()).padStart(3, '0')} UTC`;
  if (kind === 'sros')
    return `${day} ${month} ${two(date.getUTCDate())} ${clock} ${date.getUTCFullYear()} UTC`.toUpperCase();
  return kind === 'junos' ? `${iso} ${clock} UTC` : `${iso} ${clock}`;
}

function uptimeText(seconds: number): string {
  const parts: string[] = [];
  let left = Math.floor(seconds / 60);
  for (const [name, size] of [
    ['week', 10_080],
    ['day', 1_440],
    ['hour', 60],
    ['minute', 1],
  ] as const) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return parts.join(', ') || '0 minutes';
}

export interface Moment {
  /** Milliseconds since 1970, as the device believes. */
  readonly nowMs: number;
  readonly bootedMs: number;
  /** Differs at each read. */
  readonly random: () => number;
}

const mark = /\ue000(\w+)\ue001/g;

/** The text as it is printed at that moment. */
export function atMoment(text: string, moment: Moment): string {
  if (!text.includes(open)) return text;
  const upS = (moment.nowMs - moment.bootedMs) / 1000;
  const hex = (digits: number): string => {
    let result = '';
    while (result.length < digits)
      result += Math.floor(moment.random() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0');
    return result.slice(0, digits);
  };
  return text.replace(mark, (_, kind: VolatileKind) => {
    if (kind === 'uptime') return uptimeText(upS);
    if (kind === 'shortuptime')
      return `${Math.floor(upS / 86_400)}d${Math.floor(upS / 3600) % 24}h${Math.floor(upS / 60) % 60}m${Math.floor(upS) % 60}s`;
    if (kind === 'percent') return String(1 + Math.floor(moment.random() * 97));
    if (kind === 'sum') return hex(32);
    if (kind === 'enc') return Buffer.from(hex(88), 'hex').toString('base64');
    return dateText(kind, new Date(moment.nowMs));
  });
}

/** Puts the marks of `model` where lines of `text` read like lines of it that hold some: a file that was printed comes back. */
export function withMarks(text: string, model: string): string {
  if (!model.includes(open)) return text;
  const marked = model.split('\n').filter((line) => line.includes(open));
  const rules = marked.map((line) => {
    const [start = '', ...rest] = line.split(mark).filter((_, at) => at % 2 === 0);
    return { line, start, end: rest.at(-1) ?? '' };
  });
  return text
    .split('\n')
    .map(
      (line) =>
        rules.find(
          ({ start, end }) =>
            start.length + end.length > 0 &&
            line.length > start.length + end.length &&
            line.startsWith(start) &&
            line.endsWith(end),
        )?.line ?? line,
    )
    .join('\n');
}
