import { setImmediate as turn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { abortError } from '#core';
import { scriptJson } from '#page';
import { type PlanetLayout, planetLayouts } from './layout-planet.ts';
import { packLinks } from './pack-links.ts';
import type { EmbeddedHead } from './page/embedded-data.ts';
import { packedIds } from './page/packed-planet.ts';
import { type PlanetColumns, type PlanetSource, planetColumns } from './planet-columns.ts';
import { planetHead, shownSigns } from './planet-head.ts';
import { planetPage } from './planet-page.ts';
import { packPoints } from './planet-points.ts';
import { PlanetTiles } from './tiles.ts';
import type { PlanetTheme } from './tone.ts';

export interface PlanetHtmlOptions {
  /** The one that is seen first; the page has them all. Default: `polar`. */
  readonly layout?: PlanetLayout;
  /** Default: `dark`. */
  readonly theme?: PlanetTheme;
  /** What the page says of its data. */
  readonly credit?: string;
  readonly signal?: AbortSignal;
}

const pack = promisify(deflate);

/** Zooms whose tiles are in the page: nothing is blank when it opens or changes its layout. Nearer ones it paints itself. */
const drawnZooms = [0, 1] as const;
const longestName = 60;
const namesAtOnce = 8000;

/**
 * The planet as one page that needs nothing else, no server and no network: every AS, every link, all layouts. 80,000 ASes
 * and 570,000 links are about 5 MB.
 * @throws NetwrightError `NW_CANCELLED`
 */
export async function drawPlanetHtml(source: PlanetSource, options: PlanetHtmlOptions = {}): Promise<string> {
  const { layout = 'polar', theme = 'dark', credit, signal } = options;
  const columns = await planetColumns(source);
  await using tiles = new PlanetTiles(columns);
  const [links, names] = [await packLinks(source.graph), await namesOf(source)];
  const signs: Record<string, EmbeddedHead['signs'][string]> = {};
  const points: [id: string, bytes: Uint8Array][] = [];
  for (const one of planetLayouts) {
    if (signal?.aborted) throw abortError(signal);
    const places = await tiles.places(one);
    signs[one] = shownSigns(places, columns.asns.length);
    points.push([packedIds.points(one), packPoints(columns, places)]);
  }
  const head: EmbeddedHead = { head: planetHead(source, { theme, credit }), signs };
  const elements = await Promise.all([
    packed(packedIds.links, links),
    packed(packedIds.facts, factsOf(columns)),
    packed(packedIds.names, names),
    ...points.map(async ([id, bytes]) => await packed(id, bytes)),
    ...planetLayouts.flatMap((one) => tilesOf(tiles, one, theme)),
  ]);
  if (signal?.aborted) throw abortError(signal);
  await turn();
  const data = `<script type="application/json" id="data">${scriptJson(head)}</script>`;
  return planetPage({ theme, layout, embedded: [data, ...elements].join('\n') });
}

const tilesOf = (tiles: PlanetTiles, layout: PlanetLayout, theme: PlanetTheme): Promise<string>[] =>
  drawnZooms.flatMap((zoom) =>
    Array.from({ length: 4 ** zoom }, async (_, at) => {
      const [x, y] = [at % 2 ** zoom, Math.floor(at / 2 ** zoom)];
      const png = await tiles.tile(layout, theme, zoom, x, y);
      return element(packedIds.tile(layout, zoom, x, y), png!);
    }),
  );

/** By AS: its cone (u32), then its country (u16). */
function factsOf({ cone, country }: PlanetColumns): Uint8Array {
  const bytes = new Uint8Array(cone.length * 6);
  new Uint32Array(bytes.buffer, 0, cone.length).set(cone);
  new Uint16Array(bytes.buffer, cone.length * 4).set(country);
  return bytes;
}

/** A line each. */
async function namesOf({ graph, registry }: PlanetSource): Promise<Buffer> {
  const names: string[] = [];
  for (const asn of graph.asns) {
    names.push((registry.name(asn) ?? '').slice(0, longestName).toWellFormed().replace(/\s+/g, ' '));
    if (names.length % namesAtOnce === 0) await turn();
  }
  return Buffer.from(names.join('\n'));
}

const packed = async (id: string, bytes: Uint8Array): Promise<string> => element(id, await pack(bytes, { level: 9 }));

/** Base64 has no letter that could end a script; a browser runs none of this type. */
const element = (id: string, bytes: Buffer): string =>
  `<script type="text/plain" id="${id}">${bytes.toString('base64')}</script>`;
