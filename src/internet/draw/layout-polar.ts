import { setImmediate as turn } from 'node:timers/promises';
import { dotText, labelParts } from './dot-text.ts';
import { labelNote, placeLabels } from './label-places.ts';
import type { LayoutOptions } from './layout-layered.ts';
import type { InternetMap } from './map-model.ts';
import { type Frame, type Line, linksOfDots, type Mark, type Scene } from './scene.ts';
import { textWidth } from './text-width.ts';

/** Most that a label on the rim takes. */
const labelRoom = 150;
const size = 10;
/** Labels on the rim stand so far apart. */
const pitch = 13;
const dot = 5;

/**
 * Upstreams in the middle, gateways around them, providers inside around those, customers on the rim in the sector of
 * their provider with labels that point outwards. More than one circle of customers where one is not enough.
 */
export async function layoutPolar(
  map: InternetMap,
  { nodeSize = 1, label: parts = labelParts }: LayoutOptions = {},
): Promise<Scene> {
  const upstreams = [...map.ases.keys()].filter((at) => map.ases[at]!.role === 'upstream');
  const sellers = [...map.ases.keys()].filter((at) => map.ases[at]!.hue >= 0);
  const blocks = map.blocks.map((block, index) => ({ ...block, index }));
  // Sectors in the order of the providers, those without one behind; a blank between two sectors.
  const sectors = blocks.sort((a, b) => (a.host < 0 ? 1e9 : a.host) - (b.host < 0 ? 1e9 : b.host) || a.index - b.index);
  const stops = sectors.reduce((sum, { members }) => sum + members.length + 1, 0);
  const circles = Math.max(1, Math.ceil(stops / 280));
  const inner = Math.max(330, (stops * pitch * nodeSize) / circles / (2 * Math.PI));
  const outer = inner + (circles - 1) * labelRoom;
  const rim = map.ases.filter(({ hue, role, exchange }) => hue < 0 && role !== 'upstream' && exchange === undefined);
  const widest = Math.max(60, ...rim.map((as) => textWidth(dotText(as, parts, size, labelRoom - 22), size)));
  const middle = outer + widest + 34;
  const marks: (Mark | undefined)[] = Array.from({ length: map.ases.length });
  const angleOf = new Map<number, number>();
  const neighbours = neighboursOf(map);
  let stop = 0;
  for (const { host, members } of sectors) {
    const start = stop;
    for (const member of members) {
      const angle = (stop / stops) * 2 * Math.PI - Math.PI / 2;
      place(member, angle, inner + (stop % circles) * labelRoom, 'out', dot * nodeSize);
      stop += 1;
    }
    if (host >= 0 && !angleOf.has(host)) angleOf.set(host, ((start + stop) / 2 / stops) * 2 * Math.PI - Math.PI / 2);
    stop += 1;
  }
  for (const [ring, radius] of [
    [sellers.filter((at) => !map.ases[at]!.isGateway), inner * 0.78],
    [sellers.filter((at) => map.ases[at]!.isGateway), inner * 0.55],
    [upstreams, inner * 0.26],
    [[...map.ases.keys()].filter((at) => map.ases[at]!.exchange !== undefined), inner * 0.41],
  ] as const) {
    const wished = ring
      .map((at) => ({ at, angle: angleOf.get(at) ?? meanAngle(at) }))
      .sort((a, b) => a.angle - b.angle);
    for (const { at, angle } of spreadOut(wished, ((2 * Math.PI) / Math.max(1, ring.length)) * 0.8)) {
      angleOf.set(at, angle);
      const { cone, hue, exchange } = map.ases[at]!;
      const radiusOf =
        (exchange !== undefined ? 8 : hue < 0 ? 5 : Math.min(13, 5 + Math.log10(cone + 1) * 2.4)) * nodeSize;
      place(at, angle, radius, 'beside', radiusOf);
    }
  }
  // Labels take as long as all else.
  await turn();
  const drawn = linksOfDots(map);
  const frames: Frame[] = [inner * 0.26, inner * 0.55, inner * 0.78].map((radius) => ({
    kind: 'ring',
    x: middle - radius,
    y: middle - radius,
    width: 2 * radius,
    height: 2 * radius,
    heading: '',
    hue: -1,
  }));
  return { map, width: 2 * middle, height: 2 * middle, ...labelled(), frames, lines: lines() };

  function labelled(): Pick<Scene, 'marks' | 'notes'> {
    const { marks: placed, dropped } = placeLabels(map, marks);
    return { marks: placed, notes: [...drawn.note, ...labelNote(dropped)] };
  }

  function place(at: number, angle: number, radius: number, way: 'out' | 'beside', r: number): void {
    const x = middle + Math.cos(angle) * radius;
    const y = middle + Math.sin(angle) * radius;
    angleOf.set(at, angle);
    const as = map.ases[at]!;
    const isLeft = Math.cos(angle) < 0;
    const text = dotText(as, parts, size, labelRoom - 22);
    const reach = r + 4;
    const label =
      way === 'out'
        ? {
            x: x + Math.cos(angle) * reach + Math.cos(angle + Math.PI / 2) * 3.4 * (isLeft ? -1 : 1),
            y: y + Math.sin(angle) * reach + Math.sin(angle + Math.PI / 2) * 3.4 * (isLeft ? -1 : 1),
            anchor: isLeft ? ('end' as const) : ('start' as const),
            turn: (angle * 180) / Math.PI + (isLeft ? 180 : 0),
            text,
            size,
          }
        : {
            x,
            y: y - r - 4,
            anchor: 'middle' as const,
            turn: 0,
            text: dotText(as, parts, size, 140),
            size,
          };
    marks[at] = { kind: 'dot', x: x - r, y: y - r, width: 2 * r, height: 2 * r, text: label };
  }

  function meanAngle(at: number): number {
    let [x, y] = [0, 0];
    for (const neighbour of neighbours[at]!) {
      const other = angleOf.get(neighbour);
      if (other === undefined) continue;
      x += Math.cos(other);
      y += Math.sin(other);
    }
    return Math.atan2(y, x);
  }

  function lines(): Line[] {
    return drawn.shown.flatMap((link): Line[] => {
      const { from, to, relation: kind } = map.links[link]!;
      const [one, other] = [marks[from], marks[to]];
      if (one === undefined || other === undefined) return [];
      const [x1, y1, x2, y2] = ends(one, other);
      // Bent towards the middle, so that sectors stay apart.
      const pull = 0.72;
      const [cx, cy] = [middle + ((x1 + x2) / 2 - middle) * pull, middle + ((y1 + y2) / 2 - middle) * pull];
      const path = `M${[x1, y1].map(Math.round).join(' ')}Q${[cx, cy, x2, y2].map(Math.round).join(' ')}`;
      return [{ link, path, hue: kind === 'customer' ? map.ases[from]!.hue : -1, kind }];
    });
  }
}

