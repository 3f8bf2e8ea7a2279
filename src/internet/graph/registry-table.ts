import { itemsASlice, runAtOnce, type Sliced } from '../relationships/slices.ts';
import { indexOfAsn } from './as-graph.ts';
import { longitudeOf } from './longitudes.ts';
import type { Exchange, Registry } from './registry.ts';
import { type TextColumn, Texts, textAt, textColumn, textColumnInSlices } from './text-column.ts';

/** A {@link Registry} in columns, one row an AS. */
export interface RegistryColumns {
  /** Ascending. */
  readonly asns: Uint32Array;
  /** Two letters: `'EG'` as `0x4547`; 0 for none. */
  readonly country: Uint16Array;
  /** Empty text for none. */
  readonly names: TextColumn;
  /** Index into `organisations` and `types`; the first of each is the empty text, for none. */
  readonly organisation: Uint32Array;
  readonly organisations: TextColumn;
  readonly type: Uint8Array;
  readonly types: TextColumn;
  readonly exchanges: readonly Exchange[];
}

/** What is known of one AS. */
export interface AsFacts {
  name?: string;
  country?: string;
  organisation?: string;
  type?: string;
}

export class RegistryTable implements Registry {
  readonly columns: RegistryColumns;
  readonly #names: Texts;
  readonly #types: readonly string[];
  #countries: ReadonlyMap<string, Uint32Array> | undefined;
  /** By AS number below {@link tableSize}: its row and 1, 0 for none. */
  #rows: Uint32Array | undefined;
  readonly #countryTexts: (string | undefined)[] = [];

  constructor(columns: RegistryColumns) {
    this.columns = columns;
    this.#names = new Texts(columns.names);
    this.#types = Array.from({ length: columns.types.offsets.length - 1 }, (_, at) => textAt(columns.types, at));
  }

  get exchanges(): readonly Exchange[] {
    return this.columns.exchanges;
  }

  /** Makes the first lookup as fast as the next. */
  prepare(): void {
    this.#rows ??= rowTable(this.columns.asns);
    if (this.columns.asns.length > 0) this.#names.at(0);
    this.#byCountry();
  }

