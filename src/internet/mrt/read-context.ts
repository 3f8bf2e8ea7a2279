import type { ReadingLog } from '../routes/statistics.ts';
import { type MrtPeers, MrtRoute, type MrtSink } from './mrt-route.ts';

/** What the readers of the record types share. */
export interface MrtContext {
  readonly route: MrtRoute;
  readonly peers: MrtPeers;
  readonly log: ReadingLog;
  readonly sink: MrtSink;
  /** For TABLE_DUMP_V2: the peers of the last index table by their place in it. */
  peerIndex: Uint32Array;
}

export function createContext(sink: MrtSink, peers: MrtPeers, log: ReadingLog): MrtContext {
  return { route: new MrtRoute(), peers, log, sink, peerIndex: new Uint32Array(0) };
}

/** The body of one record. */
export interface RecordBody {
  readonly bytes: Uint8Array;
  /** First byte of the body, and the one behind it. */
  readonly at: number;
  readonly end: number;
  /** Of the header, from the start of the data. */
  readonly offset: number;
  readonly subtype: number;
}

/** Why the rest of a record could not be read; undefined when all of it was. */
export type Problem = string | undefined;
