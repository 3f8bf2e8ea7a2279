import { MrtReader } from '../mrt/mrt-reader.ts';
import { MrtPeers, type MrtRoute, type MrtSink } from '../mrt/mrt-route.ts';
import type { RouteReading } from './open-routes.ts';
import type { RouteColumns } from './route-columns.ts';
import type { ReadingLog } from './statistics.ts';

/** Reads MRT into columns. Every announcement of an update counts as a route; withdrawals are counted, not applied. */
export async function readMrtRoutes({ source, columns, log, collector }: RouteReading): Promise<void> {
  const peers = new MrtPeers();
  const reader = new MrtReader(new ColumnSink(columns, peers, log, collector), peers, log);
  for await (const chunk of source.chunks()) reader.push(chunk);
  reader.end();
}

class ColumnSink implements MrtSink {
  readonly #columns: RouteColumns;
  readonly #peers: MrtPeers;
  readonly #log: ReadingLog;
  readonly #collector: string;
  /** From the reader's peers to those of the table. */
  readonly #peerOf: number[] = [];
  #lastRecord: number = -1;
  #lastPrefix = 0;

  constructor(columns: RouteColumns, peers: MrtPeers, log: ReadingLog, collector: string) {
    this.#columns = columns;
    this.#peers = peers;
    this.#log = log;
    this.#collector = collector;
  }

  route(route: MrtRoute): void {
    const columns = this.#columns;
    const path = columns.paths.ofRoute(route);
    if (path < 0) {
      this.#log.skip('a route with a damaged AS path', this.#log.unpackedBytes);
      return;
    }
    const peer = this.#peerOf[route.peer] ?? this.#newPeer(route.peer);
    if (peer < 0) {
      this.#log.skip('a route of the 65,537th vantage point or a later one', this.#log.unpackedBytes);
      return;
    }
    // In a table of today one record has all routes of a prefix.
    const isSamePrefix = route.label === 'TABLE_DUMP2' && this.#log.records === this.#lastRecord;
    if (!isSamePrefix) {
      this.#lastPrefix = columns.prefixes.intern(route.family, route.length, route.words);
      this.#lastRecord = this.#log.records;
    }
    columns.add(this.#lastPrefix, path, peer);
  }

  withdrawal(): void {}

  stateChange(): void {}

  #newPeer(index: number): number {
    const { asn, address } = this.#peers.list[index]!;
    const peer = this.#columns.peer(asn, address, this.#collector);
    this.#peerOf[index] = peer;
    return peer;
  }
}
