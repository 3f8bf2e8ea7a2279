import { asInteger, asNumber, asObject, asText, at } from '../../values/json.ts';
import { unreadable } from './unreadable.ts';

/** Reading JSON by key: nothing is taken on trust, a field of another type counts as absent. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a path of keys, an empty one where there is none. */
export const objectAt = (value: unknown, ...path: readonly string[]): JsonObject => asObject(at(value, ...path));

/** The members of the object under a path that are objects themselves. */
export function entriesAt(value: unknown, ...path: readonly string[]): [string, JsonObject][] {
  return Object.entries(objectAt(value, ...path)).filter((entry): entry is [string, JsonObject] => isObject(entry[1]));
}

/** The objects in the list under a path. */
export function listAt(value: unknown, ...path: readonly string[]): JsonObject[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The strings in the list under a path. */
export function textsAt(value: unknown, ...path: readonly string[]): string[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter((one): one is string => typeof one === 'string') : [];
}

/** A text as it came, blanks included; numbers and truths as they are written. */
export function textAt(object: JsonObject, key: string, missing = ''): string {
  const value = object[key];
  return typeof value === 'string' ? value : asText(value, missing);
}

/** A number, also one in quotes, as some systems send AS numbers and counters of 64 bits. */
export const numberAt = (object: JsonObject, key: string, missing: number): number => asNumber(object[key], missing);

/** A whole number; a fraction is cut off. */
export const wholeAt = (object: JsonObject, key: string, missing: number): number => asInteger(object[key], missing);

export const flagAt = (object: JsonObject, key: string): boolean => object[key] === true;

/**
 * The part of an answer without which it is none.
 * @throws NetwrightError `NW_FACTS_INVALID` when it is not there
 */
export function sectionOf(answer: unknown, command: string, key: string): JsonObject {
  const section = at(answer, key);
  if (isObject(section)) return section;
  throw unreadable(command, `an object with "${key}"`, JSON.stringify(answer) ?? '');
}

/** Like {@link sectionOf}, for a list of objects. */
export function rowsOf(answer: unknown, command: string, key?: string): JsonObject[] {
  const rows = key === undefined ? answer : at(answer, key);
  if (Array.isArray(rows)) return rows.filter(isObject);
  const expected = key === undefined ? 'a list' : `an object with the list "${key}"`;
  throw unreadable(command, expected, JSON.stringify(answer) ?? '');
}
