import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type Clock, NetwrightError, systemClock } from '#core';
import type { ReadStatistics } from '../../routes/statistics.ts';
import type { Gate } from '../gate.ts';
import type { LiveEvent } from '../live-event.ts';
import type { LiveTable } from '../table/live-table.ts';
import { BmpReader, type BmpReaderOptions } from './bmp-reader.ts';
import { BmpRouter } from './bmp-router.ts';

export interface ListenBmpOptions extends BmpReaderOptions {
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
  readonly table: LiveTable;
  readonly gate: Gate;
  readonly onEvent: (event: LiveEvent) => void;
  readonly clock?: Clock;
  /** The routers are route collectors: their own AS is left out of the paths. Default: it stands first. */
  readonly areCollectors?: boolean;
  /** Routers at once. Default 1,000. */
  readonly mostRouters?: number;
  /** Routes of one router. Default 20 million. */
  readonly mostRoutesOfRouter?: number;
  /** How long a router may take to say who it is. Default 30 s. */
  readonly helloTimeoutMs?: number;
  /** How long a message may take from its first byte to its last. Default 60 s. */
  readonly messageTimeoutMs?: number;
}

/** A listener for routers that report by BMP. */
export interface BmpListener extends AsyncDisposable {
  readonly port: number;
  readonly routerCount: number;
  readonly messageCount: number;
  /** Ends all sessions; what they told stays in the table. */
  close(): Promise<void>;
}

/** What the sessions of a listener share. */
interface Totals {
  messages: number;
  isClosing: boolean;
}

/** How long the system waits before it asks whether a silent router is still there. */
const keepAliveMs = 30_000;

/**
 * Listens for routers (RFC 7854). Each has its own session: what is wrong with one, or slow, ends that one with the
 * byte and the reason, and all that was read before it stays.
 * @throws NetwrightError `NW_INTERNET_LISTEN` when the address cannot be listened on.
 */
export async function listenBmp(options: ListenBmpOptions): Promise<BmpListener> {
  const sessions = new Map<Socket, Promise<void>>();
  const totals: Totals = { messages: 0, isClosing: false };
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs });
  server.on('connection', (socket) => {
    const { mostRouters = 1000, onEvent } = options;
    // Whoever resets the connection before it is read from.
    socket.on('error', () => {});
    if (sessions.size >= mostRouters) {
      const router = socket.remoteAddress ?? 'unknown';
      socket.destroy();
      onEvent({
        kind: 'router-down',
        router,
        reason: `more than ${mostRouters} routers`,
        bytes: 0,
        messages: 0,
        routes: 0,
        skipped: [],
      });
      return;
    }
    const session = receive(socket, options, totals).finally(() => sessions.delete(socket));
    sessions.set(socket, session);
  });
  await listening(server, options);
  const address = server.address();
  const close = async (): Promise<void> => {
    const closed = server.listening ? once(server, 'close') : undefined;
    totals.isClosing = true;
    server.close();
    for (const socket of sessions.keys()) socket.destroy();
    await Promise.all([...sessions.values(), closed]);
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    get routerCount() {
      return sessions.size;
    },
    get messageCount() {
      return totals.messages;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function listening(server: Server, { host, port }: ListenBmpOptions): Promise<void> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    throw new NetwrightError(
      'NW_INTERNET_LISTEN',
      `BMP: ${host}:${port} cannot be listened on: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

/** One session from its first byte to its last. Never rejects. */
async function receive(socket: Socket, options: ListenBmpOptions, totals: Totals): Promise<void> {
  const { table, gate, onEvent, clock = systemClock } = options;
  const { mostRoutesOfRouter = 20_000_000, helloTimeoutMs = 30_000, messageTimeoutMs = 60_000 } = options;
  const address = socket.remoteAddress ?? 'unknown';
  const router = new BmpRouter({
    table,
    clock,
    address,
    mostRoutes: mostRoutesOfRouter,
    isCollector: options.areCollectors === true,
    onEvent,
    onSkipped: (reason) => reader.log.skip(reason, reader.waiting.offset),
  });
  const reader = new BmpReader(router, options);
  let reason = 'the connection ended';
  let offset: number | undefined;
  const giveUp = (why: string): void => {
    reason = why;
    socket.destroy();
  };
  let timer: NodeJS.Timeout | undefined;
  let timedOffset = -1;
  const time = (): void => {
    const { bytes, offset: at } = reader.waiting;
    if (router.hasBegun && bytes === 0) {
      clearTimeout(timer);
      timedOffset = -1;
    } else if (at !== timedOffset) {
      clearTimeout(timer);
      timedOffset = at;
      const [ms, what] = router.hasBegun
        ? [messageTimeoutMs, `a message whose end did not come within ${messageTimeoutMs} ms`]
        : [helloTimeoutMs, `no Initiation message within ${helloTimeoutMs} ms`];
      timer = setTimeout(() => {
        offset = at;
        giveUp(what);
      }, ms);
    }
  };
  time();
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      if (!gate.isOpen) {
        // That the table stands still is no fault of the router.
        clearTimeout(timer);
        timedOffset = -1;
        await gate.opened();
      }
      const before = reader.log.records;
      const damage = reader.push(chunk);
      totals.messages += reader.log.records - before;
      if (damage !== undefined) {
        ({ reason, offset } = damage);
        break;
      }
      if (router.ending !== undefined) break;
      time();
    }
    if (offset === undefined && router.ending === undefined && reader.waiting.bytes > 0) {
      offset = reader.waiting.offset;
      reason = `${reason} inside a message`;
    }
  } catch (error) {
    // Destroying the socket ends the loop with an error too; then the reason is known.
    if (!socket.destroyed || reason === 'the connection ended')
      reason = `the connection was lost: ${(error as Error).message}`;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
  if (totals.isClosing) reason = 'the listener was closed';
  await gate.opened();
  const routes = router.lost();
  onEvent({
    kind: 'router-down',
    router: router.name,
    reason: router.ending === undefined ? reason : `ended by the router: ${router.ending}`,
    ...(offset !== undefined && { offset }),
    bytes: reader.log.unpackedBytes,
    messages: reader.log.records,
    routes,
    skipped: skippedOf(reader.log.statistics()),
  });
}

/** What was passed over, and what was damaged, as text. */
function skippedOf({ skipped, damage, damageCount }: ReadStatistics): readonly string[] {
  const [first] = damage;
  return [
    ...skipped.map(({ reason, count }) => `${count} passed over: ${reason}`),
    ...(first === undefined ? [] : [`${damageCount} damaged, the first at byte ${first.offset}: ${first.reason}`]),
  ];
}
