import type { InternetMap } from './map-model.ts';
import type { DotLabel, Mark } from './scene.ts';
import { textWidth } from './text-width.ts';

/** Corners of a label, turned as it is. */
export type Corners = readonly (readonly [x: number, y: number])[];

export function cornersOf({ x, y, anchor, turn, text, size }: DotLabel): Corners {
  const width = textWidth(text, size);
  const left = anchor === 'start' ? 0 : anchor === 'end' ? -width : -width / 2;
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  return [
    [left, -size * 0.78],
    [left + width, -size * 0.78],
    [left + width, size * 0.22],
    [left, size * 0.22],
  ].map(([dx = 0, dy = 0]) => [x + dx * cos - dy * sin, y + dx * sin + dy * cos] as const);
}

/** Whether two turned boxes share ground: none of their sides' directions keeps them apart. */
export const doOverlap = (one: Corners, other: Corners): boolean => !keepsApart(one, other) && !keepsApart(other, one);

/** Asked a hundred thousand times for a picture, so nothing is made here. */
function keepsApart(box: Corners, other: Corners): boolean {
  for (let side = 0; side < 2; side += 1) {
    const [ax, ay] = box[side]!;
    const [bx, by] = box[side + 1]!;
    const [cx, cy] = box[side + 2]!;
    const [nx, ny] = [by - ay, ax - bx];
    // A side stands upright on its own direction; the one across from it bounds the box.
    const here = ax * nx + ay * ny;
    const across = cx * nx + cy * ny;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const [x, y] of other) {
      const place = x * nx + y * ny;
      if (place < low) low = place;
      if (place > high) high = place;
    }
    if (high <= Math.min(here, across) || low >= Math.max(here, across)) return true;
  }
  return false;
}

const square = ({ x, y, width, height }: Mark): Corners => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];

/**
 * Labels where they clash with none before them nor with a dot: the larger AS first, above, below, right or left of
 * its dot; where there is no room, none.
 * @returns the marks with what labels they keep, and how many had to go.
 */
export function placeLabels(
  map: InternetMap,
  marks: readonly (Mark | undefined)[],
): { readonly marks: (Mark | undefined)[]; readonly dropped: number } {
  const cell = 160;
  const grid = new Map<string, Corners[]>();
  const cells = (corners: Corners): string[] => {
    const xs = corners.map(([x]) => Math.floor(x / cell));
    const ys = corners.map(([, y]) => Math.floor(y / cell));
    const keys: string[] = [];
    for (let x = Math.min(...xs); x <= Math.max(...xs); x += 1) {
      for (let y = Math.min(...ys); y <= Math.max(...ys); y += 1) keys.push(`${x} ${y}`);
    }
    return keys;
  };
  const take = (corners: Corners): void => {
    for (const key of cells(corners)) {
      const there = grid.get(key);
      if (there === undefined) grid.set(key, [corners]);
      else there.push(corners);
    }
  };
  const isFree = (corners: Corners): boolean =>
    cells(corners).every((key) => (grid.get(key) ?? []).every((other) => !doOverlap(corners, other)));
  for (const mark of marks) if (mark !== undefined) take(square(mark));
  const placed = [...marks];
  let dropped = 0;
  const order = [...marks.keys()].sort((a, b) => {
    const [one, other] = [map.ases[a]!, map.ases[b]!];
    const weight = (as: typeof one): number => (as.hue >= 0 ? 2e9 : as.role === 'upstream' ? 1e9 : 0) + as.cone;
    return weight(other) - weight(one) || a - b;
  });
  for (const at of order) {
    const mark = marks[at];
    if (mark?.text === undefined) continue;
    const found = candidates(mark, mark.text).find((label) => isFree(cornersOf(label)));
    if (found === undefined) {
      const { text: _, ...bare } = mark;
      placed[at] = bare;
      dropped += 1;
    } else {
      placed[at] = { ...mark, text: found };
      take(cornersOf(found));
    }
  }
  return { marks: placed, dropped };
}

/** What the picture says of labels that had no room. */
export const labelNote = (dropped: number): string[] =>
  dropped === 0 ? [] : [`${dropped.toLocaleString('en-US')} labels had no room`];

function candidates({ x, y, width, height }: Mark, label: DotLabel): DotLabel[] {
  if (label.turn !== 0) return [label];
  const [cx, cy] = [x + width / 2, y + height / 2];
  const low = label.size * 0.28;
  return [
    label,
    { ...label, x: cx, y: y - 4, anchor: 'middle' },
    { ...label, x: cx, y: y + height + label.size, anchor: 'middle' },
    { ...label, x: x + width + 4, y: cy + low, anchor: 'start' },
    { ...label, x: x - 4, y: cy + low, anchor: 'end' },
  ];
}
