import type { PlanetPlaces, PlanetSource } from './layout-planet.ts';
import { partOfEarth } from './planet-png.ts';

/**
 * The points of a layout for the page, in columns, little endian: how many (u32), AS numbers as differences (u32), x and
 * y (u16, 65536 is the side), a byte each for the logarithm of the cone (16 a power of e) and the part of the earth.
 * 80,000 ASes are 870 kB, half of it when packed.
 */
export function packPoints({ graph, cones, registry }: PlanetSource, { x, y }: PlanetPlaces): Uint8Array {
  const count = graph.asns.length;
  const numbers = new Uint32Array(count + 1);
  const places = new Uint16Array(count * 2);
  const bytes = new Uint8Array(count * 2);
  numbers[0] = count;
  let before = 0;
  for (const [at, asn] of graph.asns.entries()) {
    numbers[at + 1] = asn - before;
    before = asn;
    places[at] = Math.min(65_535, x[at]! * 65_536);
    places[count + at] = Math.min(65_535, y[at]! * 65_536);
    bytes[at] = Math.min(255, Math.log(cones.recursive[at]!) * 16);
    bytes[count + at] = partOfEarth(registry.longitude(registry.country(asn) ?? ''));
  }
  return Buffer.concat([numbers, places, bytes].map((part) => new Uint8Array(part.buffer)));
}
