import { blockHeading, moreText } from './block-text.ts';
import type { LabelPart } from './dot-text.ts';
import type { InternetMap, MapBlock } from './map-model.ts';
import { orderRows } from './order-rows.ts';
import { Router, routeLinks } from './route-links.ts';
import { type Frame, type Line, type Mark, presenceLines, type Scene } from './scene.ts';

export interface LayoutOptions {
  /** Size of cards and rows, 1 for the usual one. */
  readonly nodeSize?: number;
  /** What stands beside a dot. Default: all. */
  readonly label?: readonly LabelPart[];
  readonly signal?: AbortSignal | undefined;
}

const margin = 28;
const gap = 16;
/** Of rows in a block. */
const usualPitch = 18;
const headHeight = 24;

/**
 * Who sells stands above who buys: upstreams without a provider, other upstreams, gateways of the country, providers
 * inside, and at the bottom their customers in one block a provider, in the order of the providers above.
 */
export function layoutLayered(map: InternetMap, { nodeSize = 1 }: LayoutOptions = {}): Scene {
  const [cardWidth, cardHeight] = [164 * nodeSize, 52 * nodeSize];
  const width = pageWidth(map, cardWidth);
  const room = width - 2 * margin;
  const perRow = Math.max(2, Math.floor((room - gap) / (cardWidth + gap)));
  const bands = bandsOf(map);
  const rows: number[][] = bands.flatMap(({ levels }) => levels.flatMap((level) => split(level, perRow)));
  orderRows(rows, map.links, map.ases.length);
  const marks: (Mark | undefined)[] = Array.from({ length: map.ases.length });
  const frames: Frame[] = [];
  let y = 0;
  let next = 0;
  for (const { heading, levels } of bands) {
    const count = levels.reduce((sum, level) => sum + split(level, perRow).length, 0);
    const own = rows.slice(next, next + count);
    next += count;
    if (own.length === 0) continue;
    const top = y;
    y += 26;
    for (const [place, row] of own.entries()) {
      if (place > 0) y += 34;
      const pitch = Math.min((room - gap) / row.length, cardWidth + Math.max(gap, 70 - row.length * 4));
      const left = margin + (room - pitch * row.length + (pitch - cardWidth)) / 2;
      for (const [at, as] of row.entries()) {
        marks[as] = { kind: 'card', x: left + at * pitch, y, width: cardWidth, height: cardHeight };
      }
      y += cardHeight;
    }
    y += 14;
    frames.push({ kind: 'band', x: margin, y: top, width: room, height: y - top, heading, hue: -1 });
    y += 46 + Math.min(44, own.reduce((sum, row) => sum + row.length, 0) * 3);
  }
  const router = new Router(marks, width);
  const lines = routeLinks(map, marks, router);
  y = placeBlocks(map, marks, frames, lines, router, { top: y, room, rowHeight: usualPitch * nodeSize });
  return { map, width, height: y, marks, frames, lines, notes: presenceLines(map).note };
}

function pageWidth({ ases }: InternetMap, cardWidth: number): number {
  const cards = ases.filter(({ home, hue, role }) => home < 0 && (hue >= 0 || role === 'upstream')).length;
  const columns = cards > 60 || ases.length > 300 ? 12 : ases.length > 80 || cards > 24 ? 9 : 7;
  return columns * (cardWidth + gap) + 2 * margin;
}

interface Band {
  readonly heading: string;
  readonly levels: readonly (readonly number[])[];
}

function bandsOf({ ases, links }: InternetMap): Band[] {
  const upstreams = [...ases.keys()].filter((at) => ases[at]!.role === 'upstream');
  const sellers = [...ases.keys()].filter((at) => ases[at]!.hue >= 0);
  const gateways = sellers.filter((at) => ases[at]!.isGateway);
  const free = upstreams.filter((at) => ases[at]!.isTransitFree);
  const bought = upstreams.filter((at) => !ases[at]!.isTransitFree);
  const domestic = sellers.filter((at) => !ases[at]!.isGateway);
  const band = (heading: string, levels: readonly (readonly number[])[]): Band => ({
    heading,
    levels: levels.filter((level) => level.length > 0),
  });
  return [
    band('UPSTREAMS WITHOUT A PROVIDER: TRANSIT-FREE', [free]),
    band('INTERNATIONAL UPSTREAMS', [bought]),
    band(
      gateways.some((at) => ases[at]!.customers > 0) ? 'GATEWAYS: SELL INSIDE, BUY OUTSIDE' : 'BUY OUTSIDE',
      levelsOf(gateways, links),
    ),
    band('PROVIDERS INSIDE', levelsOf(domestic, links)),
    band('INTERNET EXCHANGES', [[...ases.keys()].filter((at) => ases[at]!.exchange !== undefined)]),
  ];
}

