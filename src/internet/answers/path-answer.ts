import { type AsGraph, type Relation, relations } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';
import { type AsSummary, asSummary, findAs } from './as-summary.ts';
import { relationAt } from './link-fact.ts';

/** The shortest way that the business relations allow: up to providers, over at most one peer, down to customers. */
export interface PathAnswer {
  readonly from: AsSummary;
  readonly to: AsSummary;
  /** Both ends included; empty where there is no such way. */
  readonly hops: readonly PathHop[];
}

export interface PathHop {
  readonly as: AsSummary;
  /** What it is to the hop before; null for the first. */
  readonly relation: Relation | null;
  readonly confidence: number | null;
}

const [customer, provider, peer, sibling, unknown] = (
  ['customer', 'provider', 'peer', 'sibling', 'unknown'] as const
).map((name) => relations.indexOf(name));
/** In two states: still climbing, and over the top. */
const states = 2;
const none = -1;

/** @throws NetwrightError `NW_INTERNET_ASN_UNKNOWN`, `NW_INTERNET_INVALID`. */
export function answerPath(atlas: Atlas, from: number | string, to: number | string): PathAnswer {
  const [start, end] = [findAs(atlas, from), findAs(atlas, to)];
  const slots = shortestValleyFree(atlas.graph, start, end);
  const { graph } = atlas;
  const hops: PathHop[] = [];
  let as = start;
  if (slots !== undefined) hops.push({ as: asSummary(atlas, start), relation: null, confidence: null });
  for (const slot of slots ?? []) {
    const relation = relations[relationAt(graph, as, slot)]!;
    as = graph.neighbours[slot]!;
    hops.push({ as: asSummary(atlas, as), relation, confidence: graph.links.confidence[graph.linkOf[slot]!]! });
  }
  return { from: asSummary(atlas, start), to: asSummary(atlas, end), hops };
}

/**
 * Breadth first over ASes in two states. Of equally short ways the one over customers is found before that over peers
 * and providers, as routing prefers it. A link of unknown relation is taken for peering, which carries the least;
 * siblings carry everything.
 * @returns slots of the adjacency, from the start on; undefined where there is no way.
 */
function shortestValleyFree(graph: AsGraph, start: number, end: number): number[] | undefined {
  if (start === end) return [];
  const size = graph.asns.length;
  const cameFrom = new Int32Array(size * states).fill(none);
  const cameOver = new Int32Array(size * states).fill(none);
  const queue = new Int32Array(size * states);
  let filled = 0;
  const visit = (node: number, before: number, slot: number): boolean => {
    if (cameFrom[node] !== none) return false;
    cameFrom[node] = before;
    cameOver[node] = slot;
    queue[filled] = node;
    filled += 1;
    return node >> 1 === end;
  };
  visit(start * states, start * states, none);
  for (let at = 0; at < filled; at += 1) {
    const node = queue[at]!;
    const as = node >> 1;
    const isOver = node & 1;
    for (const wanted of [customer, sibling, peer, unknown, provider]) {
      if (isOver === 1 && wanted !== customer && wanted !== sibling) continue;
      const state = wanted === customer || wanted === peer || wanted === unknown ? 1 : isOver;
      for (let slot = graph.offsets[as]!; slot < graph.offsets[as + 1]!; slot += 1) {
        if (relationAt(graph, as, slot) !== wanted) continue;
        const next = graph.neighbours[slot]! * states + state;
        if (visit(next, node, slot)) return wayBack(next, start * states, cameFrom, cameOver);
      }
    }
  }
  return undefined;
}

function wayBack(end: number, start: number, cameFrom: Int32Array, cameOver: Int32Array): number[] {
  const slots: number[] = [];
  for (let node = end; node !== start; node = cameFrom[node]!) slots.push(cameOver[node]!);
  return slots.reverse();
}
