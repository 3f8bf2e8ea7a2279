import { setImmediate as turn } from 'node:timers/promises';
import { linkTimeMs } from '../draw/link-time.ts';
import { textWidth } from '../draw/text-width.ts';
import { coreNames } from './core-names.ts';
import { type InkText, inkLabels } from './ink-labels.ts';
import type { PlanetLayout, PlanetPlaces } from './layout-planet.ts';
import { NamePlaces } from './page/name-places.ts';
import { placePlanet, planetLines } from './place-planet.ts';
import { type PlanetColumns, type PlanetSource, planetColumns } from './planet-columns.ts';
import { encodePng } from './png-encoder.ts';
import { RasterPool } from './raster-pool.ts';
import { rasterSquare } from './raster-square.ts';
import { inkIndex, type PlanetTheme, planetColors, planetPalette, pointIndex, toneIndex } from './tone.ts';

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

/** Names of the largest that are tried, of a picture of usual size. */
const mostNames = 260;
const mostLed = 90;

/**
 * The whole internet as one picture, every link and every AS of it.
 * @throws NetwrightError `NW_CANCELLED`
 */
export async function drawPlanetPng(source: PlanetSource, options: PlanetPngOptions = {}): Promise<Buffer> {
  const { layout = 'polar', theme = 'dark', size = 4096, credit, signal } = options;
  await using pool = new RasterPool();
  const columns = await planetColumns(source);
  const places = await placePlanet(columns, layout, signal);
  pool.use(0, planetLines(columns, places));
  const { texts, leads } = labelsOf(source, columns, places, size, credit);
  const stamp = inkLabels(texts);
  const pixels = await rasterSquare(pool, 0, size, signal);
  await drawPoints(columns, places, pixels, size);
  for (const lead of leads) drawLead(lead, pixels, size);
  drawLegend(pixels, size);
  await (await stamp)(pixels, size, size);
  return await encodePng({ width: size, height: size, pixels, palette: planetPalette(planetColors[theme]) }, 3);
}

/** Each AS a dot in the colour of its part of the earth, larger with its customer cone. */
async function drawPoints(
  { cone, part }: PlanetColumns,
  { x, y }: PlanetPlaces,
  pixels: Uint8Array,
  size: number,
): Promise<void> {
  for (let at = 0; at < cone.length; at += 1) {
    const radius = radiusOf(cone[at]!, size);
    disc(pixels, size, x[at]! * size, y[at]! * size, radius, pointIndex + part[at]!);
    if (at % 5000 === 0) await turn();
  }
}

const radiusOf = (cone: number, size: number): number => ((0.8 + Math.log10(cone) * 2.3) * size) / 4096;

function disc(pixels: Uint8Array, size: number, cx: number, cy: number, radius: number, color: number): void {
  for (let py = Math.max(0, Math.floor(cy - radius)); py <= Math.min(size - 1, cy + radius); py += 1) {
    for (let px = Math.max(0, Math.floor(cx - radius)); px <= Math.min(size - 1, cx + radius); px += 1) {
      if ((px + 0.5 - cx) ** 2 + (py + 0.5 - cy) ** 2 <= radius * radius + 0.3) pixels[py * size + px] = color;
    }
  }
}

type Lead = readonly [x1: number, y1: number, x2: number, y2: number];

/** The line from a dot to its name. */
function drawLead([x1, y1, x2, y2]: Lead, pixels: Uint8Array, size: number): void {
  const steps = Math.ceil(Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1)));
  for (let step = 0; step <= steps; step += 1) {
    const [x, y] = [x1 + ((x2 - x1) * step) / (steps || 1), y1 + ((y2 - y1) * step) / (steps || 1)];
    disc(pixels, size, x, y, size / 4096, inkIndex + 2);
  }
}

interface Labels {
  readonly texts: InkText[];
  readonly leads: Lead[];
}

