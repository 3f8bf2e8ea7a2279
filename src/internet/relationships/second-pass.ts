import type { PathIndex } from './path-index.ts';
import type { RelationState } from './relation-state.ts';
import type { Sightings } from './sightings.ts';
import type { Sliced } from './slices.ts';

export function* judgeAgain(_i: PathIndex, _s: RelationState, _g: Sightings, _l: number): Sliced<void> {
  yield '';
}
