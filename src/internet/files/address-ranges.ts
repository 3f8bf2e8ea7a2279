import { NetwrightError } from '#core';
import { addressBytes } from '../routes/address.ts';
import type { Source } from '../source/open-source.ts';
import { asnFromText } from './asn-text.ts';
import { addressNumber } from './delegated.ts';

/** Ranges of addresses with the AS that originates them, or with a country. */
export interface AddressRanges {
  readonly rows: readonly AddressRange[];
  readonly notes: readonly string[];
}

export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  /** One of the two. */
  readonly asn?: number;
  readonly country?: string;
  /** Of the AS, where the file has it. */
  readonly name?: string;
}

/**
 * Reads `first,last,asn,"name"` and `first,last,CC`.
 * @throws NetwrightError `NW_INTERNET_FORMAT` when no such line is in it.
 */
export async function readAddressRanges(source: Source): Promise<AddressRanges> {
  const rows: AddressRange[] = [];
  let odd = 0;
  for await (const line of source.lines()) {
    if (line === '' || line.startsWith('#')) continue;
    const row = rangeOf(line);
    if (row === undefined) odd += 1;
    else rows.push(row);
  }
  if (rows.length === 0) {
    throw new NetwrightError(
      'NW_INTERNET_FORMAT',
      `${source.name}: expected lines such as 41.32.0.0,41.47.255.255,8452,TE-AS`,
    );
  }
  return { rows, notes: odd === 0 ? [] : [`${odd} lines are no ranges of addresses`] };
}

function rangeOf(line: string): AddressRange | undefined {
  const [, from = '', to = '', third = '', rest = ''] = /^([^,]+),([^,]+),"?([^,"]*)"?(?:,(.*))?$/.exec(line) ?? [];
  const first = addressValue(from);
  const last = addressValue(to);
  if (first === undefined || last === undefined || first.family !== last.family || last.value < first.value)
    return undefined;
  const range = { family: first.family, first: first.value, last: last.value };
  if (/^[A-Za-z]{2}$/.test(third)) return { ...range, country: third.toUpperCase() };
  const asn = asnFromText(third);
  if (asn === undefined) return undefined;
  const name = /^".*"$/.test(rest) ? rest.slice(1, -1).replaceAll('""', '"') : rest;
  return { ...range, asn, ...(name !== '' && { name }) };
}

function addressValue(text: string): { family: 4 | 6; value: bigint } | undefined {
  const four = addressNumber(text);
  if (four !== undefined) return { family: 4, value: BigInt(four) };
  const bytes = addressBytes(text);
  return bytes?.length === 16 ? { family: 6, value: BigInt(`0x${Buffer.from(bytes).toString('hex')}`) } : undefined;
}

/** The fewest prefixes that make up a range. */
export function* prefixesOf({ family, first, last }: AddressRange): Generator<{ words: number[]; length: number }> {
  if (family === 4) {
    // The same in numbers: there are half a million of these, and BigInt takes its time.
    const end = Number(last);
    for (let start = Number(first); start <= end; ) {
      let size = start === 0 ? 2 ** 32 : 2 ** Math.min(32, trailingZeros(start));
      while (start + size - 1 > end) size /= 2;
      yield { words: [start, 0, 0, 0], length: 32 - Math.log2(size) };
      start += size;
    }
    return;
  }
  for (let start = first; start <= last; ) {
    let bits = 0;
    while (bits < 128 && (start >> BigInt(bits)) % 2n === 0n && start + (1n << BigInt(bits + 1)) - 1n <= last)
      bits += 1;
    const words = [96n, 64n, 32n, 0n].map((shift) => Number((start >> shift) & 0xffff_ffffn));
    yield { words, length: 128 - bits };
    start += 1n << BigInt(bits);
  }
}

/** Of a number below 2^32 that is not 0. */
const trailingZeros = (value: number): number => 31 - Math.clz32(value & -value);
