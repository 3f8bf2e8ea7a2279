import Table from 'cli-table3';

/** Prints a table; numbers stand to the right. */
export function printTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [] },
    colAligns: head.map((_, column) => (rows.every((row) => /^[\d.,]/.test(String(row[column]))) ? 'right' : 'left')),
  });
  for (const row of rows) table.push([...row]);
  console.log(table.toString());
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
