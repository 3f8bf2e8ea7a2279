import type { PrefixOrigins } from '../graph/atlas.ts';
import { countingOrder, identityOrder } from '../graph/counting-order.ts';
import { orderInSlices } from '../graph/prefix-order.ts';
import { itemsASlice, type Sliced } from '../relationships/slices.ts';
import { type RouteTable, setMark } from '../routes/route-table.ts';
import { type AddressRange, prefixesOf } from './address-ranges.ts';
import { GrowingWords } from './growing-column.ts';

/** Prefixes with their origins, and the distinct paths to each. */
export interface RoutedPrefixes {
  readonly prefixes: PrefixOrigins;
  readonly ofPrefix: { readonly offsets: Uint32Array; readonly pathIds: Uint32Array };
}

/**
 * Who originates what, by routes. A default route belongs to nobody and is left out; an AS_SET at the end of a path
 * makes all its members origins.
 */
export function* originsOfRoutes(routes: RouteTable): Sliced<RoutedPrefixes> {
  const { prefixes, paths, prefixOf, pathOf, peerOf } = routes;
  const { order, count4 } = yield* orderInSlices(prefixes);
  const kept = order.filter((id) => prefixes.length[id] !== 0);
  const byPrefix = countingOrder(prefixOf, identityOrder(routes.routeCount), prefixes.count);
  const starts = startsOf(prefixOf, routes.routeCount, prefixes.count);
  yield 'grouping routes by prefix';
  const table = new OriginColumns(kept.length);
  const pathIds = new GrowingWords();
  const pathOffsets = new Uint32Array(kept.length + 1);
  for (const [at, id] of kept.entries()) {
    if (at % itemsASlice === 0) yield 'finding origins';
    const mine = byPrefix.subarray(starts[id], starts[id + 1]);
    const seen: [origin: number, peer: number][] = [];
    const ids: number[] = [];
    for (const route of mine) {
      const path = pathOf[route]!;
      ids.push(path);
      const end = paths.offsets[path + 1]!;
      if (end === paths.offsets[path]) continue;
      const last = paths.hops[end - 1]!;
      const origins = last === setMark ? (paths.sets.get(end - 1) ?? []) : [last];
      for (const origin of origins) seen.push([origin, peerOf[route]!]);
    }
    for (const path of distinct(ids)) pathIds.push(path);
    pathOffsets[at + 1] = pathIds.length;
    table.add(prefixes.length[id]!, prefixes.words.subarray(id * 4, id * 4 + 4), countPeers(seen));
  }
  let defaults = 0;
  for (let at = 0; at < count4; at += 1) if (prefixes.length[order[at]!] === 0) defaults += 1;
  return {
    prefixes: table.done(count4 - defaults),
    ofPrefix: { offsets: pathOffsets, pathIds: pathIds.done() },
  };
}

/** The same from a list of ranges: nobody tells who sees them. */
export function* originsOfRanges(ranges: readonly AddressRange[]): Sliced<PrefixOrigins> {
  const words = new GrowingWords();
  const lengths = new GrowingWords();
  const families = new GrowingWords();
  const asns = new GrowingWords();
  for (const [at, range] of ranges.entries()) {
    if (at % itemsASlice === 0) yield 'cutting ranges into prefixes';
    for (const prefix of prefixesOf(range)) {
      for (const word of prefix.words) words.push(word);
      lengths.push(prefix.length);
      families.push(range.family);
      asns.push(range.asn ?? 0);
    }
  }
  const [flat, length, asn] = [words.done(), lengths.done(), asns.done()];
  yield 'sorting prefixes';
  const { order, count4 } = yield* orderInSlices({
    count: length.length,
    family: families.done(),
    length,
    words: flat,
  });
  const table = new OriginColumns(length.length);
  for (let at = 0; at < order.length; at += 1) {
    if (at % itemsASlice === 0) yield 'finding origins';
    const row = order[at]!;
    table.add(length[row]!, flat.subarray(row * 4, row * 4 + 4), asn[row] === 0 ? [] : [[asn[row]!, 0]]);
  }
  return table.done(count4);
}

class OriginColumns {
  readonly #length: Uint8Array;
  readonly #words: Uint32Array;
  readonly #offsets: Uint32Array;
  readonly #origins = new GrowingWords();
  readonly #seenBy = new GrowingWords();
  #count = 0;

  constructor(size: number) {
    this.#length = new Uint8Array(size);
    this.#words = new Uint32Array(size * 4);
    this.#offsets = new Uint32Array(size + 1);
  }

  add(length: number, words: ArrayLike<number>, origins: readonly (readonly [asn: number, seenBy: number])[]): void {
    this.#length[this.#count] = length;
    this.#words.set(words, this.#count * 4);
    for (const [asn, seenBy] of origins) {
      this.#origins.push(asn);
      this.#seenBy.push(Math.min(seenBy, 0xffff));
    }
    this.#count += 1;
    this.#offsets[this.#count] = this.#origins.length;
  }

  done(count4: number): PrefixOrigins {
    return {
      count: this.#count,
      count4,
      length: this.#length,
      words: this.#words,
      offsets: this.#offsets,
      origins: this.#origins.done(),
      seenBy: Uint16Array.from(this.#seenBy.done()),
    };
  }
}

/** Origins with how many different vantage points see them, the most seen first. */
function countPeers(
  seen: readonly (readonly [origin: number, peer: number])[],
): readonly (readonly [number, number])[] {
  const peers = new Map<number, Set<number>>();
  for (const [origin, peer] of seen) {
    const known = peers.get(origin);
    if (known === undefined) peers.set(origin, new Set([peer]));
    else known.add(peer);
  }
  return Array.from(peers, ([origin, of]) => [origin, of.size] as const).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

const distinct = (ids: readonly number[]): readonly number[] => [...new Set(ids)].sort((a, b) => a - b);

function startsOf(keys: Uint32Array, count: number, keyCount: number): Uint32Array {
  const starts = new Uint32Array(keyCount + 1);
  for (let at = 0; at < count; at += 1) starts[keys[at]! + 1]! += 1;
  for (let key = 0; key < keyCount; key += 1) starts[key + 1]! += starts[key]!;
  return starts;
}
