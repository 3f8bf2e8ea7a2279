import type { MrtRoute } from '../../mrt/mrt-route.ts';
import { itemsASlice, type Sliced } from '../../relationships/slices.ts';
import { PathInterner } from '../../routes/path-interner.ts';
import type { ParsedPath } from '../../routes/path-text.ts';
import { PrefixInterner } from '../../routes/prefix-interner.ts';
import type { ParsedPrefix } from '../../routes/prefix-parser.ts';
import { anyAddress, type RouteTable, type VantagePoint } from '../../routes/route-table.ts';
import { PagedColumn } from './paged-column.ts';
import { RouteKeys } from './route-keys.ts';
import { snapshotOf } from './snapshot.ts';

/** A neighbour whose routes are in the table. */
export interface LivePeer extends VantagePoint {
  /** Told since when the routes are no longer heard; undefined while they are. In milliseconds since 1970. */
  lostMs: number | undefined;
  /** By route key the path. */
  readonly routes: PagedColumn;
  /** Read from a file: the first neighbour that is heard at this AS and address takes the routes over. */
  isFromFile: boolean;
  /** How many routes it may have. */
  readonly mostRoutes: number;
  /** Announcements that found the table full. */
  refused: number;
}

/** An AS with which the path is to begin, or is not to begin, whatever the message has. */
export interface FirstAs {
  readonly asn: number;
  readonly isThere: boolean;
}

export interface LiveTableOptions {
  /** Routes of all neighbours together. Default 60 million: with ten of a prefix, about 600 MB. */
  readonly mostRoutes?: number;
}

const newPeer = { lostMs: undefined, mostRoutes: Number.POSITIVE_INFINITY, refused: 0 };

/** Garbage that is worth collecting: less than so many paths are not. */
const fewPaths = 1 << 18;
/** A table has sixteen bits for a vantage point. */
const mostPeers = 65_536;

/**
 * The routes that neighbours have now, by neighbour, prefix and path identifier. Four bytes a route, in typed arrays;
 * prefixes and paths are there once. What was withdrawn or replaced leaves its path behind until {@link needsSweep}.
 */
export class LiveTable {
  readonly #mostRoutes: number;
  #prefixes = new PrefixInterner();
  #paths = new PathInterner();
  #keys = new RouteKeys();
  readonly #peers = new Set<LivePeer>();
  #routeCount = 0;
  /** Paths and keys that were there after the last sweep. */
  #sweptPaths = 0;
  #sweptKeys = 0;
  /** Changes with every route that comes or goes. */
  #changes = 0;

  constructor({ mostRoutes = 60_000_000 }: LiveTableOptions = {}) {
    this.#mostRoutes = mostRoutes;
  }

  get routeCount(): number {
    return this.#routeCount;
  }

  get changes(): number {
    return this.#changes;
  }

  get peers(): ReadonlySet<LivePeer> {
    return this.#peers;
  }

