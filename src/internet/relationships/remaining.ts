import { edgeFrom, edgeTo, type PathIndex } from './path-index.ts';
import type { RelationState } from './relation-state.ts';
import type { Sightings } from './sightings.ts';
import { itemsASlice, type Sliced } from './slices.ts';
import type { WaysTo } from './ways.ts';

/** Who is so many times larger than another is not its customer. */
const muchLarger = 4;

/**
 * What no step explained is a link between peers, if somebody was in a place to see that it is none: were one end a
 * customer of the other, those above the other would go there over their customers, and some of them go over a peer or
 * a provider. Without such a witness, or with fewer than `leastViews` vantage points that look at either end from
 * above, the link stays unknown, as does one over which routes leak.
 */
export function* settleRemaining(
  index: PathIndex,
  state: RelationState,
  { seenFromAbove }: Sightings,
  ways: WaysTo,
  leastViews: number,
): Sliced<void> {
  const { links, transitDegree } = index;
  // By edge: who stands above its start and would have gone to its end another way.
  const open: number[] = [];
  for (let link = 0; link < links.count; link += 1) {
    const views = viewsOf(links.a[link]!, links.b[link]!, seenFromAbove);
    const isLeak = state.isLeak[link * 2] === 1 || state.isLeak[link * 2 + 1] === 1;
    if (state.isUnknown(link * 2) && !isLeak && views >= leastViews) open.push(link * 2, link * 2 + 1);
  }
  const doubted = open.filter(
    (edge) => transitDegree[edgeTo(links, edge)]! < muchLarger * (transitDegree[edgeFrom(links, edge)]! + 1),
  );
  doubted.sort((one, other) => edgeTo(links, one) - edgeTo(links, other));
  const refuted = new Uint8Array(links.count * 2).fill(1);
  let looked = -1;
  for (const [at, edge] of doubted.entries()) {
    if (at % (itemsASlice >> 6) === 0) yield 'peers';
    const as = edgeTo(links, edge);
    if (as !== looked) ways.lookAt(as);
    looked = as;
    refuted[edge] = ways.hasWitness(edgeFrom(links, edge)) ? 1 : 0;
  }
  for (const edge of open) {
    if (edge % 2 === 0 && refuted[edge] === 1 && refuted[edge ^ 1] === 1) state.setPeer(edge, 'remaining');
  }
}

/** Vantage points in a place to tell a customer from a peer, for the end of the link that has fewer of them. */
export const viewsOf = (a: number, b: number, seenFromAbove: Uint16Array): number =>
  Math.min(seenFromAbove[a]!, seenFromAbove[b]!);
