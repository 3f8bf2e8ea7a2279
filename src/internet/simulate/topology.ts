import { type AsGraph, relations } from '../graph/as-graph.ts';
import { groupedInSlices } from '../relationships/path-index.ts';
import { itemsASlice, runAtOnce, type Sliced } from '../relationships/slices.ts';

const customer = relations.indexOf('customer');
const provider = relations.indexOf('provider');
const sibling = relations.indexOf('sibling');

/** Neighbours of an AS of one kind: `members[k]` for `k` in `offsets[i] … offsets[i + 1] - 1`. */
export interface Neighbours {
  readonly offsets: Uint32Array;
  readonly members: Uint32Array;
}

/** A graph by the roles of neighbours, as routing looks at it. */
export interface Topology {
  readonly asns: Uint32Array;
  readonly providers: Neighbours;
  readonly customers: Neighbours;
  readonly peers: Neighbours;
}

export interface TopologyOptions {
  /** AS indexes that are down. */
  readonly failedAses?: Iterable<number>;
  /** Links that are down, by index. */
  readonly failedLinks?: Iterable<number>;
}

/**
 * A graph by roles, without what failed. Siblings sell to each other in the direction from `a` to `b`, since routing
 * needs one that is above; a link of unknown relation is taken for peering, which carries the least.
 */
export function topologyOf(graph: AsGraph, options: TopologyOptions = {}): Topology {
  return runAtOnce(topologyInSlices(graph, options));
}

/** As {@link topologyOf}, in slices. */
export function* topologyInSlices(
  graph: AsGraph,
  { failedAses = [], failedLinks = [] }: TopologyOptions = {},
): Sliced<Topology> {
  const { asns, links } = graph;
  const isDown = new Uint8Array(asns.length);
  for (const as of failedAses) isDown[as] = 1;
  const isCut = new Uint8Array(links.count);
  for (const link of failedLinks) isCut[link] = 1;
  const [sellers, buyers, ones, others]: number[][] = [[], [], [], []];
  for (let link = 0; link < links.count; link += 1) {
    if (link % itemsASlice === 0) yield 'sorting links by role';
    const [a, b] = [links.a[link]!, links.b[link]!];
    if (isCut[link] || isDown[a] || isDown[b]) continue;
    const relation = links.relation[link]!;
    if (relation === customer || relation === sibling) {
      sellers!.push(a);
      buyers!.push(b);
    } else if (relation === provider) {
      sellers!.push(b);
      buyers!.push(a);
    } else {
      ones!.push(a, b);
      others!.push(b, a);
    }
  }
  return {
    asns,
    providers: yield* neighboursOf(asns.length, buyers!, sellers!),
    customers: yield* neighboursOf(asns.length, sellers!, buyers!),
    peers: yield* neighboursOf(asns.length, ones!, others!),
  };
}

function* neighboursOf(asCount: number, owners: readonly number[], neighbours: readonly number[]): Sliced<Neighbours> {
  const [offsets, members] = yield* groupedInSlices(Uint32Array.from(owners), asCount);
  yield 'sorting links by role';
  for (let at = 0; at < members.length; at += 1) members[at] = neighbours[members[at]!]!;
  return { offsets, members };
}
