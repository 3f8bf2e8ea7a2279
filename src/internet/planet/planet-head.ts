import { linkTimeMs } from '../draw/link-time.ts';
import { type CoreName, coreNames } from './core-names.ts';
import type { PlanetPlaces } from './layout-planet.ts';
import type { PlanetSource } from './planet-columns.ts';
import { css, selectionColors } from './planet-page.ts';
import { type PlanetTheme, planetColors, type Rgb } from './tone.ts';

/** What the page knows before it asks for anything. */
export interface PlanetHead {
  readonly title: string;
  readonly subtitle: string;
  /** Tells this graph from another at the same address. */
  readonly version: string;
  readonly theme: PlanetTheme;
  /** Of points, by the part of the earth: `0xAABBGGRR`. */
  readonly colors: readonly number[];
  readonly ink: Readonly<Record<'ink' | 'halo' | 'provider' | 'customer' | 'peer', string>>;
  /** Of the largest ASes. */
  readonly names: readonly CoreName[];
}

export interface PlanetHeadOptions {
  readonly theme: PlanetTheme;
  readonly credit?: string | undefined;
  /** Default: by its time and size. */
  readonly version?: string | undefined;
}

/** Names that the page has from the beginning. */
const mostCoreNames = 500;

export function planetHead(source: PlanetSource, { theme, credit, version }: PlanetHeadOptions): PlanetHead {
  const { asns, links } = source.graph;
  const timeMs = linkTimeMs(source);
  const { points, ink, ground } = planetColors[theme];
  const word = ([red, green, blue]: Rgb): number => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  return {
    title: 'The internet',
    subtitle: [
      `${asns.length.toLocaleString('en-US')} ASes`,
      `${links.count.toLocaleString('en-US')} links`,
      ...(timeMs > 0 ? [new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ').concat(' UTC')] : []),
      ...(credit === undefined ? [] : [credit]),
    ].join(' · '),
    version: version ?? `${timeMs}-${asns.length}-${links.count}`,
    theme,
    colors: points.map(word),
    ink: { ink: css(ink), halo: css(ground), ...selectionColors[theme] },
    names: coreNames(source, mostCoreNames),
  };
}

/** Names of countries and tiers that a page shows, the largest first. */
export function shownSigns({ signs }: PlanetPlaces, ases: number): PlanetPlaces['signs'] {
  return signs
    .filter(({ weight }) => weight >= ases / 2500)
    .sort((a, b) => b.weight - a.weight)
    .map(({ text, x, y, weight }) => ({ text, x: Number(x.toFixed(4)), y: Number(y.toFixed(4)), weight }));
}