  /**
   * A neighbour from which routes will come; undefined when there are as many as can be told apart. Where a file had
   * routes of the same AS and address, they are its routes.
   */
  addPeer(from: VantagePoint, mostRoutes = Number.POSITIVE_INFINITY): LivePeer | undefined {
    const known = this.#fromFile(from.asn, from.address) ?? this.#fromFile(from.asn, anyAddress);
    if (known !== undefined) this.#peers.delete(known);
    if (this.#peers.size >= mostPeers) return undefined;
    const peer = {
      ...(known ?? newPeer),
      ...from,
      routes: known?.routes ?? new PagedColumn(),
      mostRoutes,
      isFromFile: false,
    };
    this.#peers.add(peer);
    return peer;
  }

  /** A neighbour that a file has routes of; the same where several files have. */
  addFilePeer(from: VantagePoint): LivePeer | undefined {
    const known = this.#fromFile(from.asn, from.address);
    if (known !== undefined || this.#peers.size >= mostPeers) return known;
    const peer = { ...newPeer, ...from, routes: new PagedColumn(), isFromFile: true };
    this.#peers.add(peer);
    return peer;
  }

  /** False when the AS path cannot be read, or the table is full. */
  announce(peer: LivePeer, route: MrtRoute, first?: FirstAs): boolean {
    const path = this.#pathOf(route, first);
    if (path < 0) return false;
    return this.#set(peer, this.#key(route, route.hasPathId ? route.pathId : 0), path);
  }

  /** The same of a route that came as text. */
  announceParsed(peer: LivePeer, prefix: ParsedPrefix, { hops, sets }: ParsedPath): boolean {
    return this.#set(peer, this.#key(prefix, 0), this.#paths.ofHops(hops, sets));
  }

  withdraw(peer: LivePeer, route: MrtRoute): void {
    this.#delete(peer, this.#key(route, route.hasPathId ? route.pathId : 0));
  }

  withdrawParsed(peer: LivePeer, prefix: ParsedPrefix): void {
    this.#delete(peer, this.#key(prefix, 0));
  }

  /** All routes of a neighbour go; it stays. */
  clear(peer: LivePeer): void {
    this.#routeCount -= peer.routes.count;
    if (peer.routes.count > 0) this.#changes += 1;
    peer.routes.clear();
  }

  remove(peer: LivePeer): void {
    this.clear(peer);
    this.#peers.delete(peer);
  }

  /**
   * Adds routes of files. A vantage point with several routes to one prefix had ADD-PATH: they are numbered as they come.
   */
  *load(table: RouteTable): Sliced<void> {
    const { prefixes, paths, prefixOf, pathOf, peerOf, routeCount } = table;
    const peers = table.peers.map((peer) => this.addFilePeer(peer));
    const prefixIds = new Uint32Array(prefixes.count);
    for (let prefix = 0; prefix < prefixes.count; prefix += 1) {
      if (prefix % itemsASlice === 0) yield 'loading prefixes';
      const words = prefixes.words.subarray(prefix * 4, prefix * 4 + 4);
      prefixIds[prefix] = this.#prefixes.intern(prefixes.family[prefix]!, prefixes.length[prefix]!, words);
    }
    const pathIds = new Uint32Array(paths.count);
    for (let path = 0; path < paths.count; path += 1) {
      if (path % itemsASlice === 0) yield 'loading paths';
      pathIds[path] = this.#paths.ofTable(paths, path);
    }
    for (let route = 0; route < routeCount; route += 1) {
      if (route % itemsASlice === 0) yield 'loading routes';
      const peer = peers[peerOf[route]!];
      if (peer === undefined) continue;
      const prefix = prefixIds[prefixOf[route]!]!;
      let pathId = 0;
      let key = this.#keys.intern(prefix, pathId);
      while (peer.routes.get(key) >= 0) key = this.#keys.intern(prefix, ++pathId);
      this.#set(peer, key, pathIds[pathOf[route]!]!);
    }
  }

  /** The table as it is, without what nobody uses any more. Nothing may change it meanwhile. */
  *snapshot(): Sliced<RouteTable> {
    return yield* snapshotOf([...this.#peers], this.#keys, this.#prefixes.table(), this.#paths.table());
  }

  /** More than half of the paths, or of the keys, are perhaps of routes that are gone. */
  get needsSweep(): boolean {
    return this.#paths.count > this.#sweptPaths * 2 + fewPaths || this.#keys.count > this.#sweptKeys * 2 + fewPaths * 4;
  }

  /** Gives free what routes that are gone have left behind. Nothing may change the table meanwhile. */
  *sweep(): Sliced<void> {
    const prefixes = new PrefixInterner();
    const paths = new PathInterner();
    const keys = new RouteKeys();
    const old = { keys: this.#keys, prefixes: this.#prefixes.table(), paths: this.#paths.table() };
    const prefixIds = new Int32Array(old.prefixes.count).fill(-1);
    const pathIds = new Int32Array(old.paths.count).fill(-1);
    this.#paths = paths;
    for (const peer of this.#peers) {
      const kept: [firstKey: number, values: Uint32Array][] = [...peer.routes.pages()].map(([key, page]) => [
        key,
        page,
      ]);
      peer.routes.clear();
      for (const [firstKey, values] of kept) {
        yield 'sweeping';
        for (const [at, value] of values.entries()) {
          if (value === 0) continue;
          const key = firstKey + at;
          const prefix = old.keys.prefixOf(key);
          let id = prefixIds[prefix]!;
          if (id < 0) {
            const words = old.prefixes.words.subarray(prefix * 4, prefix * 4 + 4);
            id = prefixes.intern(old.prefixes.family[prefix]!, old.prefixes.length[prefix]!, words);
            prefixIds[prefix] = id;
          }
          let path = pathIds[value - 1]!;
          if (path < 0) {
            path = paths.ofTable(old.paths, value - 1);
            pathIds[value - 1] = path;
          }
          peer.routes.set(keys.intern(id, old.keys.pathIdOf(key)), path);
        }
      }
    }
    this.#prefixes = prefixes;
    this.#keys = keys;
    this.#sweptPaths = paths.count;
    this.#sweptKeys = keys.count;
  }

  #pathOf(route: MrtRoute, first: FirstAs | undefined): number {
    if (first === undefined) return this.#paths.ofRoute(route);
    return first.isThere ? this.#paths.ofRouteAfter(first.asn, route) : this.#paths.ofRouteBehind(first.asn, route);
  }

  #fromFile(asn: number, address: string): LivePeer | undefined {
    for (const peer of this.#peers) if (peer.isFromFile && peer.asn === asn && peer.address === address) return peer;
    return undefined;
  }

  #key({ family, length, words }: ParsedPrefix, pathId: number): number {
    return this.#keys.intern(this.#prefixes.intern(family, length, words), pathId);
  }

  #set(peer: LivePeer, key: number, path: number): boolean {
    const { routes } = peer;
    const isFull = this.#routeCount >= this.#mostRoutes || routes.count >= peer.mostRoutes;
    if (isFull && routes.get(key) < 0) {
      peer.refused += 1;
      return false;
    }
    if (routes.set(key, path)) this.#routeCount += 1;
    this.#changes += 1;
    return true;
  }

  #delete(peer: LivePeer, key: number): void {
    if (!peer.routes.delete(key)) return;
    this.#routeCount -= 1;
    this.#changes += 1;
  }
}
