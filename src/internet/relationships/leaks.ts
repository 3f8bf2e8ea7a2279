import { edgeFrom, edgeTo, type PathIndex } from './path-index.ts';
import { peer, provider, type RelationState } from './relation-state.ts';
import type { Sliced } from './slices.ts';
import { inferTopDown } from './top-down.ts';
import type { WaysTo } from './ways.ts';

/** What is announced to one provider only shows in more than one of so many paths to its origin. */
const rareRatio = 10;
/** So many customers must look leaked, and so large a share of the rare ones, before an AS is taken for one that leaks. */
const leastLeaks = 3;
const contradictedShare = 0.25;
/** Nor are nearly all customers of an AS rare: who sells is somebody's first choice now and then. */
const rareShare = 0.85;

/**
 * Marks what is leaked: routes of peers and providers that an AS passes to its providers by mistake, so that it looks
 * like theirs. A customer announces its routes to a provider as to the others: then nobody above that provider goes to
 * the customer over peers and providers. Or it announces some to this provider only: then everybody comes that way for
 * these. An AS for whose supposed customers neither is seen again and again leaks. So does one with whom hardly any of
 * them is seen but now and then.
 */
export function* findLeaks(index: PathIndex, state: RelationState, trial: RelationState, ways: WaysTo): Sliced<void> {
  const { links, asCount } = index;
  const rare: number[] = [];
  const rareOf = new Uint32Array(asCount);
  const foundOf = new Uint32Array(asCount);
  const contradictedOf = new Uint32Array(asCount);
  let looked = -1;
  yield* inferTopDown(index, trial, (edge) => {
    const x = edgeTo(links, edge);
    foundOf[edgeFrom(links, edge)]! += 1;
    if (x !== looked) ways.lookAt(x);
    looked = x;
    const { ends, isElsewhere } = fromAbove(index, trial, ways, edge);
    if (ends * rareRatio >= ways.endings) return true;
    const y = edgeFrom(links, edge);
    rare.push(edge);
    rareOf[y]! += 1;
    if (isElsewhere) contradictedOf[y]! += 1;
    return true;
  });
  for (const edge of rare) {
    const y = edgeFrom(links, edge);
    const areRare = rareOf[y]! >= leastLeaks && rareOf[y]! >= rareShare * foundOf[y]!;
    const areContradicted = contradictedOf[y]! >= leastLeaks && contradictedOf[y]! >= contradictedShare * rareOf[y]!;
    if (areRare || areContradicted) state.isLeak[edge] = 1;
  }
}

/** Paths that come over an edge from above and end there, and whether those above go to its end in other ways too. */
function fromAbove(
  { links, triplets }: PathIndex,
  state: RelationState,
  ways: WaysTo,
  edge: number,
): { readonly ends: number; readonly isElsewhere: boolean } {
  let ends = 0;
  let isElsewhere = false;
  for (let at = triplets.secondOffsets[edge]!; at < triplets.secondOffsets[edge + 1]!; at += 1) {
    const triplet = triplets.bySecond[at]!;
    const first = triplets.first[triplet]!;
    const before = state.of(first ^ 1);
    if (before !== provider && before !== peer) continue;
    ends += triplets.ends[triplet]!;
    isElsewhere ||= ways.goesElsewhere(edgeFrom(links, first), before === provider);
  }
  return { ends, isElsewhere };
}
