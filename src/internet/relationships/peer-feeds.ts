import { edgeFrom, edgeTo, type PathIndex } from './path-index.ts';
import { customer, peer, provider, type RelationState } from './relation-state.ts';
import type { Sliced } from './slices.ts';

/** So many customers must be seen behind an AS before what is not seen there means anything. */
const leastCustomers = 3;

/**
 * X gets routes of Y's customers from Y and never one that Y has from a provider or peer. A customer would be given
 * those too, and a provider would give, not get: so X is a peer, and whatever else X gets from Y is of customers. That
 * is how the neighbours of a vantage point look, which nobody watches from above.
 */
export function* inferBehindPeers(index: PathIndex, state: RelationState): Sliced<void> {
  const { links, triplets, rank } = index;
  yield 'feeds of peers';
  for (let edge = 0; edge < links.count * 2; edge += 1) {
    if (!state.isUnknown(edge)) continue;
    const behind = triplets.byFirst.subarray(triplets.firstOffsets[edge]!, triplets.firstOffsets[edge + 1]!);
    let customers = 0;
    let others = 0;
    const open: number[] = [];
    for (const triplet of behind) {
      const second = triplets.second[triplet]!;
      const relation = state.of(second);
      if (relation === customer) customers += 1;
      else if (relation === provider || relation === peer) others += 1;
      else open.push(second);
    }
    if (others > 0 || customers < leastCustomers || customers < open.length) continue;
    for (const second of open) {
      if (rank[edgeFrom(links, second)]! < rank[edgeTo(links, second)]!) state.setCustomer(second, 'fold');
    }
  }
}
