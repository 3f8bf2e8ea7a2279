import { setImmediate as turn } from 'node:timers/promises';
import { countryName } from '../answers/country-name.ts';
import { shortName } from '../draw/name.ts';
import { type HilbertKind, type HilbertSource, runsOf } from './hilbert.ts';
import { inkIndex, inkLevels, type PlanetTheme, planetColors, type Rgb } from './tone.ts';

/** Who has addresses, as a colour says it: a country, or an AS. */
interface Holder {
  /** Country code, or AS number; empty for an unknown country. */
  readonly key: string;
  /** /22 blocks. */
  readonly cells: number;
  /** Index into the palette. */
  readonly color: number;
}

/** Who has most of a /8, and how much of it: 0 to 1. */
interface BlockShare {
  readonly key: string;
  readonly share: number;
}

export interface HilbertColors {
  /** The largest first. */
  readonly holders: readonly Holder[];
  /** By AS number. */
  readonly colorOf: (asn: number) => number;
  /** Of a holder, without its number or code. */
  readonly nameOf: (key: string) => string;
  /** By /8. */
  readonly largest: readonly BlockShare[];
  /** /22 blocks that anybody originates. */
  readonly used: number;
}

/** Colours below {@link inkIndex}: 0 for what nobody originates, then those of the largest, then quiet ones for the rest. */
const quietCount = 150;
/** So many are told apart by name, in the legend and on the map. */
export const legendCount = 24;
const unknownIndex = 1 + legendCount + quietCount;

/**
 * Told apart by lightness too, so that neighbours in the list are not alike without red and green. Each has the same hue on
 * both grounds; on the light one none is so light that it fades into it, or so dark that names cannot be read on it.
 */
const loud: Readonly<Record<PlanetTheme, readonly string[]>> = {
  dark: [
    '#3f74b8 #e8b93c #c8474b #6fc4b8 #8e5ea8 #f29a4b #4f9a4a #f2a3b3 #8a5a3c #a9cdea #b02f7c #c3d45a',
    '#2f8f94 #e07b5a #5a5fc0 #d9c9a3 #7a8f2f #cf94d6 #b5824a #8fd18c #94405a #7fb0c9 #d6d6d6 #6b7d8c',
  ].flatMap((line) => line.split(' ')),
  light: [
    '#2972dd #836313 #bc5b5c #1f9473 #953ec3 #e6611d #567a56 #ed5874 #915a48 #5d94e0 #c226a1 #6a6f2f',
    '#297275 #cc7f62 #4359e3 #c58641 #7c9114 #c266c6 #9f7a4d #4ca23c #94405a #449fb0 #a18e90 #6a7c8d',
  ].flatMap((line) => line.split(' ')),
};

/** Countries keep their colour from day to day: the order of what they had when this was written. */
const usual = 'US CN JP DE GB KR FR BR CA IT AU NL RU TW IN ES MX SE ZA PL CH VN EG TR'.split(' ');

/** Holders that are coloured before others have their turn. */
const holdersAtOnce = 16_384;

/** By how much they have; equals as they come along the curve. Sorting numbers alone takes a tenth of the time. */
function largestFirst(cells: ReadonlyMap<string, number>): (readonly [key: string, cells: number])[] {
  const list = [...cells].filter(([key]) => key !== '');
  const room = 2 ** 24;
  const order = Float64Array.from(list, ([, count], at) => -count * room + at).sort();
  return Array.from(order, (value) => list[((value % room) + room) % room]!);
}

