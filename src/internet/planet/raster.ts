/** Lines in columns: ends as indexes into the points, a class each. Imports nothing: it runs in threads. */
export interface RasterLines {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** 0 for a sale of transit, 1 for anything else. */
  readonly kind: Uint8Array;
}

/** What part of the picture: the square of side 1 is `scale` pixels wide, and the part begins at `left`, `top` pixels. */
export interface RasterView {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Weights of two pixels a step instead of one: for few lines, where steps would be seen. */
  readonly isSmooth: boolean;
}

/** How much a line adds to a pixel. */
export const lineWeight = 16;

/**
 * Adds every line to the pixels that it passes, one sum a class: where many pass it gets bright. A line is sampled in the
 * middle of every column (or row, for a steep one) of the whole picture, so that parts of it fit together without a seam.
 */
export function addLines(lines: RasterLines, view: RasterView): readonly [Uint32Array, Uint32Array] {
  const { scale, left, top, width, height, isSmooth } = view;
  const sums = [new Uint32Array(width * height), new Uint32Array(width * height)] as const;
  const { x, y, from, to, kind } = lines;
  for (let line = 0; line < from.length; line += 1) {
    const [a, b] = [from[line]!, to[line]!];
    const x1 = x[a]! * scale - left;
    const y1 = y[a]! * scale - top;
    const x2 = x[b]! * scale - left;
    const y2 = y[b]! * scale - top;
    if ((x1 < 0 && x2 < 0) || (y1 < 0 && y2 < 0) || (x1 > width && x2 > width) || (y1 > height && y2 > height))
      continue;
    const sum = sums[kind[line] === 0 ? 0 : 1];
    if (Math.abs(x2 - x1) >= Math.abs(y2 - y1)) addLine(sum, x1, y1, x2, y2, width, height, 1, width, isSmooth);
    else addLine(sum, y1, x1, y2, x2, height, width, width, 1, isSmooth);
  }
  return sums;
}

/** `m` is the direction in which the line is longer, `n` the other; `step` and `beside` are their steps in the sums. */
function addLine(
  sum: Uint32Array,
  mStart: number,
  nStart: number,
  mEnd: number,
  nEnd: number,
  mSize: number,
  nSize: number,
  step: number,
  beside: number,
  isSmooth: boolean,
): void {
  const isForward = mStart <= mEnd;
  const m1 = isForward ? mStart : mEnd;
  const n1 = isForward ? nStart : nEnd;
  const m2 = isForward ? mEnd : mStart;
  const slope = m2 === m1 ? 0 : ((isForward ? nEnd : nStart) - n1) / (m2 - m1);
  let first = Math.max(0, Math.ceil(m1 - 0.5));
  let last = Math.min(mSize, Math.ceil(m2 - 0.5)) - 1;
  if (slope !== 0) {
    const atZero = m1 - 0.5 - n1 / slope;
    const atEnd = m1 - 0.5 + (nSize - n1) / slope;
    first = Math.max(first, Math.ceil(slope > 0 ? atZero : atEnd));
    last = Math.min(last, Math.ceil(slope > 0 ? atEnd : atZero) - 1);
  } else if (n1 < 0 || n1 >= nSize) return;
  let n = n1 + slope * (first + 0.5 - m1);
  let at = first * step;
  if (isSmooth) {
    for (let m = first; m <= last; m += 1) {
      const low = Math.floor(n - 0.5);
      const share = ((n - 0.5 - low) * lineWeight) | 0;
      // Past the first and last row a typed array takes no value, which is what is wanted there.
      sum[at + low * beside]! += lineWeight - share;
      sum[at + (low + 1) * beside]! += share;
      n += slope;
      at += step;
    }
    return;
  }
  for (let m = first; m <= last; m += 1) {
    sum[at + (n | 0) * beside]! += lineWeight;
    n += slope;
    at += step;
  }
}
