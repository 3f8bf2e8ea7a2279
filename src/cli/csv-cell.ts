/** RFC 4180; a cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function csvCell(cell: string | number | boolean | null | undefined): string {
  if (cell === undefined || cell === null) return '';
  const text = String(cell);
  const safe = typeof cell === 'string' && /^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
