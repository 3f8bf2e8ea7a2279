import { didYouMean, NetwrightError } from '#core';
import type { Cell, FactRow } from '../rows/fact-rows.ts';
import type { Where, WhereTest } from './parse-where.ts';

/** Whether a row meets the condition. A field that the row does not have meets none, and not even `!=`. */
export function rowMatches(where: Where, row: FactRow): boolean {
  if (where.kind === 'and') return where.of.every((one) => rowMatches(one, row));
  if (where.kind === 'or') return where.of.some((one) => rowMatches(one, row));
  if (where.kind === 'not') return !rowMatches(where.of, row);
  return cellsOf(row, where.field).some((cell) => cellMatches(where, cell));
}

function cellMatches(test: WhereTest, cell: Cell): boolean {
  switch (test.kind) {
    case 'holds':
      return cell !== null && cell !== false && cell !== '' && cell !== 0 && cell !== -1;
    case 'match':
      return test.pattern.test(String(cell ?? ''));
    case 'in':
      return test.values.some((value) => order(cell, value) === 0);
    case 'compare':
      return compared(test.operator, order(cell, test.value));
  }
}

function compared(operator: string, difference: number): boolean {
  switch (operator) {
    case '==':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    default:
      return difference >= 0;
  }
}

/** Negative, zero, positive, as a comparator gives it. Texts compare without regard to case. */
function order(cell: Cell, value: string): number {
  if (typeof cell === 'number' || /^-?\d+(?:\.\d+)?$/.test(String(cell))) {
    const number = Number(value);
    if (value.trim() !== '' && !Number.isNaN(number)) return Number(cell) - number;
  }
  const text = String(cell ?? '').toLowerCase();
  const other = value.toLowerCase();
  return text < other ? -1 : text > other ? 1 : 0;
}

function cellsOf(row: FactRow, field: string): readonly Cell[] {
  if (Object.hasOwn(row, field)) return [row[field]!];
  if (!field.includes('*')) return [];
  const steps = field.split('.');
  return Object.entries(row)
    .filter(([path]) => pathMatches(path.split('.'), steps))
    .map(([, cell]) => cell);
}

const pathMatches = (path: readonly string[], steps: readonly string[]): boolean =>
  path.length === steps.length && steps.every((step, index) => step === '*' || step === path[index]);

/** The fields that a condition speaks of. */
export function fieldsOf(where: Where): readonly string[] {
  if (where.kind === 'and' || where.kind === 'or') return where.of.flatMap(fieldsOf);
  if (where.kind === 'not') return fieldsOf(where.of);
  return [where.field];
}

/**
 * A field that no row has is a slip of the pen, and not an answer of no rows.
 * @throws NetwrightError `NW_USAGE` with the nearest name
 */
export function checkFields(fields: readonly string[], known: ReadonlySet<string>, flag: string): void {
  const paths = [...known].map((path) => path.split('.'));
  for (const field of fields) {
    if (known.has(field) || paths.some((path) => pathMatches(path, field.split('.')))) continue;
    throw new NetwrightError('NW_USAGE', `${flag}: no row has a field "${field}".${didYouMean(field, known)}`, {
      hint: `fields here: ${[...known].slice(0, 30).join(', ')}`,
    });
  }
}
