import { attributeOf, evaluate, lookUp } from './evaluate.ts';
import type { Expression, FunctionFacts } from './facts.ts';
import { runImport } from './imports.ts';
import { isKnown } from './known-values.ts';
import { type ClassValue, isClass, targetOf, unknown, type Value } from './values.ts';
import type { ModuleState, Scope, World } from './world.ts';

/** Inside which function something is inferred. */
export interface Inside {
  readonly world: World;
  readonly module: ModuleState;
  readonly fn: FunctionFacts;
  /** Class of the object itself, in a method. */
  readonly self?: ClassValue;
  /** Qualified name of the class that defines the method. */
  readonly className: string;
  /** Names that the function imports. */
  readonly imports: Map<string, Value>;
  readonly orderOf: (id: string) => readonly string[];
  /** What is being inferred already, against circles. */
  readonly open: ReadonlySet<object>;
}

const maxDepth = 8;
const maxValues = 500;

/** The scope in which the evaluator sees the names of a function's module and class. */
function scopeOf(inside: Inside): Scope {
  const { world, module, className, imports } = inside;
  return { world, module, names: imports, className, depth: 0, isFrozen: true };
}

/** Names that the import statements inside a function bring; the edges between modules are recorded. */
export function functionImports(world: World, module: ModuleState, fn: FunctionFacts): Map<string, Value> {
  if (fn.imports.length === 0) return noImports;
  const names = new Map<string, Value>();
  const scope: Scope = { world, module, names, className: '', depth: 0 };
  for (const one of fn.imports)
    for (const [name, value] of runImport(one, scope, () => {}, true)) names.set(name, value);
  return names;
}

const noImports = new Map<string, Value>();

/** The values that an expression inside a function may have: classes and instances of them, as far as can be read. */
export function infer(expression: Expression, inside: Inside): Value[] {
  if (inside.open.has(expression) || inside.open.size > maxDepth) return [];
  const deeper: Inside = { ...inside, open: new Set([...inside.open, expression]) };
  const values = inferInner(expression, deeper);
  return values.length <= maxValues ? values : values.slice(0, maxValues);
}

function inferInner(expression: Expression, inside: Inside): Value[] {
  switch (expression.k) {
    case 'name':
      return inferName(expression.id, inside);
    case 'attribute':
      return infer(expression.of, inside).flatMap((of) => inferAttribute(of, expression.id, inside));
    case 'call':
      return inferCall(expression, inside);
    case 'choice':
      return [...infer(expression.yes, inside), ...infer(expression.no, inside)];
    case 'operation':
      if (expression.op !== 'or' && expression.op !== 'and') return [];
      return [...(expression.op === 'or' ? infer(expression.left, inside) : []), ...infer(expression.right, inside)];
    case 'index':
      return infer(expression.of, inside).flatMap((of) => {
        if (of.v === 'table') return tableValues(of, expression.at, inside);
        if (of.v === 'list') return of.items.filter(isUseful);
        return isClass(of) ? [of] : [];
      });
    case 'dict':
    case 'list':
    case 'tuple':
    case 'set':
    case 'comprehension':
      return [evaluateInside(expression, inside)];
    case 'text':
    case 'join':
    case 'number':
    case 'constant':
    case 'spread':
    case 'not':
    case 'other':
      return [];
  }
}

/** Containers of what the function makes: elements are inferred, so that local names count too. */
function evaluateInside(expression: Expression, inside: Inside): Value {
  if (expression.k === 'list' || expression.k === 'tuple' || expression.k === 'set') {
    return { v: 'list', items: expression.items.flatMap((item) => infer(item, inside)), isPartial: true };
  }
  if (expression.k === 'comprehension') {
    return { v: 'list', items: infer(expression.value, inside), isPartial: true };
  }
  const value = evaluate(expression, scopeOf(inside));
  if (value.v !== 'table' || expression.k !== 'dict') return value;
  for (const [index, pair] of expression.pairs.entries()) {
    const [found] = infer(pair.value, inside);
    const key = pair.key?.k === 'text' ? pair.key.value : `#${index}`;
    if (found !== undefined && isUseful(found)) {
      value.entries.set(key, { key: unknown, value: found, at: { file: inside.module.path, line: pair.l } });
    }
  }
  return value;
}

const isUseful = (value: Value) => isClass(value) || value.v === 'instance';

