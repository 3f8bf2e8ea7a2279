import { type Random, seededRandom } from '#core';
import { PathSet } from '../relationships/path-set.ts';
import { itemsASlice, runAtOnce, runSliced, type Sliced, type SliceOptions } from '../relationships/slices.ts';
import type { RouteTable, VantagePoint } from '../routes/route-table.ts';
import { PathNoise, type PathNoiseOptions } from './path-noise.ts';
import { PrefixPlan, prefixCount, prefixLength } from './prefix-plan.ts';
import { Routing, routeKinds } from './routing.ts';
import type { Topology } from './topology.ts';
import type { Observer } from './vantage-points.ts';

export interface ObserveOptions extends SliceOptions {
  readonly seed: number;
  /** Prepends, leaks, poison and the like. Default: none. */
  readonly noise?: PathNoiseOptions;
  /** Share of origins with several providers that announce some prefixes to one of them only. Default 0.3. */
  readonly engineeredShare?: number;
  /** Origins whose routes are worked out, as indexes. Default: all. */
  readonly origins?: Iterable<number>;
}

/**
 * The routing table that a collector with these vantage points would have: every origin's prefixes, the best path of
 * each vantage point, IPv4. Works in slices.
 * @throws NetwrightError `NW_CANCELLED` when the signal is aborted.
 */
export async function observe(
  topology: Topology,
  observers: readonly Observer[],
  options: ObserveOptions,
): Promise<RouteTable> {
  return await runSliced(collect(topology, observers, options), options);
}

function* collect(topology: Topology, observers: readonly Observer[], options: ObserveOptions): Sliced<RouteTable> {
  const random = seededRandom(options.seed);
  const noise = new PathNoise(topology, options.noise ?? {}, options.seed);
  const routing = new Routing(topology, [...observers.map(({ as }) => as), ...noise.leakers], options.seed);
  noise.learn(routing, observers);
  const table = new GrowingTable();
  const plan = new PrefixPlan();
  const hops = new Uint32Array(1024);
  const origins = options.origins ?? topology.asns.keys();
  let done = 0;
  for (const origin of origins) {
    if (done % 16 === 0) yield 'routing';
    done += 1;
    for (const { announces, prefixes } of announcements(topology, origin, options.engineeredShare ?? 0.3, random)) {
      yield* table.makeRoom(observers.length);
      routing.routeTo(origin, announces);
      const first = table.prefixCount;
      for (let nth = 0; nth < prefixes; nth += 1) {
        const length = prefixLength(random);
        table.addPrefix(plan.take(length), length);
      }
      observers.forEach(({ as, isFull }, peer) => {
        if (!isFull && routeKinds[routing.kindOf(as)] !== 'customer') return;
        const end = routing.writePath(as, hops, 0);
        if (end === 0) return;
        const path = table.addPath(noise.apply(hops, end, routing, peer), prefixes);
        for (let nth = 0; nth < prefixes; nth += 1) table.addRoute(first + nth, path, peer);
      });
    }
  }
  yield 'finishing';
  return yield* table.finish(observers.map(({ as }, at) => vantagePoint(topology.asns[as]!, at)));
}

interface Announcement {
  readonly announces: (provider: number) => boolean;
  readonly prefixes: number;
}

/** How an origin announces its prefixes: alike, or some of them to one provider only. */
function announcements(
  { providers, customers }: Topology,
  origin: number,
  share: number,
  random: Random,
): Announcement[] {
  const sellers = providers.members.subarray(providers.offsets[origin], providers.offsets[origin + 1]);
  const prefixes = prefixCount(customers.offsets[origin + 1]! - customers.offsets[origin]!, random);
  const toAll = { announces: () => true, prefixes };
  if (sellers.length < 2 || random() >= share) return [toAll];
  return [toAll, ...Array.from(sellers, (one) => ({ announces: (as: number) => as === one, prefixes: 1 }))];
}

const vantagePoint = (asn: number, at: number): VantagePoint => ({
  asn,
  // RFC 5737 has too few addresses; the benchmark network of RFC 2544 is nobody's either.
  address: `198.18.${at >> 8}.${at & 255}`,
  collector: 'simulated',
});

/** Room that a path is given beforehand; longer ones get theirs when they come. */
const usualHops = 16;

