import { keyOf, type List, type Table, unknown, type Value } from './values.ts';
import { place, type Scope } from './world.ts';

export const isKnown = (value: Value): boolean => value.v !== 'unknown' && value.v !== 'outside';

/** Starts the path of a file of the tree, so that `__file__` can be taken apart and put together. */
export const fileMark = '\u0000/';

export function asText(value: Value): string | undefined {
  if (value.v === 'text') return value.value;
  if (value.v === 'number') return String(value.value);
  return undefined;
}

const maxTextLength = 10_000;

/** A text made of others, written where `from` was; text that doubles itself in a loop ends as unknown. */
export function text(value: string, from?: Value): Value {
  if (value.length > maxTextLength) return unknown;
  return from?.v === 'text' && from.at !== undefined ? { v: 'text', value, at: from.at } : { v: 'text', value };
}

export function truth(value: Value): boolean | undefined {
  if (value.v === 'constant') return value.value === true;
  if (value.v === 'text') return value.value !== '';
  if (value.v === 'number') return value.value !== 0;
  if (value.v === 'list' && !value.isPartial) return value.items.length > 0;
  if (value.v === 'table' && !value.isPartial) return value.entries.size > 0;
  return undefined;
}

/** What a loop goes through; undefined when that is not known. */
export function itemsOf(value: Value): Value[] | undefined {
  if (value.v === 'list') return value.items;
  if (value.v === 'table') return [...value.entries.values()].map((entry) => entry.key);
  if (value.v === 'text' && value.value.length <= 1000)
    return Array.from(value.value, (one) => ({ v: 'text', value: one }));
  return undefined;
}

export function newTable(): Table {
  return { v: 'table', entries: new Map(), isPartial: false };
}

export function newList(items: Value[], isPartial = false): List {
  return { v: 'list', items, isPartial };
}

/** `table[key] = value`, with the line that did it. */
export function store(table: Table, key: Value, value: Value, scope: Scope, line: number): void {
  const name = keyOf(key);
  if (name === undefined) table.isPartial = true;
  else table.entries.set(name, { key, value, at: place(scope, line) });
}

/** `table.update(other)`; a copy keeps the lines where the entries were first written, as their evidence. */
export function mergeTable(table: Table, other: Value, scope: Scope, line: number, keepsPlaces: boolean): void {
  if (other.v === 'table') {
    scope.module.budget -= other.entries.size;
    for (const [key, entry] of other.entries) {
      table.entries.set(key, keepsPlaces ? entry : { ...entry, at: place(scope, line) });
    }
    if (other.isPartial) table.isPartial = true;
    return;
  }
  if (other.v !== 'list') {
    table.isPartial = true;
    return;
  }
  for (const pair of other.items) {
    if (pair.v === 'list' && pair.items.length === 2) store(table, pair.items[0]!, pair.items[1]!, scope, line);
    else table.isPartial = true;
  }
}