function tableValues(of: Extract<Value, { v: 'table' }>, at: Expression, inside: Inside): Value[] {
  const key = evaluate(at, scopeOf(inside));
  const exact = 'value' in key ? of.entries.get(String(key.value)) : undefined;
  if (exact !== undefined) return [exact.value];
  return uniqueValues([...of.entries.values()].map((entry) => entry.value).filter(isUseful));
}

function uniqueValues(values: readonly Value[]): Value[] {
  const keyed = values.map((value): [unknown, Value] => [
    isClass(value) ? targetOf(value) : value.v === 'instance' ? `${value.isMade} ${targetOf(value.of)}` : value,
    value,
  ]);
  return [...new Map(keyed).values()];
}

function inferName(name: string, inside: Inside): Value[] {
  const { fn, self } = inside;
  if (self !== undefined && name === fn.self) {
    const isClassItself = fn.name === '__new__' || fn.decorators.includes('classmethod');
    return [isClassItself ? self : { v: 'instance', of: self, isMade: false }];
  }
  const assigned = fn.locals.filter((one) => one.name === name);
  if (assigned.length > 0) return assigned.slice(0, 4).flatMap((one) => infer(one.value, inside));
  const parameter = fn.parameters.find((one) => one.name === name);
  if (parameter !== undefined) {
    const typed = parameter.typeValue === undefined ? [] : typeValues(parameter.typeValue, inside);
    const fallback = parameter.fallback === undefined ? [] : infer(parameter.fallback, inside);
    return [...typed.map((of): Value => ({ v: 'instance', of, isMade: false })), ...fallback.filter(isKnown)];
  }
  return [lookUp(name, scopeOf(inside))];
}

function inferAttribute(of: Value, name: string, inside: Inside): Value[] {
  if (of.v === 'instance') return instanceAttribute(of.of, name, inside);
  if (of.v === 'class') {
    if (name === '__class__') return [of];
    return classAttribute(of, name, inside);
  }
  const value = attributeOf(of, name, scopeOf(inside));
  return value.v === 'unknown' ? [] : [value];
}

function classAttribute(of: ClassValue, name: string, inside: Inside): Value[] {
  for (const id of orderOf(of, inside)) {
    const state = inside.world.classes.get(id);
    const value = state?.names.get(name);
    if (value !== undefined) return [value];
    if (state?.facts.methods.some((one) => one.name === name))
      return [{ v: 'method', of: { v: 'class', id }, name, self: of }];
  }
  return [];
}

function instanceAttribute(of: ClassValue, name: string, inside: Inside): Value[] {
  if (name === '__class__') return [of];
  const written: Value[] = [];
  for (const id of orderOf(of, inside)) {
    const state = inside.world.classes.get(id);
    if (state === undefined) continue;
    const method = state.facts.methods.find((one) => one.name === name);
    if (method !== undefined) {
      const bound: Value = { v: 'method', of: { v: 'class', id }, name, self: { v: 'instance', of, isMade: false } };
      return method.decorators.some((one) => /property$/.test(one)) ? callMethod(bound, inside) : [bound];
    }
    for (const method of state.facts.methods) {
      for (const write of method.writes) {
        if (write.name !== name || write.object !== method.self || written.length >= maxValues) continue;
        written.push(...infer(write.value, insideMethod(inside, id, method.name, of)));
      }
    }
    const attribute = state.names.get(name);
    if (attribute !== undefined && isUseful(attribute)) written.push(attribute);
    if (written.some(isUseful)) return uniqueValues(written);
  }
  return uniqueValues(written);
}

const orderOf = (of: ClassValue, inside: Inside) => (of.v === 'class' ? inside.orderOf(of.id) : []);

function insideMethod(inside: Inside, id: string, name: string, self: ClassValue): Inside {
  const state = inside.world.classes.get(id)!;
  const module = inside.world.modules.get(state.path)!;
  const fn = state.facts.methods.find((one) => one.name === name)!;
  const imports = functionImportsQuietly(inside.world, module, fn);
  return { ...inside, module, fn, self, className: state.facts.name, imports };
}

/** Imports of another function, whose edges are recorded where that function itself is linked. */
function functionImportsQuietly(world: World, module: ModuleState, fn: FunctionFacts): Map<string, Value> {
  if (fn.imports.length === 0) return noImports;
  const edges = world.imports.length;
  const warnings = world.warnings.length;
  const names = functionImports(world, module, fn);
  world.imports.length = edges;
  world.warnings.length = warnings;
  return names;
}

