import { setImmediate as turn } from 'node:timers/promises';
import { abortError, seededRandom } from '#core';
import { dotText, type LabelPart, labelParts } from './dot-text.ts';
import { gatherParts } from './gather-parts.ts';
import { labelNote, placeLabels } from './label-places.ts';
import type { LayoutOptions } from './layout-layered.ts';
import { ends } from './layout-polar.ts';
import type { InternetMap } from './map-model.ts';
import { type Line, linksOfDots, type Mark, type Scene } from './scene.ts';

const rounds = 260;
/** Milliseconds before others have their turn. A count of pairs would not do: the first ones take five times as long. */
const turnMs = 12;
/** Pairs of ASes that are looked at between two looks at the clock: less than a millisecond. */
const pairsPerLook = 16_384;
const size = 10;

/**
 * Linked ASes attract, all repel each other: Fruchterman and Reingold with a cooling temperature. The same map always
 * gives the same picture. For 500 ASes about a quarter of a second, in turns.
 * @throws NetwrightError `NW_CANCELLED`
 */
export async function layoutForce(
  map: InternetMap,
  { nodeSize = 1, label = labelParts, signal }: LayoutOptions = {},
): Promise<Scene> {
  const count = map.ases.length;
  const drawn = linksOfDots(map);
  const springs = [
    ...drawn.shown.map((link) => [map.links[link]!.from, map.links[link]!.to] as const),
    ...homeLinks(map),
  ];
  const isTied = new Uint8Array(count);
  for (const [a, b] of springs) {
    isTied[a] = 1;
    isTied[b] = 1;
  }
  const ideal = 58 * nodeSize;
  const side = Math.sqrt(count) * ideal * 1.5 + 200;
  const random = seededRandom(1);
  const x = Float64Array.from({ length: count }, () => random() * side);
  const y = Float64Array.from({ length: count }, () => random() * side);
  const [dx, dy] = [new Float64Array(count), new Float64Array(count)];
  const weight = Float64Array.from(map.ases, ({ hue, role, exchange }) =>
    hue >= 0 ? 2.6 : exchange !== undefined ? 2.2 : role === 'upstream' ? 1.8 : 1,
  );
  const repel = (a: number): void => {
    for (let b = a + 1; b < count; b += 1) {
      const [vx, vy] = [x[a]! - x[b]!, y[a]! - y[b]!];
      const square = vx * vx + vy * vy + 0.01;
      const push = (ideal * ideal * weight[a]! * weight[b]!) / square;
      dx[a]! += vx * push;
      dy[a]! += vy * push;
      dx[b]! -= vx * push;
      dy[b]! -= vy * push;
    }
  };
  await turn();
  let until = performance.now() + turnMs;
  let pairs = 0;
  for (let round = 0; round < rounds; round += 1) {
    dx.fill(0);
    dy.fill(0);
    for (let a = 0; a < count; a += 1) {
      pairs += count - a;
      if (pairs > pairsPerLook) {
        pairs = 0;
        if (signal?.aborted) throw abortError(signal);
        if (performance.now() > until) {
          await turn();
          until = performance.now() + turnMs;
        }
      }
      repel(a);
    }
    for (const [a, b] of springs) {
      const [vx, vy] = [x[a]! - x[b]!, y[a]! - y[b]!];
      const pull = Math.hypot(vx, vy) / ideal / 1.6;
      dx[a]! -= vx * pull;
      dy[a]! -= vy * pull;
      dx[b]! += vx * pull;
      dy[b]! += vy * pull;
    }
    const heat = side * 0.07 * (1 - round / rounds) ** 1.6 + 0.4;
    for (let a = 0; a < count; a += 1) {
      // Towards the middle, a little wider than high.
      const hold = isTied[a] === 1 ? 0.5 : 1.6;
      const [fx, fy] = [dx[a]! - (x[a]! - side / 2) * hold, dy[a]! - (y[a]! - side / 2) * hold * 1.6];
      const force = Math.hypot(fx, fy) || 1;
      x[a]! += (fx / force) * Math.min(force, heat);
      y[a]! += (fy / force) * Math.min(force, heat);
    }
  }
  await turn();
  gatherParts(x, y, springs, { wide: 150 * nodeSize, high: 34 * nodeSize });
  return sceneOf(map, x, y, drawn, nodeSize, label);
}

const homeLinks = ({ ases }: InternetMap): (readonly [number, number])[] =>
  ases.flatMap(({ home }, at) => (home < 0 ? [] : [[home, at] as const]));

function sceneOf(
  map: InternetMap,
  x: Float64Array,
  y: Float64Array,
  { shown, note }: ReturnType<typeof linksOfDots>,
  nodeSize: number,
  label: readonly LabelPart[],
): Scene {
  const [left, top] = [Math.min(...x) - 110, Math.min(...y) - 40];
  const raw = map.ases.map((as, at): Mark => {
    const r =
      (as.hue >= 0
        ? Math.min(15, 6 + Math.log10(as.customers + 1) * 4)
        : as.exchange !== undefined
          ? 8
          : as.role === 'upstream'
            ? 5.5
            : 3.6) * nodeSize;
    const [cx, cy] = [x[at]! - left, y[at]! - top];
    const text = {
      x: cx,
      y: cy - r - 4,
      anchor: 'middle' as const,
      turn: 0,
      text: dotText(as, label, size, 150),
      size,
    };
    return { kind: 'dot', x: cx - r, y: cy - r, width: 2 * r, height: 2 * r, text };
  });
  const { marks, dropped } = placeLabels(map, raw);
  const straight = (one: Mark, other: Mark): string => {
    const [x1, y1, x2, y2] = ends(one, other).map(Math.round);
    return `M${x1} ${y1}L${x2} ${y2}`;
  };
  const lines = shown.map((link): Line => {
    const { from, to, relation: kind } = map.links[link]!;
    return { link, kind, hue: kind === 'customer' ? map.ases[from]!.hue : -1, path: straight(raw[from]!, raw[to]!) };
  });
  const width = Math.max(...x) - left + 110;
  const height = Math.max(...y) - top + 30;
  return { map, width, height, marks, frames: [], lines, notes: [...note, ...labelNote(dropped)] };
}
