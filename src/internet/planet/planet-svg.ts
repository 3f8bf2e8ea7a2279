import { setImmediate as turn } from 'node:timers/promises';
import { escapeXml } from '#page';
import { fontStack } from '../draw/text-width.ts';
import type { PlanetLayout, PlanetPlaces } from './layout-planet.ts';
import { placePlanet, planetLines } from './place-planet.ts';
import { type PlanetColumns, type PlanetSource, planetColumns } from './planet-columns.ts';
import { legendPlace, type PlanetLabels, planetLabels, radiusOf } from './planet-labels.ts';
import { css } from './planet-page.ts';
import { encodePng } from './png-encoder.ts';
import { drawDots } from './raster-dots.ts';
import { RasterPool } from './raster-pool.ts';
import { rasterSquare } from './raster-square.ts';
import { type PlanetColors, type PlanetTheme, planetColors, planetPalette, type Rgb, toneIndex } from './tone.ts';

export interface PlanetSvgOptions {
  /** Default: `polar`. */
  readonly layout?: PlanetLayout;
  /** Default: `dark`. */
  readonly theme?: PlanetTheme;
  /** Pixels of a side of the edges, 256 to 8192. Default 2048: about 2 MB. */
  readonly size?: number;
  /** What the picture says of its data. */
  readonly credit?: string;
  readonly signal?: AbortSignal;
}

/** Units of a side of the drawing: those of the picture as PNG. */
const side = 4096;
/** The largest are drawings with a name of their own; the others are in the raster below. */
const mostDots = 4000;
const dotsAtOnce = 1000;

/**
 * The whole internet as one drawing: its links as a raster, the largest ASes, names and the legend as vectors above it.
 * @throws NetwrightError `NW_CANCELLED`
 */
export async function drawPlanetSvg(source: PlanetSource, options: PlanetSvgOptions = {}): Promise<string> {
  const { layout = 'polar', theme = 'dark', size = 2048, credit, signal } = options;
  const colors = planetColors[theme];
  await using pool = new RasterPool();
  const columns = await planetColumns(source);
  const places = await placePlanet(columns, layout, signal);
  pool.use(0, planetLines(columns, places));
  const { texts, leads } = planetLabels(source, columns, places, side, credit);
  const pixels = await rasterSquare(pool, 0, size, signal);
  const large = largest(columns);
  const isLarge = new Set(large);
  await drawDots(columns, places, pixels, size, (index) => !isLarge.has(index));
  const palette = planetPalette(colors);
  const png = await encodePng({ width: size, height: size, pixels, palette }, 9);
  const dots = await dotsOf(source, columns, places, large, colors);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" role="img" aria-label="${escapeXml(texts[1]?.text ?? '')}">`,
    `<style>text{font-family:${fontStack};font-weight:700;fill:${css(colors.ink)};white-space:pre}.halo{paint-order:stroke;stroke:${css(colors.ground)};stroke-width:6px;stroke-linejoin:round}.lead{stroke:${css(colors.ink)};stroke-opacity:.6;stroke-width:2}</style>`,
    `<rect width="${side}" height="${side}" fill="${css(colors.ground)}"/>`,
    `<image width="${side}" height="${side}" href="data:image/png;base64,${png.toString('base64')}"/>`,
    ...dots,
    ...leads.map(([x1, y1, x2, y2]) => `<line class="lead" x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}"/>`),
    ...texts.map(textSvg),
    legendSvg(colors, palette),
    '</svg>',
    '',
  ].join('\n');
}

/** The largest customer cones, the largest last: on top of the others. */
function largest({ cone }: PlanetColumns): number[] {
  return Array.from(cone.keys())
    .filter((index) => cone[index]! > 1)
    .sort((a, b) => cone[b]! - cone[a]! || a - b)
    .slice(0, mostDots)
    .reverse();
}

async function dotsOf(
  { registry }: PlanetSource,
  { asns, cone, part }: PlanetColumns,
  { x, y }: PlanetPlaces,
  indexes: readonly number[],
  { points }: PlanetColors,
): Promise<string[]> {
  const dots: string[] = [];
  for (const at of indexes) {
    const asn = asns[at]!;
    const facts = [`AS${asn}`, registry.name(asn) ?? '', registry.country(asn) ?? ''].filter((text) => text !== '');
    const title = `${facts.join(' ')} · customer cone ${cone[at]!.toLocaleString('en-US')}`;
    const radius = Math.max(1.2, radiusOf(cone[at]!, side));
    dots.push(
      `<circle cx="${n(x[at]! * side)}" cy="${n(y[at]! * side)}" r="${n(radius)}" fill="${css(points[part[at]!]!)}"><title>${escapeXml(title)}</title></circle>`,
    );
    if (dots.length % dotsAtOnce === 0) await turn();
  }
  return dots;
}

function textSvg({ text, x, y, size, anchor, hasHalo }: PlanetLabels['texts'][number]): string {
  const place = `x="${n(x)}" y="${n(y + size * 0.35)}" font-size="${n(size)}"`;
  return `<text ${place}${hasHalo === true ? ' class="halo"' : ''}${anchor === 'middle' ? ' text-anchor="middle"' : ''}>${escapeXml(text)}</text>`;
}

/** Signs before the rows that {@link planetLabels} writes. */
function legendSvg({ points }: PlanetColors, palette: Uint8Array): string {
  const { x, y, pitch } = legendPlace(side);
  const colorAt = (index: number): string => {
    const [red = 0, green = 0, blue = 0] = palette.subarray(index * 3, index * 3 + 3);
    return css([red, green, blue]);
  };
  const ramp = (id: string, row: number, index: (share: number) => number): string => {
    const stops = Array.from({ length: 12 }, (_, at) => at / 11).map(
      (share) => `<stop offset="${n(share * 100)}%" stop-color="${colorAt(index(share))}"/>`,
    );
    return `<linearGradient id="${id}">${stops.join('')}</linearGradient><rect x="${n(x)}" y="${n(y + row * pitch - 12)}" width="220" height="24" fill="url(#${id})"/>`;
  };
  const dot = (left: number, row: number, color: Rgb): string =>
    `<circle cx="${n(x + left)}" cy="${n(y + row * pitch)}" r="12" fill="${css(color)}"/>`;
  return [
    ramp('transit', 0, (share) => toneIndex(share, 0)),
    ramp('peers', 1, (share) => toneIndex(0, share)),
    ...points.slice(0, 6).map((color, part) => dot(20 + part * 36, 2, color)),
    dot(200, 3, points[6]!),
  ].join('\n');
}

const n = (value: number): string => String(Math.round(value * 10) / 10);
