import type { CodeEdge, CodeModel, Place } from './model.ts';
import type { ImportCycle, ModuleFolder, ModuleGraph, ModuleImport } from './module-graph.ts';
import { strongComponents } from './strong-components.ts';

/** The import graph of a model: circles (Tarjan), floors, and the same seen by folder. */
export function moduleGraph(model: CodeModel): ModuleGraph {
  const ids = model.modules.map((one) => one.id);
  const pairs = importPairs(model.edges);
  const next = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const pair of pairs.values()) next.get(pair.from)?.push(pair.to);
  const { componentOf, components } = strongComponents(ids, (id) => next.get(id) ?? []);
  const layerOf = layersOf(ids, next, componentOf, components);
  const imports: ModuleImport[] = [...pairs.values()]
    .map((pair) => ({
      ...pair,
      isDeferred: pair.isDeferred,
      isCyclic: componentOf.get(pair.from) === componentOf.get(pair.to),
    }))
    .sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
  const count = (of: 'from' | 'to') => {
    const counts = new Map<string, number>();
    for (const one of imports) counts.set(one[of], (counts.get(one[of]) ?? 0) + 1);
    return counts;
  };
  const [importsOf, importedBy] = [count('from'), count('to')];
  return {
    modules: model.modules.map((one) => ({
      id: one.id,
      name: one.name,
      folder: folderOf(one.id),
      layer: layerOf.get(one.id) ?? 0,
      importedBy: importedBy.get(one.id) ?? 0,
      imports: importsOf.get(one.id) ?? 0,
    })),
    imports,
    cycles: cyclesOf(components, next, pairs),
    layers: byLayer(layerOf),
    folders: foldersOf(ids, imports),
  };
}

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly at: Place[];
  isDeferred: boolean;
}

const keyOf = (from: string, to: string) => `${from}\0${to}`;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const folderOf = (id: string) => (id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : '');

function importPairs(edges: readonly CodeEdge[]): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const edge of edges) {
    if (edge.kind !== 'imports') continue;
    const key = keyOf(edge.from, edge.to);
    const pair = pairs.get(key);
    if (pair === undefined) {
      pairs.set(key, { from: edge.from, to: edge.to, at: [edge.at], isDeferred: edge.isDeferred === true });
    } else {
      pair.at.push(edge.at);
      if (edge.isDeferred !== true) pair.isDeferred = false;
    }
  }
  return pairs;
}

/** Components come out of Tarjan's algorithm with what they import before them, so that one pass gives the floors. */
function layersOf(
  ids: readonly string[],
  next: ReadonlyMap<string, readonly string[]>,
  componentOf: ReadonlyMap<string, number>,
  components: readonly (readonly string[])[],
): Map<string, number> {
  const floors: number[] = [];
  for (const [index, members] of components.entries()) {
    let floor = 0;
    for (const id of members) {
      for (const to of next.get(id) ?? []) {
        const target = componentOf.get(to);
        if (target !== undefined && target !== index) floor = Math.max(floor, (floors[target] ?? 0) + 1);
      }
    }
    floors.push(floor);
  }
  return new Map(ids.map((id) => [id, floors[componentOf.get(id) ?? 0] ?? 0]));
}

function byLayer(layerOf: ReadonlyMap<string, number>): string[][] {
  const layers: string[][] = [];
  for (const [id, layer] of layerOf) {
    while (layers.length <= layer) layers.push([]);
    layers[layer]!.push(id);
  }
  return layers;
}

function cyclesOf(
  components: readonly (readonly string[])[],
  next: ReadonlyMap<string, readonly string[]>,
  pairs: ReadonlyMap<string, Pair>,
): ImportCycle[] {
  const cycles: ImportCycle[] = [];
  const eager = (id: string) => (next.get(id) ?? []).filter((to) => pairs.get(keyOf(id, to))?.isDeferred === false);
  for (const members of components) {
    const inside = new Set(members);
    const isSelf = members.length === 1 && (next.get(members[0]!) ?? []).includes(members[0]!);
    if (members.length < 2 && !isSelf) continue;
    const eagerWay = shortestWay(members, (id) => eager(id).filter((to) => inside.has(to)));
    const way = eagerWay ?? shortestWay(members, (id) => (next.get(id) ?? []).filter((to) => inside.has(to))) ?? [];
    cycles.push({
      modules: [...members].sort(compare),
      way: way.flatMap((from, index) => {
        const to = way[index + 1];
        const pair = to === undefined ? undefined : pairs.get(keyOf(from, to));
        return pair === undefined ? [] : [{ from, to: pair.to, at: pair.at[0]! }];
      }),
      isDeferred: eagerWay === undefined,
    });
  }
  return cycles.sort((a, b) => compare(a.modules[0] ?? '', b.modules[0] ?? ''));
}

/** The shortest circle through any of the modules, first module repeated at the end. */
function shortestWay(members: readonly string[], next: (id: string) => readonly string[]): string[] | undefined {
  let best: string[] | undefined;
  // A large knot has a short circle near almost every member: looking from the first hundred is enough.
  for (const start of [...members].sort(compare).slice(0, 100)) {
    const before = new Map<string, string>();
    const queue = [start];
    for (let at = 0; at < queue.length; at += 1) {
      const id = queue[at]!;
      if (next(id).includes(start)) {
        const way = [start];
        for (let step: string | undefined = id; step !== undefined && step !== start; step = before.get(step)) {
          way.splice(1, 0, step);
        }
        way.push(start);
        if (best === undefined || way.length < best.length) best = way;
        break;
      }
      for (const to of next(id)) {
        if (to === start || before.has(to)) continue;
        before.set(to, id);
        queue.push(to);
      }
    }
    if (best !== undefined && best.length <= 3) return best;
  }
  return best;
}

function foldersOf(ids: readonly string[], imports: readonly ModuleImport[]): ModuleFolder[] {
  const modules = new Map<string, string[]>();
  for (const id of ids) {
    const folder = folderOf(id);
    modules.set(folder, [...(modules.get(folder) ?? []), id]);
  }
  const counts = new Map<string, Map<string, number>>([...modules.keys()].map((path) => [path, new Map()]));
  for (const { from, to } of imports) {
    const [a, b] = [folderOf(from), folderOf(to)];
    if (a !== b) counts.get(a)?.set(b, (counts.get(a)?.get(b) ?? 0) + 1);
  }
  const paths = [...modules.keys()];
  const next = new Map(paths.map((path) => [path, [...(counts.get(path)?.keys() ?? [])]]));
  const { componentOf, components } = strongComponents(paths, (path) => next.get(path) ?? []);
  const layerOf = layersOf(paths, next, componentOf, components);
  return paths.sort(compare).map((path) => ({
    path,
    modules: modules.get(path) ?? [],
    imports: [...(counts.get(path) ?? [])]
      .map(([to, count]) => ({ to, count, isCyclic: componentOf.get(to) === componentOf.get(path) }))
      .sort((a, b) => compare(a.to, b.to)),
    layer: layerOf.get(path) ?? 0,
  }));
}
