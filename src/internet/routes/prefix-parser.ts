import { addressBytes } from './address.ts';

/** A prefix in numbers; one object is filled again and again. */
export interface ParsedPrefix {
  /** 4 or 6; 0: the text was none. */
  family: number;
  length: number;
  readonly words: Uint32Array;
}

export const createParsedPrefix = (): ParsedPrefix => ({ family: 0, length: 0, words: new Uint32Array(4) });

/** Reads CIDR text; without a length, an IPv4 network has that of its class, as routers print it. False for no prefix. */
export function parsePrefixInto(text: string, into: ParsedPrefix): boolean {
  into.family = 0;
  const slash = text.indexOf('/');
  const bytes = addressBytes(slash < 0 ? text : text.slice(0, slash));
  if (bytes === undefined) return false;
  const most = bytes.length * 8;
  const length = slash < 0 ? classLength(bytes) : parseLength(text.slice(slash + 1));
  if (length === undefined || length > most) return false;
  const view = new DataView(bytes.buffer);
  for (let word = 0; word < 4; word++) {
    const bits = length - word * 32;
    const value = word * 4 < bytes.length ? view.getUint32(word * 4) : 0;
    into.words[word] = bits <= 0 ? 0 : bits >= 32 ? value : (value & (-1 << (32 - bits))) >>> 0;
  }
  into.family = bytes.length === 4 ? 4 : 6;
  into.length = length;
  return true;
}

function parseLength(text: string): number | undefined {
  return /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}

function classLength(bytes: Uint8Array): number | undefined {
  if (bytes.length !== 4) return undefined;
  const first = bytes[0]!;
  if (bytes.every((byte) => byte === 0)) return 0;
  return first < 128 ? 8 : first < 192 ? 16 : first < 224 ? 24 : 32;
}
