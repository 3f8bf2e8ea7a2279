import type { ListRule } from './spec.ts';

/**
 * What a list of VLANs or ports holds. Numbers are spread out, names stand for themselves: `1-3,Trk1` is 1, 2, 3 and
 * Trk1. At most 4,096 numbers a range are spread, more stay one name.
 */
export type Members = ReadonlySet<string>;

const widest = 4096;
const allVlans = 4094;

export function readMembers(list: string, notation: ListRule['notation']): Members {
  const members = new Set<string>();
  const text = list.trim();
  if (text === '' || text === 'none') return members;
  if (text === 'all') return spread(members, 1, allVlans, '');
  const except = /^except (.+)$/.exec(text);
  if (except !== null) {
    const without = readMembers(except[1]!, notation);
    return new Set([...readMembers('all', notation)].filter((member) => !without.has(member)));
  }
  if (notation === 'comma')
    for (const part of text.split(/[\s,]+/)) readRange(members, part, /^(\d+)-(\d+)$/.exec(part));
  else {
    // `1 to 3 5`, `ethe 1/1/1 to 1/1/4 ethe 1/1/7`: a member is a word, or two where the first has no digit in it.
    const part = /((?:[A-Za-z][\w-]* )?)(\S+)(?: to (\S+))?/g;
    for (const [, kind = '', from = '', to] of text.matchAll(part)) {
      if (to === undefined) members.add(kind + from);
      else if (kind === '' && /^\d+$/.test(from) && /^\d+$/.test(to))
        readRange(members, `${from} to ${to}`, [``, from, to]);
      else readPorts(members, kind, from, to);
    }
  }
  return members;
}

function readRange(members: Set<string>, part: string, range: readonly string[] | null): void {
  const from = Number(range?.[1]);
  const to = Number(range?.[2]);
  if (range === null || to < from || to - from > widest) {
    if (part !== '') members.add(part);
  } else spread(members, from, to, '');
}

/** `1/1/1 to 1/1/4` is four ports of one module. */
function readPorts(members: Set<string>, kind: string, from: string, to: string): void {
  const start = /^(.*?)(\d+)$/.exec(from);
  const end = /^(.*?)(\d+)$/.exec(to);
  const isRange = start !== null && end !== null && start[1] === end[1];
  const first = Number(start?.[2]);
  const last = Number(end?.[2]);
  if (isRange && last >= first && last - first <= widest) spread(members, first, last, kind + start[1]!);
  else members.add(`${kind}${from} to ${to}`);
}

function spread(members: Set<string>, from: number, to: number, prefix: string): Set<string> {
  for (let at = from; at <= to; at += 1) members.add(`${prefix}${at}`);
  return members;
}

/** The shortest way to write them: numbers in order and as ranges, then names as they came. */
export function writeMembers(members: Iterable<string>, notation: ListRule['notation']): string {
  const runs = new Map<string, number[]>();
  const names: string[] = [];
  for (const member of members) {
    const numbered = /^((?:.*?[^\d])?)(\d{1,9})$/.exec(member);
    // A leading zero would be lost.
    if (numbered === null || (numbered[2]!.length > 1 && numbered[2]!.startsWith('0')) || notation === 'names') {
      names.push(member);
      continue;
    }
    const run = runs.get(numbered[1]!);
    if (run === undefined) runs.set(numbered[1]!, [Number(numbered[2])]);
    else run.push(Number(numbered[2]));
  }
  const parts: string[] = [];
  for (const [prefix, numbers] of runs) {
    numbers.sort((one, other) => one - other);
    for (let at = 0; at < numbers.length; ) {
      let end = at;
      while (end + 1 < numbers.length && numbers[end + 1] === numbers[end]! + 1) end += 1;
      parts.push(range(prefix, numbers[at]!, numbers[end]!, notation));
      at = end + 1;
    }
  }
  return [...parts, ...names].join(notation === 'comma' ? ',' : ' ');
}

function range(prefix: string, from: number, to: number, notation: ListRule['notation']): string {
  if (from === to) return `${prefix}${from}`;
  if (notation === 'comma') return prefix === '' ? `${from}-${to}` : ports(prefix, from, to);
  // The kind of the port is said once: `ethe 1/1/1 to 1/1/4`.
  return `${prefix}${from} to ${prefix.slice(prefix.lastIndexOf(' ') + 1)}${to}`;
}

function ports(prefix: string, from: number, to: number): string {
  const all: string[] = [];
  for (let at = from; at <= to; at += 1) all.push(`${prefix}${at}`);
  return all.join(',');
}

/** What a line of the list holds, cut where a device takes no longer line. */
export function cutMembers(list: string, notation: ListRule['notation'], longest = 200): string[] {
  if (list.length <= longest) return [list];
  const parts = notation === 'comma' ? list.split(',') : (list.match(/(?:[A-Za-z][\w-]* )?\S+(?: to \S+)?/g) ?? []);
  const glue = notation === 'comma' ? ',' : ' ';
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && line.length + part.length + 1 > longest) {
      lines.push(line);
      line = part;
    } else line = line === '' ? part : line + glue + part;
  }
  if (line !== '') lines.push(line);
  return lines;
}
