import stringWidth from 'string-width';

/** Columns two spaces apart, a header above; `''` for an empty list of rows. Widths are those of the terminal. */
export function table(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  style: (header: string) => string = (header) => header,
): string {
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
