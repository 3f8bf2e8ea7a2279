import { type PathTable, setMark } from '../routes/route-table.ts';
import { PathSet } from './path-set.ts';
import { itemsASlice, type Sliced } from './slices.ts';

/** Why paths were put aside, counted over distinct paths as they came. */
export interface CleaningReport {
  readonly paths: number;
  /** Distinct paths that were left over. */
  readonly kept: number;
  /** An AS_SET: nobody can tell the links within. */
  readonly sets: number;
  /** An AS number that belongs to nobody. */
  readonly reserved: number;
  /** An AS that stands twice with others between: a loop, or poison. */
  readonly loops: number;
  /** Two members of the clique with others between: a leak, or poison. Known only after the clique is. */
  readonly cliqueSeparated: number;
  /** A path of one AS: the vantage point's own routes. */
  readonly single: number;
  /** The same as another one without prepends and route servers. */
  readonly repeated: number;
  /** Hops of route servers that were taken out. */
  readonly routeServerHops: number;
}

/** Distinct paths of AS indexes without prepends, sets, route servers and loops. */
export interface CleanPaths {
  readonly count: number;
  /** Ascending; `hops` are indexes into it. */
  readonly asns: Uint32Array;
  readonly offsets: Uint32Array;
  readonly hops: Uint32Array;
  /** The path of the table that it was first seen as. */
  readonly source: Uint32Array;
  readonly report: CleaningReport;
}

export interface CleaningOptions {
  readonly isReserved: (asn: number) => boolean;
  readonly isRouteServer: (asn: number) => boolean;
}

/** Cleans a table of paths for inference; see {@link CleaningReport} for what is put aside. */
export function* cleanPaths(paths: PathTable, { isReserved, isRouteServer }: CleaningOptions): Sliced<CleanPaths> {
  const ids = new AsnIds(isReserved, isRouteServer);
  const hops = new Uint32Array(paths.hops.length);
  const offsets = new Uint32Array(paths.count + 1);
  const source = new Uint32Array(paths.count);
  const seen = new PathSet(hops, offsets, paths.count);
  const counts = { sets: 0, reserved: 0, loops: 0, single: 0, repeated: 0, routeServerHops: 0 };
  let lastPathWith = new Uint32Array(1024);
  let count = 0;
  let length = 0;
  for (let path = 0; path < paths.count; path += 1) {
    if (path % itemsASlice === 0) yield 'cleaning paths';
    const start = length;
    let fault: 'sets' | 'reserved' | 'loops' | undefined;
    let previous = -1;
    for (let at = paths.offsets[path]!; at < paths.offsets[path + 1]!; at += 1) {
      const asn = paths.hops[at]!;
      if (asn === setMark) {
        fault = 'sets';
        break;
      }
      const id = ids.of(asn);
      if (id === previous) continue;
      if (id === reservedId) {
        fault = 'reserved';
        break;
      }
      if (id === routeServerId) {
        counts.routeServerHops += 1;
        continue;
      }
      if (id >= lastPathWith.length) lastPathWith = grown(lastPathWith, id);
      if (lastPathWith[id] === path + 1) {
        fault = 'loops';
        break;
      }
      lastPathWith[id] = path + 1;
      previous = id;
      hops[length] = id;
      length += 1;
    }
    if (fault !== undefined) counts[fault] += 1;
    else if (length - start < 2) counts.single += 1;
    else if (seen.add(count, start, length) !== count) counts.repeated += 1;
    else {
      source[count] = path;
      count += 1;
      offsets[count] = length;
      continue;
    }
    length = start;
  }
  const asns = yield* renumber(ids.asns(), hops.subarray(0, length));
  return {
    count,
    asns,
    offsets: offsets.slice(0, count + 1),
    hops: hops.slice(0, length),
    source: source.slice(0, count),
    report: { paths: paths.count, kept: count, cliqueSeparated: 0, ...counts },
  };
}

