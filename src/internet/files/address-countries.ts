import type { AddressCountries } from '../graph/atlas.ts';
import { countingOrder, identityOrder } from '../graph/counting-order.ts';
import { countryCode } from '../graph/registry-table.ts';
import { itemsASlice, type Sliced } from '../relationships/slices.ts';

/** IPv4 addresses `first … last` as numbers. */
export interface CountryRange {
  readonly first: number | bigint;
  readonly last: number | bigint;
  readonly country?: string;
}

/** The ranges that have a country, by address; undefined when none has. Sorted digit by digit, in linear time. */
export function* countriesOfAddresses(ranges: readonly CountryRange[]): Sliced<AddressCountries | undefined> {
  const given = {
    first: new Uint32Array(ranges.length),
    last: new Uint32Array(ranges.length),
    country: new Uint16Array(ranges.length),
  };
  let count = 0;
  for (const [at, { first, last, country = '' }] of ranges.entries()) {
    if (at % itemsASlice === 0) yield 'countries of addresses';
    const code = countryCode(country);
    if (code === 0) continue;
    given.first[count] = Number(first);
    given.last[count] = Number(last);
    given.country[count] = code;
    count += 1;
  }
  if (count === 0) return undefined;
  let order = identityOrder(count);
  const digits = new Uint16Array(count);
  for (const shift of [0, 16]) {
    yield 'sorting addresses';
    for (let at = 0; at < count; at += 1) digits[at] = given.first[at]! >>> shift;
    yield 'sorting addresses';
    order = countingOrder(digits, order, 0x10000);
  }
  yield 'sorting addresses';
  return { first: taken(given.first, order), last: taken(given.last, order), country: taken(given.country, order) };
}

function taken<T extends Uint32Array | Uint16Array>(column: T, order: Uint32Array): T {
  // A slice is of the kind that it is cut from.
  const found = column.slice(0, order.length) as T;
  for (let at = 0; at < order.length; at += 1) found[at] = column[order[at]!]!;
  return found;
}
