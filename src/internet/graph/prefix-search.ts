import { NetwrightError } from '#core';
import { addressBytes, prefixText } from '../routes/address.ts';

/** A table of prefixes in the order of `PrefixOrigins`. */
export interface SortedPrefixes {
  readonly count: number;
  readonly count4: number;
  readonly length: Uint8Array;
  readonly words: Uint32Array;
}

/** A prefix as its numbers: bits behind the mask are zero. */
export interface Prefix {
  readonly family: 4 | 6;
  readonly length: number;
  /** Four, IPv4 in the first. */
  readonly words: Uint32Array;
}

/**
 * `41.32.0.0/12`, or an address for the longest mask; bits behind the mask are cleared.
 * @throws NetwrightError `NW_INTERNET_INVALID`.
 */
export function parsePrefix(text: string): Prefix {
  const [, address = '', mask] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  const bytes = addressBytes(address);
  const longest = bytes === undefined ? 0 : bytes.length * 8;
  const length = mask === undefined ? longest : Number(mask);
  if (bytes === undefined || length > longest) {
    throw new NetwrightError(
      'NW_INTERNET_INVALID',
      `"${text}": expected a prefix or an address such as 41.32.0.0/12 or 2c0f:fc88::/32`,
    );
  }
  const whole = new Uint8Array(16);
  whole.set(bytes);
  const view = new DataView(whole.buffer);
  const words = Uint32Array.from({ length: 4 }, (_, word) => view.getUint32(word * 4));
  return { family: bytes.length === 4 ? 4 : 6, length, words: masked(words, length) };
}

export const textOfPrefix = ({ family, words, length }: Prefix): string => prefixText(words, 0, family, length);

/** Text of entry `index` of a table. */
export const prefixTextAt = (table: SortedPrefixes, index: number): string =>
  prefixText(table.words, index, index < table.count4 ? 4 : 6, table.length[index]!);

/** Where a prefix stands, -1 where it does not. */
export function findPrefix(table: SortedPrefixes, prefix: Prefix): number {
  const at = firstNotBefore(table, prefix);
  return at < endOf(table, prefix) && compare(table, at, prefix) === 0 ? at : -1;
}

/** Entries that contain the prefix, the shortest first; the prefix itself is none. */
export function lessSpecifics(table: SortedPrefixes, prefix: Prefix): number[] {
  const found: number[] = [];
  for (let length = 0; length < prefix.length; length += 1) {
    const at = findPrefix(table, { ...prefix, length, words: masked(prefix.words, length) });
    if (at >= 0) found.push(at);
  }
  return found;
}

/** The entries inside a prefix stand together: the first, and the one behind the last. The prefix itself is none. */
export function moreSpecifics(table: SortedPrefixes, prefix: Prefix): { first: number; end: number } {
  const at = firstNotBefore(table, prefix);
  const limit = endOf(table, prefix);
  const first = at < limit && compare(table, at, prefix) === 0 ? at + 1 : at;
  let low = first;
  let high = limit;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isInside(table, middle, prefix)) low = middle + 1;
    else high = middle;
  }
  return { first, end: low };
}

function firstNotBefore(table: SortedPrefixes, prefix: Prefix): number {
  let low = prefix.family === 4 ? 0 : table.count4;
  let high = endOf(table, prefix);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(table, middle, prefix) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

const endOf = (table: SortedPrefixes, { family }: Prefix): number => (family === 4 ? table.count4 : table.count);

function compare({ words, length }: SortedPrefixes, at: number, prefix: Prefix): number {
  for (let word = 0; word < 4; word += 1) {
    const difference = words[at * 4 + word]! - prefix.words[word]!;
    if (difference !== 0) return difference;
  }
  return length[at]! - prefix.length;
}

function isInside({ words }: SortedPrefixes, at: number, prefix: Prefix): boolean {
  for (let word = 0; word < 4; word += 1) {
    if ((words[at * 4 + word]! & maskOf(prefix.length, word)) >>> 0 !== prefix.words[word]) return false;
  }
  return true;
}

const masked = (words: Uint32Array, length: number): Uint32Array =>
  words.map((bits, word) => bits & maskOf(length, word));

/** The mask of one of the four words. */
function maskOf(length: number, word: number): number {
  const bits = Math.min(32, Math.max(0, length - word * 32));
  return bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
}
