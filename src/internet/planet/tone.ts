import type { LineSums } from './raster.ts';

/** Colours of a planet, as red, green and blue from 0 to 255. Imports no other room: it runs in threads. */
export interface PlanetColors {
  readonly ground: Rgb;
  /** Sales of transit, from few to many. */
  readonly transit: readonly Rgb[];
  /** Peering, laid over it where there is little transit. */
  readonly peer: Rgb;
  readonly ink: Rgb;
  /**
   * ASes by the sixth of the earth that they are in, then those of an unknown country. Who sees no red or no green can tell
   * them apart too: the test simulates both.
   */
  readonly points: readonly Rgb[];
}

export type Rgb = readonly [red: number, green: number, blue: number];
export type PlanetTheme = 'dark' | 'light';

export const planetColors: Readonly<Record<PlanetTheme, PlanetColors>> = {
  dark: {
    ground: [8, 11, 17],
    transit: [
      [8, 11, 17],
      [58, 30, 78],
      [156, 54, 72],
      [232, 124, 56],
      [255, 206, 120],
      [255, 250, 232],
    ],
    peer: [52, 132, 214],
    ink: [236, 241, 248],
    points: [
      [239, 134, 79],
      [241, 215, 92],
      [94, 205, 156],
      [113, 190, 254],
      [137, 110, 200],
      [208, 103, 156],
      [192, 201, 215],
    ],
  },
  light: {
    ground: [252, 253, 254],
    transit: [
      [252, 253, 254],
      [246, 214, 178],
      [226, 140, 96],
      [176, 66, 70],
      [104, 26, 82],
      [40, 8, 48],
    ],
    peer: [70, 140, 210],
    ink: [23, 32, 43],
    points: [
      [161, 40, 0],
      [161, 142, 45],
      [53, 145, 107],
      [63, 133, 209],
      [95, 60, 181],
      [145, 18, 88],
      [124, 135, 152],
    ],
  },
};

const transitLevels = 16;
const peerLevels = 12;
/** Palette entries behind the tones: points by the six parts of the earth and of an unknown place, then the ink of labels in four strengths. */
export const pointIndex = transitLevels * peerLevels;
export const inkIndex = pointIndex + 7;
export const inkLevels = 4;

/** Entry of the palette for so much transit and peering, each from 0 to 1. */
export const toneIndex = (transit: number, peers: number): number =>
  Math.round(transit * (transitLevels - 1)) * peerLevels + Math.round(peers * (peerLevels - 1));

/** How many lines meet in a pixel: where brightness begins, and where it is full. */
export interface Exposure {
  readonly low: number;
  readonly full: number;
}

/** Half of what is drawn is below the middle; the brightest thousandth may burn out. */
export function exposureOf(sums: LineSums[number]): Exposure {
  const drawn = sums.filter((sum) => sum > 0).sort();
  const at = (share: number): number => drawn[Math.floor(drawn.length * share)] ?? 1;
  return { low: at(0.2), full: Math.max(8, at(0.998)) };
}

/** The same brightness at another scale: what meets in a pixel spreads over more as the picture grows. */
export const exposureAt = ({ low, full }: Exposure, zoom: number): Exposure => ({
  low: low / zoom / 1.6,
  full: Math.max(5, full / zoom ** 0.9),
});

/** Brightness 0-1 of so many lines: their logarithm, so that one is seen and ten thousand do not burn out. */
function toneOf(lines: number, { low, full }: Exposure): number {
  const floor = Math.log1p(low) * 0.75;
  const tone = (Math.log1p(lines) - floor) / (Math.log1p(full) - floor);
  return Math.min(1, Math.max(0.06, tone));
}

/** 256 colours: tones (`transit level * 12 + peer level`), points, ink. */
export function planetPalette({ ground, transit, peer, ink, points }: PlanetColors): Uint8Array {
  const palette = new Uint8Array(256 * 3);
  for (let one = 0; one < transitLevels; one += 1) {
    for (let other = 0; other < peerLevels; other += 1) {
      const warm = along(transit, (one / (transitLevels - 1)) ** 1.15);
      const cool = (other / (peerLevels - 1)) ** 1.5 * 0.62 * (1 - (one / (transitLevels - 1)) * 0.55);
      palette.set(mix(warm, peer, cool), (one * peerLevels + other) * 3);
    }
  }
  for (const [at, point] of points.entries()) palette.set(point, (pointIndex + at) * 3);
  for (let at = 0; at < inkLevels; at += 1) palette.set(mix(ground, ink, (at + 1) / inkLevels), (inkIndex + at) * 3);
  return palette;
}

const mix = (one: Rgb, other: Rgb, share: number): [number, number, number] =>
  [0, 1, 2].map((at) => Math.round(one[at]! + (other[at]! - one[at]!) * share)) as [number, number, number];

function along(colors: readonly Rgb[], share: number): Rgb {
  const place = share * (colors.length - 1);
  const at = Math.min(colors.length - 2, Math.floor(place));
  return mix(colors[at]!, colors[at + 1]!, place - at);
}

/** Sums as indexes into {@link planetPalette}; `unit` is what a line adds to them. */
export function toneMap(
  [transit, peers]: LineSums,
  exposures: readonly [Exposure, Exposure],
  unit: number,
): Uint8Array {
  const pixels = new Uint8Array(transit.length);
  const transitTable = levelTable(exposures[0], transitLevels, unit);
  const peerTable = levelTable(exposures[1], peerLevels, unit);
  const last = transitTable.length - 1;
  for (let at = 0; at < pixels.length; at += 1) {
    const one = Math.min(last, transit[at]!);
    const other = Math.min(last, peers[at]!);
    if ((one | other) !== 0) pixels[at] = transitTable[one]! * peerLevels + peerTable[other]!;
  }
  return pixels;
}

/** More lines than that are as bright as can be. */
const mostLines = 8192;

function levelTable(exposure: Exposure, levels: number, unit: number): Uint8Array {
  const table = new Uint8Array(mostLines * unit);
  for (let sum = 1; sum < table.length; sum += 1) table[sum] = Math.round(toneOf(sum / unit, exposure) * (levels - 1));
  return table;
}
