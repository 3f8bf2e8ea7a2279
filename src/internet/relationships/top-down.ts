import { edgeFrom, edgeTo, type PathIndex } from './path-index.ts';
import { peer, provider, type RelationState } from './relation-state.ts';
import { heavyItemsASlice, itemsASlice, type Sliced } from './slices.ts';

/**
 * The bulk of the work. From the largest AS down: Y is a provider of X when Y passes routes of X to one of its own
 * providers or peers, for that is what only customers' routes are given. A larger Y was handled before, so its own
 * providers are known by then.
 * @param onFound may refuse what was found: called with the edge from provider to customer.
 */
export function* inferTopDown(
  index: PathIndex,
  state: RelationState,
  onFound: (edge: number) => boolean = () => true,
): Sliced<void> {
  const { links, order, rank } = index;
  for (let at = 0; at < order.length; at += 1) {
    if (at % heavyItemsASlice === 0) yield 'providers from the top down';
    const x = order[at]!;
    if (state.isClique[x] === 1) continue;
    const end = links.offsets[x + 1]!;
    for (let slot = links.offsets[x]!; slot < end; slot += 1) {
      const toX = links.leaving[slot]! ^ 1;
      const y = edgeFrom(links, toX);
      if (!state.isUnknown(toX) || (rank[y]! > rank[x]! && state.isClique[y] === 0)) continue;
      if (entersFromAbove(index, state, toX) && onFound(toX)) state.setCustomer(toX, 'top-down');
    }
  }
}

/** Whether paths reach the start of an edge from one of its providers or peers, and then go over the edge. */
function entersFromAbove({ triplets }: PathIndex, state: RelationState, edge: number): boolean {
  const end = triplets.secondOffsets[edge + 1]!;
  for (let at = triplets.secondOffsets[edge]!; at < end; at += 1) {
    const before = state.of(triplets.first[triplets.bySecond[at]!]! ^ 1);
    if (before === provider || before === peer) return true;
  }
  return false;
}

/**
 * Partial vantage points give the collector only what they would give a peer: routes of customers. In a path
 * vantage point|Y|Z of theirs that ends at a stub Z, Z buys from Y.
 * @param isPartial by AS: a vantage point that shows few origins.
 */
export function* inferFromPartialFeeds(index: PathIndex, state: RelationState, isPartial: Uint8Array): Sliced<void> {
  const { paths, edgeOf, transitDegree } = index;
  for (let path = 0; path < paths.count; path += 1) {
    if (path % itemsASlice === 0) yield 'partial vantage points';
    const start = paths.offsets[path]!;
    if (paths.offsets[path + 1]! - start !== 3 || isPartial[paths.hops[start]!] === 0) continue;
    const edge = edgeOf[start + 1]!;
    if (transitDegree[edgeTo(index.links, edge)] === 0 && state.isUnknown(edge)) {
      state.setCustomer(edge, 'partial vantage point');
    }
  }
}
