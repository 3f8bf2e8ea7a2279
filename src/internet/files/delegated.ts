import { NetwrightError } from '#core';
import type { Source } from '../source/open-source.ts';
import { asnFromText } from './asn-text.ts';

/** AS numbers and IPv4 addresses that a RIR has given to somebody. */
export interface DelegatedFile {
  readonly registry: string;
  readonly timeMs: number | undefined;
  readonly asns: readonly DelegatedAsns[];
  readonly addresses: readonly DelegatedAddresses[];
  readonly notes: readonly string[];
}

/** `count` AS numbers from `first` on. */
export interface DelegatedAsns {
  readonly first: number;
  readonly count: number;
  /** Of the registration, as it stands there: not a location, and empty for some. */
  readonly country: string;
  /** The same for all that one holder has; extended files only. */
  readonly holder: string | undefined;
}

/** Addresses `first … last` as numbers; the count is not always a power of two. */
export interface DelegatedAddresses {
  readonly first: number;
  readonly last: number;
  readonly country: string;
}

/**
 * Reads statistics of a RIR, plain or extended: https://www.apnic.net/about-apnic/corporate-documents/documents/
 * resource-guidelines/rir-statistics-exchange-format. What is available or reserved is left out.
 * @throws NetwrightError `NW_INTERNET_FORMAT` when nothing in it is delegated.
 */
export async function readDelegated(source: Source): Promise<DelegatedFile> {
  const asns: DelegatedAsns[] = [];
  const addresses: DelegatedAddresses[] = [];
  let registry = '';
  let timeMs: number | undefined;
  let odd = 0;
  let firstOdd = '';
  for await (const line of source.lines()) {
    if (line.startsWith('#') || line.trim() === '') continue;
    const [name = '', country = '', type, start = '', value = '', , status, holder] = line.split('|');
    if (/^\d/.test(name)) {
      registry = country;
      timeMs = dayOf(line.split('|')[5] ?? '');
    } else if (country !== '*' && (status === 'allocated' || status === 'assigned')) {
      registry ||= name;
      const count = /^\d{1,10}$/.test(value) ? Number(value) : 0;
      const first = type === 'asn' ? asnFromText(start) : type === 'ipv4' ? addressNumber(start) : undefined;
      if (type === 'ipv6') continue;
      if (first === undefined || count === 0 || first + count > 2 ** 32) {
        odd += 1;
        firstOdd ||= line;
      } else if (type === 'asn') asns.push({ first, count, country, holder: holder || undefined });
      else addresses.push({ first, last: first + count - 1, country });
    }
  }
  if (asns.length === 0 && addresses.length === 0) {
    throw new NetwrightError(
      'NW_INTERNET_FORMAT',
      `${source.name}: expected lines such as ripencc|EG|asn|8452|1|19970710|allocated, there is none`,
    );
  }
  const notes = odd === 0 ? [] : [`${odd} lines cannot be read, the first is "${firstOdd.slice(0, 80)}"`];
  return { registry, timeMs, asns, addresses, notes };
}

/** `41.32.0.0` as a number; undefined for what is no IPv4 address. */
export function addressNumber(text: string): number | undefined {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (found === null) return undefined;
  let value = 0;
  for (let part = 1; part <= 4; part += 1) {
    const byte = Number(found[part]);
    if (byte > 255) return undefined;
    value = value * 256 + byte;
  }
  return value;
}

function dayOf(text: string): number | undefined {
  const time = Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3T00:00:00Z'));
  return Number.isNaN(time) ? undefined : time;
}
