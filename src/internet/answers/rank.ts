import { ranksOf } from '../cones/rank.ts';
import type { Atlas } from '../graph/atlas.ts';

/** Where an AS stands among all. */
export interface Ranks {
  /** By its recursive cone: 1 is the largest, equals share a rank. */
  readonly rank: number;
  /** Cones that were seen in paths; null without paths. */
  readonly observedCone: number | null;
  readonly providerPeerCone: number | null;
}

const known = new WeakMap<Uint32Array, Uint32Array>();

export function rankOf({ cones }: Atlas, as: number): Ranks {
  let ranks = known.get(cones.recursive);
  if (ranks === undefined) {
    ranks = ranksOf(cones.recursive);
    known.set(cones.recursive, ranks);
  }
  return {
    rank: ranks[as]!,
    observedCone: cones.observed?.[as] ?? null,
    providerPeerCone: cones.providerPeerObserved?.[as] ?? null,
  };
}
