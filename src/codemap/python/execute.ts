import { bind, evaluate, lookUp } from './evaluate.ts';
import type { Expression, Statement } from './facts.ts';
import { runImport } from './imports.ts';
import { isKnown, itemsOf, mergeTable, newList, store, text, truth } from './known-values.ts';
import { runtimeClassOf } from './runtime-classes.ts';
import { type ClassValue, isClass, unknown, type Value } from './values.ts';
import { place, type Scope, type World } from './world.ts';

/** More steps than any table of classes takes; a module that needs more is data, not a factory. */
export const moduleBudget = 400_000;
const maxIterations = 20_000;

/** Runs a module once, and before it those that it imports. */
export function runModule(world: World, path: string, depth: number): void {
  const module = world.modules.get(path);
  if (module === undefined || module.state !== 'new') return;
  module.state = 'running';
  runStatements(module.facts.program, { world, module, names: module.names, className: '', depth });
  module.state = 'done';
  if (module.budget < 0) {
    const message = `its module scope does more than ${moduleBudget} steps; tables in it may be incomplete`;
    world.warnings.push({ kind: 'evaluation', at: { file: path, line: 1 }, message });
  }
}

function runStatements(statements: readonly Statement[], scope: Scope, isDeferred = false): void {
  for (const one of statements) {
    if (scope.module.budget < 0) return;
    runStatement(one, scope, isDeferred);
  }
}

function runStatement(one: Statement, scope: Scope, isDeferred: boolean): void {
  switch (one.s) {
    case 'import':
    case 'from':
      for (const [name, value] of runImport(
        one,
        scope,
        (path, depth) => runModule(scope.world, path, depth),
        isDeferred,
      )) {
        assign(name, value, scope);
      }
      return;
    case 'class':
      runClass(one.index, scope);
      return;
    case 'function':
      if (one.index >= 0) assign(one.name, { v: 'function', path: scope.module.path, index: one.index }, scope);
      return;
    case 'assign': {
      const made =
        one.targets[0]?.k === 'name' ? runtimeClassOf(one.targets[0].id, one.value, one.l, scope) : undefined;
      const value = made ?? evaluate(one.value, scope);
      for (const target of one.targets) assignTo(target, value, scope, one.l);
      return;
    }
    case 'augment':
      augment(one, scope);
      return;
    case 'for':
      runLoop(one, scope);
      return;
    case 'if':
      runIf(one, scope, isDeferred);
      return;
    case 'try': {
      const rivals = new Set<string>();
      runStatements(one.body, { ...scope, rivals }, isDeferred);
      for (const handler of one.handlers) runStatements(handler, { ...scope, rivals }, isDeferred);
      runStatements(one.rest, scope, isDeferred);
      return;
    }
    case 'block':
      runStatements(one.body, scope, isDeferred);
      return;
    case 'do':
      evaluate(one.value, scope);
      return;
    case 'delete':
      remove(one.target, scope);
  }
}

function runIf(one: Extract<Statement, { s: 'if' }>, scope: Scope, isDeferred: boolean): void {
  const isTyping = /^(TYPE_CHECKING|typing\.TYPE_CHECKING)$/.test(spelled(one.test));
  if (isMainGuard(one.test)) return;
  const test = isTyping ? true : truth(evaluate(one.test, scope));
  const rivals = new Set<string>();
  if (test !== false) runStatements(one.yes, { ...scope, rivals }, isDeferred || isTyping);
  if (test !== true) runStatements(one.no, { ...scope, rivals }, isDeferred);
}

/** `if __name__ == "__main__"` does not run when a module is imported. */
const isMainGuard = (test: Expression) =>
  test.k === 'operation' && test.left.k === 'name' && test.left.id === '__name__' && test.op === '==';

const spelled = (one: Expression): string =>
  one.k === 'name' ? one.id : one.k === 'attribute' ? `${spelled(one.of)}.${one.id}` : '';

function runLoop(one: Extract<Statement, { s: 'for' }>, scope: Scope): void {
  const over = evaluate(one.over, scope);
  const items = itemsOf(over);
  if (items === undefined) {
    // Once, with what is not known: what the body stores makes its tables partial.
    bind(one.target, unknown, scope);
    runStatements(one.body, scope);
    return;
  }
  for (const item of items.slice(0, maxIterations)) {
    if (scope.module.budget < 0) return;
    bind(one.target, item, scope);
    runStatements(one.body, scope);
  }
}

