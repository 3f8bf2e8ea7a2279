import type { VrpTable } from '../graph/atlas.ts';
import { findPrefix, lessSpecifics, type Prefix, prefixTextAt } from '../graph/prefix-search.ts';

/** Route origin validation (RFC 6811). */
export const rpkiStates = ['valid', 'invalid', 'not found'] as const;
export type RpkiState = (typeof rpkiStates)[number];

export interface CoveringVrp {
  readonly asn: number;
  readonly prefix: string;
  readonly maxLength: number;
}

/** VRPs whose prefix contains the given one, or is it; the shortest first. */
export function coveringVrps(vrps: VrpTable, prefix: Prefix): readonly CoveringVrp[] {
  const exact = findPrefix(vrps, prefix);
  const places = exact < 0 ? lessSpecifics(vrps, prefix) : [...lessSpecifics(vrps, prefix), exact];
  const found: CoveringVrp[] = [];
  for (const first of places) {
    // Several may stand under one prefix: the search finds the first of them.
    for (let at = first; at < vrps.count && isSame(vrps, at, first); at += 1) {
      found.push({ asn: vrps.asn[at]!, prefix: prefixTextAt(vrps, at), maxLength: vrps.maxLength[at]! });
    }
  }
  return found;
}

/** Valid when one VRP has the origin and allows the length, invalid when there are only others. AS 0 matches nobody. */
export function rpkiState(covering: readonly CoveringVrp[], length: number, origin: number): RpkiState {
  if (covering.length === 0) return 'not found';
  return covering.some(({ asn, maxLength }) => asn !== 0 && asn === origin && length <= maxLength)
    ? 'valid'
    : 'invalid';
}

function isSame({ words, length, count4 }: VrpTable, at: number, first: number): boolean {
  if (length[at] !== length[first] || at < count4 !== first < count4) return false;
  for (let word = 0; word < 4; word += 1) if (words[at * 4 + word] !== words[first * 4 + word]) return false;
  return true;
}