/** The paths for which a test holds. */
export function* selectPaths(paths: CleanPaths, keep: Uint8Array): Sliced<CleanPaths> {
  const offsets = new Uint32Array(paths.count + 1);
  const hops = new Uint32Array(paths.hops.length);
  const source = new Uint32Array(paths.count);
  let count = 0;
  let length = 0;
  for (let path = 0; path < paths.count; path += 1) {
    if (path % itemsASlice === 0) yield 'selecting paths';
    if (keep[path] === 0) continue;
    hops.set(paths.hops.subarray(paths.offsets[path], paths.offsets[path + 1]), length);
    length += paths.offsets[path + 1]! - paths.offsets[path]!;
    source[count] = paths.source[path]!;
    count += 1;
    offsets[count] = length;
  }
  return {
    ...paths,
    count,
    offsets: offsets.slice(0, count + 1),
    hops: hops.slice(0, length),
    source: source.slice(0, count),
    report: { ...paths.report, kept: count, cliqueSeparated: paths.count - count },
  };
}

const reservedId = 0xffffffff;
const routeServerId = 0xfffffffe;

/** AS numbers to small numbers in the order of their first appearance; what never becomes a node has an id of its own. */
class AsnIds {
  #keys = new Uint32Array(1 << 14);
  #values = new Uint32Array(1 << 14);
  #used = 0;
  readonly #asns: number[] = [];
  readonly #isReserved: (asn: number) => boolean;
  readonly #isRouteServer: (asn: number) => boolean;

  constructor(isReserved: (asn: number) => boolean, isRouteServer: (asn: number) => boolean) {
    this.#isReserved = isReserved;
    this.#isRouteServer = isRouteServer;
  }

  of(asn: number): number {
    const mask = this.#keys.length - 1;
    let slot = (Math.imul(asn, 0x9e3779b1) >>> 8) & mask;
    for (; this.#keys[slot] !== 0; slot = (slot + 1) & mask) if (this.#keys[slot] === asn) return this.#values[slot]!;
    const id = this.#isReserved(asn) ? reservedId : this.#isRouteServer(asn) ? routeServerId : this.#asns.length;
    if (id < routeServerId) this.#asns.push(asn);
    this.#keys[slot] = asn;
    this.#values[slot] = id;
    this.#used += 1;
    if (this.#used * 2 > this.#keys.length) this.#grow();
    return id;
  }

  asns(): Uint32Array {
    return Uint32Array.from(this.#asns);
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Uint32Array(keys.length * 2);
    this.#values = new Uint32Array(keys.length * 2);
    const mask = this.#keys.length - 1;
    for (let at = 0; at < keys.length; at += 1) {
      if (keys[at] === 0) continue;
      let slot = (Math.imul(keys[at]!, 0x9e3779b1) >>> 8) & mask;
      while (this.#keys[slot] !== 0) slot = (slot + 1) & mask;
      this.#keys[slot] = keys[at]!;
      this.#values[slot] = values[at]!;
    }
  }
}

/** Numbers the hops by the ascending order of AS numbers; returns that order. Those in no kept path fall away. */
function* renumber(asns: Uint32Array, hops: Uint32Array): Sliced<Uint32Array> {
  const isUsed = new Uint8Array(asns.length);
  yield 'numbering';
  for (let at = 0; at < hops.length; at += 1) isUsed[hops[at]!] = 1;
  yield 'numbering';
  const sorted = asns.filter((_, id) => isUsed[id] === 1).sort();
  const place = new Map<number, number>();
  sorted.forEach((asn, at) => {
    place.set(asn, at);
  });
  const numbers = Uint32Array.from(asns, (asn) => place.get(asn) ?? 0);
  for (let at = 0; at < hops.length; at += 1) {
    if (at % hopsASlice === 0) yield 'numbering';
    hops[at] = numbers[hops[at]!]!;
  }
  return sorted;
}

/** A hop takes nanoseconds. */
const hopsASlice = 1 << 18;

function grown(words: Uint32Array<ArrayBuffer>, index: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(words.length * 2, index + 1));
  larger.set(words);
  return larger;
}
