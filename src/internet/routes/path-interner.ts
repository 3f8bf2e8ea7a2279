import { isAs4Ignored, mergeAs4Path, type PathSegment, pathWidth, readSegments } from '../mrt/as-path.ts';
import type { MrtRoute } from '../mrt/mrt-route.ts';
import { segment } from '../mrt/record-types.ts';
import { emptySlot, HashSlots } from './hash-slots.ts';
import { type PathTable, setMark } from './route-table.ts';

/** Gives every distinct AS path a number, without an object a path. */
export class PathInterner {
  #count = 0;
  #offsets = new Uint32Array(1 << 12);
  #hops = new Uint32Array(1 << 15);
  #routes = new Uint32Array(1 << 12);
  #hopCount = 0;
  readonly #slots = new HashSlots();
  readonly #sets = new Map<number, readonly number[]>();
  /** Paths with sets are rare: they are told apart by text, and are not among the slots. */
  readonly #withSets = new Map<string, number>();
  #scratch = new Uint32Array(1 << 10);

  get count(): number {
    return this.#count;
  }

  /** The path of a route of a dump; -1 when its AS_PATH cannot be read. A route without one has the empty path. */
  ofRoute(route: MrtRoute): number {
    const { bytes, attributes } = route;
    const { asPath: at, asPathEnd: end } = attributes;
    if (at < 0 || at === end) return this.#intern(0);
    const asnBytes = pathWidth(bytes, at, end, route.asnBytes);
    if (asnBytes === undefined) return -1;
    const isPlain = bytes[at] === segment.sequence && at + 2 + bytes[at + 1]! * asnBytes === end;
    if (!isPlain || (attributes.as4Path >= 0 && asnBytes === 2)) {
      return this.ofSegments(wholePath(route, asnBytes));
    }
    const count = bytes[at + 1]!;
    const scratch = this.#scratch;
    if (asnBytes === 4) {
      for (let hop = 0, from = at + 2; hop < count; hop++, from += 4) {
        scratch[hop] = (bytes[from]! << 24) | (bytes[from + 1]! << 16) | (bytes[from + 2]! << 8) | bytes[from + 3]!;
      }
    } else {
      for (let hop = 0, from = at + 2; hop < count; hop++, from += 2) {
        scratch[hop] = (bytes[from]! << 8) | bytes[from + 1]!;
      }
    }
    return this.#intern(count);
  }

  /** The path with an AS before it, where it does not begin with that: as its neighbours see it. */
  ofRouteAfter(asn: number, route: MrtRoute): number {
    const { asPath, asPathEnd } = route.attributes;
    const own: PathSegment = { type: segment.sequence, numbers: [asn] };
    if (asPath < 0 || asPath === asPathEnd) return this.ofSegments([own]);
    const asnBytes = pathWidth(route.bytes, asPath, asPathEnd, route.asnBytes);
    if (asnBytes === undefined) return -1;
    const path = wholePath(route, asnBytes);
    const isThere = path[0]?.type === segment.sequence && path[0].numbers[0] === asn;
    return this.ofSegments(isThere ? path : [own, ...path]);
  }

  /** The path without an AS at its beginning, once, where it begins with that. */
  ofRouteBehind(asn: number, route: MrtRoute): number {
    const { bytes } = route;
    const { asPath: at, asPathEnd: end } = route.attributes;
    if (at < 0 || end - at < 4 || bytes[at] !== segment.sequence) return this.ofRoute(route);
    const asnBytes = pathWidth(bytes, at, end, route.asnBytes);
    if (asnBytes === undefined) return -1;
    // What is not there need not be taken away: nearly always.
    const lowest = at + asnBytes;
    if (((bytes[lowest]! << 8) | bytes[lowest + 1]!) !== (asn & 0xffff)) return this.ofRoute(route);
    const [first, ...rest] = wholePath(route, asnBytes);
    if (first?.type !== segment.sequence || first.numbers[0] !== asn) return this.ofRoute(route);
    return this.ofSegments([{ type: segment.sequence, numbers: first.numbers.slice(1) }, ...rest]);
  }

  /** Confederation segments are left out, sets kept. */
  ofSegments(segments: readonly PathSegment[]): number {
    const hops: number[] = [];
    const sets: (readonly [at: number, members: readonly number[]])[] = [];
    for (const { type, numbers } of segments) {
      if (type === segment.sequence) hops.push(...numbers);
      else if (type === segment.set) {
        sets.push([hops.length, numbers]);
        hops.push(setMark);
      }
    }
    return this.ofHops(hops, sets);
  }

