import { callValue, type NamedValues } from './calls.ts';
import type { Expression } from './facts.ts';
import { moduleAttribute } from './imports.ts';
import {
  asText,
  fileMark,
  isKnown,
  itemsOf,
  mergeTable,
  newList,
  newTable,
  store,
  text,
  truth,
} from './known-values.ts';
import { isClass, keyOf, type Table, unknown, type Value } from './values.ts';
import { place, type Scope } from './world.ts';

/** Names that every Python module has; classes among them may be bases. */
const builtinClasses =
  /^(object|type|int|str|bytes|bytearray|float|complex|bool|list|tuple|dict|set|frozenset|range|property|super|memoryview|slice|classmethod|staticmethod|[A-Z]\w*(Error|Exception|Warning|Exit|Interrupt|Iteration|Group))$/;
const builtinFunctions = new Set(
  'dict list tuple set frozenset sorted reversed zip enumerate range str len globals locals vars type filter map getattr'.split(
    ' ',
  ),
);

/** Value of an expression as far as it can be known by reading; never throws. */
export function evaluate(expression: Expression, scope: Scope): Value {
  scope.module.budget -= 1;
  if (scope.module.budget < 0) return unknown;
  switch (expression.k) {
    case 'name':
      return lookUp(expression.id, scope);
    case 'attribute':
      return attributeOf(evaluate(expression.of, scope), expression.id, scope);
    case 'text':
      return { v: 'text', value: expression.value, at: place(scope, expression.l) };
    case 'number':
      return { v: 'number', value: expression.value };
    case 'constant':
      return { v: 'constant', value: expression.value };
    case 'join': {
      const values = expression.parts.map((part) => evaluate(part, scope));
      const parts = values.map(asText);
      const varying = values.find((_, index) => expression.parts[index]!.k !== 'text') ?? values[0];
      return parts.every((part) => part !== undefined) ? text(parts.join(''), varying) : unknown;
    }
    case 'list':
    case 'tuple':
    case 'set':
      return listOf(expression.items, scope);
    case 'dict':
      return tableOf(expression, scope);
    case 'call':
      return called(expression, scope);
    case 'index':
      return indexed(evaluate(expression.of, scope), evaluate(expression.at, scope));
    case 'operation':
      return operated(expression, scope);
    case 'choice': {
      const test = truth(evaluate(expression.test, scope));
      const yes = evaluate(expression.yes, scope);
      const no = evaluate(expression.no, scope);
      if (test !== undefined) return test ? yes : no;
      return isKnown(yes) ? yes : no;
    }
    case 'not': {
      const test = truth(evaluate(expression.of, scope));
      return test === undefined ? unknown : { v: 'constant', value: !test };
    }
    case 'comprehension':
      return comprehended(expression, scope);
    case 'spread':
    case 'other':
      return unknown;
  }
}

export function lookUp(name: string, scope: Scope): Value {
  const found = scope.names.get(name) ?? scope.module.names.get(name);
  if (found !== undefined) return found;
  if (name === '__file__') return { v: 'text', value: `${fileMark}${scope.module.path}` };
  if (name === '__name__') return { v: 'text', value: scope.world.names.nameOf(scope.module.path) };
  if (name === 'True' || name === 'False') return { v: 'constant', value: name === 'True' };
  if (builtinFunctions.has(name)) return { v: 'builtin', name };
  if (builtinClasses.test(name)) return { v: 'outside', name };
  const stars = scope.module.outsideStars;
  return stars.length === 1 ? { v: 'outside', name: `${stars[0]}.${name}` } : unknown;
}

export function attributeOf(of: Value, name: string, scope: Scope): Value {
  if (of.v === 'module') return moduleAttribute(scope.world, of, name);
  if (of.v === 'outside') return { v: 'outside', name: `${of.name}.${name}` };
  if (of.v === 'class') return scope.world.classes.get(of.id)?.names.get(name) ?? { v: 'method', of, name };
  return of.v === 'text' || of.v === 'list' || of.v === 'table' ? { v: 'bound', of, name } : unknown;
}

function indexed(of: Value, at: Value): Value {
  if (of.v === 'table') {
    const key = keyOf(at);
    return (key === undefined ? undefined : of.entries.get(key)?.value) ?? unknown;
  }
  if (of.v === 'list' && at.v === 'number') return of.items.at(at.value) ?? unknown;
  // `Generic[T]`, `list[int]`: the class itself; `os.environ["X"]` is anything.
  if (of.v === 'outside') return isTypeName(of.name) ? of : unknown;
  return isClass(of) ? of : unknown;
}

/** `typing.Generic`, `dict`, but not `os.environ`. */
const isTypeName = (name: string) => /(^|\.)[A-Z][^.]*$/.test(name) || builtinClasses.test(name);

function called(call: Extract<Expression, { k: 'call' }>, scope: Scope): Value {
  const fn = evaluate(call.fn, scope);
  const args = call.args.flatMap((arg) => (arg.k === 'spread' ? [] : [evaluate(arg, scope)]));
  const named: NamedValues = new Map(
    Object.entries(call.named ?? {}).map(([name, value]) => [name, { value: evaluate(value, scope), l: value.l }]),
  );
  return callValue({ fn, args, named, hasSpread: args.length < call.args.length, l: call.l }, scope);
}

