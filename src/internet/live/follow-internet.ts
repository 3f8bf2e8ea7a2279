import { abortError, asNetwrightError, type Clock, type NetwrightError, type Random, systemClock } from '#core';
import { runSliced } from '../relationships/slices.ts';
import { type BmpListener, listenBmp } from './bmp/listen-bmp.ts';
import { Gate } from './gate.ts';
import type { LiveEvent } from './live-event.ts';
import { followRis, type RisFeed } from './ris/follow-ris.ts';
import type { RisFilter } from './ris/ris-filter.ts';
import type { WrittenGraph } from './store/graph-job.ts';
import { startTable } from './store/start-table.ts';
import { writeLiveGraph } from './store/write-live-graph.ts';
import { LiveTable } from './table/live-table.ts';

export interface FollowInternetOptions {
  /** Where to listen for routers. */
  readonly bmp?: readonly { readonly host: string; readonly port: number }[];
  /** The routers are route collectors: their own AS is left out of the paths. */
  readonly areCollectors?: boolean;
  readonly risLive?: { readonly url?: string; readonly filters?: readonly RisFilter[] };
  /** Routes to begin with, and whatever else is joined into the graph: paths of files as for `buildAtlas`, or a graph. */
  readonly files?: readonly string[];
  /** The graph file. */
  readonly output: string;
  /** The table itself, as MRT: a later start begins with it where this one ended. */
  readonly tableOutput?: string;
  /** How often the graph is written. Default 5 min. */
  readonly everyMs?: number;
  /** How long the routes of a router stay that is gone. Default 15 min. */
  readonly keepLostMs?: number;
  /** Routes of all neighbours together, and of one router. Defaults 60 and 20 million. */
  readonly mostRoutes?: number;
  readonly mostRoutesOfRouter?: number;
  readonly clique?: readonly number[];
  readonly secondPass?: boolean;
  readonly keepRoutes?: boolean;
  /** Ends it: what is there is written once more. */
  readonly signal: AbortSignal;
  readonly onEvent?: (event: FollowEvent) => void;
  readonly clock?: Clock;
  readonly random?: Random;
}

export type FollowEvent =
  | LiveEvent
  | { readonly kind: 'started'; readonly routes: number; readonly notes: readonly string[] }
  | ({ readonly kind: 'graph'; readonly file: string; readonly durationMs: number } & WrittenGraph)
  | { readonly kind: 'graph-failed'; readonly error: NetwrightError }
  | { readonly kind: 'expired'; readonly router: string; readonly routes: number };

/** How following goes at this moment. */
export interface FollowStatus {
  readonly routes: number;
  readonly vantagePoints: number;
  readonly routers: number;
  /** Messages of all feeds since the start. */
  readonly messages: number;
  readonly isRisLiveUp: boolean | undefined;
}

export interface Following {
  /** Ports that are listened on, in the order of `bmp`. */
  readonly ports: readonly number[];
  status(): FollowStatus;
  /** Resolves after the signal has fired and the last graph is written. Rejects when that one cannot be. */
  readonly done: Promise<void>;
}

/**
 * Keeps a graph file current: fills a table from files, lets routers (BMP) and RIS Live change it, and writes the graph
 * anew at an interval, in a thread beside, whole or not at all. Nothing is written while there are no routes, or none
 * has changed.
 * @throws NetwrightError as `buildAtlas` for the files; `NW_INTERNET_LISTEN`, `NW_USAGE` for the feeds; `NW_CANCELLED`.
 */
export async function followInternet(options: FollowInternetOptions): Promise<Following> {
  const { signal, onEvent = () => {}, clock = systemClock, files = [] } = options;
  const { mostRoutes, mostRoutesOfRouter } = options;
  const table = new LiveTable(mostRoutes === undefined ? {} : { mostRoutes });
  const { others, notes } = await startTable(table, files, { signal });
  onEvent({ kind: 'started', routes: table.routeCount, notes });
  const shared = { table, gate: new Gate(), onEvent, clock };
  const listeners: BmpListener[] = [];
  try {
    for (const { host, port } of options.bmp ?? []) {
      const limits = mostRoutesOfRouter === undefined ? {} : { mostRoutesOfRouter };
      listeners.push(
        await listenBmp({ ...shared, host, port, areCollectors: options.areCollectors === true, ...limits }),
      );
    }
    if (signal.aborted) throw abortError(signal);
    const { random } = options;
    const ris = options.risLive && followRis({ ...shared, ...options.risLive, signal, ...(random && { random }) });
    const keeper = new Keeper(options, shared, others);
    return {
      ports: listeners.map(({ port }) => port),
      status: () => ({
        routes: table.routeCount,
        vantagePoints: table.peers.size,
        routers: listeners.reduce((sum, { routerCount }) => sum + routerCount, 0),
        messages: listeners.reduce((sum, { messageCount }) => sum + messageCount, ris?.messages ?? 0),
        isRisLiveUp: ris?.isUp,
      }),
      done: follow(keeper, listeners, ris),
    };
  } catch (error) {
    await Promise.all(listeners.map(async (listener) => await listener.close()));
    throw error;
  }
}

