import type { RouteTable } from '../routes/route-table.ts';
import type { AsGraph } from './as-graph.ts';
import type { Registry } from './registry.ts';

/** All that is known of the internet at one time: what a graph file holds. */
export interface Atlas {
  readonly graph: AsGraph;
  readonly registry: Registry;
  readonly cones: ConeSizes;
  /** Counted when the graph was built; else on the first question. */
  readonly counts?: NeighbourCounts;
  readonly singlePoints?: SinglePoints;
  /** By AS index a place in `roles`: concluded when the graph was built; else on the first question. */
  readonly roles?: Uint8Array;
  /** What passes over the links; undefined where no paths were read. */
  readonly flows?: Flows;
  readonly prefixes?: PrefixOrigins;
  /** How many prefixes each AS originates; with `prefixes`. */
  readonly originated?: Originated;
  /** The paths that were read, for evidence; with `pathsOfPrefix` where routes were kept. */
  readonly paths?: SeenPaths;
  readonly vrps?: VrpTable;
  /** Where IPv4 addresses are registered, or used; undefined where no source told. */
  readonly addresses?: AddressCountries;
  readonly sources: readonly SourceNote[];
  /** Of the newest source, in milliseconds since 1970; 0 where none tells. */
  readonly timeMs: number;
}

/** By AS index: how many ASes are in the customer cone, itself included. */
export interface ConeSizes {
  readonly recursive: Uint32Array;
  /** Seen in paths below a link to a customer; undefined without paths. */
  readonly observed?: Uint32Array;
  /** Of these, only in paths that enter from a provider or peer (CAIDA's PPDC). */
  readonly providerPeerObserved?: Uint32Array;
}

/** Neighbours of every AS by what they are to it; by AS index. */
export interface NeighbourCounts {
  readonly providers: Uint32Array;
  readonly customers: Uint32Array;
  readonly peers: Uint32Array;
  readonly siblings: Uint32Array;
  readonly unknown: Uint32Array;
}

/** Who hangs on whom: without this one AS there is no way up to the top of the internet. */
export interface SinglePoints {
  /** By AS index the nearest AS that all ways up lead through; 0xffffffff where there is none. */
  readonly above: Uint32Array;
  /** By AS index whether there is a way up at all. */
  readonly isConnected: Uint8Array;
}

/**
 * How much of what was seen goes where. A link has two entries: `2 * link` for paths that pass `a` and then `b` on the
 * way to their origin, `2 * link + 1` for `b` and then `a`.
 */
export interface Flows {
  readonly paths: Uint32Array;
  /** Distinct prefixes; all zero where routes were not read, only paths. */
  readonly prefixes: Uint32Array;
  /** By AS: distinct paths and prefixes that enter its country at it. */
  readonly entryPaths: Uint32Array;
  readonly entryPrefixes: Uint32Array;
}

/** Prefixes, IPv4 before IPv6, ascending by address and then by length, and who originates them. */
export interface PrefixOrigins {
  readonly count: number;
  /** How many are IPv4: these come first. */
  readonly count4: number;
  readonly length: Uint8Array;
  /** Four words an entry; IPv4 in the first. */
  readonly words: Uint32Array;
  /** Origins of prefix `i`: `offsets[i] … offsets[i + 1] - 1`, the one that most vantage points see first. */
  readonly offsets: Uint32Array;
  /** AS numbers. */
  readonly origins: Uint32Array;
  /** Vantage points that see the prefix with that origin; 0 where it is known from a list. */
  readonly seenBy: Uint16Array;
}

/** By AS index. */
export interface Originated {
  readonly four: Uint32Array;
  readonly six: Uint32Array;
}

export interface SeenPaths {
  readonly table: RouteTable['paths'];
  /** `pathIds[offsets[i]] … ` are the distinct paths of prefix `i` of {@link PrefixOrigins}. */
  readonly ofPrefix?: { readonly offsets: Uint32Array; readonly pathIds: Uint32Array };
  /** Three a link (see `Inference.examples`), 0xffffffff where there are fewer. */
  readonly examples?: Uint32Array;
}

/** Ranges of IPv4 addresses, ascending, none inside another. */
export interface AddressCountries {
  readonly first: Uint32Array;
  readonly last: Uint32Array;
  /** Two letters: `'EG'` as `0x4547`. */
  readonly country: Uint16Array;
}

/** Validated ROA payloads in the order of {@link PrefixOrigins}. */
export interface VrpTable {
  readonly count: number;
  readonly count4: number;
  readonly length: Uint8Array;
  readonly words: Uint32Array;
  readonly maxLength: Uint8Array;
  readonly asn: Uint32Array;
}

/** What was read, and what is to be said of it. */
export interface SourceNote {
  readonly name: string;
  /** `as-rel`, `routes`, `delegated`, … */
  readonly kind: string;
  /** Links, rows, ASes: what the file gave. */
  readonly count: number;
  readonly timeMs?: number;
  readonly notes: readonly string[];
}
