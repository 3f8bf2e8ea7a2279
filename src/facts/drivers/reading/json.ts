import { unreadable } from './unreadable.ts';

/**
 * Reading JSON that a device sent: nothing is taken on trust, a field of another type counts as absent.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

const nothing: JsonObject = Object.freeze({});

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value under a path of keys. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let at: unknown = value;
  for (const key of path) {
    if (!isObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

/** The object under a path of keys, an empty one where there is none. */
export function objectAt(value: unknown, ...path: readonly string[]): JsonObject {
  const found = valueAt(value, ...path);
  return isObject(found) ? found : nothing;
}

/** The members of the object under a path that are objects themselves. */
export function entriesAt(value: unknown, ...path: readonly string[]): [string, JsonObject][] {
  return Object.entries(objectAt(value, ...path)).filter((entry): entry is [string, JsonObject] => isObject(entry[1]));
}

/** The objects in the list under a path. */
export function listAt(value: unknown, ...path: readonly string[]): JsonObject[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The strings in the list under a path. */
export function textsAt(value: unknown, ...path: readonly string[]): string[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found.filter((one): one is string => typeof one === 'string') : [];
}

/** A text; numbers and truths as they are written. */
export function textAt(object: JsonObject, key: string, missing = ''): string {
  const value = object[key];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : missing;
}

/** A number, also one in quotes, as some systems send AS numbers and counters of 64 bits. */
export function numberAt(object: JsonObject, key: string, missing: number): number {
  const value = object[key];
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return missing;
  const read = Number(value);
  return Number.isFinite(read) ? read : missing;
}

/** A whole number; a fraction is cut off. */
export const wholeAt = (object: JsonObject, key: string, missing: number): number =>
  Math.trunc(numberAt(object, key, missing));

export const flagAt = (object: JsonObject, key: string): boolean => object[key] === true;

/**
 * The part of an answer without which it is none.
 * @throws NetwrightError `NW_FACTS_UNREADABLE` when it is not there
 */
export function sectionOf(answer: unknown, command: string, key: string): JsonObject {
  const section = valueAt(answer, key);
  if (isObject(section)) return section;
  throw unreadable(command, `an object with "${key}"`, JSON.stringify(answer) ?? '');
}

/** Like {@link sectionOf}, for a list of objects. */
export function rowsOf(answer: unknown, command: string, key?: string): JsonObject[] {
  const rows = key === undefined ? answer : valueAt(answer, key);
  if (Array.isArray(rows)) return rows.filter(isObject);
  const expected = key === undefined ? 'a list' : `an object with the list "${key}"`;
  throw unreadable(command, expected, JSON.stringify(answer) ?? '');
}