/** Who buys from another of the same band stands one row below it; circles are cut at the first member. */
function levelsOf(members: readonly number[], links: InternetMap['links']): number[][] {
  const isMember = new Set(members);
  const sellers = new Map<number, number[]>();
  for (const { from, to, relation } of links) {
    if (relation !== 'customer' || !isMember.has(from) || !isMember.has(to)) continue;
    sellers.set(to, [...(sellers.get(to) ?? []), from]);
  }
  const level = new Map<number, number>();
  const open = new Set<number>();
  const depth = (at: number): number => {
    const known = level.get(at);
    if (known !== undefined) return known;
    if (open.has(at)) return 0;
    open.add(at);
    const found = Math.max(-1, ...(sellers.get(at) ?? []).map(depth)) + 1;
    open.delete(at);
    level.set(at, found);
    return found;
  };
  const rows: number[][] = [[], [], [], []];
  for (const at of members) rows[Math.min(depth(at), rows.length - 1)]!.push(at);
  return rows;
}

/** As equal as they come, in order. */
function split(items: readonly number[], most: number): number[][] {
  const rows = Math.ceil(items.length / most);
  const size = Math.ceil(items.length / Math.max(1, rows));
  return Array.from({ length: rows }, (_, at) => items.slice(at * size, at * size + size));
}

/** Blocks beside and below one another, each as near to below its provider as the others let it. */
function placeBlocks(
  map: InternetMap,
  marks: (Mark | undefined)[],
  frames: Frame[],
  lines: Line[],
  router: Router,
  { top, room, rowHeight: pitch }: { top: number; room: number; rowHeight: number },
): number {
  const columns = Math.max(3, Math.floor(room / ((190 * pitch) / usualPitch)));
  const columnWidth = room / columns;
  const skyline = Array.from({ length: columns }, () => top);
  const centre = (at: number): number => {
    const mark = marks[at];
    return mark === undefined ? room : mark.x + mark.width / 2;
  };
  const order = map.blocks
    .map((block, index) => ({ block, index }))
    .sort((a, b) => blockRows(b.block) - blockRows(a.block) || a.index - b.index);
  for (const { block } of order) {
    const rows = blockRows(block);
    const span = Math.min(columns, rows <= 14 ? 1 : rows <= 36 ? 2 : rows <= 75 ? 3 : 4);
    const perColumn = Math.ceil(block.members.length / span);
    const height = headHeight + perColumn * pitch + (block.more > 0 ? pitch : 0) + 10;
    const wish = block.host < 0 ? margin + room : centre(block.host);
    let best = 0;
    let bestCost = Number.POSITIVE_INFINITY;
    for (let column = 0; column + span <= columns; column += 1) {
      const y = Math.max(...skyline.slice(column, column + span));
      const cost = y + Math.abs(margin + (column + span / 2) * columnWidth - wish) * 0.18;
      if (cost >= bestCost) continue;
      best = column;
      bestCost = cost;
    }
    const y = Math.max(...skyline.slice(best, best + span));
    const x = margin + best * columnWidth;
    const width = span * columnWidth - 10;
    const hue = block.host < 0 ? -1 : map.ases[block.host]!.hue;
    frames.push({
      kind: 'block',
      x,
      y,
      width,
      height,
      heading: blockHeading(map, block),
      hue,
      ...(block.more > 0 && { more: moreText(block) }),
    });
    const rowWidth = (width - 12) / span;
    for (const [at, member] of block.members.entries()) {
      const column = Math.floor(at / perColumn);
      marks[member] = {
        kind: 'row',
        x: x + 6 + column * rowWidth,
        y: y + headHeight + 4 + (at % perColumn) * pitch,
        width: rowWidth - 4,
        height: pitch - 2,
      };
    }
    const host = block.host < 0 ? undefined : marks[block.host];
    if (y === top) lines.push(...linesIntoBlock(map, marks, lines, router, block, { x, y, width }));
    if (host !== undefined && y === top) {
      const path = router.way(host.x + host.width / 2, host.y + host.height, x + width / 2, y);
      const kind = block.kind === 'peers' ? 'peer' : 'trunk';
      lines.push({ link: -1, path, hue, kind });
    }
    for (let column = best; column < best + span; column += 1) skyline[column] = y + height + 12;
  }
  return Math.max(...skyline);
}

/** From upstreams that sell to nobody but those in blocks: else they would stand there without a reason. */
function linesIntoBlock(
  { ases, links }: InternetMap,
  marks: readonly (Mark | undefined)[],
  lines: readonly Line[],
  router: Router,
  { members }: MapBlock,
  { x, y, width }: { x: number; y: number; width: number },
): Line[] {
  const isMember = new Set(members);
  const isTied = new Set(lines.flatMap(({ link }) => (link < 0 ? [] : [links[link]!.from, links[link]!.to])));
  const sellers = new Set(
    links.flatMap(({ from, to, relation }) =>
      relation === 'customer' && isMember.has(to) && ases[from]!.role === 'upstream' && !isTied.has(from) ? [from] : [],
    ),
  );
  const cards = [...sellers].flatMap((at) => marks[at] ?? []).sort((a, b) => a.x - b.x);
  return cards.map(
    (card, at): Line => ({
      link: -1,
      hue: -1,
      kind: 'customer',
      path: router.way(
        card.x + card.width / 2,
        card.y + card.height,
        x + 12 + ((width - 24) * (at + 1)) / (cards.length + 1),
        y,
      ),
    }),
  );
}

const blockRows = ({ members, more }: MapBlock): number => members.length + (more > 0 ? 1 : 0);
