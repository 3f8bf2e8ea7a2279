import stringWidth from 'string-width';
import { cellText, type TextTable } from '#parse';
import { counted, table } from './table.ts';

/** Wider than this, a table is hard to read: then each record is a block of lines. */
const mostColumns = 160;

/** Records for people: a table where it fits the screen, else one block a record; columns that are all empty are left out. */
export function recordTable(
  records: TextTable,
  { columns, bold, dim }: { columns: number; bold: (text: string) => string; dim: (text: string) => string },
  nameOf: (column: string) => string = (column) => column,
): string {
  if (records.rows.length === 0) return dim('no records');
  const cells = records.rows.map((row) => row.map((cell) => cellText(cell)));
  const used = records.header.flatMap((_, index) => (cells.some((row) => row[index] !== '') ? [index] : []));
  const names = used.map((index) => nameOf(records.header[index]!));
  const rows = cells.map((row) => used.map((index) => row[index]!));
  const text = table(names, rows, bold);
  const width = Math.max(...text.split('\n').map((line) => stringWidth(line)));
  if (width <= Math.min(columns, mostColumns)) return text;
  const margin = Math.max(...names.map((name) => stringWidth(name)));
  const blocks = rows.map((row) =>
    names
      .flatMap((name, index) => (row[index] === '' ? [] : [`${bold(name.padEnd(margin))}  ${row[index]}`]))
      .join('\n'),
  );
  return `${blocks.join('\n\n')}\n\n${dim(counted(rows.length, 'record'))}`;
}
