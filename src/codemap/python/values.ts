import type { Place } from '../model.ts';

/** What the partial evaluator knows of a value. Tables and lists are shared, as in Python. */
export type Value =
  | ClassValue
  | { readonly v: 'module'; readonly name: string; readonly path?: string }
  | { readonly v: 'function'; readonly path: string; readonly index: number }
  | { readonly v: 'method'; readonly of: ClassValue; readonly name: string; readonly self?: Value }
  | { readonly v: 'instance'; readonly of: ClassValue; readonly isMade: boolean }
  /** `at`: where the text, or the part of it that varies, was written. */
  | { readonly v: 'text'; readonly value: string; readonly at?: Place }
  | { readonly v: 'number'; readonly value: number }
  | { readonly v: 'constant'; readonly value: boolean | null }
  | Table
  | List
  /** A method of a known value, about to be called: `d.items`, `", ".join`. */
  | { readonly v: 'bound'; readonly of: Value; readonly name: string }
  | { readonly v: 'builtin'; readonly name: string }
  | typeof unknown;

/** Something that can be a base class. */
export type ClassValue =
  | { readonly v: 'class'; readonly id: string }
  | { readonly v: 'runtime'; readonly id: string }
  | { readonly v: 'outside'; readonly name: string };

export interface Table {
  readonly v: 'table';
  readonly entries: Map<string, { readonly key: Value; readonly value: Value; readonly at: Place }>;
  /** Whether something was put in that is not known. */
  isPartial: boolean;
  /** The namespace that `globals()` answers. */
  readonly isGlobals?: boolean;
}

export interface List {
  readonly v: 'list';
  readonly items: Value[];
  isPartial: boolean;
  /** The table whose keys these are. */
  readonly keysOf?: Table;
}

export const unknown = { v: 'unknown' } as const;

export const isClass = (value: Value): value is ClassValue =>
  value.v === 'class' || value.v === 'runtime' || value.v === 'outside';

/** Whether a value is a class, or is outside and named like one: `paramiko.SSHClient`, not `codecs.BOM_UTF8`. */
export const looksLikeClass = (value: Value): value is ClassValue =>
  value.v === 'outside' ? /(^|\.)_*[A-Z]\w*[a-z]\w*$/.test(value.name) : isClass(value);

/** Id of a class in the model. */
export const targetOf = (value: ClassValue): string => (value.v === 'outside' ? `outside:${value.name}` : value.id);

/** Key of a table entry; undefined for keys that are no plain values. */
export function keyOf(value: Value, depth = 0): string | undefined {
  if (value.v === 'text') return value.value;
  if (value.v === 'number') return String(value.value);
  if (value.v === 'constant') return value.value === null ? 'None' : value.value ? 'True' : 'False';
  if (value.v === 'outside') return value.name;
  // A list may hold itself.
  if (value.v === 'list' && depth < 3 && value.items.length <= 16) {
    const keys = value.items.map((item) => keyOf(item, depth + 1));
    return keys.every((one) => one !== undefined) ? `(${keys.join(', ')})` : undefined;
  }
  return undefined;
}
