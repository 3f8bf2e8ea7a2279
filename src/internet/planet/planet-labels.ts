import { linkTimeMs } from '../draw/link-time.ts';
import { textWidth } from '../draw/text-width.ts';
import { coreNames } from './core-names.ts';
import type { InkText } from './ink-labels.ts';
import type { PlanetPlaces } from './layout-planet.ts';
import { NamePlaces } from './page/name-places.ts';
import type { PlanetColumns, PlanetSource } from './planet-columns.ts';

/** Names of the largest that are tried, of a picture of usual size. */
const mostNames = 260;
const mostLed = 90;

/** Pixels of the radius of a dot, in a picture of that size. */
export const radiusOf = (cone: number, size: number): number => ((0.8 + Math.log10(cone) * 2.3) * size) / 4096;

/** The line from a dot to its name. */
export type Lead = readonly [x1: number, y1: number, x2: number, y2: number];

/** What is written into a picture of a planet. */
export interface PlanetLabels {
  readonly texts: InkText[];
  readonly leads: Lead[];
}

/** Title, facts, countries and the names of the largest, none on another; for a picture of that size. */
export function planetLabels(
  source: PlanetSource,
  { asns, cone }: PlanetColumns,
  { x, y, signs }: PlanetPlaces,
  size: number,
  credit: string | undefined,
): PlanetLabels {
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

/** Where the legend is, and how far apart its rows are. */
export function legendPlace(size: number): { x: number; y: number; pitch: number } {
  const unit = size / 4096;
  const widest = Math.max(...legendRows.map((text) => textWidth(text, legendSize * unit, true)));
  const pitch = 46 * unit;
  return { x: size - widest - 300 * unit, y: size - 60 * unit - (legendRows.length - 1) * pitch, pitch };
}
