import { type AsGraph, indexOfAsn, relations } from '../graph/as-graph.ts';
import { grouped } from '../relationships/path-index.ts';
import { itemsASlice, runSliced, type Sliced, type SliceOptions } from '../relationships/slices.ts';
import type { PathTable } from '../routes/route-table.ts';

const customer = relations.indexOf('customer');
const provider = relations.indexOf('provider');
const peer = relations.indexOf('peer');

/** Sizes by AS index, the AS itself included. */
export interface ObservedCones {
  /** ASes that some path shows below the AS, every link on the way going to a customer. */
  readonly observed: Uint32Array;
  /** The same, in paths that come to the AS from a provider or peer only: CAIDA's "provider/peer observed" cone. */
  readonly providerPeerObserved: Uint32Array;
}

/**
 * Cones as paths show them: narrower than the recursive ones, since not every customer's customer is sent through
 * every provider.
 * @throws NetwrightError `NW_CANCELLED` when the signal is aborted.
 */
export async function observedCones(
  paths: PathTable,
  graph: AsGraph,
  options: SliceOptions = {},
): Promise<ObservedCones> {
  return await runSliced(count(paths, graph), options);
}

function* count(paths: PathTable, graph: AsGraph): Sliced<ObservedCones> {
  const { hops, entries } = yield* walkPaths(paths, graph);
  const asCount = graph.asns.length;
  const [offsets, places] = grouped(hops, asCount + 1);
  const lastSeen = new Uint32Array(asCount);
  let round = 0;
  const sizes = (onlyFromAbove: boolean, as: number): number => {
    round += 1;
    let size = 1;
    lastSeen[as] = round;
    for (let slot = offsets[as]!; slot < offsets[as + 1]!; slot += 1) {
      const place = places[slot]!;
      if (onlyFromAbove && entries[place] !== customer && entries[place] !== peer) continue;
      for (let at = place + 1; entries[at] === customer || entries[at] === again; at += 1) {
        const below = hops[at]!;
        if (lastSeen[below] === round) continue;
        lastSeen[below] = round;
        size += 1;
      }
    }
    return size;
  };
  const observed = new Uint32Array(asCount);
  const providerPeerObserved = new Uint32Array(asCount);
  let walked = 0;
  for (let as = 0; as < asCount; as += 1) {
    observed[as] = sizes(false, as);
    providerPeerObserved[as] = sizes(true, as);
    walked += offsets[as + 1]! - offsets[as]!;
    if (walked < itemsASlice) continue;
    walked = 0;
    yield 'counting observed cones';
  }
  return { observed, providerPeerObserved };
}

interface Walk {
  /** AS indexes, path after path; the number of ASes where a hop is none of the graph. */
  readonly hops: Uint32Array;
  /** What each hop is to the one before it: an index into `relations`; {@link start} at the first of a path. */
  readonly entries: Uint8Array;
}

const start = 255;
/** A prepend: the same AS once more. */
const again = 254;

/** Paths as AS indexes with the relation that each hop is entered over. */
function* walkPaths(paths: PathTable, graph: AsGraph): Sliced<Walk> {
  const nowhere = graph.asns.length;
  // One more than there are hops: a walk along the last path ends on it.
  const hops = new Uint32Array(paths.hops.length + 1).fill(nowhere);
  const entries = new Uint8Array(paths.hops.length + 1).fill(start);
  for (let path = 0; path < paths.count; path += 1) {
    if (path % itemsASlice === 0) yield 'walking paths';
    let before = nowhere;
    for (let at = paths.offsets[path]!; at < paths.offsets[path + 1]!; at += 1) {
      const found = indexOfAsn(graph, paths.hops[at]!);
      const as = found < 0 ? nowhere : found;
      hops[at] = as;
      if (as === before) entries[at] = as === nowhere ? start : again;
      else if (before !== nowhere && as !== nowhere) entries[at] = relationTo(graph, before, as);
      before = as;
    }
  }
  return { hops, entries };
}

/** What `to` is to `from`, where the graph has the link; else `unknown`. */
function relationTo({ offsets, neighbours, linkOf, links }: AsGraph, from: number, to: number): number {
  let low = offsets[from]!;
  let high = offsets[from + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const neighbour = neighbours[middle]!;
    if (neighbour === to) {
      const relation = links.relation[linkOf[middle]!]!;
      return from < to ? relation : relation === customer ? provider : relation === provider ? customer : relation;
    }
    if (neighbour < to) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}