function listOf(items: readonly Expression[], scope: Scope): Value {
  const list = newList([]);
  for (const item of items) {
    if (item.k !== 'spread') list.items.push(evaluate(item, scope));
    else {
      const inner = itemsOf(evaluate(item.of, scope));
      if (inner === undefined) list.isPartial = true;
      else list.items.push(...inner);
    }
  }
  return list;
}

function tableOf(expression: Extract<Expression, { k: 'dict' }>, scope: Scope): Table {
  const table = newTable();
  for (const pair of expression.pairs) {
    const value = evaluate(pair.value, scope);
    if (pair.key === undefined) mergeTable(table, value, scope, pair.l, true);
    else store(table, evaluate(pair.key, scope), value, scope, pair.l);
  }
  return table;
}

function operated(expression: Extract<Expression, { k: 'operation' }>, scope: Scope): Value {
  const left = evaluate(expression.left, scope);
  const right = evaluate(expression.right, scope);
  switch (expression.op) {
    case '+': {
      if (left.v === 'list' && right.v === 'list') {
        scope.module.budget -= left.items.length + right.items.length;
        return newList([...left.items, ...right.items], left.isPartial || right.isPartial);
      }
      if (left.v === 'number' && right.v === 'number') return { v: 'number', value: left.value + right.value };
      if (left.v !== 'text' || right.v !== 'text') return unknown;
      return text(left.value + right.value, expression.left.k === 'text' ? right : left);
    }
    case '/':
      // pathlib: `Path(__file__).parent / "tables.yml"`
      return left.v === 'text' && right.v === 'text' ? { v: 'text', value: `${left.value}/${right.value}` } : unknown;
    case '%':
      return left.v === 'text' ? percent(left.value, right) : unknown;
    case '|': {
      if (left.v !== 'table' || right.v !== 'table') return unknown;
      const table = newTable();
      for (const one of [left, right]) mergeTable(table, one, scope, expression.l, true);
      return table;
    }
    case 'or':
      return truth(left) === false ? right : isKnown(left) ? left : right;
    case 'and':
      return truth(left) === false ? left : right;
    case '==':
    case '!=': {
      const [a, b] = [keyOf(left), keyOf(right)];
      if (a === undefined || b === undefined || !isKnown(left) || !isKnown(right)) return unknown;
      return { v: 'constant', value: (a === b) === (expression.op === '==') };
    }
    case 'in':
    case 'not in': {
      const isIn = contains(right, left);
      return isIn === undefined ? unknown : { v: 'constant', value: isIn === (expression.op === 'in') };
    }
    default:
      return unknown;
  }
}

function contains(where: Value, what: Value): boolean | undefined {
  const key = keyOf(what);
  if (key === undefined) return undefined;
  if (where.v === 'text') return what.v === 'text' ? where.value.includes(what.value) : undefined;
  if (where.v === 'table') return where.entries.has(key) || (where.isPartial ? undefined : false);
  if (where.v !== 'list') return undefined;
  return where.items.some((item) => keyOf(item) === key) || (where.isPartial ? undefined : false);
}

function percent(format: string, right: Value): Value {
  const values = (right.v === 'list' ? right.items : [right]).map(asText);
  let next = 0;
  let isKnownText = true;
  const shown = format.replace(/%([sd%])/g, (_, kind: string) => {
    if (kind === '%') return '%';
    const value = values[next];
    next += 1;
    if (value === undefined) isKnownText = false;
    return value ?? '';
  });
  return isKnownText ? text(shown, right.v === 'list' ? right.items[0] : right) : unknown;
}

function comprehended(expression: Extract<Expression, { k: 'comprehension' }>, scope: Scope): Value {
  const table = newTable();
  const list = newList([]);
  const inner: Scope = { ...scope, names: new Map(scope.names) };
  const loop = (depth: number): void => {
    const clause = expression.loops[depth];
    if (clause === undefined) {
      const value = evaluate(expression.value, inner);
      if (expression.key === undefined) list.items.push(value);
      else store(table, evaluate(expression.key, inner), value, inner, expression.l);
      return;
    }
    const items = itemsOf(evaluate(clause.over, inner));
    if (items === undefined) {
      table.isPartial = true;
      list.isPartial = true;
      return;
    }
    for (const item of items) {
      if (scope.module.budget < 0) return;
      bind(clause.target, item, inner);
      const tests = clause.tests.map((test) => truth(evaluate(test, inner)));
      if (tests.includes(false)) continue;
      if (tests.includes(undefined)) {
        table.isPartial = true;
        list.isPartial = true;
      }
      loop(depth + 1);
    }
  };
  loop(0);
  return expression.of === 'dict' ? table : list;
}

/** Binds plain names of a target: `k`, `(k, v)`. */
export function bind(target: Expression, value: Value, scope: Scope): void {
  if (target.k === 'name') scope.names.set(target.id, value);
  else if (target.k === 'tuple' || target.k === 'list') {
    const items = value.v === 'list' ? value.items : [];
    for (const [index, one] of target.items.entries()) bind(one, items[index] ?? unknown, scope);
  } else if (target.k === 'spread') bind(target.of, unknown, scope);
}
