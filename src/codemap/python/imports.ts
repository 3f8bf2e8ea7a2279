import type { AnyImport, FromImport } from './facts.ts';
import type { Value } from './values.ts';
import type { ModuleState, Scope, World } from './world.ts';

/** Runs a module; given by the executor, which needs imports itself. */
export type RunModule = (path: string, depth: number) => void;

/** Deeper chains are looked up by what the files define, without running them first. */
const maxImportDepth = 60;

/** Binds the names that an import statement brings, and records the edge between the modules. */
export function runImport(one: AnyImport, scope: Scope, run: RunModule, isDeferred: boolean): [string, Value][] {
  return one.s === 'import' ? plainImport(one, scope, run, isDeferred) : fromImport(one, scope, run, isDeferred);
}

function plainImport(
  { module, as, l }: Extract<AnyImport, { s: 'import' }>,
  scope: Scope,
  run: RunModule,
  isDeferred: boolean,
): [string, Value][] {
  const path = scope.world.names.absolute(module, scope.module.path);
  if (path !== undefined) {
    addEdge(scope, path, l, module, isDeferred);
    ensure(path, scope, run);
  } else warnIfOurs(scope, module, l);
  if (as !== undefined) return [[as, moduleValue(scope, module, path)]];
  const first = module.split('.')[0] ?? module;
  return [[first, moduleValue(scope, first, scope.world.names.absolute(first, scope.module.path))]];
}

function fromImport(one: FromImport, scope: Scope, run: RunModule, isDeferred: boolean): [string, Value][] {
  const { world } = scope;
  const { names } = world;
  const from = scope.module.path;
  const path = one.level > 0 ? names.relative(one.level, one.module, from) : names.absolute(one.module, from);
  const spelled = `${'.'.repeat(one.level)}${one.module}`;
  if (path === undefined) {
    const bound = one.names.flatMap((name): [string, Value][] => {
      const child = submodule(scope, one, undefined, name.name);
      if (child !== undefined) {
        addEdge(scope, child, one.l, name.name, isDeferred);
        ensure(child, scope, run);
        return [[name.as, { v: 'module', name: names.nameOf(child), path: child }]];
      }
      if (name.name === '*') return [];
      return [[name.as, { v: 'outside', name: `${one.module || spelled}.${name.name}` }]];
    });
    const isFound = bound.some(([, value]) => value.v === 'module');
    if (!isFound && (one.level > 0 || names.isOurs(one.module))) warnUnresolved(scope, spelled, one.l);
    if (!isFound && one.names.some((name) => name.name === '*')) scope.module.outsideStars.push(one.module || spelled);
    return bound;
  }
  ensure(path, scope, run);
  const bound: [string, Value][] = [];
  const plain: string[] = [];
  for (const name of one.names) {
    if (name.name === '*') {
      plain.push('*');
      bound.push(...starNames(world, path));
      continue;
    }
    const known = nameOfModule(world, path, name.name);
    // A package has its submodules among its names as soon as somebody has imported them.
    const isOpen = known === undefined || known.v === 'module';
    const child = isOpen ? submodule(scope, one, path, name.name) : undefined;
    if (child !== undefined) {
      addEdge(scope, child, one.l, name.name, isDeferred);
      ensure(child, scope, run);
      bound.push([name.as, { v: 'module', name: names.nameOf(child), path: child }]);
      continue;
    }
    plain.push(name.name);
    bound.push([name.as, known ?? missingName(world, path, name.name)]);
  }
  if (plain.length > 0 || one.names.length === 0) addEdge(scope, path, one.l, plain.join(', '), isDeferred);
  return bound;
}

/** What a module does not define itself may come from a module outside, by a star import or `__getattr__`. */
function missingName(world: World, path: string, name: string): Value {
  const stars = world.modules.get(path)?.outsideStars ?? [];
  return { v: 'outside', name: stars.length === 1 ? `${stars[0]}.${name}` : `${world.names.nameOf(path)}.${name}` };
}

function submodule(scope: Scope, one: FromImport, path: string | undefined, name: string): string | undefined {
  const { names } = scope.world;
  if (name === '*') return undefined;
  const inner = one.module === '' ? name : `${one.module}.${name}`;
  if (one.level > 0) return names.relative(one.level, inner, scope.module.path);
  if (path !== undefined && !path.endsWith('__init__.py')) return undefined;
  return names.absolute(inner, scope.module.path);
}

/**
 * A name of a module as another one sees it. While the module is still running (a circle of imports), what its file
 * defines further down counts too: at run time somebody else would have imported it first.
 */
function nameOfModule(world: World, path: string, name: string): Value | undefined {
  const module = world.modules.get(path);
  if (module === undefined) return undefined;
  return module.names.get(name) ?? (module.state === 'done' ? undefined : definedLater(module, name));
}

function definedLater(module: ModuleState, name: string): Value | undefined {
  const index = module.facts.classes.findIndex((one) => one.name === name && one.definedIn === undefined);
  if (index >= 0) return { v: 'class', id: module.classIds[index]! };
  const at = module.facts.functions.findIndex((one) => one.name === name);
  return at >= 0 ? { v: 'function', path: module.path, index: at } : undefined;
}

function starNames(world: World, path: string): [string, Value][] {
  const module = world.modules.get(path);
  if (module === undefined) return [];
  const all = module.names.get('__all__');
  if (all?.v === 'list' && !all.isPartial) {
    return all.items.flatMap((item): [string, Value][] => {
      if (item.v !== 'text') return [];
      const value = nameOfModule(world, path, item.value);
      return value === undefined ? [] : [[item.value, value]];
    });
  }
  return [...module.names].filter(([name]) => !name.startsWith('_'));
}

function moduleValue(scope: Scope, name: string, path: string | undefined): Value {
  if (path !== undefined) return { v: 'module', name, path };
  if (scope.world.names.isNamespace(name)) return { v: 'module', name };
  return { v: 'outside', name };
}

/** An attribute of a module: a name, else a submodule. */
export function moduleAttribute(world: World, module: Extract<Value, { v: 'module' }>, name: string): Value {
  const known = module.path === undefined ? undefined : nameOfModule(world, module.path, name);
  if (known !== undefined) return known;
  const inner = `${module.name}.${name}`;
  const path =
    world.names.absolute(inner, '') ??
    (module.path === undefined ? undefined : world.names.relative(1, name, module.path));
  if (path !== undefined) return { v: 'module', name: inner, path };
  if (world.names.isNamespace(inner)) return { v: 'module', name: inner };
  return module.path === undefined ? { v: 'outside', name: inner } : missingName(world, module.path, name);
}

function ensure(path: string, scope: Scope, run: RunModule): void {
  if (scope.depth < maxImportDepth) run(path, scope.depth + 1);
}

function addEdge(scope: Scope, to: string, line: number, via: string, isDeferred: boolean): void {
  if (to === scope.module.path) return;
  const at = { file: scope.module.path, line };
  const edge = { kind: 'imports', from: scope.module.path, to, at, via } as const;
  scope.world.imports.push(isDeferred ? { ...edge, isDeferred } : edge);
}

function warnIfOurs(scope: Scope, module: string, line: number): void {
  if (scope.world.names.isOurs(module) && !scope.world.names.isNamespace(module)) warnUnresolved(scope, module, line);
}

function warnUnresolved(scope: Scope, module: string, line: number): void {
  scope.world.warnings.push({
    kind: 'unresolved',
    at: { file: scope.module.path, line },
    message: `imports "${module}", which the tree does not have; its names count as outside`,
  });
}
