import type { CleanPaths } from './clean-paths.ts';
import { PairTable } from './pair-table.ts';
import { itemsASlice, type Sliced } from './slices.ts';

/**
 * What paths show, in columns. A link is stored once (`a < b`); an edge is a link read in one direction, as a path
 * reads it from the vantage point to the origin: edge `2 · link` goes from `a` to `b`, edge `2 · link + 1` back.
 * A triplet is two edges that follow each other in a path.
 */
export interface PathIndex {
  readonly paths: CleanPaths;
  readonly asCount: number;
  readonly links: EdgeTable;
  /** For each hop the edge that leaves it; undefined for the last hop of a path. */
  readonly edgeOf: Uint32Array;
  readonly triplets: TripletTable;
  /** Distinct neighbours. */
  readonly degree: Uint32Array;
  /** Distinct neighbours between which an AS was seen to carry. */
  readonly transitDegree: Uint32Array;
  /** Transit degree descending, degree descending, AS number ascending. */
  readonly order: Uint32Array;
  /** Place of an AS in `order`. */
  readonly rank: Uint32Array;
}

export interface EdgeTable {
  readonly count: number;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Distinct paths over it. */
  readonly paths: Uint32Array;
  /** Edges that leave AS `i`: `leaving[k]` for `k` in `offsets[i] … offsets[i + 1] - 1`, by neighbour ascending. */
  readonly offsets: Uint32Array;
  readonly leaving: Uint32Array;
}

interface TripletTable {
  readonly count: number;
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  /** Distinct paths with it, and those that end with it. */
  readonly paths: Uint32Array;
  readonly ends: Uint32Array;
  /** Triplets whose second edge is `e`: `bySecond[k]` for `k` in `secondOffsets[e] … secondOffsets[e + 1] - 1`. */
  readonly secondOffsets: Uint32Array;
  readonly bySecond: Uint32Array;
  /** The same by their first edge. */
  readonly firstOffsets: Uint32Array;
  readonly byFirst: Uint32Array;
}

export const edgeFrom = ({ a, b }: EdgeTable, edge: number): number => (edge & 1 ? b : a)[edge >> 1]!;
export const edgeTo = ({ a, b }: EdgeTable, edge: number): number => (edge & 1 ? a : b)[edge >> 1]!;
const reversed = (edge: number): number => edge ^ 1;

/** Links, triplets, degrees and the order of ASes. */
export function* indexPaths(paths: CleanPaths): Sliced<PathIndex> {
  const asCount = paths.asns.length;
  const pairs = new PairTable(asCount * 4);
  const triples = new PairTable(paths.count * 2);
  const edgeOf = new Uint32Array(paths.hops.length);
  for (let path = 0; path < paths.count; path += 1) {
    if (path % itemsASlice === 0) yield 'collecting links';
    const last = paths.offsets[path + 1]! - 1;
    let before = -1;
    for (let at = paths.offsets[path]!; at < last; at += 1) {
      const x = paths.hops[at]!;
      const y = paths.hops[at + 1]!;
      const edge = x < y ? pairs.add(x, y) * 2 : pairs.add(y, x) * 2 + 1;
      edgeOf[at] = edge;
      if (before >= 0) triples.add(before, edge, at + 1 === last ? 1 : 0);
      before = edge;
    }
  }
  yield 'sorting links';
  const { edges, place } = sortLinks(asCount, pairs);
  for (let at = 0; at < edgeOf.length; at += 1) edgeOf[at] = place[edgeOf[at]! >> 1]! * 2 + (edgeOf[at]! & 1);
  yield 'sorting triplets';
  const triplets = sortTriplets(edges.count, triples, place);
  yield 'ranking';
  const degree = Uint32Array.from({ length: asCount }, (_, as) => edges.offsets[as + 1]! - edges.offsets[as]!);
  const transitDegree = transitDegrees(asCount, edges, triplets);
  const order = orderOf(transitDegree, degree);
  const rank = new Uint32Array(asCount);
  for (let at = 0; at < asCount; at += 1) rank[order[at]!] = at;
  return { paths, asCount, links: edges, edgeOf, triplets, degree, transitDegree, order, rank };
}