  ofHops(hops: ArrayLike<number>, sets: readonly (readonly [at: number, members: readonly number[]])[] = []): number {
    if (hops.length > this.#scratch.length) this.#scratch = new Uint32Array(hops.length * 2);
    this.#scratch.set(hops);
    if (sets.length === 0) return this.#intern(hops.length);
    const key = JSON.stringify([Array.from(hops), sets]);
    const known = this.#withSets.get(key);
    if (known !== undefined) {
      this.#routes[known]! += 1;
      return known;
    }
    const path = this.#add(hops.length);
    for (const [at, members] of sets) this.#sets.set(this.#offsets[path]! + at, members);
    this.#withSets.set(key, path);
    return path;
  }

  /** A path of another table; with an AS before it, where it does not begin with that. */
  ofTable({ offsets, hops, sets }: Omit<PathTable, 'count' | 'routes'>, path: number, before?: number): number {
    const from = offsets[path]!;
    const to = offsets[path + 1]!;
    const own: [at: number, members: readonly number[]][] = [];
    if (sets.size > 0) {
      for (let hop = from; hop < to; hop += 1) {
        const members = hops[hop] === setMark ? sets.get(hop) : undefined;
        if (members !== undefined) own.push([hop - from, members]);
      }
    }
    const plain = hops.subarray(from, to);
    if (before === undefined || plain[0] === before) return this.ofHops(plain, own);
    return this.ofHops(
      [before, ...plain],
      own.map(([at, members]) => [at + 1, members] as const),
    );
  }

  /** Counts one more route of a path that is known. */
  again(path: number): void {
    this.#routes[path]! += 1;
  }

  /** The first AS of a path; 0 when it is empty or begins with a set. */
  firstOf(path: number): number {
    const at = this.#offsets[path]!;
    return at === this.#offsets[path + 1] ? 0 : this.#hops[at]!;
  }

  table(): PathTable {
    return {
      count: this.#count,
      offsets: this.#offsets.subarray(0, this.#count + 1),
      hops: this.#hops.subarray(0, this.#hopCount),
      sets: this.#sets,
      routes: this.#routes.subarray(0, this.#count),
    };
  }

  #intern(length: number): number {
    const scratch = this.#scratch;
    let hash = length;
    for (let hop = 0; hop < length; hop++) hash = Math.imul(hash ^ scratch[hop]!, 0x9e3779b1) ^ (hash >>> 15);
    const slots = this.#slots;
    let slot = slots.first(hash);
    for (let path = slots.at(slot); path !== emptySlot; path = slots.at(slot)) {
      if (this.#isSame(path, length)) {
        this.#routes[path]! += 1;
        return path;
      }
      slot = slots.next(slot);
    }
    const path = this.#add(length);
    slots.put(slot, hash, path);
    return path;
  }

  #isSame(path: number, length: number): boolean {
    const from = this.#offsets[path]!;
    if (this.#offsets[path + 1]! - from !== length) return false;
    const hops = this.#hops;
    const scratch = this.#scratch;
    for (let hop = 0; hop < length; hop++) if (hops[from + hop] !== scratch[hop]) return false;
    return true;
  }

  #add(length: number): number {
    const path = this.#count++;
    if (path + 2 > this.#offsets.length) {
      this.#offsets = grown(this.#offsets, path + 2);
      this.#routes = grown(this.#routes, path + 2);
    }
    if (this.#hopCount + length > this.#hops.length) this.#hops = grown(this.#hops, this.#hopCount + length);
    for (let hop = 0; hop < length; hop++) this.#hops[this.#hopCount + hop] = this.#scratch[hop]!;
    this.#hopCount += length;
    this.#offsets[path + 1] = this.#hopCount;
    this.#routes[path] = 1;
    return path;
  }
}

/** The segments of a route's path, AS4_PATH merged in where the session was of two octets. */
export function wholePath({ bytes, attributes }: MrtRoute, asnBytes: 2 | 4): readonly PathSegment[] {
  const { asPath, asPathEnd, as4Path, as4PathEnd, aggregator, as4Aggregator } = attributes;
  const path = readSegments(bytes, asPath, asPathEnd, asnBytes);
  if (asnBytes === 4 || as4Path < 0 || isAs4Ignored(bytes, aggregator, as4Aggregator)) return path;
  if (pathWidth(bytes, as4Path, as4PathEnd, 4) !== 4) return path;
  return mergeAs4Path(path, readSegments(bytes, as4Path, as4PathEnd, 4));
}

/** A copy with room for `length` entries and as many again. */
export function grown(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(array.length * 2, length * 2));
  larger.set(array);
  return larger;
}
