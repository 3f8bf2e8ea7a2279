import type { ModuleGraph } from '../module-graph.ts';
import { strongComponents } from '../strong-components.ts';

/** The import graph with its modules gathered by folder, down to some depth. */
export interface FolderGraph {
  /** Sorted by path. */
  readonly folders: readonly FolderNode[];
  readonly imports: readonly FolderImport[];
  /** How many folders deep; `Infinity` when every module stands for itself. */
  readonly depth: number;
}

export interface FolderNode {
  /** Path below the root; empty for the modules at the top. */
  readonly path: string;
  readonly modules: readonly string[];
  /** 0 imports nothing of the tree; folders of one circle share a floor. */
  readonly layer: number;
}

/** Folders of one floor that import the same and are imported by the same: one box. */
export interface FolderBundle {
  /** Path of the first. */
  readonly id: string;
  readonly folders: readonly FolderNode[];
}

const leastBundled = 3;

/** Puts folders with the same neighbours together, where there are three and more of them. */
export function bundleFolders({ folders, imports }: FolderGraph): FolderBundle[] {
  const neighbours = new Map<string, string[]>(folders.map(({ path }) => [path, []]));
  for (const { from, to } of imports) {
    neighbours.get(from)!.push(`>${to}`);
    neighbours.get(to)!.push(`<${from}`);
  }
  const alike = Map.groupBy(folders, ({ path, layer }) => [layer, ...neighbours.get(path)!.sort()].join('\0'));
  return [...alike.values()].flatMap((group): FolderBundle[] =>
    group.length >= leastBundled
      ? [{ id: group[0]!.path, folders: group }]
      : group.map((folder) => ({ id: folder.path, folders: [folder] })),
  );
}

export interface FolderImport {
  readonly from: string;
  readonly to: string;
  /** Pairs of modules. */
  readonly count: number;
  readonly isCyclic: boolean;
  /** Every import of it is deferred. */
  readonly isDeferred: boolean;
  /** Another way leads there too: the line says nothing new. */
  readonly isImplied: boolean;
}

/** So few files are boxes themselves; else the first folders that are enough to say something. */
const mostFiles = 24;
const leastFolders = 5;

/** Gathers the modules of a graph; without `depth` as deep as a picture bears. */
export function groupFolders(graph: ModuleGraph, depth = fittingDepth(graph)): FolderGraph {
  const groupOf = new Map(graph.modules.map(({ id }) => [id, pathAt(id, depth)]));
  const members = Map.groupBy(graph.modules, ({ id }) => groupOf.get(id)!);
  const paths = [...members.keys()].sort();
  const pairs = new Map<string, { from: string; to: string; count: number; isDeferred: boolean }>();
  for (const { from, to, isDeferred } of graph.imports) {
    const [start, end] = [groupOf.get(from), groupOf.get(to)];
    if (start === undefined || end === undefined || start === end) continue;
    const pair = pairs.get(`${start}\0${end}`) ?? { from: start, to: end, count: 0, isDeferred: true };
    pairs.set(`${start}\0${end}`, { ...pair, count: pair.count + 1, isDeferred: pair.isDeferred && isDeferred });
  }
  const next = new Map(paths.map((path): [string, string[]] => [path, []]));
  for (const { from, to } of pairs.values()) next.get(from)!.push(to);
  const { componentOf } = strongComponents(paths, (path) => next.get(path) ?? []);
  const layers = layersOf(paths, next, componentOf);
  const circles = new Map<number, Set<number>>();
  for (const { from, to } of pairs.values()) {
    const [start, end] = [componentOf.get(from)!, componentOf.get(to)!];
    circles.set(start, (circles.get(start) ?? new Set()).add(end));
  }
  const imports = [...pairs.values()].sort((a, b) => (`${a.from}\0${a.to}` < `${b.from}\0${b.to}` ? -1 : 1));
  return {
    depth,
    folders: paths.map((path) => ({
      path,
      modules: members.get(path)!.map(({ id }) => id),
      layer: layers.get(path)!,
    })),
    imports: imports.map((pair): FolderImport => {
      const isCyclic = componentOf.get(pair.from) === componentOf.get(pair.to);
      const isImplied = !isCyclic && hasDetour(componentOf.get(pair.from)!, componentOf.get(pair.to)!, circles);
      return { ...pair, isCyclic, isImplied };
    }),
  };
}

/** The folder of a module, cut to a depth; the module itself at an infinite one. */
const pathAt = (module: string, depth: number): string => {
  if (depth === Number.POSITIVE_INFINITY) return module;
  const parts = module.split('/').slice(0, -1);
  return parts.slice(0, depth).join('/');
};

function fittingDepth({ modules }: ModuleGraph): number {
  if (modules.length <= mostFiles) return Number.POSITIVE_INFINITY;
  const deepest = Math.max(1, ...modules.map(({ id }) => id.split('/').length - 1));
  let depth = 1;
  while (depth < deepest && new Set(modules.map(({ id }) => pathAt(id, depth))).size < leastFolders) depth += 1;
  return depth;
}

function layersOf(
  paths: readonly string[],
  next: ReadonlyMap<string, readonly string[]>,
  componentOf: ReadonlyMap<string, number>,
): Map<string, number> {
  const layers = new Map<number, number>();
  const inside = Map.groupBy(paths, (path) => componentOf.get(path)!);
  const layerOf = (component: number): number => {
    const known = layers.get(component);
    if (known !== undefined) return known;
    const below = (inside.get(component) ?? []).flatMap((path) => next.get(path) ?? []);
    const others = new Set(below.map((path) => componentOf.get(path)!).filter((one) => one !== component));
    const layer = Math.max(0, ...[...others].map((one) => layerOf(one) + 1));
    layers.set(component, layer);
    return layer;
  };
  return new Map(paths.map((path) => [path, layerOf(componentOf.get(path)!)]));
}

/** Whether one gets from a circle to another by way of a third. A folder outside of all circles counts as one. */
function hasDetour(from: number, to: number, next: ReadonlyMap<number, ReadonlySet<number>>): boolean {
  const seen = new Set([from]);
  const open = [...(next.get(from) ?? [])].filter((one) => one !== to && one !== from);
  for (let circle = open.pop(); circle !== undefined; circle = open.pop()) {
    if (circle === to) return true;
    if (seen.has(circle)) continue;
    seen.add(circle);
    open.push(...(next.get(circle) ?? []));
  }
  return false;
}
