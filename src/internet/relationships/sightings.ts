import { grouped, type PathIndex } from './path-index.ts';
import { peer, provider, type RelationState } from './relation-state.ts';
import { itemsASlice, type Sliced } from './slices.ts';

/** Who looks: vantage points by AS, what each shows, and from where. */
export interface VantageView {
  /** AS indexes of the vantage points, ascending. */
  readonly points: Uint32Array;
  /** By vantage point: distinct origins in its paths. */
  readonly origins: Uint32Array;
  /** Paths by vantage point: `paths[k]` for `k` in `offsets[i] … offsets[i + 1] - 1`. */
  readonly offsets: Uint32Array;
  readonly paths: Uint32Array;
}

/** A vantage point that shows no more than this share of all ASes gives its customers' routes only. */
const partialShare = 0.02;

/** Groups the paths by their vantage point. */
export function* viewOf({ paths, asCount }: PathIndex): Sliced<VantageView> {
  const { hops, offsets } = paths;
  const pointOf = new Int32Array(asCount).fill(-1);
  for (let path = 0; path < paths.count; path += 1) pointOf[hops[offsets[path]!]!] = 0;
  const points = Uint32Array.from(pointOf.keys().filter((as) => pointOf[as] === 0));
  points.forEach((as, at) => {
    pointOf[as] = at;
  });
  yield 'grouping paths by vantage point';
  const keys = new Uint32Array(paths.count);
  for (let path = 0; path < paths.count; path += 1) keys[path] = pointOf[hops[offsets[path]!]!]!;
  yield 'grouping paths by vantage point';
  const [starts, members] = grouped(keys, points.length);
  const lastPoint = new Int32Array(asCount).fill(-1);
  const origins = new Uint32Array(points.length);
  for (let point = 0; point < points.length; point += 1) {
    yield 'counting origins';
    for (let at = starts[point]!; at < starts[point + 1]!; at += 1) {
      const origin = hops[offsets[members[at]! + 1]! - 1]!;
      if (lastPoint[origin] === point) continue;
      lastPoint[origin] = point;
      origins[point]! += 1;
    }
  }
  return { points, origins, offsets: starts, paths: members };
}

/** By AS index: a vantage point that shows so few origins that it cannot be a full feed. */
export function partialFeeds({ points, origins }: VantageView, asCount: number): Uint8Array {
  const isPartial = new Uint8Array(asCount);
  points.forEach((as, at) => {
    if (origins[at]! <= asCount * partialShare) isPartial[as] = 1;
  });
  return isPartial;
}

export interface Sightings {
  /** By link: vantage points that see it. */
  readonly linkSeenBy: Uint16Array;
  /** By AS: vantage points whose paths come to it from one of its providers or peers, or that it gives its own routes. */
  readonly seenFromAbove: Uint16Array;
}

/** Counts vantage points by link, and by AS those that look at it from above. */
export function* countSightings(index: PathIndex, state: RelationState, view: VantageView): Sliced<Sightings> {
  const { paths, edgeOf, links, asCount } = index;
  const linkSeenBy = new Uint16Array(links.count);
  const seenFromAbove = new Uint16Array(asCount);
  const lastOfLink = new Int32Array(links.count).fill(-1);
  const lastOfAs = new Int32Array(asCount).fill(-1);
  for (let point = 0; point < view.points.length; point += 1) {
    for (let at = view.offsets[point]!; at < view.offsets[point + 1]!; at += 1) {
      if (at % itemsASlice === 0) yield 'counting vantage points';
      const path = view.paths[at]!;
      const last = paths.offsets[path + 1]! - 1;
      for (let hop = paths.offsets[path]!; hop < last; hop += 1) {
        const edge = edgeOf[hop]!;
        if (lastOfLink[edge >> 1] !== point) {
          lastOfLink[edge >> 1] = point;
          linkSeenBy[edge >> 1]! += 1;
        }
        const before = state.of(edge ^ 1);
        const as = paths.hops[hop + 1]!;
        if ((before !== provider && before !== peer) || lastOfAs[as] === point) continue;
        lastOfAs[as] = point;
        seenFromAbove[as]! += 1;
      }
    }
  }
  return { linkSeenBy, seenFromAbove };
}