function runClass(index: number, scope: Scope): void {
  const { world, module } = scope;
  const id = module.classIds[index];
  const state = id === undefined ? undefined : world.classes.get(id);
  if (id === undefined || state === undefined) return;
  // The second run of a class statement in a loop tells nothing new.
  if (state.bases === undefined) {
    state.bases = state.facts.bases.flatMap((base) => baseOf(base.value, base.text, scope));
    const inner: Scope = { world, module, names: state.names, className: state.facts.name, depth: scope.depth };
    runStatements(state.facts.program, inner);
  }
  assign(state.facts.name.slice(state.facts.name.lastIndexOf('.') + 1), { v: 'class', id }, scope);
}

/** A base class as a value; what cannot be known is outside, by the name that is written. */
export function baseOf(expression: Expression, text: string, scope: Scope): ClassValue[] {
  const inner = expression.k === 'spread' ? expression.of : expression;
  const value = runtimeClassOf(`${scope.className}base`, inner, expression.l, scope) ?? evaluate(inner, scope);
  if (isClass(value)) return [value];
  if (value.v === 'list') return value.items.filter(isClass);
  return [{ v: 'outside', name: text }];
}

/** Binds a name; in another branch of the same `if` or `try` the known value stays before a lesser one. */
function assign(name: string, value: Value, scope: Scope): void {
  const before = scope.rivals?.has(name) === true ? scope.names.get(name) : undefined;
  scope.rivals?.add(name);
  if (before !== undefined && isKnown(before) && !isKnown(value)) return;
  scope.names.set(name, value);
}

function assignTo(target: Expression, value: Value, scope: Scope, line: number): void {
  if (target.k === 'name') {
    assign(target.id, value, scope);
    noteTable(target.id, value, scope, line);
  } else if (target.k === 'index') {
    const table = evaluate(target.of, scope);
    if (table.v !== 'table') return;
    if (table.isGlobals !== true) store(table, evaluate(target.at, scope), value, scope, line);
    else {
      const key = evaluate(target.at, scope);
      if (key.v === 'text') assign(key.value, value, scope);
    }
  } else if (target.k === 'attribute') {
    const of = evaluate(target.of, scope);
    if (of.v === 'class') scope.world.classes.get(of.id)?.names.set(target.id, value);
  } else bindAll(target, value, scope, line);
}

function bindAll(target: Expression, value: Value, scope: Scope, line: number): void {
  if (target.k !== 'tuple' && target.k !== 'list') return;
  const items = value.v === 'list' ? value.items : [];
  for (const [index, one] of target.items.entries()) assignTo(one, items[index] ?? unknown, scope, line);
}

/** Remembers under which names a table goes, in the module that made it. */
function noteTable(name: string, value: Value, scope: Scope, line: number): void {
  if (value.v !== 'table' || value.isGlobals === true) return;
  const qualified = scope.className === '' ? name : `${scope.className}.${name}`;
  const known = scope.world.tables.get(value);
  if (known === undefined) {
    scope.world.tables.set(value, { names: [qualified], path: scope.module.path, at: place(scope, line) });
  } else if (known.path === scope.module.path && !known.names.includes(qualified)) known.names.push(qualified);
}

function augment(one: Extract<Statement, { s: 'augment' }>, scope: Scope): void {
  if (one.target.k !== 'name') return;
  const before = lookUp(one.target.id, scope);
  const by = evaluate(one.value, scope);
  if (before.v === 'table' && one.op === '|') mergeTable(before, by, scope, one.l, false);
  else if (before.v === 'list' && one.op === '+') {
    const items = itemsOf(by);
    scope.module.budget -= before.items.length;
    assign(one.target.id, newList([...before.items, ...(items ?? [])], before.isPartial || items === undefined), scope);
  } else if (before.v === 'text' && by.v === 'text' && one.op === '+') {
    assign(one.target.id, text(before.value + by.value, before), scope);
  } else scope.names.set(one.target.id, unknown);
}

function remove(target: Expression, scope: Scope): void {
  if (target.k === 'name') scope.names.delete(target.id);
  if (target.k !== 'index') return;
  const table = evaluate(target.of, scope);
  const key = evaluate(target.at, scope);
  if (table.v === 'table' && 'value' in key) table.entries.delete(String(key.value));
}
