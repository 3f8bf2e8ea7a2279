import { isIPv4, isIPv6 } from 'node:net';

/** Four or sixteen bytes of an address; undefined for what is none. Zone indexes are not addresses of a route. */
export function addressBytes(text: string): Uint8Array | undefined {
  if (isIPv4(text)) return Uint8Array.from(text.split('.').map(Number));
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const [head = '', tail] = text.split('::');
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  const middle = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: middle }, () => 0), ...right];
  return Uint8Array.from(groups.flatMap((group) => [group >>> 8, group & 255]));
}

/**
 * Four or sixteen bytes from `at` on as text: IPv6 as RFC 5952 has it, mapped and compatible IPv4 with dots.
 * `shortestRun` is how many zero groups `::` stands for at least: two, but one in what bgpdump prints.
 */
export function addressText(bytes: Uint8Array, at: number, length: 4 | 16, shortestRun: 1 | 2 = 2): string {
  if (length === 4) return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
  const groups: number[] = [];
  for (let index = 0; index < 16; index += 2) groups.push((bytes[at + index]! << 8) | bytes[at + index + 1]!);
  const { start, count } = longestZeros(groups);
  const dotted = start === 0 && (count === 6 || (count === 5 && groups[5] === 0xffff));
  const last = dotted ? 6 : 8;
  const text = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  const end = dotted ? addressText(bytes, at + 12, 4) : '';
  if (count < shortestRun) return text(0, 8);
  const right = [text(start + count, last), end].filter((part) => part !== '').join(':');
  return `${text(0, start)}::${right}`;
}

/** Four words of a prefix (see `PrefixTable`) and its mask length as text. */
export function prefixText(words: Uint32Array, index: number, family: number, length: number): string {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (let word = 0; word < 4; word++) view.setUint32(word * 4, words[index * 4 + word]!);
  return `${addressText(bytes, 0, family === 4 ? 4 : 16)}/${length}`;
}

function longestZeros(groups: readonly number[]): { start: number; count: number } {
  let best = { start: -1, count: 0 };
  let start = -1;
  for (let index = 0; index <= 8; index++) {
    if (groups[index] === 0) {
      if (start < 0) start = index;
    } else if (start >= 0) {
      if (index - start > best.count) best = { start, count: index - start };
      start = -1;
    }
  }
  return best;
}

function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [(a << 8) | b, (c << 8) | d];
  });
}
