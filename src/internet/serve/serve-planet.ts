import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { abortError, NetwrightError } from '#core';
import type { PlanetSource } from '../planet/planet-columns.ts';
import { planetPage, planetPolicy } from '../planet/planet-page.ts';
import type { PlanetTheme } from '../planet/tone.ts';
import { markOf, type PlanetFeed, watchFile } from './graph-feed.ts';
import { type PlanetAnswer, type PlanetSite, planetSite } from './planet-site.ts';

const pack = promisify(brotliCompress);

export interface ServePlanetOptions {
  /** Default 0: one that is free. */
  readonly port?: number;
  /** Default: `dark`. */
  readonly theme?: PlanetTheme;
  /** What the page says of its data; of a feed it is asked for each graph anew. */
  readonly credit?: string | ((source: PlanetSource) => string);
  /** How often the file of a feed is looked at. Default: 2000 ms. */
  readonly watchMs?: number;
  /** A newer file that cannot be read: what was there before goes on being served. */
  readonly onProblem?: (error: unknown) => void;
  readonly signal?: AbortSignal;
}

export interface PlanetServer extends AsyncDisposable {
  readonly url: string;
  /** Resolves when the planet is there to be seen; rejects with why it cannot be read. */
  readonly ready: Promise<void>;
}

/**
 * Serves a planet to browsers on this machine: on the loopback address only, and only to requests that name it, so that
 * no other site can reach it through a browser. It listens before the graph is read or laid out; the page says so
 * meanwhile. Of a feed it takes over a newer file, and the page offers it.
 * @throws NetwrightError `NW_USAGE` when the port is taken or may not be used; `NW_CANCELLED`.
 */
export async function servePlanet(
  source: PlanetSource | PlanetFeed,
  options: ServePlanetOptions = {},
): Promise<PlanetServer> {
  const { theme = 'dark', port: wanted = 0, watchMs = 2000, signal, onProblem } = options;
  if (signal?.aborted) throw abortError(signal);
  const closing = new AbortController();
  let turn = 0;
  let shown: string | undefined;
  let site = openSite();
  const ready = site.then(async (opened) => await opened.ready);
  // Whoever waits for it learns of a failure; nobody has to.
  ready.catch(() => undefined);
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    respond(answer, request, response, port).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(error instanceof NetwrightError ? error.code : 'failed');
    });
  });
  server.requestTimeout = 15_000;
  const close = async (): Promise<void> => {
    closing.abort();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await site.then(
      async (opened) => await opened[Symbol.asyncDispose](),
      () => undefined,
    );
  };
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', resolve);
    });
  } catch (error) {
    await close();
    throw new NetwrightError('NW_USAGE', `127.0.0.1:${wanted}: ${(error as Error).message}`, {
      cause: error,
      hint: 'choose another port with --port, or leave it away',
    });
  }
  const onAbort = (): void => void close();
  signal?.addEventListener('abort', onAbort, { once: true });
  if ('file' in source) {
    const watch = { everyMs: watchMs, shown: () => shown, signal: closing.signal };
    // Not before the first one is there: it may take longer than a look.
    void site.then(
      () => watchFile(source.file, watch, takeOver),
      () => undefined,
    );
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ready,
    async [Symbol.asyncDispose]() {
      signal?.removeEventListener('abort', onAbort);
      await close();
    },
  };

  async function openSite(): Promise<PlanetSite> {
    // The mark is older than what is read: a change meanwhile is one to come.
    if ('file' in source) shown = await markOf(source.file);
    const planet = 'file' in source ? await source.open() : source;
    if (closing.signal.aborted) throw abortError(closing.signal);
    const credit = typeof options.credit === 'function' ? options.credit(planet) : options.credit;
    turn += 1;
    const version = `${Date.now().toString(36)}-${turn}`;
    return await planetSite(planet, { theme, version, ...(credit !== undefined && { credit }) });
  }

  /** The newer one takes the place of the one before as soon as it is laid out. */
  async function takeOver(): Promise<void> {
    const old = site;
    try {
      const next = await openSite();
      await next.ready;
      site = Promise.resolve(next);
    } catch (error) {
      if (!closing.signal.aborted) onProblem?.(error);
      return;
    }
    await old.then(
      async (one) => await one[Symbol.asyncDispose](),
      () => undefined,
    );
  }

  /** The page itself needs no graph. */
  async function answer(path: string): Promise<PlanetAnswer | undefined> {
    if (path === '') return { type: 'text/html; charset=utf-8', body: planetPage({ theme }), keepS: 0 };
    return await (await site).answer(path);
  }
}

async function respond(
  answer: PlanetSite['answer'],
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<void> {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const refuse = (status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'text/plain' });
    response.end(text);
  };
  if (!hosts.includes(request.headers.host ?? '')) return refuse(421, `expected the host ${hosts.join(' or ')}\n`);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'expected GET\n');
  const found = await answer((request.url ?? '/').replace(/^\/+/, ''));
  if (found === undefined) return refuse(404, 'There is nothing here. The planet is at /\n');
  const isPacked = found.type !== 'image/png' && /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const bytes = typeof found.body === 'string' ? Buffer.from(found.body) : found.body;
  const body = isPacked ? await pack(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : bytes;
  response.writeHead(200, {
    'content-type': found.type,
    'content-length': body.length,
    ...(isPacked && { 'content-encoding': 'br' }),
    'cache-control': found.keepS === 0 ? 'no-cache' : `max-age=${found.keepS}`,
    'content-security-policy': planetPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
