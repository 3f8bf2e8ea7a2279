import { seededRandom } from '#core';
import type { RouteTable } from '#internet';
import { RouteColumns } from '../../../src/internet/routes/route-columns.ts';

/** A table of made-up routes, the same for the same seed: few vantage points, paths that share their beginnings. */
export function generatedTable(prefixCount: number, seed = 1): RouteTable {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const columns = new RouteColumns();
  const peers = Array.from({ length: 6 }, (_, index) =>
    columns.peer(64_500 + index, index % 2 === 0 ? `192.0.2.${index + 1}` : `2001:db8::${index + 1}`, 'generated'),
  );
  const words = new Uint32Array(4);
  for (let index = 0; index < prefixCount; index++) {
    const family = index % 8 === 7 ? 6 : 4;
    words.fill(0);
    words[0] = family === 4 ? 0x0b000000 + index * 256 : 0x20010000 + (index >>> 16);
    if (family === 6) words[1] = index << 16;
    const prefix = columns.prefixes.intern(family, family === 4 ? 24 : 48, words);
    const origin = 100_000 + below(prefixCount >> 2);
    for (const [place, peer] of peers.entries()) {
      if (below(4) === 0) continue;
      const middle = Array.from({ length: 1 + below(4) }, (_, hop) => 1000 + ((origin * 31 + hop * 7 + place) % 5000));
      const hops = [64_500 + place, ...middle, origin, ...(below(6) === 0 ? [origin] : [])];
      columns.add(prefix, columns.paths.ofHops(hops, []), peer);
    }
  }
  return columns.table();
}
