import { edgeFrom, edgeTo, type PathIndex } from './path-index.ts';
import { peer, provider, type RelationState } from './relation-state.ts';
import { heavyItemsASlice, itemsASlice, type Sliced } from './slices.ts';
import type { WaysTo } from './ways.ts';

/**
 * A path crosses at most one link between peers, and nobody carries from provider or peer to provider or peer. So where
 * Y passes X what it got from a provider or peer, X buys from Y, if it is the smaller; and where neither link of X|Y|Z
 * is explained, one of the two ends is a customer of Y: the one that is so in more paths, as long as it is no larger.
 * That holds for all but leaks, so nobody becomes a customer whom somebody is seen to reach as no customer is reached.
 */
export function* inferFolded(index: PathIndex, state: RelationState, ways: WaysTo): Sliced<void> {
  yield* inferBuyers(index, state, ways);
  yield* inferBelowMuchLarger(index, state, ways);
  yield* inferBuyers(index, state, ways);
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
  // Thousands of triplets may ask about one link, and to look at it takes all paths through its end.
  const refused = new Uint8Array(links.count * 2);
  for (const [at, triplet] of open.entries()) {
    if (at % heavyItemsASlice === 0) yield 'folding';
    if (!isUnexplained(index, state, triplet)) continue;
    const first = best(triplet);
    const second = first === triplets.second[triplet] ? triplets.first[triplet]! ^ 1 : triplets.second[triplet]!;
    for (const edge of [first, second]) {
      if (!state.isUnknown(edge) || transitDegree[edgeTo(links, edge)]! > transitDegree[edgeFrom(links, edge)]!)
        continue;
      if (refused[edge] === 1) continue;
      if (!ways.refutes(edge) && state.setCustomer(edge, 'fold')) break;
      refused[edge] = 1;
    }
  }
  yield* inferBuyers(index, state, ways);
}

function isUnexplained({ triplets }: PathIndex, state: RelationState, triplet: number): boolean {
  const [first, second] = [triplets.first[triplet]!, triplets.second[triplet]!];
  return state.isUnknown(first) && state.isUnknown(second);
}

/** So many times the transit degree of another: nobody buys from an AS so much smaller. */
const muchLarger = 8;
/** A customer may be so many times larger than its provider: more would be a leak. */
const notMuchLarger = 4;

/** X|Y|Z with nothing known, but X is so much larger than Y that it cannot be its customer: Z buys from Y. */
function* inferBelowMuchLarger(index: PathIndex, state: RelationState, ways: WaysTo): Sliced<void> {
  const { links, triplets, transitDegree, rank } = index;
  yield 'folding';
  const open: number[] = [];
  for (let triplet = 0; triplet < triplets.count; triplet += 1) {
    if (!isUnexplained(index, state, triplet)) continue;
    const x = transitDegree[edgeFrom(links, triplets.first[triplet]!)]!;
    const y = transitDegree[edgeTo(links, triplets.first[triplet]!)]!;
    const z = transitDegree[edgeTo(links, triplets.second[triplet]!)]!;
    if (x >= muchLarger * (y + 1) && z <= notMuchLarger * y) open.push(triplet);
  }
  const refused = new Uint8Array(links.count * 2);
  const place = (triplet: number): number => rank[edgeTo(links, triplets.first[triplet]!)]!;
  open.sort((one, other) => place(one) - place(other) || one - other);
  for (const [at, triplet] of open.entries()) {
    if (at % heavyItemsASlice === 0) yield 'folding';
    const edge = triplets.second[triplet]!;
    if (refused[edge] === 1 || !isUnexplained(index, state, triplet)) continue;
    if (ways.refutes(edge) || !state.setCustomer(edge, 'fold')) refused[edge] = 1;
  }
}

/**
 * X|Y|Z where Z is provider or peer of the larger Y: X buys from Y. X|Y|Z where X is provider or peer of Y: the smaller
 * Z buys from Y. Each buyer found may explain the links beside it.
 */
function* inferBuyers(index: PathIndex, state: RelationState, ways: WaysTo): Sliced<void> {
  const { links, triplets, rank } = index;
  const isLarger = (one: number, other: number): boolean => rank[one]! < rank[other]!;
  const refusedIn = new Uint32Array(links.count * 2);
  let [looks, round] = [0, 0];
  for (let found = 1; found > 0; ) {
    found = 0;
    round += 1;
    for (let triplet = 0; triplet < triplets.count; triplet += 1) {
      if (triplet % itemsASlice === 0) yield 'folding';
      const [first, second] = [triplets.first[triplet]!, triplets.second[triplet]!];
      const [isFirstOpen, isSecondOpen] = [state.isUnknown(first), state.isUnknown(second)];
      if (isFirstOpen === isSecondOpen) continue;
      const buys = isFirstOpen ? first ^ 1 : second;
      const other = state.of(isFirstOpen ? second : first ^ 1);
      if (other !== provider && other !== peer) continue;
      if (!isLarger(edgeFrom(links, buys), edgeTo(links, buys))) continue;
      if (refusedIn[buys] === round) continue;
      looks += 1;
      if (looks % heavyItemsASlice === 0) yield 'folding';
      if (!ways.refutes(buys) && state.setCustomer(buys, 'fold')) found += 1;
      else refusedIn[buys] = round;
    }
  }
}
