import { relations } from '../graph/as-graph.ts';
import { layoutPlanet, type PlanetLayout, type PlanetPlaces, type PlanetSource } from './layout-planet.ts';
import type { RasterLines } from './raster.ts';

export interface PlacedPlanet {
  readonly places: PlanetPlaces;
  readonly lines: RasterLines;
}

/** A planet laid out, its columns in shared memory for the threads that draw. */
export function placePlanet(source: PlanetSource, layout: PlanetLayout): PlacedPlanet {
  const places = layoutPlanet(source, layout);
  const { links } = source.graph;
  const [customer, provider] = [relations.indexOf('customer'), relations.indexOf('provider')];
  const kind = new Uint8Array(new SharedArrayBuffer(links.count));
  for (let link = 0; link < links.count; link += 1) {
    const relation = links.relation[link]!;
    kind[link] = relation === customer || relation === provider ? 0 : 1;
  }
  const shared = (values: Float32Array): Float32Array => {
    const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
    copy.set(values);
    return copy;
  };
  const ends = (values: Uint32Array): Uint32Array => {
    const copy = new Uint32Array(new SharedArrayBuffer(links.count * 4));
    copy.set(values.subarray(0, links.count));
    return copy;
  };
  return { places, lines: { x: shared(places.x), y: shared(places.y), from: ends(links.a), to: ends(links.b), kind } };
}
