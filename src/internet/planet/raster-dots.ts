import { setImmediate as turn } from 'node:timers/promises';
import type { PlanetPlaces } from './layout-planet.ts';
import type { PlanetColumns } from './planet-columns.ts';
import { radiusOf } from './planet-labels.ts';
import { pointIndex } from './tone.ts';

/** Each AS, or each that is wanted, a dot in the colour of its part of the earth, larger with its customer cone. */
export async function drawDots(
  { cone, part }: PlanetColumns,
  { x, y }: PlanetPlaces,
  pixels: Uint8Array,
  size: number,
  isWanted: (index: number) => boolean = () => true,
): Promise<void> {
  for (let at = 0; at < cone.length; at += 1) {
    if (isWanted(at))
      disc(pixels, size, x[at]! * size, y[at]! * size, radiusOf(cone[at]!, size), pointIndex + part[at]!);
    if (at % 5000 === 0) await turn();
  }
}

export function disc(pixels: Uint8Array, size: number, cx: number, cy: number, radius: number, color: number): void {
  for (let py = Math.max(0, Math.floor(cy - radius)); py <= Math.min(size - 1, cy + radius); py += 1) {
    for (let px = Math.max(0, Math.floor(cx - radius)); px <= Math.min(size - 1, cx + radius); px += 1) {
      if ((px + 0.5 - cx) ** 2 + (py + 0.5 - cy) ** 2 <= radius * radius + 0.3) pixels[py * size + px] = color;
    }
  }
}
