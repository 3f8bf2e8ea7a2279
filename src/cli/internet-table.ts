import { csvCell } from './csv-cell.ts';
import type { Screen } from './screen.ts';
import { formatCount, table } from './table.ts';

type Cell = string | number | boolean | null | undefined;

/** A column of a list: its head, and what a row has there. Numbers stand to the right. */
export type Column<T> = readonly [head: string, cell: (row: T) => Cell];

const longestName = 38;

/** Prints a list; a column that is empty in all rows is left out. */
export function printList<T>(screen: Screen, columns: readonly Column<T>[], rows: readonly T[], indent = ''): void {
  const cells = rows.map((row) => columns.map(([, cell]) => cell(row)));
  const isTold = columns.map((_, at) =>
    cells.some((row) => row[at] !== null && row[at] !== undefined && row[at] !== ''),
  );
  const told = columns.flatMap(([head], at) => (isTold[at] ? [{ head, at }] : []));
  const texts = cells.map((row) => told.map(({ at }) => shown(row[at])));
  const widths = told.map(({ head }, column) => Math.max(head.length, ...texts.map((row) => row[column]!.length)));
  const isNumber = told.map(({ at }) =>
    cells.every((row) => typeof row[at] !== 'string' && typeof row[at] !== 'boolean'),
  );
  const padded = texts.map((row) => row.map((text, at) => (isNumber[at] ? text.padStart(widths[at]!) : text)));
  const heads = told.map(({ head }, at) => (isNumber[at] ? head.padStart(widths[at]!) : head));
  const text = table(heads, padded, screen.colors.bold);
  screen.print(indent === '' ? text : text.replaceAll(/^/gm, indent));
}

/** RFC 4180, with all columns. */
export function printCsvList<T>(screen: Screen, columns: readonly Column<T>[], rows: readonly T[]): void {
  const lines = rows.map((row) => columns.map(([, cell]) => csvCell(cell(row))).join(','));
  const head = columns.map(([name]) => name.toLowerCase().replaceAll(' ', '_')).join(',');
  screen.print([head, ...lines].join('\n'));
}

/** A name that fits into a line. */
export const shortName = (name: string | null): string | null =>
  name !== null && name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;

/** `32.6 %` */
export const percent = (share: number | null): string | null =>
  share === null ? null : `${(share * 100).toFixed(1)} %`;

function shown(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return typeof cell === 'number' ? formatCount(cell) : cell;
}
