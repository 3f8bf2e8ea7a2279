import type { PlanetPlaces } from './layout-planet.ts';
import type { PlanetColumns } from './planet-columns.ts';

/**
 * The points of a layout for the page, in columns, little endian: how many (u32), AS numbers as differences (u32), x and
 * y (u16, 65536 is the side), a byte each for the logarithm of the cone (16 a power of e) and the part of the earth.
 * 80,000 ASes are 870 kB, half of it when packed.
 */
export function packPoints({ asns, cone, part }: PlanetColumns, { x, y }: PlanetPlaces): Uint8Array {
  const count = asns.length;
  const numbers = new Uint32Array(count + 1);
  const places = new Uint16Array(count * 2);
  const bytes = new Uint8Array(count * 2);
  numbers[0] = count;
  let before = 0;
  for (let at = 0; at < count; at += 1) {
    numbers[at + 1] = asns[at]! - before;
    before = asns[at]!;
    places[at] = Math.min(65_535, x[at]! * 65_536);
    places[count + at] = Math.min(65_535, y[at]! * 65_536);
    bytes[at] = Math.min(255, Math.log(cone[at]!) * 16);
  }
  bytes.set(part, count);
  return Buffer.concat([numbers, places, bytes].map((column) => new Uint8Array(column.buffer)));
}