function neighboursOf({ ases, links }: InternetMap): readonly (readonly number[])[] {
  const found = ases.map((): number[] => []);
  for (const { from, to } of links) {
    found[from]!.push(to);
    found[to]!.push(from);
  }
  return found;
}

/** From rim to rim of two dots. */
export function ends(one: Mark, other: Mark): [number, number, number, number] {
  const [x1, y1] = [one.x + one.width / 2, one.y + one.height / 2];
  const [x2, y2] = [other.x + other.width / 2, other.y + other.height / 2];
  const away = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [dx, dy] = [(x2 - x1) / away, (y2 - y1) / away];
  return [
    x1 + (dx * one.width) / 2,
    y1 + (dy * one.width) / 2,
    x2 - dx * (other.width / 2 + 2),
    y2 - dy * (other.width / 2 + 2),
  ];
}

/** Enough for a ring of 100 that all wish for one place. */
const mostRounds = 2000;

/** Pushes those that wish for nearly the same angle apart. */
function spreadOut<T extends { readonly angle: number }>(wished: readonly T[], least: number): T[] {
  const angles = wished.map(({ angle }) => angle);
  let isCrowded = true;
  for (let round = 0; isCrowded && round < mostRounds; round += 1) {
    isCrowded = false;
    for (let at = 0; at < angles.length; at += 1) {
      const next = (at + 1) % angles.length;
      if (next === at) continue;
      const apart = angles[next]! + (next === 0 ? 2 * Math.PI : 0) - angles[at]!;
      if (apart >= least - 1e-3) continue;
      isCrowded = true;
      angles[at] = angles[at]! - (least - apart) / 2;
      angles[next] = angles[next]! + (least - apart) / 2;
    }
  }
  return wished.map((one, at) => ({ ...one, angle: angles[at]! }));
}
