import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { NetwrightError } from '#core';
import { linkTimeMs } from '../draw/link-time.ts';
import { indexOfAsn } from '../graph/as-graph.ts';
import { type PlanetLayout, type PlanetSource, planetLayouts } from '../planet/layout-planet.ts';
import { coneMembers, PlanetFinder, planetAs } from '../planet/planet-answers.ts';
import { packPoints } from '../planet/planet-points.ts';
import { PlanetTiles } from '../planet/tiles.ts';
import { type PlanetTheme, planetColors, type Rgb } from '../planet/tone.ts';
import { css, planetPage, planetPolicy } from './planet-page.ts';

const pack = promisify(brotliCompress);

export interface ServePlanetOptions {
  /** Default 0: one that is free. */
  readonly port?: number;
  /** Default: `dark`. */
  readonly theme?: PlanetTheme;
  readonly credit?: string;
}

/** What answers to the page, whatever server it stands in. */
export interface PlanetSite extends AsyncDisposable {
  /** @param path below the page, such as `tiles/polar/0/0/0.png?…`; undefined where there is nothing. */
  answer(path: string): Promise<PlanetAnswer | undefined>;
}

export interface PlanetAnswer {
  readonly type: string;
  readonly body: Uint8Array | string;
  /** Seconds that a browser may keep it. */
  readonly keepS: number;
}

/** The site of a planet: page, tiles, points, answers. */
export function planetSite(source: PlanetSource, { theme = 'dark', credit }: ServePlanetOptions = {}): PlanetSite {
  const tiles = new PlanetTiles(source);
  const finder = new PlanetFinder(source);
  const { graph, registry } = source;
  const timeMs = linkTimeMs(source);
  const json = (value: unknown): PlanetAnswer => ({ type: 'application/json', body: JSON.stringify(value), keepS: 0 });
  const binary = (body: Uint8Array, keepS: number): PlanetAnswer => ({ type: 'application/octet-stream', body, keepS });
  const facts = [
    `${graph.asns.length.toLocaleString('en-US')} ASes`,
    `${graph.links.count.toLocaleString('en-US')} links`,
    ...(timeMs > 0 ? [new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ').concat(' UTC')] : []),
    ...(credit === undefined ? [] : [credit]),
  ].join(' · ');
  const head = json({ title: 'The internet', subtitle: facts, theme, ...pageColors(theme), layouts: signsOf() });
  // What is seen first is drawn while the browser starts.
  for (const [x, y] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const) {
    tiles.tile('polar', theme, 1, x, y).catch(() => undefined);
  }

  return {
    async answer(address) {
      const [path = '', query = ''] = address.split('?', 2);
      if (path === '' || path === 'index.html')
        return { type: 'text/html; charset=utf-8', body: planetPage(theme), keepS: 0 };
      if (path === 'head.json') return head;
      if (path === 'search.json') return json(finder.find((new URLSearchParams(query).get('q') ?? '').slice(0, 80)));
      const [, kind, name = ''] = /^(points|as|name|cone)\/([a-z]+|\d{1,10})\.(?:bin|json)$/.exec(path) ?? [];
      if (kind === 'points') return isLayout(name) ? binary(packPoints(source, tiles.places[name]), 60) : undefined;
      if (kind !== undefined) return of(kind, Number(name));
      const [, layout = '', zoom, x, y] = /^tiles\/([a-z]+)\/(\d)\/(\d{1,2})\/(\d{1,2})\.png$/.exec(path) ?? [];
      if (!isLayout(layout)) return undefined;
      const body = await tiles.tile(layout, theme, Number(zoom), Number(x), Number(y));
      return body && { type: 'image/png', body, keepS: 3600 };
    },
    async [Symbol.asyncDispose]() {
      await tiles[Symbol.asyncDispose]();
    },
  };

  function of(kind: string, asn: number): PlanetAnswer | undefined {
    const index = indexOfAsn(graph, asn);
    if (index < 0) return undefined;
    if (kind === 'name') return json({ name: registry.name(asn) ?? '', country: registry.country(asn) ?? '' });
    if (kind === 'cone') return binary(new Uint8Array(coneMembers(source, index).buffer), 0);
    return json(planetAs(source, asn));
  }

  function signsOf(): Record<string, unknown> {
    const least = graph.asns.length / 2500;
    return Object.fromEntries(
      planetLayouts.map((layout) => [
        layout,
        tiles.places[layout].signs
          .filter(({ weight }) => weight >= least)
          .sort((a, b) => b.weight - a.weight)
          .map(({ text, x, y, weight }) => ({ text, x: Number(x.toFixed(4)), y: Number(y.toFixed(4)), weight })),
      ]),
    );
  }
}

const isLayout = (name: string): name is PlanetLayout => (planetLayouts as readonly string[]).includes(name);

function pageColors(theme: PlanetTheme): object {
  const { points, ink, ground } = planetColors[theme];
  const word = ([red, green, blue]: Rgb): number => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  const [provider, customer, peer] =
    theme === 'dark' ? ['#58a9ee', '#ffb45a', '#9aa6b8'] : ['#0b6bb5', '#b4500a', '#6b7890'];
  return { colors: points.map(word), ink: { ink: css(ink), halo: css(ground), provider, customer, peer } };
}

export interface PlanetServer extends AsyncDisposable {
  readonly url: string;
}

/**
 * Serves a planet to browsers on this machine: on the loopback address only, and only to requests that name it, so that
 * no other site can reach it through a browser.
 * @throws NetwrightError `NW_USAGE` when the port is taken or may not be used.
 */
export async function servePlanet(source: PlanetSource, options: ServePlanetOptions = {}): Promise<PlanetServer> {
  const site = planetSite(source, options);
  const server: Server = createServer((request, response) => {
    respond(site, request, response, (server.address() as AddressInfo).port).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(error instanceof NetwrightError ? error.code : 'failed');
    });
  });
  server.requestTimeout = 15_000;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
  } catch (error) {
    await site[Symbol.asyncDispose]();
    throw new NetwrightError('NW_USAGE', `127.0.0.1:${options.port ?? 0}: ${(error as Error).message}`, {
      cause: error,
      hint: 'choose another port with --port, or leave it away',
    });
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await site[Symbol.asyncDispose]();
    },
  };
}

async function respond(
  site: PlanetSite,
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<void> {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const refuse = (status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'text/plain' });
    response.end(text);
  };
  if (!hosts.includes(request.headers.host ?? '')) return refuse(421, `expected the host ${hosts.join(' or ')}`);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'expected GET');
  const found = await site.answer((request.url ?? '/').replace(/^\/+/, ''));
  if (found === undefined) return refuse(404, 'not here');
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
