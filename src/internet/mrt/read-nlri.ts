import { readU32 } from './as-path.ts';
import { type MrtRoute, readPrefix } from './mrt-route.ts';

/** Called for every prefix, which stands in the route then. */
type OnPrefix = (route: MrtRoute) => void;

/**
 * Reads the prefixes between `at` and `end` into `route`, one after the other. Where the record does not say that
 * there are path identifiers, but only with them the prefixes make sense, they are read that way: some collectors
 * recorded ADD-PATH sessions as plain ones. False when the prefixes are damaged; those before are read.
 */
export function readNlri(route: MrtRoute, at: number, end: number, hasPathId: boolean, onPrefix: OnPrefix): boolean {
  const { bytes, family, words } = route;
  const withPathId = hasPathId || (!fits(bytes, at, end, family, false) && fits(bytes, at, end, family, true));
  route.hasPathId = withPathId;
  const longest = family === 4 ? 32 : 128;
  let next = at;
  while (next < end) {
    if (withPathId) {
      if (next + 5 > end) return false;
      route.pathId = readU32(bytes, next);
      next += 4;
    }
    const length = bytes[next]!;
    const after = next + 1 + ((length + 7) >> 3);
    if (length > longest || after > end) return false;
    route.length = length;
    readPrefix(bytes, next + 1, length, words);
    next = after;
    onPrefix(route);
  }
  return true;
}

/** Whether all lengths are possible, the last prefix ends at the end, and the default route is there once at most. */
function fits(bytes: Uint8Array, at: number, end: number, family: number, hasPathId: boolean): boolean {
  const longest = family === 4 ? 32 : 128;
  let next = at;
  let defaults = 0;
  while (next < end) {
    if (hasPathId) next += 4;
    const length = bytes[next];
    if (length === undefined || next >= end || length > longest) return false;
    if (length === 0) defaults += 1;
    next += 1 + ((length + 7) >> 3);
  }
  return next === end && (hasPathId || defaults <= 1);
}
