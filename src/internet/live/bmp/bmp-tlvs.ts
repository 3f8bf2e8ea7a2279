import { readU16, readU32 } from '../../mrt/as-path.ts';

/** Longest text of a router that is kept. */
const longestText = 512;

/** Type, length and value after one another (RFC 7854 section 4.4). False when the last does not fit. */
export function eachTlv(
  bytes: Uint8Array,
  at: number,
  end: number,
  onTlv: (type: number, from: number, to: number) => void,
): boolean {
  let next = at;
  while (next < end) {
    if (next + 4 > end) return false;
    const from = next + 4;
    next = from + readU16(bytes, next + 2);
    if (next > end) return false;
    onTlv(readU16(bytes, from - 4), from, next);
  }
  return true;
}

/** UTF-8 on one line, without control characters: it is printed. */
export const textOfTlv = (bytes: Uint8Array, from: number, to: number): string =>
  new TextDecoder()
    .decode(bytes.subarray(from, Math.min(to, from + longestText)))
    .replace(/\p{Cc}+/gu, ' ')
    .trim();

/** A Statistics Report behind its per-peer header: values by type, those of one family (RFC 7854 type 9, 10) left out. */
export function readStatistics(bytes: Uint8Array, at: number, end: number): ReadonlyMap<number, bigint> | string {
  if (at + 4 > end) return 'a Statistics Report that ends before its count';
  const values = new Map<number, bigint>();
  const isWhole = eachTlv(bytes, at + 4, end, (type, from, to) => {
    if (to - from === 4) values.set(type, BigInt(readU32(bytes, from)));
    else if (to - from === 8)
      values.set(type, (BigInt(readU32(bytes, from)) << 32n) | BigInt(readU32(bytes, from + 4)));
  });
  return isWhole ? values : 'a Statistics Report whose parts do not fit';
}
