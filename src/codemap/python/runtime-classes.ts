import type { RuntimeClass } from '../model.ts';
import { evaluate } from './evaluate.ts';
import type { Expression } from './facts.ts';
import { type ClassValue, isClass, targetOf, type Value } from './values.ts';
import { place, type Scope } from './world.ts';

/** Calls of the standard library that make a class, and what the class inherits from. */
const makers: Readonly<Record<string, { readonly kind: string; readonly base: string }>> = {
  namedtuple: { kind: 'namedtuple', base: 'tuple' },
  NamedTuple: { kind: 'namedtuple', base: 'tuple' },
  make_dataclass: { kind: 'dataclass', base: 'object' },
  TypedDict: { kind: 'typed dict', base: 'dict' },
  Enum: { kind: 'enum', base: 'enum.Enum' },
  IntEnum: { kind: 'enum', base: 'enum.IntEnum' },
};

/** The class that an expression makes at run time: `type("C", (Base,), {})`, `namedtuple("C", "a b")`. */
export function runtimeClassOf(
  name: string,
  expression: Expression,
  line: number,
  scope: Scope,
): ClassValue | undefined {
  if (expression.k !== 'call') return undefined;
  const fn = evaluate(expression.fn, scope);
  const [first, second, third] = expression.args;
  if (fn.v === 'builtin' && fn.name === 'type' && third !== undefined) {
    return add({ name: nameIn(first, name, scope), kind: 'type() call', bases: basesIn(second, scope) }, line, scope);
  }
  if (fn.v !== 'outside') return undefined;
  const last = fn.name.slice(fn.name.lastIndexOf('.') + 1);
  const maker = makers[last];
  if (maker === undefined || first?.k !== 'text') {
    if (last !== 'new_class') return undefined;
    return add(
      { name: nameIn(first, name, scope), kind: 'new_class() call', bases: basesIn(second, scope) },
      line,
      scope,
    );
  }
  return add({ name: first.value, kind: maker.kind, bases: [`outside:${maker.base}`] }, line, scope);
}

const nameIn = (expression: Expression | undefined, fallback: string, scope: Scope) => {
  const value = expression === undefined ? undefined : evaluate(expression, scope);
  return value?.v === 'text' ? value.value : fallback;
};

function basesIn(expression: Expression | undefined, scope: Scope): string[] {
  const value: Value | undefined = expression === undefined ? undefined : evaluate(expression, scope);
  return value?.v === 'list' ? value.items.filter(isClass).map(targetOf) : [];
}

function add(made: Pick<RuntimeClass, 'name' | 'kind' | 'bases'>, line: number, scope: Scope): ClassValue {
  const at = place(scope, line);
  const id = `runtime:${scope.module.path}#${scope.className === '' ? '' : `${scope.className}.`}${made.name}`;
  const bases = made.bases.length > 0 ? made.bases : ['outside:object'];
  const text = `${made.name}: ${made.kind}`;
  const one: RuntimeClass = { id, ...made, bases, module: scope.module.path, at, madeAt: at, text, members: [] };
  if (!scope.world.runtimeClasses.has(id)) scope.world.runtimeClasses.set(id, one);
  return { v: 'runtime', id };
}
