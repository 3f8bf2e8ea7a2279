import stringWidth from 'string-width';

/** Below that nothing of a column is worth cutting to. */
const leastLast = 10;
const leastOther = 8;

/**
 * Columns two spaces apart, a header above; `''` for an empty list of rows. Widths are those of the terminal.
 * @param columns a line takes no more: the last cells, plain text then, are cut where that leaves enough of them, else
 *   also the widest columns of plain text, in their middle, the first, which names the row, after all others
 */
export function table(
  headers: readonly string[],
  cells: readonly (readonly string[])[],
  style: (header: string) => string = (header) => header,
  columns = Number.POSITIVE_INFINITY,
): string {
  const [heads = [], ...rows] = fitted([headers, ...cells], columns);
  const widths = widthsOf([heads, ...rows]);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .replace(/ +$/, '');
  return [style(line(heads)), ...rows.map(line)].join('\n');
}

type Rows = readonly (readonly string[])[];

const widthsOf = (rows: Rows): readonly number[] =>
  (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))));

const lineWidth = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, 2 * (widths.length - 1));

/** Rows, the headers first, of which none is wider than `columns`, where that can be. */
function fitted(rows: Rows, columns: number): Rows {
  const widths = widthsOf(rows);
  const excess = lineWidth(widths) - columns;
  if (excess <= 0) return rows;
  const last = widths.length - 1;
  const room = (widths[last] ?? 0) - excess;
  const limits =
    room >= leastLast
      ? widths.with(last, room)
      : (limitsFor(rows, widths, columns, 1) ?? limitsFor(rows, widths, columns, 0));
  if (limits === undefined) return rows;
  return rows.map((row) =>
    row.map((cell, column) => shortened(cell, limits[column] ?? 0, column === last ? 0 : endKept)),
  );
}

/** The last column keeps its least, the widest from `first` on get equally narrow; undefined when a line does not fit even so. */
function limitsFor(
  rows: Rows,
  widths: readonly number[],
  columns: number,
  first: number,
): readonly number[] | undefined {
  const last = widths.length - 1;
  // Within a coloured cell there is no place to cut at.
  const isPlain = widths.map((_, column) => column >= first && !rows.some((row) => row[column]?.includes('\u001b')));
  for (let level = Math.max(...widths); level >= leastOther; level -= 1) {
    const limits = widths.map((width, column) =>
      isPlain[column] ? Math.min(width, column === last ? leastLast : level) : width,
    );
    if (lineWidth(limits) <= columns) return limits;
  }
  return undefined;
}

/** Names of interfaces and addresses are told apart by their ends. */
const endKept = 0.5;

/** The text with what is too much of it left out, so that a share of what stays is its end. */
function shortened(text: string, columns: number, share: number): string {
  if (stringWidth(text) <= columns) return text;
  const end = share === 0 ? '' : cutStart(text, Math.floor((columns - 1) * share));
  return `${cut(text, columns - 1 - stringWidth(end)).trimEnd()}…${end.trimStart()}`;
}

/** As `padEnd`, by the columns that a text takes on a terminal: two for each sign of Chinese, none for an accent. */
export const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - stringWidth(text)));

/** As much of a line as so many columns take. */
export function cut(line: string, columns: number): string {
  let end = line.length;
  while (stringWidth(line.slice(0, end)) > columns) end -= 1;
  return line.slice(0, end);
}

/** As much of the end of a line as so many columns take. */
function cutStart(line: string, columns: number): string {
  let start = 0;
  while (stringWidth(line.slice(start)) > columns) start += 1;
  return line.slice(start);
}

/** `1,234`: every number that is a count is written alike. */
export const formatCount = (count: number): string => count.toLocaleString('en');

/** `12 devices`, `1 device`. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatCount(count)} ${count === 1 ? noun : plural}`;

/** `4.2 kB`, `1.0 MB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Local time to the second, `2026-01-31 10:00:05`. */
export function formatTime(ms: number): string {
  const date = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
