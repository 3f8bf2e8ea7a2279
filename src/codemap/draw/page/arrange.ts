import type { MeasuredBox } from '../../layout/boxes.ts';
import type { PictureBox, PictureLine } from '../../layout/picture.ts';

/**
 * Places boxes again after some were folded. The order of boxes from top to bottom stays as ELK found it, so that the
 * picture keeps its shape; only places and routes are computed anew, small and fast enough for a page.
 */
export interface Arrangement {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PictureBox[];
  readonly lines: readonly PictureLine[];
}

type Line = Omit<PictureLine, 'points'>;

const gapY = 16;
const edgeRoom = 30;
const lane = 8;
const componentGap = 26;
const sweeps = 10;
const laneHeight = 6;

interface Slot {
  readonly box?: MeasuredBox;
  readonly height: number;
  layer: number;
  order: number;
  y: number;
  readonly before: Slot[];
  readonly after: Slot[];
}

export function arrange(
  boxes: readonly MeasuredBox[],
  lines: readonly Line[],
  heightOf: (id: string) => number,
  aspectRatio: number,
): Arrangement {
  const parts = components(boxes, lines).map((part) => placeComponent(part.boxes, part.lines, heightOf));
  const area = parts.reduce((sum, { width, height }) => sum + (width + componentGap) * (height + componentGap), 0);
  const widest = Math.max(Math.sqrt(area * aspectRatio) * 1.1, ...parts.map(({ width }) => width));
  const placed: PictureBox[] = [];
  const routed: PictureLine[] = [];
  let [x, y, rowHeight, width] = [8, 8, 0, 0];
  for (const part of parts.sort((a, b) => a.height - b.height)) {
    if (x > 8 && x + part.width > widest) {
      x = 8;
      y += rowHeight + componentGap;
      rowHeight = 0;
    }
    for (const box of part.boxes) placed.push({ ...box, x: box.x + x, y: box.y + y });
    for (const line of part.lines) {
      routed.push({ ...line, points: line.points.map((point) => ({ x: point.x + x, y: point.y + y })) });
    }
    rowHeight = Math.max(rowHeight, part.height);
    width = Math.max(width, x + part.width);
    x += part.width + componentGap;
  }
  return { width: width + 8, height: y + rowHeight + 8, boxes: placed, lines: routed };
}

function components(boxes: readonly MeasuredBox[], lines: readonly Line[]): { boxes: MeasuredBox[]; lines: Line[] }[] {
  const leader = new Map(boxes.map(({ id }) => [id, id]));
  const find = (id: string): string => {
    let top = id;
    while (leader.get(top) !== top) top = leader.get(top)!;
    leader.set(id, top);
    return top;
  };
  const known = lines.filter(({ from, to }) => leader.has(from) && leader.has(to) && from !== to);
  for (const { from, to } of known) leader.set(find(from), find(to));
  const parts = new Map<string, { boxes: MeasuredBox[]; lines: Line[] }>();
  for (const box of boxes) {
    const part = parts.get(find(box.id)) ?? { boxes: [], lines: [] };
    parts.set(find(box.id), part);
    part.boxes.push(box);
  }
  for (const line of known) parts.get(find(line.from))!.lines.push(line);
  return [...parts.values()];
}

/** Whether the line leads from a box to one at its left, as inheritance does. */
const isUp = ({ kind }: Line): boolean => kind === 'inherits' || kind === 'implements';

function placeComponent(
  boxes: readonly MeasuredBox[],
  lines: readonly Line[],
  heightOf: (id: string) => number,
): Arrangement {
  const layers = layerNumbers(boxes, lines);
  const slots = new Map(
    boxes.map((box): [string, Slot] => {
      const [layer, order] = [layers.get(box.id)!, heightOf(box.id)];
      return [box.id, { box, height: box.height, layer, order, y: 0, before: [], after: [] }];
    }),
  );
  const ways = new Map<Line, Slot[]>();
  const extra: Slot[] = [];
  for (const line of lines) {
    const [left, right] = isUp(line) ? [line.to, line.from] : [line.from, line.to];
    const [start, end] = [slots.get(left)!, slots.get(right)!];
    if (start.layer >= end.layer) continue;
    const way = [start];
    for (let layer = start.layer + 1; layer < end.layer; layer += 1) {
      const share = (layer - start.layer) / (end.layer - start.layer);
      const order = start.order + (end.order - start.order) * share;
      const slot: Slot = { height: laneHeight, layer, order, y: 0, before: [], after: [] };
      extra.push(slot);
      way.push(slot);
    }
    way.push(end);
    for (let index = 1; index < way.length; index += 1) {
      way[index]!.before.push(way[index - 1]!);
      way[index - 1]!.after.push(way[index]!);
    }
    ways.set(line, way);
  }
  const columns = columnsOf([...slots.values(), ...extra]);
  settle(columns);
  const lefts = leftEdges(columns, lines, slots);
  const placed = boxes.map((box): PictureBox => {
    const slot = slots.get(box.id)!;
    return { ...box, x: lefts.get(slot.layer)!.x, y: Math.round(slot.y) };
  });
  const byId = new Map(placed.map((box) => [box.id, box]));
  const routed = lines.map((line): PictureLine => ({ ...line, points: route(line, ways.get(line), byId, lefts) }));
  const bottom = Math.max(...columns.flat().map(({ y, height }) => y + height));
  const right = Math.max(...placed.map(({ x, width }) => x + width));
  return { width: right, height: Math.round(bottom), boxes: placed, lines: routed };
}

