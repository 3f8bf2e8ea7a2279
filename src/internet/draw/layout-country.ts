import type { LayoutOptions } from './layout-layered.ts';
import type { InternetMap } from './map-model.ts';
import { Router, routeLinks } from './route-links.ts';
import type { Frame, Mark, Scene } from './scene.ts';

const margin = 28;
const gap = 14;
const rowGap = 26;

/** One area a country, the one with the most ASes first; within it who sells most stands first. */
export function layoutCountry(map: InternetMap, { nodeSize = 1 }: LayoutOptions = {}): Scene {
  const [cardWidth, cardHeight, rowHeight] = [150 * nodeSize, 52 * nodeSize, 18 * nodeSize];
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
  const groups = Map.groupBy(map.ases.keys(), (at) => map.ases[at]!.country || '??');
  const clusters = [...groups].map(([country, members]) => {
    const cards = members.filter(
      (at) => map.ases[at]!.home < 0 && map.ases[at]!.role !== 'downstream' && map.ases[at]!.role !== 'transit',
    );
    const rows = members.filter((at) => !cards.includes(at));
    const columns = Math.max(1, Math.min(8, Math.ceil(Math.sqrt(members.length / 2))));
    const cardRows = Math.ceil(cards.length / columns);
    const rowsDeep = Math.ceil(rows.length / columns);
    const width = columns * (cardWidth + gap) + gap;
    const height = 28 + cardRows * (cardHeight + rowGap) + rowsDeep * rowHeight + 16;
    const name = /^[A-Z]{2}$/.test(country) ? names.of(country) : 'Country unknown';
    return { heading: `${name} · ${members.length}`, cards, rows, columns, rowsDeep, width, height };
  });
  clusters.sort(
    (a, b) => b.cards.length + b.rows.length - a.cards.length - a.rows.length || (a.heading < b.heading ? -1 : 1),
  );
  const area = clusters.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const room = Math.max(1100, Math.max(...clusters.map(({ width }) => width)), Math.sqrt(area * 1.5));
  const marks: (Mark | undefined)[] = Array.from({ length: map.ases.length });
  const frames: Frame[] = [];
  const skyline = [{ x: 0, width: room, y: 0 }];
  for (const cluster of clusters) {
    const { x, y } = lowest(skyline, cluster.width, cluster.height, room);
    frames.push({
      kind: 'cluster',
      x: x + margin,
      y,
      width: cluster.width,
      height: cluster.height,
      heading: cluster.heading,
      hue: -1,
    });
    for (const [at, as] of cluster.cards.entries()) {
      marks[as] = {
        kind: 'card',
        x: x + margin + gap + (at % cluster.columns) * (cardWidth + gap),
        y: y + 28 + Math.floor(at / cluster.columns) * (cardHeight + rowGap),
        width: cardWidth,
        height: cardHeight,
      };
    }
    const top = y + 28 + Math.ceil(cluster.cards.length / cluster.columns) * (cardHeight + rowGap);
    if (cluster.rows.length > 0) {
      // A ground of their own, so that lines pass below what is written.
      const [deep, wide] = [cluster.rowsDeep * rowHeight + 8, cluster.width - 2 * gap + 8];
      frames.push({
        kind: 'ground',
        x: x + margin + gap - 4,
        y: top - 4,
        width: wide,
        height: deep,
        heading: '',
        hue: -1,
      });
    }
    for (const [at, as] of cluster.rows.entries()) {
      marks[as] = {
        kind: 'row',
        x: x + margin + gap + Math.floor(at / cluster.rowsDeep) * (cardWidth + gap),
        y: top + (at % cluster.rowsDeep) * rowHeight,
        width: cardWidth,
        height: rowHeight - 2,
      };
    }
  }
  const height = Math.max(...frames.map((frame) => frame.y + frame.height)) + gap;
  const width = room + 2 * margin;
  return { map, width, height, marks, frames, lines: routeLinks(map, marks, new Router([], width)), notes: [] };
}

/** Where a box comes to lie highest: over the steps of what lies there already. */
function lowest(
  skyline: { x: number; width: number; y: number }[],
  width: number,
  height: number,
  room: number,
): { x: number; y: number } {
  let [bestX, bestY] = [0, Number.POSITIVE_INFINITY];
  for (const { x } of skyline) {
    if (x + width > room + 0.5) continue;
    const y = Math.max(
      ...skyline.filter((step) => step.x < x + width && step.x + step.width > x).map((step) => step.y),
    );
    if (y < bestY) [bestX, bestY] = [x, y];
  }
  const cut: typeof skyline = [];
  const [left, right] = [bestX, bestX + width + gap];
  for (const step of skyline) {
    if (step.x < left) cut.push({ ...step, width: Math.min(step.width, left - step.x) });
    if (step.x + step.width > right) {
      const x = Math.max(step.x, right);
      cut.push({ x, width: step.x + step.width - x, y: step.y });
    }
  }
  cut.push({ x: left, width: Math.min(right, room) - left, y: bestY + height + gap });
  skyline.splice(0, skyline.length, ...cut.filter((step) => step.width > 0.5).sort((a, b) => a.x - b.x));
  return { x: bestX, y: bestY };
}