function labelsOf(
  source: PlanetSource,
  { asns, cone }: PlanetColumns,
  { x, y, signs }: PlanetPlaces,
  size: number,
  credit: string | undefined,
): Labels {
  const unit = size / 4096;
  const timeMs = linkTimeMs(source);
  const day = timeMs > 0 ? ` · ${new Date(timeMs).toISOString().slice(0, 10)}` : '';
  const facts = `${asns.length.toLocaleString('en-US')} ASes · ${source.graph.links.count.toLocaleString('en-US')} links${day}`;
  const texts: InkText[] = [
    { text: 'The internet', x: 90 * unit, y: 130 * unit, size: 84 * unit, anchor: 'start' },
    { text: facts, x: 90 * unit, y: 200 * unit, size: 42 * unit, anchor: 'start' },
    ...legendTexts(size),
    ...(credit === undefined
      ? []
      : [{ text: credit, x: 90 * unit, y: size - 60 * unit, size: 30 * unit, anchor: 'start' } as const]),
  ];
  const nameSize = 23 * unit;
  const places = new NamePlaces(size, size, nameSize * 1.25, 2.2 * unit);
  for (const text of texts) {
    const width = textWidth(text.text, text.size, true);
    places.take(text.x, text.y - text.size, text.x + width, text.y + text.size);
  }
  // The larger country first; one that would stand on another's name has none.
  for (const sign of [...signs].sort((a, b) => b.weight - a.weight)) {
    const text = sign.text === '??' ? 'country unknown' : sign.text;
    const at = { text, x: sign.x * size, y: sign.y * size, size: 30 * unit, anchor: 'middle' } as const;
    const width = textWidth(text, at.size, true);
    if (sign.weight > asns.length / 1500 && places.tryAt(at.x, at.y, width)) texts.push(at);
  }
  const leads: Lead[] = [];
  const names = coreNames(source, mostNames);
  for (const [index] of names.slice(0, mostLed)) {
    const [cx, cy, radius] = [x[index]! * size, y[index]! * size, radiusOf(cone[index]!, size)];
    places.take(cx - radius, cy - radius, cx + radius, cy + radius);
  }
  for (const [rank, [index, asn, name]] of names.entries()) {
    const text = `${name} ${asn}`.trim();
    const [dotX, dotY] = [x[index]! * size, y[index]! * size];
    const width = textWidth(text, nameSize, true) + 6 * unit;
    const found = places.place({
      x: dotX,
      y: dotY,
      width,
      radius: radiusOf(cone[index]!, size),
      away: Math.atan2(dotY - size / 2, dotX - size / 2),
      mayLead: rank < mostLed,
    });
    if (found === undefined) continue;
    texts.push({ text, x: found.x, y: found.y, size: nameSize, anchor: 'middle', hasHalo: true });
    const end = Math.max(found.x - width / 2, Math.min(found.x + width / 2, dotX));
    if (found.isLed) leads.push([dotX, dotY, end, found.y]);
  }
  return { texts, leads };
}

/** Rows of the legend in the lower right corner. */
const legendRows = [
  'transit is sold, few to many links',
  'networks peer',
  'an AS, by longitude of its country: 180° W to 180° E',
  'an AS of unknown country; larger with its customer cone',
] as const;
const legendSize = 30;

function legendTexts(size: number): InkText[] {
  const unit = size / 4096;
  const { x, y, pitch } = legendPlace(size);
  return legendRows.map((text, row) => ({
    text,
    x: x + 250 * unit,
    y: y + row * pitch,
    size: legendSize * unit,
    anchor: 'start',
  }));
}

function legendPlace(size: number): { x: number; y: number; pitch: number } {
  const unit = size / 4096;
  const widest = Math.max(...legendRows.map((text) => textWidth(text, legendSize * unit, true)));
  const pitch = 46 * unit;
  return { x: size - widest - 300 * unit, y: size - 60 * unit - (legendRows.length - 1) * pitch, pitch };
}

function drawLegend(pixels: Uint8Array, size: number): void {
  const unit = size / 4096;
  const { x, y, pitch } = legendPlace(size);
  const ramp = (row: number, color: (share: number) => number): void => {
    for (let dx = 0; dx < 220 * unit; dx += 1) {
      for (let dy = -12 * unit; dy < 12 * unit; dy += 1) {
        pixels[Math.round(y + row * pitch + dy) * size + Math.round(x + dx)] = color(dx / (220 * unit));
      }
    }
  };
  ramp(0, (share) => toneIndex(share, 0));
  ramp(1, (share) => toneIndex(0, share));
  for (let part = 0; part < 6; part += 1) {
    disc(pixels, size, x + (20 + part * 36) * unit, y + 2 * pitch, 12 * unit, pointIndex + part);
  }
  disc(pixels, size, x + 200 * unit, y + 3 * pitch, 12 * unit, pointIndex + 6);
}
