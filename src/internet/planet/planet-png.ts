import { setImmediate as turn } from 'node:timers/promises';
import { linkTimeMs } from '../draw/link-time.ts';
import { type InkText, inkLabels } from './ink-labels.ts';
import type { PlanetLayout, PlanetPlaces, PlanetSign, PlanetSource } from './layout-planet.ts';
import { placePlanet } from './planet-lines.ts';
import { encodePng } from './png-encoder.ts';
import { RasterPool } from './raster-pool.ts';
import { type PlanetTheme, planetColors, planetPalette, pointIndex } from './tone.ts';

export interface PlanetPngOptions {
  /** Default: `polar`. */
  readonly layout?: PlanetLayout;
  /** Default: `dark`. */
  readonly theme?: PlanetTheme;
  /** Pixels of a side, 256 to 8192. Default 4096. */
  readonly size?: number;
  /** What the picture says of its data. */
  readonly credit?: string;
  readonly signal?: AbortSignal;
}

/** Bands of the picture are drawn by threads; their sums stay in the cache of a processor. */
const bandHeight = 128;

/** The whole internet as one picture, every link and every AS of it. */
export async function drawPlanetPng(source: PlanetSource, options: PlanetPngOptions = {}): Promise<Buffer> {
  const { layout = 'polar', theme = 'dark', size = 4096, credit, signal } = options;
  const { places, lines } = placePlanet(source, layout);
  const texts = inkLabels(labelsOf(source, places, size, credit));
  const pixels = new Uint8Array(size * size);
  await using pool = new RasterPool([lines]);
  const bands = Array.from({ length: Math.ceil(size / bandHeight) }, (_, at) => at * bandHeight);
  await Promise.all(
    bands.map(async (top) => {
      signal?.throwIfAborted();
      const height = Math.min(bandHeight, size - top);
      pixels.set(await pool.draw(0, { scale: size, left: 0, top, width: size, height, isSmooth: false }), top * size);
    }),
  );
  await drawPoints(source, places, pixels, size);
  (await texts)(pixels, size, size);
  return await encodePng({ width: size, height: size, pixels, palette: planetPalette(planetColors[theme]) }, 3);
}

/** Each AS a dot in the colour of its part of the earth, larger with its customer cone. */
async function drawPoints(
  { graph, cones, registry }: PlanetSource,
  { x, y }: PlanetPlaces,
  pixels: Uint8Array,
  size: number,
): Promise<void> {
  const unit = size / 4096;
  for (const [at, asn] of graph.asns.entries()) {
    const radius = (0.8 + Math.log10(cones.recursive[at]!) * 2.3) * unit;
    const part = partOfEarth(registry.longitude(registry.country(asn) ?? ''));
    const [cx, cy] = [x[at]! * size, y[at]! * size];
    for (let py = Math.max(0, Math.floor(cy - radius)); py <= Math.min(size - 1, cy + radius); py += 1) {
      for (let px = Math.max(0, Math.floor(cx - radius)); px <= Math.min(size - 1, cx + radius); px += 1) {
        if ((px + 0.5 - cx) ** 2 + (py + 0.5 - cy) ** 2 <= radius * radius + 0.3)
          pixels[py * size + px] = pointIndex + part;
      }
    }
    if (at % 20_000 === 0) await turn();
  }
}

/** 0-5, from the date line eastwards; 6 for what is nowhere known. */
export const partOfEarth = (longitude: number | undefined): number =>
  longitude === undefined ? 6 : Math.min(5, Math.max(0, Math.floor((longitude + 180) / 60)));

function labelsOf(source: PlanetSource, { signs }: PlanetPlaces, size: number, credit: string | undefined): InkText[] {
  const { graph } = source;
  const unit = size / 4096;
  const kept: PlanetSign[] = [];
  for (const sign of [...signs].sort((a, b) => b.weight - a.weight)) {
    // The larger country first; one that would stand on another's name has none.
    const isFree = kept.every(({ x, y }) => Math.abs(x - sign.x) > 0.017 || Math.abs(y - sign.y) > 0.012);
    if (isFree && sign.weight > graph.asns.length / 1500) kept.push(sign);
  }
  const countries = kept.map(
    ({ text, x, y }): InkText => ({
      text: text === '??' ? 'country unknown' : text,
      x: x * size,
      y: y * size,
      size: 30 * unit,
      anchor: 'middle',
    }),
  );
  const timeMs = linkTimeMs(source);
  const day = timeMs > 0 ? ` · ${new Date(timeMs).toISOString().slice(0, 10)}` : '';
  const facts = `${graph.asns.length.toLocaleString('en-US')} ASes · ${graph.links.count.toLocaleString('en-US')} links${day}`;
  return [
    ...countries,
    { text: 'The internet', x: 90 * unit, y: 130 * unit, size: 84 * unit, anchor: 'start' },
    { text: facts, x: 90 * unit, y: 200 * unit, size: 42 * unit, anchor: 'start' },
    ...(credit === undefined
      ? []
      : [{ text: credit, x: 90 * unit, y: size - 70 * unit, size: 34 * unit, anchor: 'start' } as const]),
  ];
}
