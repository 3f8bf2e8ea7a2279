/**
 * Who connects to whom, and how: ASes and links in columns. An AS is its index (`asns` ascending); a link is its index
 * into the link columns, stored once with `a < b` as indexes.
 */
export interface AsGraph {
  /** Ascending. */
  readonly asns: Uint32Array;
  readonly links: LinkTable;
  /** Neighbours of AS `i`: `neighbours[k]` over link `linkOf[k]` for `k` in `offsets[i] … offsets[i + 1] - 1`, ascending. */
  readonly offsets: Uint32Array;
  readonly neighbours: Uint32Array;
  readonly linkOf: Uint32Array;
}

export interface LinkTable {
  readonly count: number;
  /** Indexes into `asns`, `a[i] < b[i]`. */
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** A {@link Relation}, read from `a` to `b`. */
  readonly relation: Uint8Array;
  /** 0-100: how sure the step is that decided it, and the evidence that it had. */
  readonly confidence: Uint8Array;
  /** A {@link Step}. */
  readonly step: Uint8Array;
  /** Distinct paths that show the link; 0 where it is known from elsewhere only. */
  readonly paths: Uint32Array;
}

/** What `b` is to `a`. Thin evidence is `unknown`, never silently `peer`. */
export const relations = ['unknown', 'customer', 'provider', 'peer', 'sibling'] as const;
export type Relation = (typeof relations)[number];

/** What decided a relation: the steps of ASRank (Luckie et al., IMC 2013), a second pass, a file, or the user. */
export const steps = [
  'none',
  'clique',
  'top-down',
  'partial vantage point',
  'provider smaller than customer',
  'provider-less',
  'stub of the clique',
  'fold',
  'remaining',
  'second pass',
  'sibling organisation',
  'file',
  'override',
] as const;
export type Step = (typeof steps)[number];

/** Index of an AS number, -1 where the graph has none: binary search. */
export function indexOfAsn(graph: Pick<AsGraph, 'asns'>, asn: number): number {
  const { asns } = graph;
  let low = 0;
  let high = asns.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = asns[middle]!;
    if (found === asn) return middle;
    if (found < asn) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