async function follow(keeper: Keeper, listeners: readonly BmpListener[], ris: RisFeed | undefined): Promise<void> {
  await keeper.run();
  await Promise.all(listeners.map(async (listener) => await listener.close()));
  await ris?.done;
  await keeper.write();
}

interface Shared {
  readonly table: LiveTable;
  readonly gate: Gate;
  readonly onEvent: (event: FollowEvent) => void;
  readonly clock: Clock;
}

/** Between two looks at what is to be given free. */
const tickMs = 1000;

/** Writes the graph when it is time, and clears up. */
class Keeper {
  readonly #options: FollowInternetOptions;
  readonly #shared: Shared;
  readonly #files: readonly string[];
  #writtenChanges = 0;

  constructor(options: FollowInternetOptions, shared: Shared, files: readonly string[]) {
    this.#options = options;
    this.#shared = shared;
    this.#files = files;
  }

  /** Until the signal fires. */
  async run(): Promise<void> {
    const { signal, everyMs = 300_000 } = this.#options;
    const { table, gate, clock, onEvent } = this.#shared;
    let writing: Promise<void> | undefined;
    // Routes that files brought are worth a graph at once.
    let nextMs = clock.now() + (table.routeCount > 0 ? 0 : everyMs);
    while (!signal.aborted) {
      if (table.needsSweep) await gate.hold(async () => await runSliced(table.sweep()));
      // Somebody may be copying the table: then the next second will do.
      if (gate.isOpen) this.#expire();
      if (writing === undefined && clock.now() >= nextMs) {
        nextMs = clock.now() + everyMs;
        writing = this.write(signal)
          .catch((error: unknown) => {
            if (!signal.aborted) onEvent({ kind: 'graph-failed', error: asNetwrightError(error) });
          })
          .finally(() => {
            writing = undefined;
          });
      }
      await clock.sleep(Math.min(tickMs, everyMs), signal).catch(() => {}); // the loop looks at the signal
    }
    await writing;
  }

  /** Writes the graph, if anything has changed since. */
  async write(signal?: AbortSignal): Promise<void> {
    const { table, gate, clock, onEvent } = this.#shared;
    const { output, tableOutput, clique, secondPass, keepRoutes } = this.#options;
    const { changes } = table;
    if (table.routeCount === 0 || changes === this.#writtenChanges) return;
    const startedMs = clock.now();
    const snapshot = await gate.hold(async () => await runSliced(table.snapshot()));
    const graph = await writeLiveGraph(
      {
        table: snapshot,
        timeMs: startedMs,
        files: this.#files,
        output,
        ...(tableOutput !== undefined && { tableOutput }),
        ...(clique && { clique }),
        ...(secondPass !== undefined && { secondPass }),
        ...(keepRoutes !== undefined && { keepRoutes }),
      },
      signal,
    );
    this.#writtenChanges = changes;
    onEvent({ kind: 'graph', file: output, durationMs: clock.now() - startedMs, ...graph });
  }

  /** Routes of routers that have not come back. */
  #expire(): void {
    const { keepLostMs = 900_000 } = this.#options;
    const { table, clock, onEvent } = this.#shared;
    const gone = new Map<string, number>();
    for (const peer of table.peers) {
      if (peer.lostMs === undefined || clock.now() - peer.lostMs < keepLostMs) continue;
      gone.set(peer.collector, (gone.get(peer.collector) ?? 0) + peer.routes.count);
      table.remove(peer);
    }
    for (const [router, routes] of gone) onEvent({ kind: 'expired', router, routes });
  }
}
