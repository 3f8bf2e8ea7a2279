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

/** Writes the texts into a picture. */
export type InkStamp = (pixels: Uint8Array, width: number, height: number) => void;

/** Draws texts on a strip beside the picture and returns what copies them into it, in shades of the ink. */
export async function inkLabels(texts: readonly InkText[]): Promise<InkStamp> {
  const boxes: { readonly text: InkText; readonly top: number; readonly width: number; readonly height: number }[] = [];
  let top = 0;
  for (const text of texts) {
    const [width, height] = [Math.ceil(textWidth(text.text, text.size, true)) + 2, Math.ceil(text.size * 1.3)];
    boxes.push({ text, top, width, height });
    top += height;
  }
  if (top === 0) return () => {};
  const wide = Math.max(...boxes.map(({ width }) => width));
  const rows = boxes.map(
    ({ text, top: y }) =>
      `<text x="1" y="${(y + text.size).toFixed(1)}" font-size="${text.size.toFixed(1)}">${escapeXml(text.text)}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${top}"><g font-family="${fontStack}" font-weight="700" fill="#fff">${rows.join('')}</g></svg>`;
  const strip = await svgPixels(svg);
  return (pixels, width, height) => {
    for (const { text, top: from, width: measured, height: high } of boxes) {
      // The font is narrower than the measure: centre what was drawn, not what was measured.
      let drawn = measured;
      while (drawn > 1 && isBlank(strip, wide, from, high, drawn - 1)) drawn -= 1;
      const left = Math.round(text.x - (text.anchor === 'middle' ? drawn / 2 : 0));
      const y0 = Math.round(text.y - high * 0.52);
      const at = (row: number, column: number): number => strip[((from + row) * wide + column) * 4 + 3]!;
      if (text.hasHalo === true) {
        // Ground around each letter: what is behind stays to be seen between the words.
        const reach = Math.max(1, Math.round(text.size * 0.13));
        for (let row = 0; row < high; row += 1) {
          for (let column = 0; column < drawn; column += 1) {
            if (at(row, column) < 120) continue;
            for (let y = Math.max(0, y0 + row - reach); y <= Math.min(height - 1, y0 + row + reach); y += 1) {
              const start = Math.max(0, left + column - reach);
              pixels.fill(0, y * width + start, y * width + Math.min(width, left + column + reach + 1));
            }
          }
        }
      }
      for (let row = 0; row < high; row += 1) {
        for (let column = 0; column < drawn; column += 1) {
          const alpha = at(row, column);
          const [x, y] = [left + column, y0 + row];
          if (alpha < 40 || x < 0 || y < 0 || x >= width || y >= height) continue;
          pixels[y * width + x] = inkIndex + Math.min(inkLevels - 1, (alpha * inkLevels) >> 8);
        }
      }
    }
  };
}

function isBlank(strip: Uint8Array, wide: number, from: number, height: number, column: number): boolean {
  for (let row = 0; row < height; row += 1) if (strip[((from + row) * wide + column) * 4 + 3]! > 0) return false;
  return true;
}
