import type { LinkContext } from '../reader.ts';
import { baseOf, moduleBudget, runModule } from './execute.ts';
import type { AnyImport, FunctionFacts, PythonFacts, Statement } from './facts.ts';
import { functionImports } from './infer.ts';
import { moduleNames } from './module-names.ts';
import type { ClassState, ModuleState, Scope, World } from './world.ts';
import { carriedYamlTables } from './yaml-tables.ts';

/** Runs the module scope of every file, imports first, and so finds what each name stands for. */
export async function runModules(facts: ReadonlyMap<string, PythonFacts>, context: LinkContext): Promise<World> {
  const world = newWorld(facts, context);
  for (const path of importOrder(world)) {
    runModule(world, path, 0);
    await context.breathe();
  }
  carriedYamlTables(world, context.files);
  for (const state of world.classes.values()) if (state.bases === undefined) resolveLocalClass(state, world);
  return world;
}

function newWorld(facts: ReadonlyMap<string, PythonFacts>, context: LinkContext): World {
  const imports: AnyImport[] = [];
  if (!context.name.includes('.') && facts.has('__init__.py')) {
    for (const one of facts.values()) imports.push(...importsIn(one.program));
  }
  const world: World = {
    facts,
    names: moduleNames(facts.keys(), context.name, imports),
    modules: new Map(),
    classes: new Map(),
    runtimeClasses: new Map(),
    imports: [],
    warnings: [],
    tables: new Map(),
    tableIds: new Map(),
    readBeside: context.readBeside,
  };
  for (const [path, one] of facts) {
    const seen = new Map<string, number>();
    const classIds = one.classes.map((each) => {
      const inFunction = each.definedIn === undefined ? each.name : `${each.definedIn}.${each.name}`;
      const times = (seen.get(inFunction) ?? 0) + 1;
      seen.set(inFunction, times);
      return `${path}#${inFunction}${times === 1 ? '' : `~${times}`}`;
    });
    const module: ModuleState = {
      path,
      facts: one,
      state: 'new',
      names: new Map(),
      classIds,
      outsideStars: [],
      budget: moduleBudget,
    };
    world.modules.set(path, module);
    for (const [index, each] of one.classes.entries()) {
      const id = classIds[index]!;
      world.classes.set(id, { id, path, facts: each, bases: undefined, names: new Map() });
    }
  }
  return world;
}

/** Import statements of module scope, also below `if`, `try` and `with`. */
function* importsIn(statements: readonly Statement[]): Generator<AnyImport> {
  for (const one of statements) {
    if (one.s === 'import' || one.s === 'from') yield one;
    else if (one.s === 'if') {
      yield* importsIn(one.yes);
      yield* importsIn(one.no);
    } else if (one.s === 'try') {
      yield* importsIn(one.body);
      for (const handler of one.handlers) yield* importsIn(handler);
      yield* importsIn(one.rest);
    } else if (one.s === 'block' || one.s === 'for') yield* importsIn(one.body);
  }
}

/**
 * Modules in an order in which most imports find their module done, so that running them never recurses deep,
 * however long a chain of imports is.
 */
function importOrder(world: World): string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  for (const start of world.modules.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const walk = [{ path: start, targets: importedPaths(world, start), at: 0 }];
    for (let frame = walk.at(-1); frame !== undefined; frame = walk.at(-1)) {
      const target = frame.targets[frame.at];
      frame.at += 1;
      if (target === undefined) {
        order.push(frame.path);
        walk.pop();
      } else if (!seen.has(target)) {
        seen.add(target);
        walk.push({ path: target, targets: importedPaths(world, target), at: 0 });
      }
    }
  }
  return order;
}

function importedPaths(world: World, from: string): string[] {
  const { names } = world;
  const paths: string[] = [];
  for (const one of importsIn(world.facts.get(from)?.program ?? [])) {
    if (one.s === 'import') {
      const path = names.absolute(one.module, from);
      if (path !== undefined) paths.push(path);
      continue;
    }
    const find = (module: string) =>
      one.level > 0 ? names.relative(one.level, module, from) : names.absolute(module, from);
    const path = find(one.module);
    if (path !== undefined) paths.push(path);
    if (path !== undefined && !path.endsWith('__init__.py')) continue;
    for (const { name } of one.names) {
      const child = find(one.module === '' ? name : `${one.module}.${name}`);
      if (child !== undefined) paths.push(child);
    }
  }
  return paths;
}

/** A class inside a function sees the names of the module and what the function imports. */
function resolveLocalClass(state: ClassState, world: World): void {
  const module = world.modules.get(state.path)!;
  const fn = enclosingFunction(state, module.facts);
  const names = fn === undefined ? new Map() : new Map(functionImports(world, module, fn));
  const siblings = module.facts.classes.entries().filter(([, one]) => one.definedIn === state.facts.definedIn);
  for (const [index, one] of siblings) {
    if (!one.name.includes('.') && one !== state.facts)
      names.set(one.name, { v: 'class', id: module.classIds[index]! });
  }
  const scope: Scope = { world, module, names, className: '', depth: 0 };
  state.bases = state.facts.bases.flatMap((base) => baseOf(base.value, base.text, scope));
}

function enclosingFunction(state: ClassState, facts: PythonFacts): FunctionFacts | undefined {
  const name = state.facts.definedIn;
  if (name === undefined) return undefined;
  const owner = facts.classes.find((one) => name.startsWith(`${one.name}.`));
  const method = owner?.methods.find((one) => name === `${owner.name}.${one.name}`);
  return method ?? facts.functions.find((one) => one.name === name);
}
