import { NetwrightError } from '#core';
import { forEach, runSliced } from '../relationships/slices.ts';
import type { Source } from '../source/open-source.ts';
import { asnFromText } from './asn-text.ts';

export interface AsName {
  readonly name: string;
  /** Two letters, as they stand at the end of the line; undefined without. */
  readonly country: string | undefined;
}

/**
 * Names of ASes: one JSON object `{"8452": "TE-AS TE-AS, EG", …}`, or the lines of the RIPE NCC's `asn.txt`,
 * `8452 TE-AS TE-AS, EG`.
 * @throws NetwrightError `NW_INTERNET_FORMAT` when no name is in it.
 */
export async function readAsNames(source: Source): Promise<ReadonlyMap<number, AsName>> {
  const names = new Map<number, AsName>();
  const add = (asn: string, text: unknown): void => {
    const number = asnFromText(asn);
    if (number !== undefined && typeof text === 'string' && text.trim() !== '') names.set(number, splitName(text));
  };
  if (source.format === 'as-names-json') {
    const parsed = parseObject(source.name, await source.text());
    await runSliced(forEach(Object.entries(parsed), 'names', ([asn, text]) => add(asn, text)));
  } else {
    for await (const line of source.lines()) {
      const [, asn = '', text = ''] = /^(\d+)\s+(\S.*)$/.exec(line) ?? [];
      add(asn, text);
    }
  }
  if (names.size === 0) {
    throw new NetwrightError(
      'NW_INTERNET_FORMAT',
      `${source.name}: expected names such as 8452 TE-AS, EG, there is none`,
    );
  }
  return names;
}

function splitName(text: string): AsName {
  const [, name = text, country] = /^(.*),\s*([A-Z]{2})$/s.exec(text.trim()) ?? [];
  return { name: withoutEcho(name.replaceAll(/\s+/g, ' ').trim()), country };
}

/** `TE-AS TE-AS` is `TE-AS`: many registrations have the handle for a name once more. */
function withoutEcho(name: string): string {
  const middle = (name.length - 1) / 2;
  const [first, second] = [name.slice(0, middle), name.slice(middle + 1)];
  return name[middle] === ' ' && first === second ? first : name;
}

function parseObject(name: string, text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch (error) {
    throw new NetwrightError('NW_INTERNET_FORMAT', `${name}: ${(error as Error).message}`, { cause: error });
  }
  throw new NetwrightError('NW_INTERNET_FORMAT', `${name}: expected a JSON object of names`);
}
