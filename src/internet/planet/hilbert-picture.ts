import { setImmediate as turn } from 'node:timers/promises';
import { alongCurve, type HilbertKind, type HilbertSource, hilbertSide, originCells, runsOf } from './hilbert.ts';
import { type HilbertColors, hilbertColors, hilbertPalette, legendCount } from './hilbert-colors.ts';
import { blockLabels, type LegendRow, legendPitch, legendTexts, legendWidth, shareText } from './hilbert-labels.ts';
import { type InkText, inkLabels } from './ink-labels.ts';
import { encodePng } from './png-encoder.ts';
import type { PlanetTheme } from './tone.ts';

export interface HilbertOptions {
  /** Default: `country`. */
  readonly by?: HilbertKind;
  /** Default: `dark`. */
  readonly theme?: PlanetTheme;
  readonly credit?: string;
}

/** Pixels above the map. */
const head = 96;

/**
 * The IPv4 space on a Hilbert curve, coloured by who originates each /22 or by the country it is registered in, with the
 * largest in a legend.
 */
export async function drawHilbertPng(source: HilbertSource, options: HilbertOptions = {}): Promise<Buffer> {
  const { by = 'country', theme = 'dark', credit } = options;
  const owners = await originCells(source);
  const colors = await hilbertColors(source, owners, by);
  const [width, height] = [hilbertSide + legendWidth, hilbertSide + head];
  const pixels = new Uint8Array(width * height);
  const map = await mapPixels(owners, colors);
  for (let row = 0; row < hilbertSide; row += 1) {
    pixels.set(map.subarray(row * hilbertSide, (row + 1) * hilbertSide), (head + row) * width);
  }
  const rows = legendRows(colors);
  const [left, top] = [hilbertSide, head + 40];
  for (const [at, { color }] of rows.entries()) {
    for (let dy = -14; dy < 14; dy += 1) {
      const start = (top + at * legendPitch + dy) * width + left + 36;
      pixels.fill(color, start, start + 32);
    }
  }
  const texts: InkText[] = [
    { text: 'The IPv4 space', x: 24, y: 34, size: 34, anchor: 'start' },
    {
      text: hilbertFacts(source, colors, { by, ...(credit !== undefined && { credit }) }),
      x: 24,
      y: 72,
      size: 20,
      anchor: 'start',
    },
    ...blockLabels(colors, head),
    ...legendTexts(rows, left, top),
    { text: 'Adjacent addresses are adjacent on the map:', x: left + 36, y: height - 96, size: 20, anchor: 'start' },
    { text: 'follow the numbers, one square is a /8.', x: left + 36, y: height - 68, size: 20, anchor: 'start' },
    { text: 'Empty: nobody originates it.', x: left + 36, y: height - 40, size: 20, anchor: 'start' },
  ];
  await (await inkLabels(texts))(pixels, width, height);
  return await encodePng({ width, height, pixels, palette: hilbertPalette(theme) }, 6);
}

/** The square alone, with its labels, for a page that has the rest around it. */
export async function drawHilbertSquare(
  owners: Uint32Array,
  colors: HilbertColors,
  theme: PlanetTheme,
): Promise<Buffer> {
  const pixels = await mapPixels(owners, colors);
  await (await inkLabels(blockLabels(colors, 0)))(pixels, hilbertSide, hilbertSide);
  return await encodePng({ width: hilbertSide, height: hilbertSide, pixels, palette: hilbertPalette(theme) }, 6);
}

/** Colours by place, with a line between one /8 and the next. */
async function mapPixels(owners: Uint32Array, { colorOf }: HilbertColors): Promise<Uint8Array> {
  const values = new Uint8Array(owners.length);
  const size = owners.length / 256;
  for (let start = 0; start < owners.length; start += size) {
    for (const { owner, first, end } of runsOf(owners.subarray(start, start + size))) {
      if (owner !== 0) values.fill(colorOf(owner), start + first, start + end);
    }
    if (start % (16 * size) === 0) await turn();
  }
  const pixels = await alongCurve(values);
  for (let line = hilbertSide / 16; line < hilbertSide; line += hilbertSide / 16) {
    pixels.fill(0, line * hilbertSide, (line + 1) * hilbertSide);
    for (let row = 0; row < hilbertSide; row += 1) pixels[row * hilbertSide + line] = 0;
  }
  return pixels;
}

/** The largest by name, then the others and the unknown as one each. */
export function legendRows({ holders, nameOf }: HilbertColors): LegendRow[] {
  const named = holders.filter(({ key }) => key !== '');
  const rows = named.slice(0, legendCount).map(
    ({ key, cells, color }): LegendRow => ({
      color,
      text: /^\d+$/.test(key) ? `AS${key} ${nameOf(key)}`.trim() : `${key} ${nameOf(key)}`,
      share: shareText(cells),
      find: /^\d+$/.test(key) ? `AS${key}` : `country ${key}`,
    }),
  );
  const others = named.slice(legendCount);
  if (others.length > 0) {
    const cells = others.reduce((sum, one) => sum + one.cells, 0);
    const text = `${others.length.toLocaleString('en-US')} others, in quiet colours`;
    rows.push({ color: others[0]!.color, text, share: shareText(cells) });
  }
  const unknown = holders.find(({ key }) => key === '');
  if (unknown !== undefined) rows.push({ color: unknown.color, text: nameOf(''), share: shareText(unknown.cells) });
  return rows;
}

export function hilbertFacts(
  { timeMs }: HilbertSource,
  { used }: HilbertColors,
  { by, credit }: { readonly by: HilbertKind; readonly credit?: string },
): string {
  return [
    ...(timeMs > 0 ? [new Date(timeMs).toISOString().slice(0, 10)] : []),
    `one pixel a /22, ${((used / hilbertSide ** 2) * 100).toFixed(1)} % originated`,
    `coloured by ${by === 'as' ? 'origin AS' : 'country of the origin AS'}`,
    ...(credit === undefined ? [] : [credit]),
  ].join(' · ');
}
