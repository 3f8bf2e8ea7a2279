import { type AsGraph, relations } from '../graph/as-graph.ts';
import type { Atlas, SinglePoints } from '../graph/atlas.ts';
import { itemsASlice, runAtOnce, type Sliced } from '../relationships/slices.ts';
import { relationAt } from './link-fact.ts';
import { topsOf } from './tops.ts';

const nobody = 0xffffffff;

const [customer, sibling] = (['customer', 'sibling'] as const).map((name) => relations.indexOf(name));
const known = new WeakMap<AsGraph, SinglePoints>();

/**
 * Of the graph file, else found once a graph: dominators of the ways from the top down to customers (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance
 * Algorithm", 2001): one pass tells for every AS whose failure cuts it off. Siblings carry each other's traffic.
 */
export function singlePoints(atlas: Pick<Atlas, 'graph' | 'cones' | 'counts' | 'singlePoints'>): SinglePoints {
  const found = atlas.singlePoints ?? known.get(atlas.graph);
  if (found !== undefined) return found;
  const made = runAtOnce(findSinglePoints(atlas));
  known.set(atlas.graph, made);
  return made;
}

/** All ASes without any one of which an AS loses its ways up, the nearest first. */
export function pointsAbove({ above }: SinglePoints, as: number): number[] {
  const points: number[] = [];
  for (let at = above[as]!; at !== nobody; at = above[at]!) points.push(at);
  return points;
}

/** As {@link singlePoints}, in slices and whatever the file says. */
export function* findSinglePoints(atlas: Pick<Atlas, 'graph' | 'cones' | 'counts'>): Sliced<SinglePoints> {
  const { graph } = atlas;
  const size = graph.asns.length;
  const root = size;
  const tops = topsOf(atlas);
  const below = yield* arcs(graph);
  const order = yield* postorder(size, tops, below);
  const number = new Uint32Array(size + 1).fill(nobody);
  for (const [at, as] of order.entries()) number[as] = at;
  number[root] = order.length;
  const above = new Uint32Array(size + 1).fill(nobody);
  above[root] = root;
  for (const top of tops) above[top] = root;
  const isTop = new Uint8Array(size);
  for (const top of tops) isTop[top] = 1;
  const meet = (one: number, other: number): number => {
    let [a, b] = [one, other];
    while (a !== b) {
      while (number[a]! < number[b]!) a = above[a]!;
      while (number[b]! < number[a]!) b = above[b]!;
    }
    return a;
  };
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (let at = order.length - 1; at >= 0; at -= 1) {
      if (at % itemsASlice === 0) yield 'single points';
      const as = order[at]!;
      if (isTop[as] === 1) continue;
      let nearest = nobody;
      for (let slot = graph.offsets[as]!; slot < graph.offsets[as + 1]!; slot += 1) {
        if (below.isDown[slot] !== 2 && below.isDown[slot] !== 3) continue;
        const seller = graph.neighbours[slot]!;
        if (above[seller] === nobody) continue;
        nearest = nearest === nobody ? seller : meet(nearest, seller);
      }
      if (nearest === above[as]) continue;
      above[as] = nearest;
      isChanged = true;
    }
  }
  const isConnected = new Uint8Array(size);
  for (let as = 0; as < size; as += 1) {
    if (above[as] !== nobody) isConnected[as] = 1;
    if (above[as] === root) above[as] = nobody;
  }
  return { above: above.subarray(0, size), isConnected };
}

interface Arcs {
  readonly graph: AsGraph;
  /** By slot: 1 the neighbour is below, 2 above, 3 both, 0 neither. */
  readonly isDown: Uint8Array;
}

function* arcs(graph: AsGraph): Sliced<Arcs> {
  const provider = relations.indexOf('provider');
  const isDown = new Uint8Array(graph.neighbours.length);
  for (let as = 0; as < graph.asns.length; as += 1) {
    if (as % itemsASlice === 0) yield 'single points';
    for (let slot = graph.offsets[as]!; slot < graph.offsets[as + 1]!; slot += 1) {
      const relation = relationAt(graph, as, slot);
      isDown[slot] = relation === customer ? 1 : relation === provider ? 2 : relation === sibling ? 3 : 0;
    }
  }
  return { graph, isDown };
}

/** Those reached from the tops, everyone after all that were first reached through it. */
function* postorder(size: number, tops: readonly number[], { graph, isDown }: Arcs): Sliced<Uint32Array> {
  const seen = new Uint8Array(size);
  const order = new Uint32Array(size);
  let count = 0;
  const next = graph.offsets.slice();
  for (const top of tops) {
    if (seen[top] === 1) continue;
    seen[top] = 1;
    const stack = [top];
    while (stack.length > 0) {
      const as = stack.at(-1)!;
      const slot = next[as]!;
      if (slot === graph.offsets[as + 1]) {
        stack.pop();
        order[count] = as;
        count += 1;
        if (count % itemsASlice === 0) yield 'single points';
        continue;
      }
      next[as] = slot + 1;
      const other = graph.neighbours[slot]!;
      if ((isDown[slot] !== 1 && isDown[slot] !== 3) || seen[other] === 1) continue;
      seen[other] = 1;
      stack.push(other);
    }
  }
  return order.slice(0, count);
}
