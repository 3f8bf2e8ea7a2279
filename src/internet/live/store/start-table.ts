import { setImmediate as nextTurn } from 'node:timers/promises';
import { kindOf } from '../../files/kind.ts';
import { isGraphFile, openGraph } from '../../graph/graph-file.ts';
import { MrtReader } from '../../mrt/mrt-reader.ts';
import { MrtPeers, type MrtRoute, type MrtSink } from '../../mrt/mrt-route.ts';
import { runSliced } from '../../relationships/slices.ts';
import { openRoutes } from '../../routes/open-routes.ts';
import { ReadingLog } from '../../routes/statistics.ts';
import { openSource, type Source, type SourceProgress } from '../../source/open-source.ts';
import type { LivePeer, LiveTable } from '../table/live-table.ts';
import { routesOfGraph } from './routes-of-graph.ts';

export interface StartTableOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SourceProgress) => void;
}

export interface StartedTable {
  /** Files that have something else than routes. */
  readonly others: readonly string[];
  /** What had to be left out, by file. */
  readonly notes: readonly string[];
}

/**
 * Fills a table from files, in their order: MRT is replayed, tables and the updates after them; tables of text and JSON
 * and graph files are added. Says which files have no routes.
 * @throws NetwrightError `NW_INTERNET_FILE`, `NW_INTERNET_FORMAT`, `NW_CANCELLED`.
 */
export async function startTable(
  table: LiveTable,
  files: readonly string[],
  options: StartTableOptions = {},
): Promise<StartedTable> {
  const others: string[] = [];
  const notes: string[] = [];
  const sliced = options.signal === undefined ? {} : { signal: options.signal };
  for (const file of files) {
    if (await isGraphFile(file)) {
      await runSliced(table.load(await runSliced(routesOfGraph(await openGraph(file)), sliced)), sliced);
      continue;
    }
    await using source = await openSource(file, options);
    if (kindOf(source) !== 'routes') others.push(file);
    else if (source.format === 'mrt') notes.push(...(await replay(table, source)));
    else {
      const { statistics, ...routes } = await openRoutes(file, options);
      await runSliced(table.load(routes), sliced);
      notes.push(...statistics.skipped.map(({ reason, count }) => `${source.name}: ${count} skipped: ${reason}`));
    }
  }
  return { others, notes };
}

async function replay(table: LiveTable, source: Source): Promise<readonly string[]> {
  const log = new ReadingLog();
  const peers = new MrtPeers();
  const reader = new MrtReader(new Replay(table, peers, source.name, log), peers, log);
  for await (const chunk of source.chunks()) {
    reader.push(chunk);
    await nextTurn();
  }
  reader.end();
  for (const { offset, reason } of source.damage) log.damaged(offset, 0, `packed data: ${reason}`);
  const { skipped, damage, damageCount } = log.statistics();
  const [first] = damage;
  return [
    ...skipped.map(({ reason, count }) => `${source.name}: ${count} skipped: ${reason}`),
    ...(first === undefined
      ? []
      : [
          `${source.name}: ${damageCount} damaged ${damageCount === 1 ? 'place' : 'places'}, the first at byte ${first.offset}: ${first.reason}`,
        ]),
  ];
}

/** State of a session in which routes are told (RFC 4271 section 8.2.2). */
const established = 6;

/** What was recorded happens again in the table. */
class Replay implements MrtSink {
  readonly #table: LiveTable;
  readonly #peers: MrtPeers;
  readonly #collector: string;
  readonly #log: ReadingLog;
  readonly #live: (LivePeer | undefined)[] = [];

  constructor(table: LiveTable, peers: MrtPeers, collector: string, log: ReadingLog) {
    this.#table = table;
    this.#peers = peers;
    this.#collector = collector;
    this.#log = log;
  }

  route(route: MrtRoute): void {
    const peer = this.#peer(route.peer);
    if (peer === undefined) this.#log.skip('a route of the 65,537th vantage point or a later one', 0);
    else if (!this.#table.announce(peer, route)) {
      this.#log.skip('a route that cannot be read, or for which the table has no room', this.#log.unpackedBytes);
    }
  }

  withdrawal(route: MrtRoute): void {
    const peer = this.#peer(route.peer);
    if (peer !== undefined) this.#table.withdraw(peer, route);
  }

  stateChange({ peer, newState }: MrtRoute): void {
    const live = newState === established ? undefined : this.#peer(peer);
    if (live !== undefined) this.#table.clear(live);
  }

  #peer(index: number): LivePeer | undefined {
    const { asn, address } = this.#peers.list[index]!;
    this.#live[index] ??= this.#table.addFilePeer({ asn, address, collector: this.#collector });
    return this.#live[index];
  }
}