/** Longest way from the left by inheritance; what only holds or is held stands right of its first owner. */
function layerNumbers(boxes: readonly MeasuredBox[], lines: readonly Line[]): Map<string, number> {
  const up = new Map<string, string[]>();
  const down = new Set<string>();
  for (const line of lines) {
    if (!isUp(line)) continue;
    up.set(line.from, [...(up.get(line.from) ?? []), line.to]);
    down.add(line.to);
  }
  const numbers = new Map<string, number>();
  const numberOf = (id: string, way: ReadonlySet<string>): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    if (way.has(id)) return 0;
    const next = new Set([...way, id]);
    const number = Math.max(0, ...(up.get(id) ?? []).map((parent) => numberOf(parent, next) + 1));
    numbers.set(id, number);
    return number;
  };
  for (const { id } of boxes) numberOf(id, new Set());
  for (const { kind, from, to } of lines) {
    const isFree = !isUp({ kind, from, to }) && !up.has(to) && !down.has(to);
    if (isFree && numbers.get(to) === 0) numbers.set(to, numbers.get(from)! + 1);
  }
  return numbers;
}

function columnsOf(slots: readonly Slot[]): Slot[][] {
  const numbers = [...new Set(slots.map(({ layer }) => layer))].sort((a, b) => a - b);
  return numbers.map((number) => slots.filter(({ layer }) => layer === number).sort((a, b) => a.order - b.order));
}

/** Moves every layer near its neighbours, forwards and backwards, without changing its order. */
function settle(layers: readonly Slot[][]): void {
  for (const layer of layers) {
    let y = 0;
    for (const slot of layer) {
      slot.y = y;
      y += slot.height + gapY;
    }
  }
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const isForward = sweep % 2 === 0;
    for (const layer of isForward ? layers : [...layers].reverse()) {
      const wanted = layer.map((slot) => {
        const near = isForward ? slot.before : slot.after;
        const all = near.length > 0 ? near : isForward ? slot.after : slot.before;
        if (all.length === 0) return slot.y;
        return all.reduce((sum, one) => sum + one.y + one.height / 2, 0) / all.length - slot.height / 2;
      });
      keepApart(layer, wanted);
    }
  }
  const top = Math.min(...layers.flat().map(({ y }) => y));
  for (const slot of layers.flat()) slot.y -= top;
}

/** The places nearest to the wanted ones that keep order and distance (pool adjacent violators). */
function keepApart(layer: readonly Slot[], wanted: readonly number[]): void {
  const blocks: { sum: number; count: number }[] = [];
  let offset = 0;
  const offsets: number[] = [];
  layer.forEach((slot, index) => {
    offsets.push(offset);
    blocks.push({ sum: wanted[index]! - offset, count: 1 });
    offset += slot.height + gapY;
    while (blocks.length > 1) {
      const [last, before] = [blocks.at(-1)!, blocks.at(-2)!];
      if (before.sum / before.count <= last.sum / last.count) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  let index = 0;
  for (const { sum, count } of blocks) {
    for (let one = 0; one < count; one += 1) {
      layer[index]!.y = sum / count + offsets[index]!;
      index += 1;
    }
  }
}

interface Column {
  readonly x: number;
  /** Where the vertical parts of lines to this layer run, by the box at their left end. */
  readonly lanes: ReadonlyMap<string, number>;
}

/** Left edge of every layer, with room before it for one lane for each box that lines lead to. */
function leftEdges(
  layers: readonly Slot[][],
  lines: readonly Line[],
  slots: ReadonlyMap<string, Slot>,
): Map<number, Column> {
  const columns = new Map<number, Column>();
  let x = 0;
  for (const layer of layers) {
    const number = layer[0]!.layer;
    const ends = new Set<string>();
    for (const line of lines) {
      const [left, right] = isUp(line) ? [line.to, line.from] : [line.from, line.to];
      if (slots.get(left)!.layer < number && slots.get(right)!.layer >= number)
        ends.add(`${line.kind === 'inherits' || line.kind === 'implements'} ${left}`);
    }
    const ordered = [...ends].sort();
    if (columns.size > 0) x += edgeRoom + ordered.length * lane;
    const lanes = new Map(ordered.map((end, index) => [end, x - 12 - index * lane]));
    columns.set(number, { x, lanes });
    x += Math.max(0, ...layer.map(({ box }) => box?.width ?? 0));
  }
  return columns;
}

type Point = PictureLine['points'][number];

function route(
  line: Line,
  way: readonly Slot[] | undefined,
  boxes: ReadonlyMap<string, PictureBox>,
  columns: ReadonlyMap<number, Column>,
): Point[] {
  const [left, right] = isUp(line) ? [line.to, line.from] : [line.from, line.to];
  const [start, end] = [boxes.get(left)!, boxes.get(right)!];
  const first: Point = { x: start.x + start.width, y: Math.round(start.y + start.height / 2) };
  const last: Point = { x: end.x, y: Math.round(end.y + end.height / 2) };
  const points = [first];
  if (way === undefined) {
    // Both in one layer, or backwards: around below.
    const below = Math.max(start.y + start.height, end.y + end.height) + 8;
    points.push(
      { x: first.x + 12, y: first.y },
      { x: first.x + 12, y: below },
      { x: last.x - 12, y: below },
      { x: last.x - 12, y: last.y },
    );
  } else {
    for (const slot of way.slice(1)) {
      const column = columns.get(slot.layer)!;
      const x = column.lanes.get(`${isUp(line)} ${left}`) ?? column.x - 12;
      const y = slot.box === undefined ? Math.round(slot.y + slot.height / 2) : last.y;
      const before = points.at(-1)!;
      if (before.y !== y) points.push({ x, y: before.y }, { x, y });
    }
  }
  points.push(last);
  return isUp(line) ? points.reverse() : points;
}
