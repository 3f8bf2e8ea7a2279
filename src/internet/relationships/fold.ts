import { edgeFrom, edgeTo, type PathIndex } from './path-index.ts';
import { peer, provider, type RelationState } from './relation-state.ts';
import { itemsASlice, type Sliced } from './slices.ts';

/**
 * A path crosses at most one link between peers, and nobody carries from provider or peer to provider or peer. So where
 * Y passes X what it got from a provider or peer, X buys from Y, if it is the smaller; and where neither link of X|Y|Z
 * is explained, one of the two ends is a customer of Y: the one that is so in more paths, as long as it is no larger.
 */
export function* inferFolded(index: PathIndex, state: RelationState): Sliced<void> {
  yield* inferBuyersBelow(index, state);
  const { links, triplets, transitDegree } = index;
  const score = new Float64Array(links.count * 2);
  const open: number[] = [];
  for (let triplet = 0; triplet < triplets.count; triplet += 1) {
    if (triplet % itemsASlice === 0) yield 'folding';
    if (!isUnexplained(index, state, triplet)) continue;
    open.push(triplet);
    score[triplets.second[triplet]!]! += triplets.paths[triplet]!;
    score[triplets.first[triplet]! ^ 1]! += triplets.paths[triplet]!;
  }
  const best = (triplet: number): number => {
    const [up, down] = [triplets.first[triplet]! ^ 1, triplets.second[triplet]!];
    return score[down]! >= score[up]! ? down : up;
  };
  open.sort((one, other) => score[best(other)]! - score[best(one)]! || one - other);
  for (const triplet of open) {
    if (!isUnexplained(index, state, triplet)) continue;
    const first = best(triplet);
    const second = first === triplets.second[triplet] ? triplets.first[triplet]! ^ 1 : triplets.second[triplet]!;
    for (const edge of [first, second]) {
      if (!state.isUnknown(edge) || transitDegree[edgeTo(links, edge)]! > transitDegree[edgeFrom(links, edge)]!)
        continue;
      if (state.setCustomer(edge, 'fold')) break;
    }
  }
}

function isUnexplained({ triplets }: PathIndex, state: RelationState, triplet: number): boolean {
  const [first, second] = [triplets.first[triplet]!, triplets.second[triplet]!];
  return state.isUnknown(first) && state.isUnknown(second);
}

/** X|Y|Z where Z is provider or peer of the larger Y: X buys. Each buyer found may explain links before it. */
function* inferBuyersBelow(index: PathIndex, state: RelationState): Sliced<void> {
  const { links, triplets, rank } = index;
  for (let found = 1; found > 0; ) {
    found = 0;
    for (let triplet = 0; triplet < triplets.count; triplet += 1) {
      if (triplet % itemsASlice === 0) yield 'folding';
      const first = triplets.first[triplet]!;
      if (!state.isUnknown(first)) continue;
      const onward = state.of(triplets.second[triplet]!);
      if (onward !== provider && onward !== peer) continue;
      if (rank[edgeTo(links, first)]! < rank[edgeFrom(links, first)]! && state.setCustomer(first ^ 1, 'fold'))
        found += 1;
    }
  }
}
