/** Reading JSON of which nothing is certain: a field that is missing or of another kind gives the default. */

export const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** The elements; one that stands alone where several could (NX-OS) is a list of one; nothing is none. */
export const asList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null || value === '' ? [] : [value];

/** The field at the end of the path. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found: unknown = value;
  for (const key of path) found = asObject(found)[key];
  return found;
}

export const asText = (value: unknown, otherwise = ''): string =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : otherwise;

/** Also from a text that is a number, thousands commas aside. */
export function asNumber(value: unknown, otherwise = -1): number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : otherwise;
  if (typeof value !== 'string') return otherwise;
  const word = value.trim().replaceAll(',', '');
  return /^[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:e[+-]?\d{1,3})?$/i.test(word) ? Number(word) : otherwise;
}

/** A whole number; fractions are cut off. */
export const asInteger = (value: unknown, otherwise = -1): number => Math.trunc(asNumber(value, otherwise));
