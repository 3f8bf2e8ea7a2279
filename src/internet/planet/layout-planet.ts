import { countryText, type PlanetColumns, shared } from './planet-columns.ts';

export const planetLayouts = ['polar', 'country', 'hierarchical'] as const;
export type PlanetLayout = (typeof planetLayouts)[number];

/** Where the ASes of a planet are, from 0 to 1 in both directions; columns in shared memory. */
export interface PlanetPlaces {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Names at the rim or beside an area: countries, tiers. */
  readonly signs: readonly PlanetSign[];
}

interface PlanetSign {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** How many ASes it stands for: the larger are shown first. */
  readonly weight: number;
}

/** The transit-free stand around the middle, not upon one another: their cones are nearly the same. */
const coreRadius = 0.05;

/** ASes of one country, in order of the graph. `??` for those without. */
interface Group {
  readonly country: string;
  readonly longitude: number;
  readonly members: number[];
}

/** Imports no other room: it runs in a thread, see {@link placePlanet}. */
export function layoutPlanet(columns: PlanetColumns, layout: PlanetLayout): PlanetPlaces {
  const groups = groupsOf(columns);
  if (layout === 'polar') return polar(columns, groups);
  return layout === 'country' ? byCountry(columns, groups) : hierarchical(columns, groups);
}

/** Countries from west to east. */
function groupsOf({ country, longitudes }: PlanetColumns): Group[] {
  const groups = new Map<number, Group>();
  for (const [at, code] of country.entries()) {
    const known = groups.get(code);
    if (known !== undefined) known.members.push(at);
    else {
      const text = countryText(code);
      groups.set(code, { country: text, longitude: longitudes.get(text) ?? 180, members: [at] });
    }
  }
  return [...groups.values()].sort((a, b) => a.longitude - b.longitude || (a.country < b.country ? -1 : 1));
}

/**
 * CAIDA's AS core, told anew: countries around the circle from west to east, the wider the more ASes they have, and the
 * larger the customer cone the nearer to the middle. ASes without customers make the rim, deeper with more neighbours.
 */
function polar({ asns, cone: cones, degree: degrees }: PlanetColumns, groups: readonly Group[]): PlanetPlaces {
  const x = shared(Float32Array, asns.length);
  const y = shared(Float32Array, asns.length);
  const signs: PlanetSign[] = [];
  const widths = sectorWidths(groups);
  const most = Math.log(Math.max(2, largest(cones)));
  let angle = -Math.PI;
  for (const [place, { country, members }] of groups.entries()) {
    const wide = widths[place]! * 2 * Math.PI;
    for (const at of members) {
      const turn = angle + (0.04 + 0.92 * fraction(asns[at]!)) * wide;
      const cone = cones[at]!;
      const degree = degrees[at]!;
      const scatter = fraction(asns[at]! * 7 + 3);
      const radius =
        cone > 1
          ? coreRadius + 0.71 * (1 - Math.log(cone) / most) ** 0.62 + 0.02 * scatter
          : 0.98 - Math.min(0.15, Math.log(degree + 1) * 0.022) - 0.07 * scatter;
      x[at] = 0.5 + Math.cos(turn) * radius * 0.47;
      y[at] = 0.5 + Math.sin(turn) * radius * 0.47;
    }
    const middle = angle + wide / 2;
    signs.push({
      text: country,
      x: 0.5 + Math.cos(middle) * 0.485,
      y: 0.5 + Math.sin(middle) * 0.485,
      weight: members.length,
    });
    angle += wide;
  }
  return { x, y, signs };
}

/** Share of the circle: not all to the five countries that have half of the ASes. */
function sectorWidths(groups: readonly Group[]): number[] {
  const raw = groups.map(({ members }) => members.length ** 0.72);
  const sum = raw.reduce((total, one) => total + one, 0);
  return raw.map((one) => one / sum);
}

