import { asText, itemsOf, text as madeText, mergeTable, newList, newTable, store } from './known-values.ts';
import { outsideCall } from './outside-calls.ts';
import { keyOf, type List, type Table, unknown, type Value } from './values.ts';
import type { Scope } from './world.ts';
import { loadYamlTables } from './yaml-tables.ts';

type Text = Extract<Value, { v: 'text' }>;
export type NamedValues = ReadonlyMap<string, { readonly value: Value; readonly l: number }>;

/** A call whose function and arguments are evaluated. */
export interface Call {
  readonly fn: Value;
  readonly args: readonly Value[];
  readonly named: NamedValues;
  /** `*args` among the arguments, which are then not all known. */
  readonly hasSpread: boolean;
  readonly l: number;
}

/** Value of a call, for the functions and methods that build tables and names. */
export function callValue(call: Call, scope: Scope): Value {
  const { fn, args } = call;
  if (fn.v === 'builtin') return builtinCall(fn.name, args, call, scope);
  if (fn.v === 'bound') return methodCall(fn.of, fn.name, args, call, scope);
  if (fn.v === 'class' || fn.v === 'runtime') return { v: 'instance', of: fn, isMade: true };
  if (fn.v === 'outside') return outsideCall(fn.name, args, call.l, scope);
  if (fn.v === 'function') {
    const name = scope.world.facts.get(fn.path)?.functions[fn.index]?.name;
    if (name === 'loadyaml') return loadYamlTables(args[0], call.l, scope);
  }
  return unknown;
}

function builtinCall(name: string, args: readonly Value[], call: Call, scope: Scope): Value {
  const [first] = args;
  switch (name) {
    case 'dict': {
      const table = newTable();
      if (first !== undefined) mergeTable(table, first, scope, call.l, true);
      for (const [key, { value, l }] of call.named) store(table, { v: 'text', value: key }, value, scope, l);
      if (call.hasSpread) table.isPartial = true;
      return table;
    }
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
    case 'sorted':
    case 'reversed': {
      const items = first === undefined ? [] : itemsOf(first);
      if (items === undefined) return unknown;
      const order = name === 'reversed' ? items.toReversed() : name === 'sorted' ? sortedByKey(items) : [...items];
      return withOrigin(newList(order, first !== undefined && 'isPartial' in first && first.isPartial), first);
    }
    case 'zip':
      return zipped(args.map(itemsOf));
    case 'enumerate': {
      const items = first === undefined ? undefined : itemsOf(first);
      return items === undefined
        ? unknown
        : newList(items.map((item, index) => newList([{ v: 'number', value: index }, item])));
    }
    case 'range': {
      const [start, stop] = args.length === 1 ? [0, numberOf(first)] : [numberOf(first), numberOf(args[1])];
      if (start === undefined || stop === undefined || stop - start > 10_000 || args.length > 2) return unknown;
      return newList(
        Array.from({ length: Math.max(0, stop - start) }, (_, at) => ({ v: 'number', value: start + at })),
      );
    }
    case 'str': {
      const text = first === undefined ? undefined : asText(first);
      return text === undefined ? unknown : { v: 'text', value: text };
    }
    case 'globals':
    case 'locals':
    case 'vars':
      return args.length === 0 ? { ...newTable(), isGlobals: true } : unknown;
    default:
      return unknown;
  }
}

const numberOf = (value: Value | undefined) => (value?.v === 'number' ? value.value : undefined);

function zipped(lists: readonly (Value[] | undefined)[]): Value {
  if (lists.some((one) => one === undefined) || lists.length === 0) return unknown;
  const length = Math.min(...lists.map((one) => one!.length));
  return newList(Array.from({ length }, (_, at) => newList(lists.map((one) => one![at]!))));
}

function sortedByKey(items: readonly Value[]): Value[] {
  return items.toSorted((a, b) => {
    const [x, y] = [keyOf(a) ?? '', keyOf(b) ?? ''];
    return x < y ? -1 : x > y ? 1 : 0;
  });
}

/** A list made of a table's keys still says so: `sorted(list(TABLE.keys()))`. */
function withOrigin(list: List, from: Value | undefined): List {
  if (from?.v === 'table') return { ...list, keysOf: from };
  return from?.v === 'list' && from.keysOf !== undefined ? { ...list, keysOf: from.keysOf } : list;
}

function methodCall(of: Value, name: string, args: readonly Value[], call: Call, scope: Scope): Value {
  if (of.v === 'table') return tableMethod(of, name, args, call, scope);
  if (of.v === 'list') return listMethod(of, name, args, scope.isFrozen === true);
  return of.v === 'text' ? textMethod(of, name, args, call) : unknown;
}

