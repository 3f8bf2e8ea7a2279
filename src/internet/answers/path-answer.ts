import { type AsGraph, type Relation, relations } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';
import { salesOf } from '../graph/sales.ts';
import { type AsSummary, asSummary, findAs } from './as-summary.ts';
import { relationAt } from './link-fact.ts';
import { neighbourCounts } from './neighbour-counts.ts';

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

const [peer, sibling, unknown] = (['peer', 'sibling', 'unknown'] as const).map((name) => relations.indexOf(name));
/** In two states: still climbing, and over the top. */
const states = 2;
const over = 1;

/** @throws NetwrightError `NW_INTERNET_ASN_UNKNOWN`, `NW_INTERNET_INVALID`. */
export function answerPath(atlas: Atlas, from: number | string, to: number | string): PathAnswer {
  const [start, end] = [findAs(atlas, from), findAs(atlas, to)];
  const { graph } = atlas;
  const hops: PathHop[] = [];
  let before: number | undefined;
  for (const as of shortestValleyFree(atlas, start, end)) {
    const slot = before === undefined ? undefined : graph.neighbours.indexOf(as, graph.offsets[before]);
    hops.push({
      as: asSummary(atlas, as),
      relation: slot === undefined ? null : relations[relationAt(graph, before!, slot)]!,
      confidence: slot === undefined ? null : graph.links.confidence[graph.linkOf[slot]!]!,
    });
    before = as;
  }
  return { from: asSummary(atlas, start), to: asSummary(atlas, end), hops };
}

/**
 * Breadth first over ASes in two states. Of equally short ways the one over customers is found before that over peers
 * and providers, as routing prefers it. A link of unknown relation is taken for peering, which carries the least;
 * siblings carry everything.
 * @returns indexes of the ASes on the way, both ends included; empty where there is none.
 */
function shortestValleyFree(atlas: Atlas, start: number, end: number): number[] {
  if (start === end) return [start];
  const { graph } = atlas;
  const { customers, providers } = salesOf(graph);
  const counts = neighbourCounts(atlas);
  const size = graph.asns.length * states;
  const isVisited = new Uint8Array(size);
  const cameFrom = new Uint32Array(size);
  const queue = new Uint32Array(size);
  queue[0] = start * states;
  isVisited[start * states] = 1;
  let filled = 1;
  const visitAll = (list: Uint32Array, first: number, last: number, state: number, node: number): void => {
    for (let at = first; at < last; at += 1) {
      const next = list[at]! * states + state;
      if (isVisited[next] === 1) continue;
      isVisited[next] = 1;
      cameFrom[next] = node;
      queue[filled] = next;
      filled += 1;
    }
  };
  for (let at = 0; at < filled; at += 1) {
    const node = queue[at]!;
    const as = node >> 1;
    if (as === end) return wayBack(node, start * states, cameFrom);
    const state = node & over;
    visitAll(customers.members, customers.offsets[as]!, customers.offsets[as + 1]!, over, node);
    if (counts.siblings[as]! > 0) visitAll(...neighboursOf(graph, as, sibling!), state, node);
    if (state === over) continue;
    if (counts.peers[as]! > 0) visitAll(...neighboursOf(graph, as, peer!), over, node);
    if (counts.unknown[as]! > 0) visitAll(...neighboursOf(graph, as, unknown!), over, node);
    visitAll(providers.members, providers.offsets[as]!, providers.offsets[as + 1]!, 0, node);
  }
  return [];
}

/** Those of one relation that reads the same from both ends, as a list and where it begins and ends. */
function neighboursOf(graph: AsGraph, as: number, wanted: number): [list: Uint32Array, first: number, last: number] {
  const { offsets, neighbours, linkOf, links } = graph;
  const list = new Uint32Array(offsets[as + 1]! - offsets[as]!);
  let count = 0;
  for (let slot = offsets[as]!; slot < offsets[as + 1]!; slot += 1) {
    if (links.relation[linkOf[slot]!] !== wanted) continue;
    list[count] = neighbours[slot]!;
    count += 1;
  }
  return [list, 0, count];
}

function wayBack(end: number, start: number, cameFrom: Uint32Array): number[] {
  const way = [end >> 1];
  for (let node = end; node !== start; ) {
    node = cameFrom[node]!;
    way.push(node >> 1);
  }
  return way.reverse();
}
