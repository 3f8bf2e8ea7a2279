/**
 * Routes of one or many dumps, in columns: one number a field and route, no object a route. Thirty million of them fit
 * into half a gigabyte, and a pass over a column runs at the speed of memory.
 */
export interface RouteTable {
  readonly routeCount: number;
  /** For each route the id of its prefix, its path and its vantage point. */
  readonly prefixOf: Uint32Array;
  readonly pathOf: Uint32Array;
  readonly peerOf: Uint16Array;
  readonly prefixes: PrefixTable;
  readonly paths: PathTable;
  readonly peers: readonly VantagePoint[];
}

/** Every prefix once, in the order first seen. */
export interface PrefixTable {
  readonly count: number;
  /** 4 or 6. */
  readonly family: Uint8Array;
  /** Mask length. */
  readonly length: Uint8Array;
  /** Four words an entry, network order; IPv4 in the first. Bits behind the mask are zero. */
  readonly words: Uint32Array;
}

/** Every distinct AS path once, as it stood: prepends kept, vantage point first, origin last. */
export interface PathTable {
  readonly count: number;
  /** `count + 1` entries: path `i` is `hops[offsets[i]] … hops[offsets[i + 1] - 1]`. */
  readonly offsets: Uint32Array;
  /** AS numbers. An AS_SET stands as {@link setMark} and is listed in `sets`; confederation segments are left out. */
  readonly hops: Uint32Array;
  /** The members of AS_SETs, by index into `hops`. */
  readonly sets: ReadonlyMap<number, readonly number[]>;
  /** How many routes have the path. */
  readonly routes: Uint32Array;
}

/** Stands in `hops` for an AS_SET; AS 0 itself never appears in a path (RFC 7607). */
export const setMark = 0;

/** Stands for the address of a neighbour where only its AS is known. */
export const anyAddress = '0.0.0.0';

export interface VantagePoint {
  readonly asn: number;
  /** RFC 5952 text. */
  readonly address: string;
  /** Where it was collected: file or collector name. */
  readonly collector: string;
}