/** Columns that double as they fill. */
class GrowingTable {
  #words = new Uint32Array(1 << 12);
  #lengths = new Uint8Array(1 << 12);
  #hops = new Uint32Array(1 << 16);
  #offsets = new Uint32Array(1 << 14);
  #pathRoutes = new Uint32Array(1 << 14);
  #routes = new Uint32Array(3 << 14);
  #set = new PathSet(this.#hops, this.#offsets, 1 << 13);
  #pathCount = 0;
  #routeCount = 0;
  prefixCount = 0;

  addPrefix(first: number, length: number): void {
    if (this.prefixCount === this.#words.length) {
      this.#words = doubled(this.#words);
      const lengths = new Uint8Array(this.#lengths.length * 2);
      lengths.set(this.#lengths);
      this.#lengths = lengths;
    }
    this.#words[this.prefixCount] = first;
    this.#lengths[this.prefixCount] = length;
    this.prefixCount += 1;
  }

  /** A path of AS numbers; returns its number. */
  addPath(asns: ArrayLike<number>, routes: number): number {
    const start = this.#offsets[this.#pathCount]!;
    if (this.#pathCount + 2 > this.#offsets.length || start + asns.length > this.#hops.length) this.#grow();
    for (let at = 0; at < asns.length; at += 1) this.#hops[start + at] = asns[at]!;
    const path = this.#set.add(this.#pathCount, start, start + asns.length);
    if (path === this.#pathCount) {
      this.#pathCount += 1;
      this.#offsets[this.#pathCount] = start + asns.length;
    }
    this.#pathRoutes[path]! += routes;
    return path;
  }

  addRoute(prefix: number, path: number, peer: number): void {
    if (this.#routeCount * 3 + 3 > this.#routes.length) this.#routes = doubled(this.#routes);
    this.#routes.set([prefix, path, peer], this.#routeCount * 3);
    this.#routeCount += 1;
  }

  *finish(peers: readonly VantagePoint[]): Sliced<RouteTable> {
    const routeCount = this.#routeCount;
    const [prefixOf, pathOf, peerOf] = [
      new Uint32Array(routeCount),
      new Uint32Array(routeCount),
      new Uint16Array(routeCount),
    ];
    for (let route = 0; route < routeCount; route += 1) {
      if (route % itemsASlice === 0) yield 'finishing';
      prefixOf[route] = this.#routes[route * 3]!;
      pathOf[route] = this.#routes[route * 3 + 1]!;
      peerOf[route] = this.#routes[route * 3 + 2]!;
    }
    const words = new Uint32Array(this.prefixCount * 4);
    for (let prefix = 0; prefix < this.prefixCount; prefix += 1) words[prefix * 4] = this.#words[prefix]!;
    return {
      routeCount,
      prefixOf,
      pathOf,
      peerOf,
      prefixes: {
        count: this.prefixCount,
        family: new Uint8Array(this.prefixCount).fill(4),
        length: this.#lengths.slice(0, this.prefixCount),
        words,
      },
      paths: {
        count: this.#pathCount,
        offsets: this.#offsets.slice(0, this.#pathCount + 1),
        hops: this.#hops.slice(0, this.#offsets[this.#pathCount]),
        sets: new Map(),
        routes: this.#pathRoutes.slice(0, this.#pathCount),
      },
      peers,
    };
  }

  /** For so many paths of usual length: what is there is entered anew in slices, not in one go when the next comes. */
  *makeRoom(paths: number): Sliced<void> {
    const hops = this.#offsets[this.#pathCount]! + paths * usualHops;
    if (this.#pathCount + paths + 2 <= this.#offsets.length && hops <= this.#hops.length) return;
    yield* this.#growInSlices();
  }

  #grow(): void {
    runAtOnce(this.#growInSlices());
  }

  *#growInSlices(): Sliced<void> {
    this.#hops = doubled(this.#hops);
    this.#offsets = doubled(this.#offsets);
    this.#pathRoutes = doubled(this.#pathRoutes);
    this.#set = new PathSet(this.#hops, this.#offsets, this.#offsets.length);
    for (let path = 0; path < this.#pathCount; path += 1) {
      if (path % itemsASlice === 0) yield 'routing';
      this.#set.add(path, this.#offsets[path]!, this.#offsets[path + 1]!);
    }
  }
}

function doubled(words: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(words.length * 2);
  larger.set(words);
  return larger;
}
