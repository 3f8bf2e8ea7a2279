import type { PathIndex } from './path-index.ts';
import type { RelationState } from './relation-state.ts';
import type { Sightings } from './sightings.ts';

/**
 * What no step explained is a link between peers, if somebody was in a place to see that it is none: were one end a
 * customer of the other, those who look at the other from above would have been shown it. With fewer than `leastViews`
 * of them at either end it stays unknown.
 */
export function settleRemaining(
  { links }: PathIndex,
  state: RelationState,
  { seenFromAbove }: Sightings,
  leastViews: number,
): void {
  for (let link = 0; link < links.count; link += 1) {
    const views = viewsOf(links.a[link]!, links.b[link]!, seenFromAbove);
    if (state.isUnknown(link * 2) && views >= leastViews) state.setPeer(link * 2, 'remaining');
  }
}

/** Vantage points in a place to tell a customer from a peer, for the end of the link that has fewer of them. */
export const viewsOf = (a: number, b: number, seenFromAbove: Uint16Array): number =>
  Math.min(seenFromAbove[a]!, seenFromAbove[b]!);
