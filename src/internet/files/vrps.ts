import { NetwrightError } from '#core';
import type { VrpTable } from '../graph/atlas.ts';
import { prefixOrder } from '../graph/prefix-order.ts';
import { type Prefix, parsePrefix } from '../graph/prefix-search.ts';
import type { Source } from '../source/open-source.ts';
import { asnFromText } from './asn-text.ts';
import { type JsonRecord, jsonRecords } from './json-records.ts';

/**
 * Reads validated ROA payloads: the JSON of rpki-client, Routinator and others, whose AS numbers are numbers or texts
 * such as `AS13335`.
 * @throws NetwrightError `NW_INTERNET_FORMAT` when none is in it.
 */
export async function readVrps(source: Source): Promise<{ readonly vrps: VrpTable; readonly notes: string[] }> {
  const rows: { readonly prefix: Prefix; readonly maxLength: number; readonly asn: number }[] = [];
  let odd = 0;
  for await (const record of jsonRecords(source.name, source.chunks())) {
    if (!('prefix' in record)) continue;
    const row = rowOf(record);
    if (row === undefined) odd += 1;
    else rows.push(row);
  }
  if (rows.length === 0) {
    throw new NetwrightError(
      'NW_INTERNET_FORMAT',
      `${source.name}: expected records such as {"asn": "AS8452", "prefix": "41.32.0.0/12", "maxLength": 24}`,
    );
  }
  const { order, count4 } = prefixOrder({
    count: rows.length,
    family: rows.map(({ prefix }) => prefix.family),
    length: rows.map(({ prefix }) => prefix.length),
    words: rows.flatMap(({ prefix }) => [...prefix.words]),
  });
  const words = new Uint32Array(rows.length * 4);
  for (const [at, row] of order.entries()) words.set(rows[row]!.prefix.words, at * 4);
  const vrps: VrpTable = {
    count: rows.length,
    count4,
    length: Uint8Array.from(order, (row) => rows[row]!.prefix.length),
    words,
    maxLength: Uint8Array.from(order, (row) => rows[row]!.maxLength),
    asn: order.map((row) => rows[row]!.asn),
  };
  return { vrps, notes: odd === 0 ? [] : [`${odd} records have no AS number, prefix or maxLength that can be read`] };
}

function rowOf(record: JsonRecord): { prefix: Prefix; maxLength: number; asn: number } | undefined {
  const { asn, prefix: text, maxLength } = record;
  if ((typeof asn !== 'string' && typeof asn !== 'number') || typeof text !== 'string') return undefined;
  const number = asnFromText(String(asn));
  const prefix = prefixFrom(text);
  if (number === undefined || prefix === undefined) return undefined;
  const longest = maxLength ?? prefix.length;
  if (typeof longest !== 'number' || longest < prefix.length || longest > (prefix.family === 4 ? 32 : 128))
    return undefined;
  return { prefix, maxLength: longest, asn: number };
}

function prefixFrom(text: string): Prefix | undefined {
  try {
    return parsePrefix(text);
  } catch (error) {
    if (error instanceof NetwrightError) return undefined;
    throw error;
  }
}
