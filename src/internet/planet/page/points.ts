/** What `packPoints` wrote, as columns. */
export interface Points {
  readonly count: number;
  readonly asns: Uint32Array;
  readonly x: Uint16Array;
  readonly y: Uint16Array;
  /** Logarithm of the cone, 16 a power of e. */
  readonly cone: Uint8Array;
  readonly part: Uint8Array;
  /** Indexes, the largest cones first. */
  readonly byCone: Uint32Array;
}

export function unpackPoints(buffer: ArrayBuffer): Points {
  const count = new Uint32Array(buffer, 0, 1)[0]!;
  const asns = new Uint32Array(buffer.slice(4, 4 + count * 4));
  for (let at = 1; at < count; at += 1) asns[at]! += asns[at - 1]!;
  const places = new Uint16Array(buffer.slice(4 + count * 4, 4 + count * 8));
  const bytes = new Uint8Array(buffer, 4 + count * 8, count * 2);
  const cone = bytes.slice(0, count);
  const order = Uint32Array.from({ length: 256 }, () => 0);
  for (const value of cone) order[255 - value]! += 1;
  let sum = 0;
  for (let at = 0; at < 256; at += 1) {
    const here = order[at]!;
    order[at] = sum;
    sum += here;
  }
  const byCone = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) {
    const place = 255 - cone[at]!;
    byCone[order[place]!] = at;
    order[place]! += 1;
  }
  return { count, asns, x: places.slice(0, count), y: places.slice(count), cone, part: bytes.slice(count), byCone };
}

/** Pixels of the radius of a dot, from the byte that holds the logarithm of its cone. */
export const dotRadius = (cone: number, zoom: number): number =>
  Math.min(6, ((cone / 16) * 0.42 + 0.4) * Math.min(4, 0.42 + zoom * 0.22)) | 0;