function sortLinks(asCount: number, pairs: PairTable): { edges: EdgeTable; place: Uint32Array } {
  const { count } = pairs;
  const keys = new Float64Array(count);
  for (let link = 0; link < count; link += 1) keys[link] = pairs.left[link]! * asCount + pairs.right[link]!;
  const sorted = keys.slice().sort();
  const [a, b, paths] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)];
  const place = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) {
    a[at] = Math.floor(sorted[at]! / asCount);
    b[at] = sorted[at]! - a[at]! * asCount;
    const link = pairs.find(a[at]!, b[at]!);
    place[link] = at;
    paths[at] = pairs.times[link]!;
  }
  const offsets = new Uint32Array(asCount + 1);
  for (let link = 0; link < count; link += 1) {
    offsets[a[link]! + 1]! += 1;
    offsets[b[link]! + 1]! += 1;
  }
  for (let as = 0; as < asCount; as += 1) offsets[as + 1]! += offsets[as]!;
  // Smaller neighbours first: in the order of the links an AS meets them as `b`, before any where it is `a`.
  const next = offsets.slice();
  const leaving = new Uint32Array(2 * count);
  for (let link = 0; link < count; link += 1) leaving[next[b[link]!]!++] = link * 2 + 1;
  for (let link = 0; link < count; link += 1) leaving[next[a[link]!]!++] = link * 2;
  return { edges: { count, a, b, paths, offsets, leaving }, place };
}

function sortTriplets(linkCount: number, triples: PairTable, place: Uint32Array): TripletTable {
  const { count } = triples;
  const edge = (old: number): number => place[old >> 1]! * 2 + (old & 1);
  const first = triples.left.slice(0, count).map(edge);
  const second = triples.right.slice(0, count).map(edge);
  const [firstOffsets, byFirst] = grouped(first, linkCount * 2);
  const [secondOffsets, bySecond] = grouped(second, linkCount * 2);
  const paths = triples.times.slice(0, count);
  const ends = triples.marks.slice(0, count);
  return { count, first, second, paths, ends, secondOffsets, bySecond, firstOffsets, byFirst };
}

/** As {@link grouped}, in slices: for all hops of all paths. */
export function* groupedInSlices(
  keys: Uint32Array,
  keyCount: number,
): Sliced<[offsets: Uint32Array, members: Uint32Array]> {
  const offsets = new Uint32Array(keyCount + 1);
  for (let at = 0; at < keys.length; at += 1) {
    if (at % keysASlice === 0) yield 'grouping';
    offsets[keys[at]! + 1]! += 1;
  }
  for (let key = 0; key < keyCount; key += 1) offsets[key + 1]! += offsets[key]!;
  const next = offsets.slice();
  const members = new Uint32Array(keys.length);
  for (let at = 0; at < keys.length; at += 1) {
    if (at % keysASlice === 0) yield 'grouping';
    members[next[keys[at]!]!++] = at;
  }
  return [offsets, members];
}

const keysASlice = 1 << 16;

/** Indexes by key: offsets and members, a counting sort. */
export function grouped(keys: Uint32Array, keyCount: number): [offsets: Uint32Array, members: Uint32Array] {
  const offsets = new Uint32Array(keyCount + 1);
  for (const key of keys) offsets[key + 1]! += 1;
  for (let key = 0; key < keyCount; key += 1) offsets[key + 1]! += offsets[key]!;
  const next = offsets.slice();
  const members = new Uint32Array(keys.length);
  for (let at = 0; at < keys.length; at += 1) members[next[keys[at]!]!++] = at;
  return [offsets, members];
}

function transitDegrees(asCount: number, edges: EdgeTable, { count, first, second }: TripletTable): Uint32Array {
  const isCarried = new Uint8Array(edges.count * 2);
  for (let triplet = 0; triplet < count; triplet += 1) {
    isCarried[reversed(first[triplet]!)] = 1;
    isCarried[second[triplet]!] = 1;
  }
  const degrees = new Uint32Array(asCount);
  for (let edge = 0; edge < isCarried.length; edge += 1) {
    if (isCarried[edge] === 1) degrees[edgeFrom(edges, edge)]! += 1;
  }
  return degrees;
}

function orderOf(transitDegree: Uint32Array, degree: Uint32Array): Uint32Array {
  const order = Uint32Array.from(degree, (_, as) => as);
  return order.sort((x, y) => transitDegree[y]! - transitDegree[x]! || degree[y]! - degree[x]! || x - y);
}
