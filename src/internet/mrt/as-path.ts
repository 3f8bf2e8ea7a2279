import { asTrans, segment } from './record-types.ts';

/** One segment of an AS_PATH; `type` as in {@link segment}. */
export interface PathSegment {
  readonly type: number;
  readonly numbers: readonly number[];
}

/** Whether the bytes are segments of known types that end where the attribute ends. */
function isPath(bytes: Uint8Array, at: number, end: number, asnBytes: number): boolean {
  let next = at;
  while (next < end) {
    if (next + 2 > end) return false;
    const type = bytes[next]!;
    if (type < 1 || type > 4) return false;
    next += 2 + bytes[next + 1]! * asnBytes;
  }
  return next === end;
}

/**
 * How wide AS numbers are in a path. The record says it, but some collectors recorded four octets under the type for
 * two and the other way round; undefined when neither fits.
 */
export function pathWidth(bytes: Uint8Array, at: number, end: number, declared: 2 | 4): 2 | 4 | undefined {
  if (isPath(bytes, at, end, declared)) return declared;
  const other = declared === 4 ? 2 : 4;
  return isPath(bytes, at, end, other) ? other : undefined;
}

/** The segments of an AS_PATH that {@link isPath}. */
export function readSegments(bytes: Uint8Array, at: number, end: number, asnBytes: 2 | 4): PathSegment[] {
  const segments: PathSegment[] = [];
  for (let next = at; next < end; ) {
    const type = bytes[next]!;
    const count = bytes[next + 1]!;
    next += 2;
    const numbers: number[] = [];
    for (let index = 0; index < count; index++) {
      numbers.push(asnBytes === 4 ? readU32(bytes, next) : (bytes[next]! << 8) | bytes[next + 1]!);
      next += asnBytes;
    }
    segments.push({ type, numbers });
  }
  return segments;
}

/** How many ASes a path counts (RFC 4271 section 9.1.2.2, RFC 5065 section 5.3): a set is one, a confederation none. */
export function pathLength(path: readonly PathSegment[]): number {
  return path.reduce((sum, one) => sum + weight(one), 0);
}

/**
 * The path that a speaker of two octets passed on, with the numbers that it could not carry put back (RFC 6793
 * section 4.2.3): the leading ASes of AS_PATH, as many as it is longer, then AS4_PATH. An AS4_PATH that is longer is
 * ignored, and confederation segments in it are left out.
 */
export function mergeAs4Path(path: readonly PathSegment[], as4Path: readonly PathSegment[]): readonly PathSegment[] {
  const wide = as4Path.filter(({ type }) => type === segment.set || type === segment.sequence);
  let missing = pathLength(path) - pathLength(wide);
  if (missing < 0 || wide.length === 0) return path;
  const merged: PathSegment[] = [];
  for (const one of path) {
    if (isConfederation(one.type)) {
      // RFC 6793: confederation segments that lead, or stand beside what is kept, are kept.
      if (missing > 0 || merged.length === 0 || isConfederation(merged.at(-1)!.type)) merged.push(one);
      continue;
    }
    if (missing === 0) break;
    if (one.type === segment.set || one.numbers.length <= missing) {
      merged.push(one);
      missing -= weight(one);
    } else {
      merged.push({ type: one.type, numbers: one.numbers.slice(0, missing) });
      missing = 0;
    }
  }
  return [...merged, ...wide];
}

/** RFC 6793 section 4.2.3: when the aggregator is known in two octets, AS4_PATH comes from somebody who did not know. */
export function isAs4Ignored(bytes: Uint8Array, aggregator: number, as4Aggregator: number): boolean {
  if (aggregator < 0 || as4Aggregator < 0) return false;
  return ((bytes[aggregator]! << 8) | bytes[aggregator + 1]!) !== asTrans;
}

export function readU32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

export function readU16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

const weight = ({ type, numbers }: PathSegment): number =>
  type === segment.sequence ? numbers.length : type === segment.set ? 1 : 0;

function isConfederation(type: number): boolean {
  return type === segment.confederationSequence || type === segment.confederationSet;
}
