import { setImmediate as turn } from 'node:timers/promises';
import { escapeXml } from '#page';
import { svgPixels } from '../draw/png.ts';
import { fontStack, textWidth } from '../draw/text-width.ts';
import { inkIndex, inkLevels } from './tone.ts';

export interface InkText {
  readonly text: string;
  /** Of the middle of the text's height. */
  readonly x: number;
  readonly y: number;
  /** Pixels. */
  readonly size: number;
  readonly anchor: 'start' | 'middle';
  /** Ground around the letters, where lines are behind them. */
  readonly hasHalo?: boolean;
}

/** Writes the texts into a picture; other work goes on meanwhile. */
export type InkStamp = (pixels: Uint8Array, width: number, height: number) => Promise<void>;

/** A text on the sheet beside the picture. */
interface Strip {
  readonly text: InkText;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Above that opacity a pixel of a letter has ground around it, above the other it is written. */
const solid = 120;
const visible = 40;
/** Texts that are written before others have their turn. */
const atOnce = 24;

/** Pixels that a sheet is wide, or as wide as its longest text: large ones in rows of their own, small ones side by side. */
const sheetWidth = 2048;

/** Places for texts, those of one size in rows. */
function placesOf(texts: readonly InkText[]): { boxes: Strip[]; wide: number; deep: number } {
  const sized = texts.map((text) => ({
    text,
    width: Math.ceil(textWidth(text.text, text.size, true)) + 2,
    height: Math.ceil(text.size * 1.3),
  }));
  const wide = Math.max(sheetWidth, ...sized.map(({ width }) => width));
  let [left, top, deep] = [0, 0, 0];
  const places = new Map<InkText, { left: number; top: number }>();
  for (const { text, width, height } of sized.toSorted((a, b) => b.height - a.height)) {
    if (left + width > wide) [left, top] = [0, deep];
    places.set(text, { left, top });
    left += width;
    deep = Math.max(deep, top + height);
  }
  // They are written in the order in which they were asked for.
  return { boxes: sized.map((one) => ({ ...one, ...places.get(one.text)! })), wide, deep };
}

/** Draws texts on a sheet beside the picture and returns what copies them into it, in shades of the ink. */
export async function inkLabels(texts: readonly InkText[]): Promise<InkStamp> {
  if (texts.length === 0) return async () => {};
  const { boxes, wide, deep } = placesOf(texts);
  const rows = boxes.map(
    ({ text, left, top }) =>
      `<text x="${left + 1}" y="${(top + text.size).toFixed(1)}" font-size="${text.size.toFixed(1)}">${escapeXml(text.text)}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${deep}"><g font-family="${fontStack}" font-weight="700" fill="#fff">${rows.join('')}</g></svg>`;
  const sheet = await svgPixels(svg);
  return async (pixels, width, height) => {
    for (const [at, box] of boxes.entries()) {
      stamp(alphaOf(sheet, wide, box), box.text, pixels, width, height);
      if (at % atOnce === 0) await turn();
    }
  };
}

interface Alpha {
  readonly values: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** How opaque a text's pixels are. The font is narrower than the measure: blank columns behind it are cut off. */
function alphaOf(sheet: Uint8Array, wide: number, { left, top, width, height }: Strip): Alpha {
  let drawn = 1;
  for (let row = 0; row < height; row += 1) {
    for (let column = width - 1; column >= drawn; column -= 1) {
      if (sheet[((top + row) * wide + left + column) * 4 + 3]! > 0) drawn = column + 1;
    }
  }
  const values = new Uint8Array(drawn * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < drawn; column += 1)
      values[row * drawn + column] = sheet[((top + row) * wide + left + column) * 4 + 3]!;
  }
  return { values, width: drawn, height };
}

function stamp(alpha: Alpha, text: InkText, pixels: Uint8Array, width: number, height: number): void {
  const left = Math.round(text.x - (text.anchor === 'middle' ? alpha.width / 2 : 0));
  const top = Math.round(text.y - alpha.height * 0.52);
  // What is behind stays to be seen between the words.
  if (text.hasHalo === true)
    clearAround(alpha, Math.max(1, Math.round(text.size * 0.13)), pixels, width, height, left, top);
  for (let row = 0; row < alpha.height; row += 1) {
    for (let column = 0; column < alpha.width; column += 1) {
      const value = alpha.values[row * alpha.width + column]!;
      const [x, y] = [left + column, top + row];
      if (value < visible || x < 0 || y < 0 || x >= width || y >= height) continue;
      pixels[y * width + x] = inkIndex + Math.min(inkLevels - 1, (value * inkLevels) >> 8);
    }
  }
}

/** Ground around each letter: its solid pixels grown by `reach` along rows, then along columns. */
function clearAround(
  { values, width: wide, height: high }: Alpha,
  reach: number,
  pixels: Uint8Array,
  width: number,
  height: number,
  left: number,
  top: number,
): void {
  const [grownWide, grownHigh] = [wide + 2 * reach, high + 2 * reach];
  const grown = new Uint8Array(grownWide * high);
  for (let row = 0; row < high; row += 1) {
    for (let column = 0; column < wide; column += 1) {
      if (values[row * wide + column]! < solid) continue;
      grown.fill(1, row * grownWide + column, row * grownWide + column + 2 * reach + 1);
    }
  }
  for (let row = 0; row < grownHigh; row += 1) {
    const y = top - reach + row;
    if (y < 0 || y >= height) continue;
    for (let column = 0; column < grownWide; column += 1) {
      const x = left - reach + column;
      if (x < 0 || x >= width) continue;
      for (let from = Math.max(0, row - 2 * reach); from <= Math.min(high - 1, row); from += 1) {
        if (grown[from * grownWide + column] === 0) continue;
        pixels[y * width + x] = 0;
        break;
      }
    }
  }
}