/** One disc a country, around a spiral by size; within it the largest cones in the middle. */
function byCountry({ asns, cone: cones }: PlanetColumns, groups: readonly Group[]): PlanetPlaces {
  const x = shared(Float32Array, asns.length);
  const y = shared(Float32Array, asns.length);
  const discs = packDiscs(groups.map(({ members }) => Math.sqrt(members.length) + 2.5));
  const reach = (side: 'x' | 'y', way: 1 | -1): number =>
    Math.max(...discs.map((disc) => disc[side] * way + disc.radius));
  const [right, left, bottom, top] = [reach('x', 1), reach('x', -1), reach('y', 1), reach('y', -1)];
  const scale = 0.96 / Math.max(right + left, bottom + top);
  for (const disc of discs) {
    disc.x -= (right - left) / 2;
    disc.y -= (bottom - top) / 2;
  }
  const signs: PlanetSign[] = [];
  for (const [place, { country, members }] of groups.entries()) {
    const disc = discs[place]!;
    const ranked = [...members].sort((a, b) => cones[b]! - cones[a]! || a - b);
    for (const [rank, at] of ranked.entries()) {
      // Sunflower: equal ground for each.
      const radius = Math.sqrt((rank + 0.5) / ranked.length) * (disc.radius - 1.6);
      const turn = rank * Math.PI * (3 - Math.sqrt(5));
      x[at] = 0.5 + (disc.x + Math.cos(turn) * radius) * scale;
      y[at] = 0.5 + (disc.y + Math.sin(turn) * radius) * scale;
    }
    signs.push({
      text: country,
      x: 0.5 + disc.x * scale,
      y: 0.5 + (disc.y - disc.radius + 1) * scale,
      weight: members.length,
    });
  }
  return { x, y, signs };
}

interface Disc {
  x: number;
  y: number;
  readonly radius: number;
}

/** Places of a side that a disc is tried at. */
const gridSide = 320;

/** The largest first, each as near to the middle as the others let it. */
function packDiscs(radii: readonly number[]): Disc[] {
  const discs = radii.map((radius): Disc => ({ x: 0, y: 0, radius }));
  const order = [...discs].sort((a, b) => b.radius - a.radius);
  const ground = Math.sqrt(radii.reduce((sum, radius) => sum + (radius + 1) ** 2, 0));
  // Circles of many sizes fill three quarters of a circle; where they do not, the next attempt has more room.
  for (let reach = ground * 1.35 + (order[0]?.radius ?? 0); !packWithin(order, reach); reach *= 1.3);
  return discs;
}

/** Whether there was room for all. */
function packWithin(order: readonly Disc[], reach: number): boolean {
  const cells = gridSide * gridSide;
  const pitch = (2 * reach) / gridSide;
  const [xs, ys, away] = [new Float32Array(cells), new Float32Array(cells), new Float32Array(cells)];
  for (let cell = 0; cell < cells; cell += 1) {
    xs[cell] = ((cell % gridSide) + 0.5) * pitch - reach;
    ys[cell] = (Math.floor(cell / gridSide) + 0.5) * pitch - reach;
    away[cell] = Math.hypot(xs[cell]!, ys[cell]!);
  }
  const nearest = new Uint32Array(cells).map((_, cell) => cell).sort((a, b) => away[a]! - away[b]! || a - b);
  // From the middle of each cell to the nearest edge of a disc.
  const room = new Float32Array(cells).fill(Number.POSITIVE_INFINITY);
  for (const disc of order) {
    const place = nearest.find((cell) => room[cell]! > disc.radius + 1);
    if (place === undefined) return false;
    [disc.x, disc.y] = [xs[place]!, ys[place]!];
    for (let cell = 0; cell < cells; cell += 1) {
      const [dx, dy] = [xs[cell]! - disc.x, ys[cell]! - disc.y];
      const left = Math.sqrt(dx * dx + dy * dy) - disc.radius;
      if (left < room[cell]!) room[cell] = left;
    }
  }
  return true;
}

/** Countries from west to east, the customer cone upwards: transit-free ASes on top, those without customers below. */
function hierarchical({ asns, cone: cones, degree: degrees }: PlanetColumns, groups: readonly Group[]): PlanetPlaces {
  const x = shared(Float32Array, asns.length);
  const y = shared(Float32Array, asns.length);
  const signs: PlanetSign[] = [];
  const widths = sectorWidths(groups);
  const most = Math.log(Math.max(2, largest(cones)));
  let left = 0.02;
  for (const [place, { country, members }] of groups.entries()) {
    const wide = widths[place]! * 0.96;
    for (const at of members) {
      const cone = cones[at]!;
      const degree = degrees[at]!;
      const scatter = fraction(asns[at]! * 7 + 3);
      x[at] = left + (0.03 + 0.94 * fraction(asns[at]!)) * wide;
      y[at] =
        cone > 1
          ? 0.04 + 0.68 * (1 - Math.log(cone) / most) + 0.02 * scatter
          : 0.94 - Math.min(0.13, Math.log(degree + 1) * 0.02) - 0.05 * scatter;
    }
    signs.push({ text: country, x: left + wide / 2, y: 0.965, weight: members.length });
    left += wide;
  }
  return { x, y, signs };
}

/** From 0 to 1, always the same for a number: the finalizer of MurmurHash3. */
function fraction(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}

/** A spread of 80,000 arguments is more than a call can take. */
function largest(values: Uint32Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}
