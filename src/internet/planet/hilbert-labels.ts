import { fitText, textWidth } from '../draw/text-width.ts';
import { hilbertPlace, hilbertSide } from './hilbert.ts';
import type { HilbertColors } from './hilbert-colors.ts';
import type { InkText } from './ink-labels.ts';

/** Pixels of a /8 in the picture. */
const eighth = hilbertSide / 16;
/** A name stands where one has so much of a block. */
const leastShare = 0.55;

/** Blocks that nobody may originate: RFC 1122, 1918, 5771, 1112. */
const reserved: readonly (readonly [first: number, blocks: number, name: string])[] = [
  [0, 1, 'this network'],
  [10, 1, 'private'],
  [127, 1, 'loopback'],
  [224, 16, 'multicast'],
  [240, 16, 'reserved'],
];

/** Numbers of the /8 blocks, and names of who has most of one; of four together where it is the same. */
export function blockLabels({ largest, nameOf }: HilbertColors, top: number): InkText[] {
  const titleOf = (key: string): string => (/^[A-Z]{2}$/.test(key) ? nameOf(key) : `${nameOf(key) || 'AS'} ${key}`);
  const texts: InkText[] = [];
  for (let block = 0; block < 256; block += 1) {
    const [x, y] = cornerOf(block, 1);
    texts.push({ text: String(block), x: x + 7, y: top + y + 17, size: 18, anchor: 'start', hasHalo: true });
  }
  const isNamed = new Uint8Array(256);
  const add = (first: number, blocks: number, name: string): void => {
    isNamed.fill(1, first, first + blocks);
    const [x, y, side] = cornerOf(first, blocks);
    const most = blocks === 1 ? 22 : blocks === 4 ? 36 : 46;
    const lines = linesOf(name, side - 10, most);
    // Between two rows of numbers.
    const middle = top + y + side / 2 + 8 - (blocks > 1 ? eighth / 2 : 0);
    for (const [line, { text, size }] of lines.entries()) {
      const down = (line - (lines.length - 1) / 2) * size * 1.2;
      texts.push({ text, x: x + side / 2, y: middle + down, size, anchor: 'middle', hasHalo: true });
    }
  };
  for (const [first, blocks, name] of reserved) add(first, blocks, name);
  // Squares of sixteen, then of four, then single blocks: one name where one has them all.
  for (const blocks of [16, 4, 1]) {
    for (let first = 0; first < 256; first += blocks) {
      if (isNamed.subarray(first, first + blocks).some((one) => one === 1)) continue;
      const shares = largest.slice(first, first + blocks);
      const key = shares[0]?.key ?? '';
      if (key === '' || shares.some((one) => one.key !== key || one.share < leastShare)) continue;
      add(first, blocks, titleOf(key));
    }
  }
  return texts;
}

/** As large as it fits, in one line or in two. */
function linesOf(name: string, width: number, largest: number): { readonly text: string; readonly size: number }[] {
  const sizeOf = (text: string): number => Math.min(largest, width / textWidth(text, 1, true));
  const words = name.split(' ');
  const splits = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')]);
  const best = [[name], ...splits]
    .map((lines) => ({ lines, size: Math.min(...lines.map(sizeOf)) }))
    // One line rather than two, unless two are much larger.
    .reduce((one, other) => (other.size > one.size * 1.25 ? other : one));
  const size = Math.max(15, best.size);
  return best.lines.map((text) => ({ text: fitText(text, size, width + 1, true), size }));
}

function cornerOf(first: number, blocks: number): readonly [x: number, y: number, side: number] {
  const places = Array.from({ length: blocks }, (_, at) => hilbertPlace(first + at, 4));
  const [x, y] = [Math.min(...places.map(([one]) => one)), Math.min(...places.map(([, one]) => one))];
  return [x * eighth, y * eighth, Math.sqrt(blocks) * eighth];
}

/** `12.3 %` of the whole space, and what else is to be said of a holder. */
export function shareText(cells: number): string {
  const percent = ((cells / hilbertSide ** 2) * 100).toFixed(1);
  return percent === '0.0' && cells > 0 ? '< 0.1 %' : `${percent} %`;
}

export interface LegendRow {
  readonly color: number;
  readonly text: string;
  readonly share: string;
  /** What to search for, to see where it is; undefined for what is no single holder. */
  readonly find?: string;
}

const legendSize = 26;
export const legendWidth = 640;
export const legendPitch = 46;

/** The legend beside the map: its rows, and the ink that they need. */
export function legendTexts(rows: readonly LegendRow[], left: number, top: number): InkText[] {
  return rows.flatMap(({ text, share }, row): InkText[] => {
    const y = top + row * legendPitch;
    const width = textWidth(share, legendSize, true);
    const right = left + legendWidth - 40;
    return [
      {
        text: fitText(text, legendSize, right - width - left - 100, true),
        x: left + 80,
        y,
        size: legendSize,
        anchor: 'start',
      },
      { text: share, x: right - width, y, size: legendSize, anchor: 'start' },
    ];
  });
}
