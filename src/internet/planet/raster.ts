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

/** How much a smooth line adds to a pixel, shared by two; any other adds 1. */
export const lineWeight = 16;

/** Sums by pixel: sales of transit, then all other links. */
export type LineSums = readonly [Uint16Array | Uint32Array, Uint16Array | Uint32Array];

/**
 * Adds every line to the pixels that it passes, one sum a class: where many pass it gets bright. A line is sampled in the
 * middle of every column (or row, for a steep one) of the whole picture, so that parts of it fit together without a seam.
 * Half a million lines wait for memory more than they compute: sums of a part of 512 x 512 stay near a processor.
 */
export function addLines(lines: RasterLines, view: RasterView): LineSums {
  const sums = emptySums(view);
  addSome(lines, view, sums, 0, lines.from.length);
  return sums;
}

/** For {@link addSome}. */
export function emptySums({ width, height, isSmooth }: RasterView): LineSums {
  const pixels = width * height;
  return isSmooth
    ? [new Uint32Array(pixels), new Uint32Array(pixels)]
    : [new Uint16Array(pixels), new Uint16Array(pixels)];
}

/** Lines `first` to `end - 1` as {@link addLines} adds all: where others must have their turn in between. */
export function addSome(lines: RasterLines, view: RasterView, sums: LineSums, first: number, end: number): void {
  const { scale, left, top, width, height, isSmooth } = view;
  const { x, y, from, to, kind } = lines;
  for (let line = first; line < end; line += 1) {
    const a = from[line]!;
    const b = to[line]!;
    const y1 = y[a]! * scale - top;
    const y2 = y[b]! * scale - top;
    if ((y1 < 0 && y2 < 0) || (y1 > height && y2 > height)) continue;
    const x1 = x[a]! * scale - left;
    const x2 = x[b]! * scale - left;
    if ((x1 < 0 && x2 < 0) || (x1 > width && x2 > width)) continue;
    const sum = sums[kind[line] === 0 ? 0 : 1];
    if (Math.abs(x2 - x1) >= Math.abs(y2 - y1)) addLine(sum, x1, y1, x2, y2, width, height, 1, width, isSmooth);
    else addLine(sum, y1, x1, y2, x2, height, width, width, 1, isSmooth);
  }
}

/** `m` is the direction in which the line is longer, `n` the other; `step` and `beside` are their steps in the sums. */
function addLine(
  sum: Uint16Array | Uint32Array,
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
      const low = ((n + 0.5) | 0) - 1;
      const share = ((n - 0.5 - low) * lineWeight) | 0;
      if (low >= 0) sum[at + low * beside]! += lineWeight - share;
      if (low + 1 < nSize) sum[at + (low + 1) * beside]! += share;
      n += slope;
      at += step;
    }
    return;
  }
  for (let m = first; m <= last; m += 1) {
    const count = sum[at + (n | 0) * beside]! + 1;
    // A sum of 16 bits that is full stays full.
    sum[at + (n | 0) * beside] = count - (count >>> 16);
    n += slope;
    at += step;
  }
}