  #rowOf(asn: number): number {
    if (asn >= tableSize) return indexOfAsn(this.columns, asn);
    this.#rows ??= rowTable(this.columns.asns);
    return this.#rows[asn]! - 1;
  }

  name(asn: number): string | undefined {
    const row = this.#rowOf(asn);
    return row < 0 ? undefined : this.#names.at(row) || undefined;
  }

  country(asn: number): string | undefined {
    const row = this.#rowOf(asn);
    if (row < 0) return undefined;
    const code = this.columns.country[row]!;
    this.#countryTexts[code] ??= countryText(code);
    return this.#countryTexts[code];
  }

  countryColumn(asns: Uint32Array): Uint16Array {
    const { asns: known, country } = this.columns;
    const found = new Uint16Array(asns.length);
    let row = 0;
    for (let at = 0; at < asns.length; at += 1) {
      while (row < known.length && known[row]! < asns[at]!) row += 1;
      if (known[row] === asns[at]) found[at] = country[row]!;
    }
    return found;
  }

  organisation(asn: number): string | undefined {
    const row = indexOfAsn(this.columns, asn);
    const place = row < 0 ? 0 : this.columns.organisation[row]!;
    return place === 0 ? undefined : textAt(this.columns.organisations, place);
  }

  sameHolder(asn: number): readonly number[] {
    const { asns, organisation } = this.columns;
    const row = indexOfAsn(this.columns, asn);
    const holder = row < 0 ? 0 : organisation[row]!;
    const found: number[] = [];
    if (holder === 0) return found;
    for (let at = 0; at < asns.length; at += 1) if (organisation[at] === holder && at !== row) found.push(asns[at]!);
    return found;
  }

  type(asn: number): string | undefined {
    const row = this.#rowOf(asn);
    return row < 0 ? undefined : this.#types[this.columns.type[row]!] || undefined;
  }

  ofCountry(country: string): Uint32Array {
    return this.#byCountry().get(country.toUpperCase()) ?? new Uint32Array();
  }

  longitude(country: string): number | undefined {
    return longitudeOf(country);
  }

  /** Codes that have an AS or an exchange. */
  countries(): readonly string[] {
    return [...new Set([...this.#byCountry().keys(), ...this.exchanges.map(({ country }) => country)])]
      .filter((code) => code !== '')
      .sort();
  }

  #byCountry(): ReadonlyMap<string, Uint32Array> {
    this.#countries ??= groupByCountry(this.columns);
    return this.#countries;
  }
}

/** AS numbers by the code of their country, ascending: a counting sort, for there are many. */
function groupByCountry({ asns, country }: RegistryColumns): ReadonlyMap<string, Uint32Array> {
  const counts = new Uint32Array(1 << 16);
  for (let row = 0; row < country.length; row += 1) counts[country[row]!]! += 1;
  const lists: (Uint32Array | undefined)[] = [];
  const found = new Map<string, Uint32Array>();
  for (let row = 0; row < country.length; row += 1) {
    const code = country[row]!;
    let list = lists[code];
    if (list === undefined) {
      list = new Uint32Array(counts[code]!);
      lists[code] = list;
      counts[code] = 0;
      const text = countryText(code);
      if (text !== undefined) found.set(text, list);
    }
    list[counts[code]!] = asns[row]!;
    counts[code]! += 1;
  }
  return found;
}

/** Nearly all AS numbers that are in use lie below. */
const tableSize = 1 << 19;

function rowTable(asns: Uint32Array): Uint32Array {
  const rows = new Uint32Array(tableSize);
  for (let row = 0; row < asns.length; row += 1) {
    if (asns[row]! >= tableSize) break;
    rows[asns[row]!] = row + 1;
  }
  return rows;
}

/** A registry of what was gathered by AS number. */
export function buildRegistry(
  facts: ReadonlyMap<number, AsFacts> = new Map(),
  exchanges: readonly Exchange[] = [],
): RegistryTable {
  return runAtOnce(registryInSlices(facts, exchanges));
}

/** As {@link buildRegistry}, in slices. */
export function* registryInSlices(
  facts: ReadonlyMap<number, AsFacts>,
  exchanges: readonly Exchange[],
): Sliced<RegistryTable> {
  const asns = new Uint32Array(facts.size);
  let count = 0;
  for (const asn of facts.keys()) {
    if (count % itemsASlice === 0) yield 'numbering ASes';
    asns[count] = asn;
    count += 1;
  }
  asns.sort();
  const organisations = new Interned();
  const types = new Interned();
  const country = new Uint16Array(asns.length);
  const organisation = new Uint32Array(asns.length);
  const type = new Uint8Array(asns.length);
  const names: string[] = [];
  for (const [row, asn] of asns.entries()) {
    if (row % itemsASlice === 0) yield 'names';
    const known = facts.get(asn)!;
    country[row] = countryCode(known.country ?? '');
    organisation[row] = organisations.place(known.organisation ?? '');
    type[row] = types.place(known.type ?? '');
    names.push(known.name ?? '');
  }
  return new RegistryTable({
    asns,
    country,
    names: yield* textColumnInSlices(names),
    organisation,
    organisations: yield* textColumnInSlices(organisations.texts),
    type,
    types: textColumn(types.texts),
    exchanges,
  });
}

/** Two letters as a number, 0 for what is no code of a country. `ZZ`, `EU` and `AP` stand for none, or for many. */
export function countryCode(text: string): number {
  const code = text.toUpperCase();
  if (!/^[A-Z]{2}$/.test(code) || code === 'ZZ' || code === 'EU' || code === 'AP') return 0;
  return (code.charCodeAt(0) << 8) | code.charCodeAt(1);
}

export const countryText = (code: number): string | undefined =>
  code === 0 ? undefined : String.fromCharCode(code >> 8, code & 255);

class Interned {
  readonly texts: string[] = [''];
  readonly #places = new Map<string, number>([['', 0]]);

  place(text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.texts.length);
    this.texts.push(text);
    return this.texts.length - 1;
  }
}
