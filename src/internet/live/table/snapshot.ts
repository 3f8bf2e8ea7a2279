import { itemsASlice, type Sliced } from '../../relationships/slices.ts';
import type { PathTable, PrefixTable, RouteTable } from '../../routes/route-table.ts';
import type { LivePeer } from './live-table.ts';
import type { RouteKeys } from './route-keys.ts';

/**
 * Routes of neighbours as columns of their own: only prefixes and paths that are in use, counted anew. Neighbours of
 * the same AS and address, as of the routes before and after a policy, stand for one vantage point.
 */
export function* snapshotOf(
  live: readonly LivePeer[],
  keys: RouteKeys,
  prefixes: PrefixTable,
  paths: PathTable,
): Sliced<RouteTable> {
  const routeCount = live.reduce((sum, { routes }) => sum + routes.count, 0);
  const prefixOf = new Uint32Array(routeCount);
  const pathOf = new Uint32Array(routeCount);
  const peerOf = new Uint16Array(routeCount);
  const prefixUse = new Use(prefixes.count);
  const pathUse = new Use(paths.count);
  const points = new Map<string, number>();
  const peers: RouteTable['peers'][number][] = [];
  let route = 0;
  for (const { asn, address, collector, routes } of live) {
    if (routes.count === 0) continue;
    const name = `${asn} ${address} ${collector}`;
    const peer = points.get(name) ?? peers.push({ asn, address, collector }) - 1;
    points.set(name, peer);
    for (const [firstKey, values] of routes.pages()) {
      yield 'copying routes';
      for (let at = 0; at < values.length; at += 1) {
        const value = values[at]!;
        if (value === 0) continue;
        prefixOf[route] = prefixUse.idOf(keys.prefixOf(firstKey + at));
        pathOf[route] = pathUse.idOf(value - 1);
        peerOf[route] = peer;
        route += 1;
      }
    }
  }
  return {
    routeCount,
    prefixOf,
    pathOf,
    peerOf,
    prefixes: yield* prefixesInUse(prefixes, prefixUse),
    paths: yield* pathsInUse(paths, pathUse),
    peers,
  };
}

/** Numbers anew what is used, in the order in which it is asked for. */
class Use {
  /** One higher; 0: not used. */
  readonly #ids: Uint32Array;
  readonly #old: Uint32Array;
  readonly #uses: Uint32Array;
  #count = 0;

  constructor(size: number) {
    this.#ids = new Uint32Array(size);
    this.#old = new Uint32Array(size);
    this.#uses = new Uint32Array(size);
  }

  idOf(old: number): number {
    let id = this.#ids[old]!;
    if (id === 0) {
      this.#old[this.#count] = old;
      id = ++this.#count;
      this.#ids[old] = id;
    }
    this.#uses[id - 1]! += 1;
    return id - 1;
  }

  /** The old numbers by the new ones. */
  get old(): Uint32Array {
    return this.#old.subarray(0, this.#count);
  }

  get uses(): Uint32Array {
    return this.#uses.slice(0, this.#count);
  }
}

function* prefixesInUse({ family, length, words }: PrefixTable, { old }: Use): Sliced<PrefixTable> {
  const count = old.length;
  const kept = {
    count,
    family: new Uint8Array(count),
    length: new Uint8Array(count),
    words: new Uint32Array(count * 4),
  };
  for (let at = 0; at < count; at += 1) {
    if (at % itemsASlice === 0) yield 'copying prefixes';
    const prefix = old[at]!;
    kept.family[at] = family[prefix]!;
    kept.length[at] = length[prefix]!;
    for (let word = 0; word < 4; word += 1) kept.words[at * 4 + word] = words[prefix * 4 + word]!;
  }
  return kept;
}

function* pathsInUse({ offsets, hops, sets }: PathTable, use: Use): Sliced<PathTable> {
  const { old } = use;
  const kept = new Uint32Array(old.length + 1);
  for (let at = 0; at < old.length; at += 1) {
    kept[at + 1] = kept[at]! + offsets[old[at]! + 1]! - offsets[old[at]!]!;
  }
  const keptHops = new Uint32Array(kept[old.length]!);
  const keptSets = new Map<number, readonly number[]>();
  for (let at = 0; at < old.length; at += 1) {
    if (at % itemsASlice === 0) yield 'copying paths';
    const from = offsets[old[at]!]!;
    const to = kept[at]!;
    for (let hop = kept[at + 1]! - to - 1; hop >= 0; hop -= 1) {
      keptHops[to + hop] = hops[from + hop]!;
      const members = hops[from + hop] === 0 ? sets.get(from + hop) : undefined;
      if (members !== undefined) keptSets.set(to + hop, members);
    }
  }
  return { count: old.length, offsets: kept, hops: keptHops, sets: keptSets, routes: use.uses };
}
