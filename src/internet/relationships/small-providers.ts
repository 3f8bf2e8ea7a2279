import { edgeFrom, edgeTo, type PathIndex } from './path-index.ts';
import { customer, provider, type RelationState } from './relation-state.ts';
import type { Sliced } from './slices.ts';

/** Paths that must end at a customer larger than its provider before that is believed. */
const leastEnds = 3;
/** Of two of about the same size, so many paths will do: who leaks a provider's routes is much smaller than it. */
const leastPaths = 4;
const alike = 2;

/**
 * Providers smaller than their customers, which the walk from the top passes over: X sells to Y, and paths X|Y|Z end
 * at Z often enough, so Y sells to Z. The best supported first; each one found opens the links behind it.
 */
export function* inferSmallProviders(index: PathIndex, state: RelationState): Sliced<void> {
  const { links, transitDegree, rank } = index;
  let open = Array.from({ length: links.count * 2 }, (_, edge) => edge).filter((edge) => state.isUnknown(edge));
  for (let round = 0; open.length > 0; round += 1) {
    yield 'providers smaller than their customers';
    const found = open
      .map((edge) => ({ edge, ...support(index, state, edge) }))
      .filter(({ edge, paths, ends }) => {
        const [from, to] = [edgeFrom(links, edge), edgeTo(links, edge)];
        if (transitDegree[to]! < transitDegree[from]!) return round > 0 && paths > 0 && rank[from]! < rank[to]!;
        return ends >= leastEnds || (paths >= leastPaths && transitDegree[to]! <= alike * transitDegree[from]!);
      })
      .sort((one, other) => other.paths - one.paths || one.edge - other.edge)
      .filter(({ edge }) => state.isUnknown(edge) && state.setCustomer(edge, 'provider smaller than customer'));
    if (found.length === 0) return;
    open = found.flatMap(({ edge }) => edgesBehind(index, state, edge));
  }
}

/** Distinct paths that come down from a provider and go on over an edge, and those that end there. */
function support(
  { triplets }: PathIndex,
  state: RelationState,
  edge: number,
): { readonly paths: number; readonly ends: number } {
  let paths = 0;
  let ends = 0;
  for (let at = triplets.secondOffsets[edge]!; at < triplets.secondOffsets[edge + 1]!; at += 1) {
    const triplet = triplets.bySecond[at]!;
    if (state.of(triplets.first[triplet]!) !== customer) continue;
    paths += triplets.paths[triplet]!;
    ends += triplets.ends[triplet]!;
  }
  return { paths, ends };
}

function edgesBehind({ triplets }: PathIndex, state: RelationState, edge: number): number[] {
  const behind = triplets.byFirst.subarray(triplets.firstOffsets[edge]!, triplets.firstOffsets[edge + 1]!);
  return Array.from(behind, (triplet) => triplets.second[triplet]!).filter((next) => state.isUnknown(next));
}

/** An AS that carries for so many and has no provider in sight is no stub with a hidden one. */
const leastTransitDegree = 10;

/**
 * Large networks whose providers no path shows: what they get from a larger neighbour they get from a peer, so what
 * stands behind them are customers, and the customers of those.
 */
export function* inferProviderless(index: PathIndex, state: RelationState): Sliced<void> {
  const { links, order, rank, transitDegree, triplets } = index;
  yield 'networks without providers';
  for (const x of order) {
    if (transitDegree[x]! < leastTransitDegree) break;
    if (state.isClique[x] === 1 || state.hasProvider(x)) continue;
    for (const edge of links.leaving.subarray(links.offsets[x]!, links.offsets[x + 1]!)) {
      if (!state.isUnknown(edge) || rank[edgeTo(links, edge)]! < rank[x]!) continue;
      const before = triplets.bySecond.subarray(triplets.secondOffsets[edge]!, triplets.secondOffsets[edge + 1]!);
      const fromLarger = before.some((triplet) => {
        const first = triplets.first[triplet]!;
        return state.isUnknown(first) && rank[edgeFrom(links, first)]! < rank[x]!;
      });
      if (!fromLarger || !state.setCustomer(edge, 'provider-less')) continue;
      for (const next of edgesBehind(index, state, edge)) {
        if (rank[edgeTo(links, next)]! > rank[edgeFrom(links, next)]!) state.setCustomer(next, 'provider-less');
      }
    }
  }
}

/** A stub beside a clique member that nothing else explains buys from it. */
export function inferCliqueStubs({ links, transitDegree }: PathIndex, state: RelationState): void {
  for (let edge = 0; edge < links.count * 2; edge += 1) {
    if (!state.isUnknown(edge) || state.isClique[edgeFrom(links, edge)] === 0) continue;
    if (transitDegree[edgeTo(links, edge)] === 0) state.setCustomer(edge, 'stub of the clique');
  }
}

/** So many times the transit degree of another: too unlike to be peers. */
const muchLarger = 8;

/**
 * Who buys from one member of the clique does not peer with another one that is much larger than it: it buys from
 * both, only that the routes through the second are nobody's best but its own customers'.
 */
export function inferOtherCliqueProviders({ links, transitDegree }: PathIndex, state: RelationState): void {
  for (let edge = 0; edge < links.count * 2; edge += 1) {
    const [member, other] = [edgeFrom(links, edge), edgeTo(links, edge)];
    if (!state.isUnknown(edge) || state.isClique[member] === 0) continue;
    if (transitDegree[member]! < muchLarger * transitDegree[other]!) continue;
    const around = links.leaving.subarray(links.offsets[other]!, links.offsets[other + 1]!);
    const buys = around.some((one) => state.of(one) === provider && state.isClique[edgeTo(links, one)] === 1);
    if (buys) state.setCustomer(edge, 'stub of the clique');
  }
}
