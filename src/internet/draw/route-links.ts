import type { InternetMap } from './map-model.ts';
import { type Line, type Mark, presenceLines } from './scene.ts';

/** Room that a line keeps from a card, and from the line beside it. */
const clearance = 5;
const lane = 3;

interface Row {
  readonly y: number;
  readonly bottom: number;
  /** What is free between, before and behind its cards. */
  readonly gaps: readonly (readonly [left: number, right: number])[];
}

/** Finds ways for lines between cards that stand in rows: through the gaps of the rows between, never over a card. */
export class Router {
  readonly #rows: readonly Row[];
  readonly #taken = new Map<string, number>();

  constructor(marks: readonly (Mark | undefined)[], width: number) {
    const byRow = new Map<number, Mark[]>();
    for (const mark of marks) {
      if (mark?.kind === 'card') byRow.set(mark.y, [...(byRow.get(mark.y) ?? []), mark]);
    }
    this.#rows = [...byRow]
      .sort(([a], [b]) => a - b)
      .map(([y, cards]) => {
        cards.sort((a, b) => a.x - b.x);
        const edges = [0, ...cards.flatMap(({ x, width: wide }) => [x, x + wide]), width];
        const gaps = Array.from({ length: edges.length / 2 }, (_, at) => [edges[2 * at]!, edges[2 * at + 1]!] as const);
        return { y, bottom: y + cards[0]!.height, gaps: gaps.filter(([left, right]) => right - left > 2 * clearance) };
      });
  }

  /** A smooth path from one point to another, upright at both ends. */
  way(x1: number, y1: number, x2: number, y2: number): string {
    const isDown = y2 > y1;
    const between = this.#rows.filter(({ y, bottom }) => (isDown ? y >= y1 && bottom <= y2 : y >= y2 && bottom <= y1));
    if (!isDown) between.reverse();
    let [x, y] = [x1, y1];
    let path = `M${n(x)} ${n(y)}`;
    for (const row of between) {
      const [top, end] = isDown ? [row.y, row.bottom] : [row.bottom, row.y];
      const wanted = x + ((x2 - x) * (top - y)) / (y2 - y || 1);
      const through = this.#through(row, wanted);
      path += curve(x, y, through, top);
      path += `L${n(through)} ${n(end)}`;
      [x, y] = [through, end];
    }
    return path + curve(x, y, x2, y2);
  }

  #through(row: Row, wanted: number): number {
    let best: readonly [number, number] = row.gaps[0] ?? [0, 0];
    let bestWay = Number.POSITIVE_INFINITY;
    for (const gap of row.gaps) {
      const way = Math.max(gap[0] - wanted, wanted - gap[1], 0);
      if (way < bestWay) [best, bestWay] = [gap, way];
    }
    const [left, right] = [best[0] + clearance, best[1] - clearance];
    if (wanted >= left && wanted <= right) return wanted;
    // Those that come from one side stand beside each other from that side on.
    const side = wanted < left ? 'l' : 'r';
    const key = `${row.y} ${best[0]} ${side}`;
    const taken = this.#taken.get(key) ?? 0;
    this.#taken.set(key, taken + 1);
    const shift = (taken * lane) % Math.max(lane, right - left);
    return side === 'l' ? left + shift : right - shift;
  }
}

/** Curves out of the lower edge of who sells, into the upper edge of who buys, spread along the edges. */
export function routeLinks(map: InternetMap, marks: readonly (Mark | undefined)[], router: Router): Line[] {
  const presences = presenceLines(map).shown;
  const ends = map.links.flatMap(({ from, to, relation }, link) => {
    if (relation === 'member' && !presences.has(link)) return [];
    const [one, other] = [marks[from], marks[to]];
    return one?.kind === 'card' && other?.kind === 'card' ? [{ link, one, other, from, to }] : [];
  });
  const ports = spread(ends);
  return ends.map(({ link, one, other, from }): Line => {
    const { relation: kind } = map.links[link]!;
    const hue = kind === 'customer' ? map.ases[from]!.hue : -1;
    const [start, end] = ports.get(link)!;
    if (Math.abs(one.y - other.y) < 2) {
      // In one row: a bow below it for who sells, above for peers.
      const isBelow = kind === 'customer';
      const y = isBelow ? one.y + one.height : one.y;
      const deep = (isBelow ? 1 : -1) * Math.min(22, 10 + Math.abs(start - end) / 40);
      return {
        link,
        hue,
        kind,
        path: `M${n(start)} ${n(y)}C${[start, y + deep, end, y + deep, end, y].map(n).join(' ')}`,
      };
    }
    const isDown = one.y < other.y;
    const y1 = isDown ? one.y + one.height : one.y;
    const y2 = isDown ? other.y : other.y + other.height;
    return { link, hue, kind, path: router.way(start, y1, end, y2) };
  });
}

interface End {
  readonly link: number;
  readonly one: Mark;
  readonly other: Mark;
  readonly from: number;
  readonly to: number;
}

/** Where each line leaves and arrives: along an edge in the order of the other ends. */
function spread(ends: readonly End[]): Map<number, [start: number, end: number]> {
  const middle = ({ x, width }: Mark): number => x + width / 2;
  const ports = new Map(ends.map(({ link }) => [link, [0, 0] as [number, number]]));
  for (const side of [0, 1] as const) {
    const groups = Map.groupBy(ends, (end) => (side === 0 ? end.from : end.to));
    for (const group of groups.values()) {
      group.sort(
        (a, b) => (side === 0 ? middle(a.other) - middle(b.other) : middle(a.one) - middle(b.one)) || a.link - b.link,
      );
      for (const [at, end] of group.entries()) {
        const mark = side === 0 ? end.one : end.other;
        ports.get(end.link)![side] = mark.x + 12 + ((mark.width - 24) * (at + 1)) / (group.length + 1);
      }
    }
  }
  return ports;
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const bend = (y2 - y1) * 0.5;
  return `C${[x1, y1 + bend, x2, y2 - bend, x2, y2].map(n).join(' ')}`;
}

const n = (value: number): string => String(Math.round(value));
