import type { Atlas } from '../../graph/atlas.ts';
import { itemsASlice, type Sliced } from '../../relationships/slices.ts';
import { RouteColumns } from '../../routes/route-columns.ts';
import { anyAddress, type RouteTable } from '../../routes/route-table.ts';

/**
 * The routes that a graph was built of, as far as it kept them: which paths lead to a prefix, and of these the first AS,
 * not the address of the neighbour that told.
 */
export function* routesOfGraph({ prefixes, paths }: Atlas): Sliced<RouteTable> {
  const columns = new RouteColumns();
  if (prefixes === undefined || paths?.ofPrefix === undefined) return columns.table();
  const { offsets, pathIds } = paths.ofPrefix;
  const { table } = paths;
  const known = new Int32Array(table.count).fill(-1);
  for (let prefix = 0; prefix < prefixes.count; prefix += 1) {
    if (prefix % itemsASlice === 0) yield 'reading routes of the graph';
    const family = prefix < prefixes.count4 ? 4 : 6;
    const words = prefixes.words.subarray(prefix * 4, prefix * 4 + 4);
    const id = columns.prefixes.intern(family, prefixes.length[prefix]!, words);
    for (let slot = offsets[prefix]!; slot < offsets[prefix + 1]!; slot += 1) {
      const old = pathIds[slot]!;
      if (known[old]! < 0) known[old] = columns.paths.ofTable(table, old);
      const path = known[old]!;
      const peer = columns.peer(columns.paths.firstOf(path), anyAddress, 'graph');
      if (peer >= 0) columns.add(id, path, peer);
    }
  }
  return columns.table();
}
