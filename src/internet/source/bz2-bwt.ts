import type { Bz2Workspace } from './bz2-block.ts';

/** Where a walk may begin besides the block's own start; enough to keep the lanes busy to the end. */
const seedCount = 48;
const mark = 0x80000000;
const placeMask = 0x7fffff;

/**
 * Undoes the Burrows–Wheeler transform of `workspace.links` (low byte: the last column) into `workspace.plain`.
 *
 * The text comes out along a chain of links that jumps through the whole block: one cache miss a byte, each waiting
 * for the one before. So the chain is walked in four places at once: it is one circle, any place on it may be a
 * start, and a walk ends where another one started. The pieces are put in order afterwards.
 */
export function invertBwt(workspace: Bz2Workspace, length: number, origin: number, counts: Int32Array): void {
  const { links, plain } = workspace;
  const next = new Int32Array(256);
  for (let value = 1; value < 256; value++) next[value] = next[value - 1]! + counts[value - 1]!;
  for (let place = 0; place < length; place++) links[next[links[place]! & 255]!++]! |= place << 8;
  const start = links[origin]! >>> 8;
  if (length < 4096) walk(links, plain, 0, start, length);
  else walkInLanes(workspace, length, start);
}

function walk(links: Uint32Array, plain: Uint8Array, from: number, start: number, length: number): void {
  let place = start;
  for (let at = from; at < from + length; at++) {
    const link = links[place]!;
    plain[at] = link;
    place = link >>> 8;
  }
}

interface Piece {
  readonly from: number;
  readonly to: number;
  /** The seed where the next piece begins. */
  readonly end: number;
}

function walkInLanes({ links, plain, lanes }: Bz2Workspace, length: number, start: number): void {
  const seeds = [start];
  for (let seed = 1; seed < seedCount; seed++) seeds.push(Math.floor((seed * length) / seedCount));
  for (const seed of seeds) links[seed]! |= mark;
  const pending = [...new Set(seeds)].reverse();
  const pieces = new Map<number, Piece>();
  // Each lane: where it is, the seed it came from, the byte it wrote first and the byte it writes next.
  const laneSize = lanes.length >> 2;
  const place = [0, 0, 0, 0];
  const seed = [-1, -1, -1, -1];
  const first = [0, laneSize, laneSize * 2, laneSize * 3];
  const to = [...first];
  const load = (lane: number): boolean => {
    const begin = pending.pop();
    if (begin === undefined) return false;
    const link = links[begin]!;
    seed[lane] = begin;
    first[lane] = to[lane]!;
    lanes[to[lane]!++] = link;
    place[lane] = (link >>> 8) & placeMask;
    return true;
  };
  const finish = (lane: number): void => {
    pieces.set(seed[lane]!, { from: first[lane]!, to: to[lane]!, end: place[lane]! });
    seed[lane] = -1;
  };
  let busy = 0;
  for (let lane = 0; lane < 4; lane++) if (load(lane)) busy += 1;
  while (busy === 4) {
    let [a, b, c, d] = place as [number, number, number, number];
    let [toA, toB, toC, toD] = to as [number, number, number, number];
    let ended = -1;
    while (ended < 0) {
      const linkA = links[a]! | 0;
      const linkB = links[b]! | 0;
      const linkC = links[c]! | 0;
      const linkD = links[d]! | 0;
      if ((linkA | linkB | linkC | linkD) < 0) {
        ended = linkA < 0 ? 0 : linkB < 0 ? 1 : linkC < 0 ? 2 : 3;
        break;
      }
      lanes[toA++] = linkA;
      lanes[toB++] = linkB;
      lanes[toC++] = linkC;
      lanes[toD++] = linkD;
      a = linkA >>> 8;
      b = linkB >>> 8;
      c = linkC >>> 8;
      d = linkD >>> 8;
    }
    place.splice(0, 4, a, b, c, d);
    to.splice(0, 4, toA, toB, toC, toD);
    finish(ended);
    if (!load(ended)) busy -= 1;
  }
  for (let lane = 0; lane < 4; lane++) {
    if (seed[lane] === -1) continue;
    let at = place[lane]!;
    let write = to[lane]!;
    for (let link = links[at]! | 0; link >= 0; link = links[at]! | 0) {
      lanes[write++] = link;
      at = link >>> 8;
    }
    place[lane] = at;
    to[lane] = write;
    finish(lane);
  }
  join(plain, lanes, pieces, start, length);
}

/** A damaged block may have several circles; then the pieces do not add up, and the checksum will say so. */
function join(
  plain: Uint8Array,
  lanes: Uint8Array,
  pieces: ReadonlyMap<number, Piece>,
  start: number,
  length: number,
): void {
  let written = 0;
  let at = start;
  while (written < length) {
    const piece = pieces.get(at);
    if (piece === undefined) return;
    const part = lanes.subarray(piece.from, Math.min(piece.to, piece.from + length - written));
    plain.set(part, written);
    written += part.length;
    at = piece.end;
  }
}
