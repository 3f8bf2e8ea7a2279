import { runAtOnce, type Sliced } from '../relationships/slices.ts';
import type { AsGraph } from './as-graph.ts';
import { relations } from './as-graph.ts';
import { countingOrder, identityOrder } from './counting-order.ts';

/** Links by AS number, in any order and either direction, in columns of `count` entries. */
export interface AsnLinks {
  readonly count: number;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Index into `relations`: what `b` is to `a`. */
  readonly relation: Uint8Array;
  /** Default 0. */
  readonly confidence?: Uint8Array;
  /** Index into `steps`. Default `none`. */
  readonly step?: Uint8Array;
  /** Distinct paths that show the link. Default 0. */
  readonly paths?: Uint32Array;
}

/** A link takes some nanoseconds. */
const linksASlice = 1 << 15;

/** AS numbers below are looked up in a table, the few above by search. */
const tableSize = 1 << 19;

const unknown = relations.indexOf('unknown');
const customer = relations.indexOf('customer');
const provider = relations.indexOf('provider');

/** What `a` is to `b` where `b` is so to `a`. */
export const reversed = (relation: number): number =>
  relation === customer ? provider : relation === provider ? customer : relation;

/**
 * The graph of links. A link of an AS with itself is left out; one that comes twice is taken once: as it
 * stands first with a relation that is known, and with the greater number of paths.
 * @param alsoAsns ASes that are there even without a link.
 */
export function buildAsGraph(links: AsnLinks, alsoAsns: Iterable<number> = []): AsGraph {
  return runAtOnce(asGraphInSlices(links, alsoAsns));
}

/** As {@link buildAsGraph}, in slices. */
export function* asGraphInSlices(links: AsnLinks, alsoAsns: Iterable<number> = []): Sliced<AsGraph> {
  const asns = distinctAsns(links, alsoAsns);
  yield 'numbering ASes';
  const indexOf = indexTable(asns);
  const from = new Uint32Array(links.count);
  const to = new Uint32Array(links.count);
  let kept = 0;
  const input = new Uint32Array(links.count);
  for (let link = 0; link < links.count; link += 1) {
    if (link % linksASlice === 0) yield 'numbering links';
    const a = indexOf(links.a[link]!);
    const b = indexOf(links.b[link]!);
    if (a === b) continue;
    from[kept] = Math.min(a, b);
    to[kept] = Math.max(a, b);
    input[kept] = link;
    kept += 1;
  }
  yield 'sorting links';
  const byEnd = countingOrder(to, identityOrder(kept), asns.length);
  yield 'sorting links';
  const order = countingOrder(from, byEnd, asns.length);
  yield 'merging links';
  return yield* connect(asns, yield* mergeDoubles(links, { from, to, input, order }, asns));
}

/** Neighbours in ascending order: links come sorted by both ends, so the smaller neighbours of an AS come first. */
function* connect(asns: Uint32Array, links: AsGraph['links']): Sliced<AsGraph> {
  const offsets = new Uint32Array(asns.length + 1);
  for (let link = 0; link < links.count; link += 1) {
    offsets[links.a[link]! + 1]! += 1;
    offsets[links.b[link]! + 1]! += 1;
  }
  for (let as = 0; as < asns.length; as += 1) offsets[as + 1]! += offsets[as]!;
  const next = offsets.slice();
  const neighbours = new Uint32Array(links.count * 2);
  const linkOf = new Uint32Array(links.count * 2);
  for (let link = 0; link < links.count; link += 1) {
    if (link % linksASlice === 0) yield 'connecting';
    const a = links.a[link]!;
    const b = links.b[link]!;
    const atA = next[a]!;
    const atB = next[b]!;
    next[a] = atA + 1;
    next[b] = atB + 1;
    neighbours[atA] = b;
    linkOf[atA] = link;
    neighbours[atB] = a;
    linkOf[atB] = link;
  }
  return { asns, links, offsets, neighbours, linkOf };
}

interface Sorted {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Position in the given links. */
  readonly input: Uint32Array;
  readonly order: Uint32Array;
}

function* mergeDoubles(
  given: AsnLinks,
  { from, to, input, order }: Sorted,
  asns: Uint32Array,
): Sliced<AsGraph['links']> {
  const size = order.length;
  const a = new Uint32Array(size);
  const b = new Uint32Array(size);
  const relation = new Uint8Array(size);
  const confidence = new Uint8Array(size);
  const step = new Uint8Array(size);
  const paths = new Uint32Array(size);
  let count = 0;
  for (let nth = 0; nth < order.length; nth += 1) {
    if (nth % linksASlice === 0) yield 'merging links';
    const place = order[nth]!;
    const source = input[place]!;
    const isSame = count > 0 && a[count - 1] === from[place] && b[count - 1] === to[place];
    const at = isSame ? count - 1 : count;
    paths[at] = Math.max(paths[at]!, given.paths?.[source] ?? 0);
    if (isSame && (relation[at] !== unknown || given.relation[source] === unknown)) continue;
    if (!isSame) count += 1;
    a[at] = from[place]!;
    b[at] = to[place]!;
    const forward = given.relation[source]!;
    relation[at] = asns[from[place]!] === given.a[source] ? forward : reversed(forward);
    confidence[at] = given.confidence?.[source] ?? 0;
    step[at] = given.step?.[source] ?? 0;
  }
  return {
    count,
    a: a.slice(0, count),
    b: b.slice(0, count),
    relation: relation.slice(0, count),
    confidence: confidence.slice(0, count),
    step: step.slice(0, count),
    paths: paths.slice(0, count),
  };
}

function distinctAsns(links: AsnLinks, also: Iterable<number>): Uint32Array {
  const low = new Uint8Array(tableSize);
  const high = new Set<number>();
  let lowCount = 0;
  const note = (asn: number): void => {
    if (asn >= tableSize) high.add(asn);
    else if (low[asn] === 0) {
      low[asn] = 1;
      lowCount += 1;
    }
  };
  for (let link = 0; link < links.count; link += 1) {
    note(links.a[link]!);
    note(links.b[link]!);
  }
  for (const asn of also) note(asn);
  const asns = new Uint32Array(lowCount + high.size);
  let at = 0;
  for (let asn = 0; asn < tableSize; asn += 1) if (low[asn] === 1) asns[at++] = asn;
  asns.set(Uint32Array.from(high).sort(), at);
  return asns;
}

function indexTable(asns: Uint32Array): (asn: number) => number {
  const low = new Uint32Array(tableSize);
  const high = new Map<number, number>();
  for (const [at, asn] of asns.entries()) {
    if (asn < tableSize) low[asn] = at;
    else high.set(asn, at);
  }
  return (asn) => (asn < tableSize ? low[asn]! : high.get(asn)!);
}
