import type { PathTable } from '#internet';

/** A table of paths, written as numbers with blanks between; `{1,2}` is an AS_SET. */
export function pathTable(...paths: readonly string[]): PathTable {
  const hops: number[] = [];
  const sets = new Map<number, readonly number[]>();
  const offsets = [0];
  for (const path of paths) {
    for (const word of path.split(' ')) {
      if (word.startsWith('{')) sets.set(hops.length, word.slice(1, -1).split(',').map(Number));
      hops.push(word.startsWith('{') ? 0 : Number(word));
    }
    offsets.push(hops.length);
  }
  return {
    count: paths.length,
    offsets: Uint32Array.from(offsets),
    hops: Uint32Array.from(hops),
    sets,
    routes: new Uint32Array(paths.length).fill(1),
  };
}
