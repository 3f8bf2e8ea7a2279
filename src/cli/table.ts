import stringWidth from 'string-width';

/** Below that nothing of a last column is worth cutting to. */
const leastLast = 10;

/**
 * Columns two spaces apart, a header above; `''` for an empty list of rows. Widths are those of the terminal.
 * @param columns a line takes no more: the last cells, plain text then, are cut where that leaves enough of them
 */
export function table(
  headers: readonly string[],
  cells: readonly (readonly string[])[],
  style: (header: string) => string = (header) => header,
  columns = Number.POSITIVE_INFINITY,
): string {
  const rows = withLastCut(headers, cells, columns);
  const widths = headers.map((header, column) =>
    Math.max(stringWidth(header), ...rows.map((row) => stringWidth(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .replace(/ +$/, '');
  return [style(line(headers)), ...rows.map(line)].join('\n');
}

function withLastCut(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): readonly (readonly string[])[] {
  const last = headers.length - 1;
  const before = headers
    .slice(0, last)
    .map((header, column) => Math.max(stringWidth(header), ...rows.map((row) => stringWidth(row[column] ?? ''))) + 2);
  const room = columns - before.reduce((sum, width) => sum + width, 0);
  if (room < leastLast || room === Number.POSITIVE_INFINITY) return rows;
  return rows.map((row) => {
    const text = row[last] ?? '';
    return stringWidth(text) <= room ? row : [...row.slice(0, last), `${cut(text, room - 1).trimEnd()}…`];
  });
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
