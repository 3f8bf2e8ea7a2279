import type { LayoutOptions } from './layout-layered.ts';
import type { InternetMap } from './map-model.ts';
import { Router, routeLinks } from './route-links.ts';
import { type Frame, type Mark, presenceLines, type Scene } from './scene.ts';

const margin = 28;
const gap = 16;
const rowGap = 30;
const headHeight = 30;

interface Cluster {
  readonly heading: string;
  readonly cards: readonly number[];
  readonly rows: readonly number[];
  readonly columns: number;
  readonly width: number;
}

/**
 * One area a country: those abroad above, the one that the map is about below, so that lines from who sells come down.
 * Areas stand in rows and so do the cards in them: lines find their way between.
 */
export function layoutCountry(map: InternetMap, { nodeSize = 1 }: LayoutOptions = {}): Scene {
  const [cardWidth, cardHeight, rowHeight] = [156 * nodeSize, 52 * nodeSize, 18 * nodeSize];
  const pitch = cardWidth + gap;
  const clusters = clustersOf(map, pitch);
  const ground = clusters.reduce((sum, { cards, rows }) => sum + cards.length * 4 + rows.length, 0);
  const widest = Math.max(...clusters.map(({ width }) => width));
  const room = Math.max(6 * pitch + gap, widest, Math.min(12, Math.ceil(Math.sqrt(ground / 3))) * pitch + gap);
  const marks: (Mark | undefined)[] = Array.from({ length: map.ases.length });
  const frames: Frame[] = [];
  let y = 0;
  for (const shelf of shelvesOf(clusters, room)) {
    const cardRows = Math.max(...shelf.map(({ cards, columns }) => Math.ceil(cards.length / columns)));
    const rowsDeep = Math.max(...shelf.map(({ rows, columns }) => Math.ceil(rows.length / columns)));
    const rowsTop = y + headHeight + cardRows * (cardHeight + rowGap);
    const height = rowsTop - y + (rowsDeep > 0 ? rowsDeep * rowHeight + 14 : -rowGap / 2);
    const used = shelf.reduce((sum, { width }) => sum + width + gap, -gap);
    let x = margin + (room - used) / 2;
    for (const { heading, cards, rows, columns, width } of shelf) {
      frames.push({ kind: 'cluster', x, y, width, height, heading, hue: -1 });
      for (const [at, as] of cards.entries()) {
        const left = x + gap + (at % columns) * pitch;
        const top = y + headHeight + Math.floor(at / columns) * (cardHeight + rowGap);
        marks[as] = { kind: 'card', x: left, y: top, width: cardWidth, height: cardHeight };
      }
      const deep = Math.ceil(rows.length / columns);
      if (rows.length > 0) {
        // A ground of their own, so that lines pass below what is written.
        const ground = { x: x + gap - 6, y: rowsTop - 5, width: width - 2 * gap + 12, height: deep * rowHeight + 10 };
        frames.push({ kind: 'ground', ...ground, heading: '', hue: -1 });
      }
      for (const [at, as] of rows.entries()) {
        const left = x + gap + Math.floor(at / deep) * pitch;
        const top = rowsTop + (at % deep) * rowHeight;
        marks[as] = { kind: 'row', x: left, y: top, width: cardWidth, height: rowHeight - 2 };
      }
      x += width + gap;
    }
    y += height + gap + 18;
  }
  const width = room + 2 * margin;
  const lines = routeLinks(map, marks, new Router(marks, width));
  return { map, width, height: y, marks, frames, lines, notes: presenceLines(map).note };
}

/** Those abroad, the largest first, then the country that the map is about. */
function clustersOf(map: InternetMap, pitch: number): Cluster[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
  const groups = Map.groupBy(map.ases.keys(), (at) => map.ases[at]!.country || '??');
  const insideOf = (members: readonly number[]): number => members.filter((at) => map.ases[at]!.isInside).length;
  const home = [...groups].sort((a, b) => insideOf(b[1]) - insideOf(a[1]))[0]?.[0];
  const clusters = [...groups].map(([country, members]) => {
    const isCard = (at: number): boolean => {
      const { home: host, role } = map.ases[at]!;
      return host < 0 && role !== 'downstream' && role !== 'transit';
    };
    // Gateways above those who sell inside only, exchanges below.
    const level = (at: number): number => {
      const { exchange, isGateway, role } = map.ases[at]!;
      return exchange !== undefined ? 3 : isGateway ? 1 : role === 'upstream' ? 0 : 2;
    };
    const cards = members.filter(isCard).sort((a, b) => level(a) - level(b) || a - b);
    const rows = members.filter((at) => !isCard(at));
    const most = country === home ? 10 : 4;
    const wide = Math.ceil(Math.sqrt((cards.length * 4 + rows.length) / 2));
    const columns = Math.max(1, Math.min(most, wide, Math.max(cards.length, Math.ceil(rows.length / 6))));
    const name = /^[A-Z]{2}$/.test(country) ? names.of(country) : 'Country unknown';
    const ases = members.filter((at) => map.ases[at]!.exchange === undefined).length;
    return { country, heading: `${name} · ${ases}`, cards, rows, columns, width: columns * pitch + 16 };
  });
  const order = (one: { country: string; cards: readonly number[]; rows: readonly number[] }): number =>
    one.country === home ? -1 : one.cards.length * 4 + one.rows.length;
  return clusters.sort((a, b) => order(b) - order(a) || (a.heading < b.heading ? -1 : 1));
}

/** Into rows as wide as the room; the last one, home, has one of its own. */
function shelvesOf(clusters: readonly Cluster[], room: number): Cluster[][] {
  const shelves: Cluster[][] = [];
  let left = 0;
  for (const cluster of clusters.slice(0, -1)) {
    const shelf = shelves.at(-1);
    if (shelf !== undefined && cluster.width + gap <= left) {
      shelf.push(cluster);
      left -= cluster.width + gap;
    } else {
      shelves.push([cluster]);
      left = room - cluster.width;
    }
  }
  const home = clusters.at(-1);
  return home === undefined ? shelves : [...shelves, [home]];
}
