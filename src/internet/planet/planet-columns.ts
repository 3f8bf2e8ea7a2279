import { setImmediate as turn } from 'node:timers/promises';
import { relations } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';

export type PlanetSource = Pick<Atlas, 'graph' | 'registry' | 'cones' | 'timeMs' | 'sources'>;

/** What threads need to lay out and draw a planet: columns in memory that they share. By AS index unless said otherwise. */
export interface PlanetColumns {
  readonly asns: Uint32Array;
  readonly cone: Uint32Array;
  readonly degree: Uint32Array;
  /** Two letters, `'EG'` as `0x4547`; 0 for none. */
  readonly country: Uint16Array;
  /** 0-5 by longitude from the date line eastwards; 6 for what is nowhere known. */
  readonly part: Uint8Array;
  /** Degrees of the countries that there are. */
  readonly longitudes: ReadonlyMap<string, number>;
  /** By link: ends, and 0 for a sale of transit, 1 for anything else. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly kind: Uint8Array;
}

/** ASes and links that are read before others have their turn: some milliseconds. */
const atOnce = 16_384;

/** The columns of a graph; other work goes on meanwhile. */
export async function planetColumns({ graph, registry, cones }: PlanetSource): Promise<PlanetColumns> {
  const { asns, links, offsets } = graph;
  const country = shared(Uint16Array, asns.length);
  const longitudes = new Map<string, number>();
  const parts = new Map<number, number>();
  const part = shared(Uint8Array, asns.length);
  const degree = shared(Uint32Array, asns.length);
  for (let start = 0; start < asns.length; start += atOnce) {
    country.set(countriesOf(asns.subarray(start, start + atOnce)), start);
    for (let at = start; at < Math.min(asns.length, start + atOnce); at += 1) {
      degree[at] = offsets[at + 1]! - offsets[at]!;
      part[at] = partOf(country[at]!);
    }
    await turn();
  }
  const [customer, provider] = [relations.indexOf('customer'), relations.indexOf('provider')];
  const kind = shared(Uint8Array, links.count);
  for (let link = 0; link < links.count; link += 1) {
    const relation = links.relation[link]!;
    kind[link] = relation === customer || relation === provider ? 0 : 1;
    if (link % (16 * atOnce) === 0) await turn();
  }
  return {
    asns: shared(Uint32Array, asns),
    cone: shared(Uint32Array, cones.recursive),
    degree,
    country,
    part,
    longitudes,
    from: shared(Uint32Array, links.a.subarray(0, links.count)),
    to: shared(Uint32Array, links.b.subarray(0, links.count)),
    kind,
  };

  function countriesOf(some: Uint32Array): Uint16Array {
    if (registry.countryColumn !== undefined) return registry.countryColumn(some);
    return Uint16Array.from(some, (asn) => {
      const code = registry.country(asn) ?? '';
      return code.length === 2 ? (code.charCodeAt(0) << 8) | code.charCodeAt(1) : 0;
    });
  }

  function partOf(code: number): number {
    const known = parts.get(code);
    if (known !== undefined) return known;
    const longitude = registry.longitude(countryText(code));
    if (longitude !== undefined) longitudes.set(countryText(code), longitude);
    const found = longitude === undefined ? 6 : Math.min(5, Math.max(0, Math.floor((longitude + 180) / 60)));
    parts.set(code, found);
    return found;
  }
}

/** `??` for none. */
export const countryText = (code: number): string => (code === 0 ? '??' : String.fromCharCode(code >> 8, code & 255));

type Column = Uint8Array | Uint16Array | Uint32Array | Float32Array;

/** A column in shared memory: empty of that length, or a copy. */
export function shared<T extends Column>(
  kind: { new (buffer: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number },
  values: number | T,
): T {
  const length = typeof values === 'number' ? values : values.length;
  const column = new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT));
  if (typeof values !== 'number') column.set(values);
  return column;
}
