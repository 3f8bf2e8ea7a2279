import { NetwrightError } from '#core';
import type { Cell, ListEntry } from './record-row.ts';

/** Rows under names, as TextFSM's own texttable: what templates give is joined, sorted and printed with it. */
export class TextTable {
  /** Names of the columns. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Columns that together name a row (option Key of the template). */
  readonly keys: readonly string[];

  constructor(header: readonly string[], rows: readonly (readonly Cell[])[] = [], keys: readonly string[] = []) {
    this.header = header;
    this.rows = rows;
    this.keys = keys;
  }

  /** Rows as objects. */
  records(nameOf: (column: string) => string = (column) => column): Record<string, Cell>[] {
    const names = this.header.map(nameOf);
    return this.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
  }

  filter(test: (record: Readonly<Record<string, Cell>>) => boolean): TextTable {
    const records = this.records();
    return new TextTable(
      this.header,
      this.rows.filter((_, index) => test(records[index]!)),
      this.keys,
    );
  }

  /**
   * By these columns, the first before all; default the keys, or all columns. Numbers in names count as such: `Eth9`
   * stands before `Eth10`. Rows alike stay in their order.
   */
  sort(columns: readonly string[] = this.keys.length > 0 ? this.keys : this.header): TextTable {
    const places = columns.map((column) => this.#indexOf(column));
    const rows = this.rows.toSorted((a, b) => {
      for (const place of places) {
        const order = natural.compare(cellText(a[place] ?? ''), cellText(b[place] ?? ''));
        if (order !== 0) return order;
      }
      return 0;
    });
    return new TextTable(this.header, rows, this.keys);
  }

  /**
   * Adds the columns that only the other table has. Rows belong together when they are equal in all `keys` (the first
   * of the other's rows that is), or without keys when they stand in the same place. A row that has no counterpart gets
   * '' in the new columns; rows that only the other table has are left out, as TextFSM's CliTable does.
   * @throws NetwrightError `NW_TEXTFSM_INVALID` when one of the tables lacks a key.
   */
  extend(other: TextTable, keys: readonly string[] = this.keys): TextTable {
    const added = other.header.filter((column) => !this.header.includes(column));
    const from = added.map((column) => other.#indexOf(column));
    const counterpart = keys.length === 0 ? (_: unknown, index: number) => other.rows[index] : this.#byKey(other, keys);
    const rows = this.rows.map((row, index) => {
      const match = counterpart(row, index);
      return [...row, ...from.map((place) => match?.[place] ?? '')];
    });
    return new TextTable([...this.header, ...added], rows, this.keys.length > 0 ? this.keys : keys);
  }

  #byKey(other: TextTable, keys: readonly string[]): (row: readonly Cell[]) => readonly Cell[] | undefined {
    const [ours, theirs] = [this, other].map((table) => keys.map((key) => table.#indexOf(key)));
    const keyOf = (row: readonly Cell[], places: readonly number[]): string =>
      JSON.stringify(places.map((place) => row[place]));
    const first = new Map<string, readonly Cell[]>();
    for (const row of other.rows) {
      const key = keyOf(row, theirs!);
      if (!first.has(key)) first.set(key, row);
    }
    return (row) => first.get(keyOf(row, ours!));
  }

  #indexOf(column: string): number {
    const index = this.header.indexOf(column);
    if (index >= 0) return index;
    throw new NetwrightError(
      'NW_TEXTFSM_INVALID',
      `there is no column ${column}; there are ${this.header.join(', ')}`,
      {
        hint: 'templates of one row of the index share the values that their keys name',
      },
    );
  }

  /** RFC 4180 with line feeds; the entries of a list are joined by a semicolon. */
  toCsv(nameOf: (column: string) => string = (column) => column): string {
    const lines = [this.header.map(nameOf), ...this.rows.map((row) => row.map(cellText))];
    return lines.map((cells) => `${cells.map(csvField).join(',')}\n`).join('');
  }

  /** One line a value: `Gi0/1.MTU 1500`, with the keys in front. Empty without keys. */
  labels(): string[] {
    if (this.keys.length === 0) return [];
    const places = this.keys.map((key) => this.#indexOf(key));
    const others = this.header.flatMap((column, index) => (places.includes(index) ? [] : [[column, index] as const]));
    return this.rows.flatMap((row) => {
      const label = places.map((place) => cellText(row[place] ?? '')).join('.');
      return others.map(([column, index]) => `${label}.${column} ${cellText(row[index] ?? '')}`);
    });
  }
}

const natural = new Intl.Collator('en', { numeric: true });

const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A cell as text: the entries of a list joined by `; `, those with groups inside as `name=value`. */
export const cellText = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.map(entryText).join('; '));

function entryText(entry: ListEntry): string {
  if (entry === null || typeof entry === 'string') return entry ?? '';
  return Object.entries(entry)
    .map(([name, text]) => `${name}=${text ?? ''}`)
    .join(' ');
}
