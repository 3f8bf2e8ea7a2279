import { type Step, steps } from '../graph/as-graph.ts';
import type { PathIndex } from './path-index.ts';
import { customer, peer, provider, type RelationState, unknown } from './relation-state.ts';
import { viewsOf } from './remaining.ts';
import type { Sightings } from './sightings.ts';

/**
 * How sure a step is where the evidence is ample, in percent. The closed loop of the simulator measures more (above 99
 * for nearly all), but people route in more ways than it knows.
 */
const ceilings: Readonly<Partial<Record<Step, number>>> = {
  clique: 99,
  'top-down': 99,
  'partial vantage point': 90,
  'provider smaller than customer': 90,
  'provider-less': 75,
  'stub of the clique': 85,
  fold: 90,
  remaining: 97,
  'second pass': 70,
};
/** Confidence without any evidence but the step itself, as a share of its ceiling. */
const floorShare = 0.6;

/**
 * 0-100 for each link: the ceiling of its step, less where few paths speak for it. A customer is attested by paths
 * that come to its provider from above, a peer by vantage points that would have seen otherwise.
 */
export function confidenceOf(index: PathIndex, state: RelationState, sightings: Sightings): Uint8Array {
  const { links } = index;
  const support = supportFromAbove(index, state);
  const confidence = new Uint8Array(links.count);
  for (let link = 0; link < links.count; link += 1) {
    const relation = state.relation[link]!;
    if (relation === unknown) continue;
    const ceiling = ceilings[steps[state.step[link]!]!] ?? 50;
    const evidence =
      relation === customer
        ? support[link * 2]!
        : relation === provider
          ? support[link * 2 + 1]!
          : viewsOf(links.a[link]!, links.b[link]!, sightings.seenFromAbove);
    confidence[link] = Math.round(ceiling * (1 - (1 - floorShare) / (1 + evidence)));
  }
  return confidence;
}

/** By edge: distinct paths that come from a provider or peer of its start, so that its end must be a customer. */
function supportFromAbove({ links, triplets }: PathIndex, state: RelationState): Uint32Array {
  const support = new Uint32Array(links.count * 2);
  for (let triplet = 0; triplet < triplets.count; triplet += 1) {
    const above = state.of(triplets.first[triplet]! ^ 1);
    if (above === provider || above === peer) support[triplets.second[triplet]!]! += triplets.paths[triplet]!;
  }
  return support;
}
