import type { CodeClass, CodeEdge, CodeFunction, CodeModule, CodeWarning, OutsideClass, Place } from '../model.ts';
import { resolutionOrders } from '../mro.ts';
import type { LinkContext, ModelPart } from '../reader.ts';
import { compositions, EdgeSet } from './compositions.ts';
import { factoryTables } from './factory-tables.ts';
import type { PythonFacts } from './facts.ts';
import { linkClass, linkMethods } from './link-classes.ts';
import { linkFunctions } from './link-functions.ts';
import { madeClasses } from './made-classes.ts';
import { runModules } from './run-modules.ts';
import { targetOf } from './values.ts';
import type { World } from './world.ts';

/** Joins the facts of all Python files: names are resolved, tables are filled, fields get their classes. */
export async function linkPython(facts: ReadonlyMap<string, PythonFacts>, context: LinkContext): Promise<ModelPart> {
  const world = await runModules(facts, context);
  const factories = factoryTables(world);
  const basesOf = (id: string): string[] =>
    world.classes.get(id)?.bases?.map(targetOf) ?? [...(world.runtimeClasses.get(id)?.bases ?? [])];
  const order = resolutionOrders(basesOf, 'outside:object');
  const orderOf = (id: string) => order(id).order;

  const modules: CodeModule[] = [];
  const classes: CodeClass[] = [];
  const functions: CodeFunction[] = [];
  const edges: CodeEdge[] = [];
  const warnings: CodeWarning[] = [];
  const fields = new EdgeSet();
  for (const module of world.modules.values()) {
    const { path, facts: file } = module;
    modules.push({
      id: path,
      name: world.names.nameOf(path),
      language: 'python',
      isPackage: path.endsWith('__init__.py'),
      lines: file.lines,
      ...(file.summary === undefined ? {} : { summary: file.summary }),
    });
    for (const one of file.problems) {
      warnings.push({ kind: one.kind, at: { file: path, line: one.line }, message: one.message });
    }
    // Most edges of a module concern only itself, so that looking for doubles stays cheap.
    const own: CodeEdge[] = [];
    functions.push(...linkFunctions(module, world, orderOf, own));
    for (const id of module.classIds) {
      const state = world.classes.get(id)!;
      const one = linkClass(state);
      classes.push(one);
      for (const base of one.bases) own.push({ kind: base.kind, from: id, to: base.target, at: base.at });
      linkMethods(state, world, orderOf, own);
      compositions(state, world, orderOf, fields);
      const { problem } = order(id);
      if (problem !== undefined) warnings.push({ kind: 'mro', at: one.at, message: problem });
    }
    madeClasses(module, world, orderOf, own);
    edges.push(...own);
    await context.breathe();
  }
  edges.push(...fields.edges, ...world.imports);
  const runtimeClasses = [...world.runtimeClasses.values()];
  return {
    modules,
    classes,
    functions,
    edges,
    factories,
    runtimeClasses,
    outside: outsideOf(edges, world),
    warnings: [...warnings, ...world.warnings],
  };
}

/** Classes that something inherits from or becomes, but that no file of the tree defines. */
function outsideOf(edges: readonly CodeEdge[], world: World): OutsideClass[] {
  const first = new Map<string, Place>();
  const note = (id: string, at: Place) => {
    if (id.startsWith('outside:') && !first.has(id)) first.set(id, at);
  };
  for (const edge of edges) note(edge.to, edge.at);
  for (const one of world.runtimeClasses.values()) for (const base of one.bases) note(base, one.madeAt);
  for (const table of world.tableIds.values()) for (const entry of table.entries) note(entry.target, entry.at);
  return [...first].map(([id, at]) => ({ id, name: id.slice('outside:'.length), at }));
}