function inferCall(call: Extract<Expression, { k: 'call' }>, inside: Inside): Value[] {
  if (call.fn.k === 'attribute' && call.fn.id === 'get') {
    const tables = infer(call.fn.of, inside).filter((one) => one.v === 'table');
    if (tables.length > 0) return tables.flatMap((one) => tableValues(one, call.args[0] ?? call.fn, inside));
  }
  return infer(call.fn, inside).flatMap((fn): Value[] => {
    if (fn.v === 'class' || fn.v === 'runtime') return [{ v: 'instance', of: fn, isMade: true }];
    if (fn.v === 'function') return callFunction(fn, inside);
    if (fn.v === 'method') return callMethod(fn, inside);
    if (fn.v === 'outside') {
      const last = fn.name.slice(fn.name.lastIndexOf('.') + 1);
      const [first] = call.args;
      if ((last === 'copy' || last === 'deepcopy') && first !== undefined) return infer(first, inside);
      return last === 'super' || !/^[A-Z]/.test(last) ? [] : [{ v: 'instance', of: fn, isMade: true }];
    }
    return [];
  });
}

function callFunction(value: Extract<Value, { v: 'function' }>, inside: Inside): Value[] {
  const module = inside.world.modules.get(value.path);
  const fn = module?.facts.functions[value.index];
  if (module === undefined || fn === undefined) return [];
  const imports = functionImportsQuietly(inside.world, module, fn);
  const { self: _, ...rest } = inside;
  return returned(fn, { ...rest, module, fn, className: '', imports });
}

function callMethod(value: Extract<Value, { v: 'method' }>, inside: Inside): Value[] {
  if (value.of.v !== 'class') return [];
  const state = inside.world.classes.get(value.of.id);
  const fn = state?.facts.methods.find((one) => one.name === value.name);
  if (state === undefined || fn === undefined) return [];
  const self =
    value.self?.v === 'instance'
      ? value.self.of
      : value.self !== undefined && isClass(value.self)
        ? value.self
        : value.of;
  return returned(fn, insideMethod(inside, state.id, fn.name, self));
}

function returned(fn: FunctionFacts, inside: Inside): Value[] {
  if (inside.open.has(fn)) return [];
  const deeper = { ...inside, open: new Set([...inside.open, fn]) };
  const values = fn.returns.slice(0, 6).flatMap((one) => infer(one, deeper));
  if (values.some(isUseful) || fn.resultType === undefined) return uniqueValues(values);
  return typeValues(fn.resultType, deeper).map((of): Value => ({ v: 'instance', of, isMade: false }));
}

/** Classes that an annotation names, through `Optional`, unions, quotes and containers. */
function typeValues(expression: Expression, inside: Inside): ClassValue[] {
  return annotatedClasses(expression, inside).map((one) => one.of);
}

export interface AnnotatedClass {
  readonly of: ClassValue;
  /** `list[C]`, `dict[str, C]`: a container of them. */
  readonly isContained: boolean;
}

export function annotatedClasses(expression: Expression, inside: Inside, isContained = false): AnnotatedClass[] {
  const { k } = expression;
  if (k === 'text') {
    const name = /^[\w.]+$/.exec(expression.value)?.[0];
    return name === undefined ? [] : annotatedClasses(dotted(name, expression.l), inside, isContained);
  }
  if (k === 'name' || k === 'attribute') {
    const [value] = infer(expression, inside);
    return value !== undefined && isClass(value) ? [{ of: value, isContained }] : [];
  }
  if (k === 'operation') {
    return [expression.left, expression.right].flatMap((one) => annotatedClasses(one, inside, isContained));
  }
  if (k === 'tuple') return expression.items.flatMap((one) => annotatedClasses(one, inside, isContained));
  if (k !== 'index') return [];
  const outer = expression.of.k === 'name' || expression.of.k === 'attribute' ? expression.of.id : '';
  if (/^(Optional|Union|Annotated|Final|ClassVar)$/.test(outer)) {
    return annotatedClasses(expression.at, inside, isContained);
  }
  if (/^(Type|type|Callable|Literal)$/.test(outer)) return [];
  const own = annotatedClasses(expression.of, inside, isContained).filter((one) => one.of.v !== 'outside');
  return [...own, ...annotatedClasses(expression.at, inside, true)];
}

function dotted(name: string, l: number): Expression {
  const [first = '', ...rest] = name.split('.');
  return rest.reduce<Expression>((of, id) => ({ k: 'attribute', l, of, id }), { k: 'name', l, id: first });
}