/** Reads the whole space once, a /8 after the other; other work goes on meanwhile. */
export async function hilbertColors(
  { registry }: HilbertSource,
  owners: Uint32Array,
  by: HilbertKind,
): Promise<HilbertColors> {
  const keys = new Map<number, string>();
  const keyOf = (asn: number): string => {
    const known = keys.get(asn);
    if (known !== undefined) return known;
    const key = by === 'as' ? String(asn) : (registry.country(asn) ?? '');
    keys.set(asn, key);
    return key;
  };
  const cells = new Map<string, number>();
  const largest: BlockShare[] = [];
  const size = owners.length / 256;
  for (let block = 0; block < 256; block += 1) {
    const own = new Map<string, number>();
    for (const { owner, first, end } of runsOf(owners.subarray(block * size, (block + 1) * size))) {
      if (owner !== 0) own.set(keyOf(owner), (own.get(keyOf(owner)) ?? 0) + end - first);
    }
    let best: BlockShare = { key: '', share: 0 };
    for (const [key, count] of own) {
      cells.set(key, (cells.get(key) ?? 0) + count);
      if (count / size > best.share) best = { key, share: count / size };
    }
    largest.push(best);
    if (block % 8 === 0) await turn();
  }
  const ranked = largestFirst(cells);
  await turn();
  const colors =
    by === 'country' ? usualColors(ranked) : new Map(ranked.slice(0, legendCount).map(([key], at) => [key, 1 + at]));
  const colorOfKey = (key: string): number => (key === '' ? unknownIndex : (colors.get(key) ?? quiet(key)));
  const nameOf = (key: string): string => {
    if (key === '') return 'country unknown';
    return by === 'country' ? countryName(key) : shortName(registry.name(Number(key)) ?? '');
  };
  const unknown = cells.get('');
  const all = [...ranked, ...(unknown === undefined ? [] : [['', unknown] as const])];
  const holders: Holder[] = [];
  for (const [key, count] of all) {
    holders.push({ key, cells: count, color: colorOfKey(key) });
    if (holders.length % holdersAtOnce === 0) await turn();
  }
  const byAs = new Map<number, number>();
  return {
    holders,
    nameOf,
    largest,
    used: holders.reduce((sum, one) => sum + one.cells, 0),
    colorOf: (asn) => {
      const known = byAs.get(asn);
      if (known !== undefined) return known;
      const color = colorOfKey(keyOf(asn));
      byAs.set(asn, color);
      return color;
    },
  };
}

/** The usual ones theirs, others among the largest what is left. */
function usualColors(ranked: readonly (readonly [key: string, cells: number])[]): Map<string, number> {
  const large = ranked.slice(0, legendCount).map(([key]) => key);
  const taken = new Map(large.flatMap((key) => (usual.includes(key) ? [[key, 1 + usual.indexOf(key)] as const] : [])));
  const free = usual.flatMap((key, at) => (large.includes(key) ? [] : [1 + at]));
  for (const key of large) if (!taken.has(key)) taken.set(key, free.shift()!);
  return taken;
}

/** The same for the same key on every day. */
function quiet(key: string): number {
  let hash = 0;
  for (const letter of key) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return 1 + legendCount + ((Math.imul(hash, 2_654_435_761) >>> 8) % quietCount);
}

export function hilbertPalette(theme: PlanetTheme): Uint8Array {
  const { ground, ink } = planetColors[theme];
  const palette = new Uint8Array(768);
  palette.set(ground, 0);
  for (const [at, color] of loud[theme].entries()) {
    const word = Number.parseInt(color.slice(1), 16);
    palette.set([word >> 16, (word >> 8) & 255, word & 255], (1 + at) * 3);
  }
  for (let at = 0; at < quietCount; at += 1) {
    const light = theme === 'dark' ? 0.22 + (at % 4) * 0.05 : 0.72 + (at % 4) * 0.05;
    palette.set(fromHsl((at * 360 * 0.618034) % 360, 0.26, light), (1 + legendCount + at) * 3);
  }
  palette.set(theme === 'dark' ? [52, 57, 66] : [206, 212, 220], unknownIndex * 3);
  for (let at = 0; at < inkLevels; at += 1) {
    const share = (at + 1) / inkLevels;
    const mixed = [0, 1, 2].map((channel) => ground[channel]! + (ink[channel]! - ground[channel]!) * share);
    palette.set(mixed, (inkIndex + at) * 3);
  }
  return palette;
}

function fromHsl(hue: number, saturation: number, light: number): Rgb {
  const strength = saturation * Math.min(light, 1 - light);
  const channel = (shift: number): number => {
    const place = (shift + hue / 30) % 12;
    return Math.round(255 * (light - strength * Math.max(-1, Math.min(place - 3, 9 - place, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