function tableMethod(table: Table, name: string, args: readonly Value[], call: Call, scope: Scope): Value {
  const entries = () => [...table.entries.values()];
  const isFrozen = scope.isFrozen === true;
  const [first, second] = args;
  switch (name) {
    case 'items':
    case 'iteritems':
      return newList(
        entries().map((entry) => newList([entry.key, entry.value])),
        table.isPartial,
      );
    case 'keys':
    case 'iterkeys':
      return {
        ...newList(
          entries().map((entry) => entry.key),
          table.isPartial,
        ),
        keysOf: table,
      };
    case 'values':
    case 'itervalues':
      return newList(
        entries().map((entry) => entry.value),
        table.isPartial,
      );
    case 'copy': {
      const copy = newTable();
      mergeTable(copy, table, scope, call.l, true);
      return copy;
    }
    case 'get':
    case 'pop':
    case 'setdefault': {
      const key = first === undefined ? undefined : keyOf(first);
      const entry = key === undefined ? undefined : table.entries.get(key);
      if (name === 'pop' && key !== undefined && !isFrozen) table.entries.delete(key);
      if (name === 'setdefault' && entry === undefined && first !== undefined && !isFrozen) {
        store(table, first, second ?? unknown, scope, call.l);
      }
      return entry?.value ?? second ?? unknown;
    }
    case 'update': {
      if (isFrozen) return unknown;
      if (table.isGlobals === true) {
        if (first?.v === 'table') for (const [key, entry] of first.entries) scope.names.set(key, entry.value);
        return unknown;
      }
      for (const arg of args) mergeTable(table, arg, scope, call.l, false);
      for (const [key, { value, l }] of call.named) store(table, { v: 'text', value: key }, value, scope, l);
      return unknown;
    }
    case 'clear':
      if (!isFrozen) table.entries.clear();
      return unknown;
    default:
      return unknown;
  }
}

/** A list that grows by itself in a loop stops here. */
const maxItems = 50_000;

function listMethod(list: List, name: string, args: readonly Value[], isFrozen: boolean): Value {
  const [first] = args;
  if (name === 'copy') return newList([...list.items], list.isPartial);
  if (isFrozen) return unknown;
  if (name === 'append' || name === 'add') list.items.push(first ?? unknown);
  else if (list.items.length > maxItems) list.isPartial = true;
  else if (name === 'extend' || name === 'update') {
    const items = first === undefined ? undefined : itemsOf(first);
    if (items === undefined) list.isPartial = true;
    else list.items.push(...items);
  } else if (name === 'sort') list.items.splice(0, list.items.length, ...sortedByKey(list.items));
  else if (name === 'reverse') list.items.reverse();
  else if (name === 'insert' && first?.v === 'number') list.items.splice(first.value, 0, args[1] ?? unknown);
  return unknown;
}

function textMethod(of: Text, name: string, args: readonly Value[], call: Call): Value {
  const text = of.value;
  const [first, second] = args.map(asText);
  const result = (value: string): Value => madeText(value, of);
  switch (name) {
    case 'lower':
    case 'casefold':
      return result(text.toLowerCase());
    case 'upper':
      return result(text.toUpperCase());
    case 'title':
    case 'capitalize':
      return result(text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase());
    case 'strip':
      return first === undefined ? result(text.trim()) : unknown;
    case 'replace':
      return first === undefined || second === undefined ? unknown : result(text.replaceAll(first, second));
    case 'startswith':
      return first === undefined ? unknown : { v: 'constant', value: text.startsWith(first) };
    case 'endswith':
      return first === undefined ? unknown : { v: 'constant', value: text.endsWith(first) };
    case 'split': {
      const parts = first === undefined ? text.trim().split(/\s+/) : first === '' ? [text] : text.split(first);
      return newList(parts.map(result));
    }
    case 'join': {
      const items = (args[0] === undefined ? undefined : itemsOf(args[0]))?.map(asText);
      return items?.every((item) => item !== undefined) ? result(items.join(text)) : unknown;
    }
    case 'format':
      return formatted(text, args, call);
    default:
      return unknown;
  }
}

function formatted(text: string, args: readonly Value[], call: Call): Value {
  let next = 0;
  let isKnown = true;
  const value = text.replace(/\{\{|\}\}|\{([A-Za-z_]\w*|\d*)\}/g, (whole, field: string | undefined) => {
    if (field === undefined) return whole[0]!;
    let part: Value | undefined;
    if (/^\d/.test(field)) part = args[Number(field)];
    else if (field === '') {
      part = args[next];
      next += 1;
    } else {
      part = call.named.get(field)?.value;
    }
    const shown = part === undefined ? undefined : asText(part);
    if (shown === undefined) isKnown = false;
    return shown ?? '';
  });
  return isKnown ? madeText(value, args[0]) : unknown;
}
