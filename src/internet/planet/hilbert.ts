import { setImmediate as turn } from 'node:timers/promises';
import { NetwrightError } from '#core';
import type { Atlas } from '../graph/atlas.ts';

/** Pixels of a side: one is a /22. */
export const hilbertSide = 2048;
const order = 11;
const bits = 2 * order;
const cells = hilbertSide * hilbertSide;

const hilbertKinds = ['country', 'as'] as const;
export type HilbertKind = (typeof hilbertKinds)[number];
export type HilbertSource = Pick<Atlas, 'prefixes' | 'registry' | 'timeMs'>;

/** By place on the curve: AS number of who originates the /22, 0 for nobody; the more specific prefix counts. */
export async function originCells({ prefixes }: HilbertSource): Promise<Uint32Array> {
  if (prefixes === undefined || prefixes.count4 === 0) {
    throw new NetwrightError('NW_INTERNET_SOURCE_MISSING', 'the graph has no IPv4 prefixes', {
      hint: 'build it with routes or with ranges of addresses: netwright internet build routes.mrt.gz -o planet.nwgraph',
    });
  }
  const owner = new Uint32Array(cells);
  for (let at = 0; at < prefixes.count4; at += 1) {
    if (at % 32_768 === 0) await turn();
    const length = prefixes.length[at]!;
    // The default route is everybody's.
    if (length === 0) continue;
    const origin = prefixes.origins[prefixes.offsets[at]!] ?? 0;
    const first = prefixes.words[at * 4]! >>> (32 - bits);
    if (length <= bits) owner.fill(origin, first, first + 2 ** (bits - length));
    else if (owner[first] === 0) owner[first] = origin;
  }
  return owner;
}

/** Neighbours along the curve that one has. */
export interface OwnerRun {
  readonly owner: number;
  readonly first: number;
  /** The one behind the last. */
  readonly end: number;
}

/** Four million cells are some hundred thousand runs. */
export function* runsOf(owners: Uint32Array): Generator<OwnerRun> {
  let first = 0;
  for (let at = 1; at <= owners.length; at += 1) {
    if (at < owners.length && owners[at] === owners[first]) continue;
    if (at > first) yield { owner: owners[first]!, first, end: at };
    first = at;
  }
}

/** Where a place of the curve is in the picture (Hilbert 1891; the first /8 is in the upper left corner). */
export function hilbertPlace(distance: number, curveOrder = order): readonly [x: number, y: number] {
  let [x, y, rest] = [0, 0, distance];
  for (let side = 1; side < 2 ** curveOrder; side *= 2) {
    const right = 1 & (rest >> 1);
    const down = 1 & (rest ^ right);
    if (down === 0) {
      if (right === 1) [x, y] = [side - 1 - x, side - 1 - y];
      [x, y] = [y, x];
    }
    x += side * right;
    y += side * down;
    rest >>= 2;
  }
  return [x, y];
}

/** The curve as a picture: pixel by pixel the value of the place that is there. */
export async function alongCurve(values: Uint8Array): Promise<Uint8Array> {
  const pixels = new Uint8Array(cells);
  for (let distance = 0; distance < cells; distance += 1) {
    const [x, y] = hilbertPlace(distance);
    pixels[y * hilbertSide + x] = values[distance]!;
    if (distance % 65_536 === 0) await turn();
  }
  return pixels;
}
