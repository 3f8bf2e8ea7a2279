export const fontStack = "Inter,'Segoe UI','Helvetica Neue',Arial,'DejaVu Sans',sans-serif";

/** Hundredths of the size, ASCII from the blank on: the wider of Inter and DejaVu Sans, which no font of the stack exceeds. */
const regular = widths(
  '3241478465997830404051843246323764646464656464646464343484848454996969747864607876305868579176796479706565756999696869403740845050626458646238646428285828986462646442534064608260605664346484',
);
const bold = widths(
  '3546568470998834464656843847383970707070707070707070404084848459997877748469698384385978649984867486787369827899787473463946845050687260726844727235356735997269727250604872669365665972387284',
);
/** The widest letter of the Latin supplements and Cyrillic; what is not written in an alphabet is square. */
const otherLetter = 1.17;

/** Width of a text in pixels: not less than any font of the stack makes it. */
export function textWidth(text: string, size: number, isBold = false): number {
  const table = isBold ? bold : regular;
  let width = 0;
  for (const character of text) width += table[character.codePointAt(0)! - 32] ?? otherLetter;
  return width * size;
}

/** The text, or as much of it as fits, with `…` behind. */
export function fitText(text: string, size: number, most: number, isBold = false): string {
  if (textWidth(text, size, isBold) <= most) return text;
  let kept = '';
  const room = most - size;
  for (const character of text) {
    if (textWidth(kept + character, size, isBold) > room) break;
    kept += character;
  }
  return kept.trimEnd() === '' ? '' : `${kept.trimEnd()}…`;
}

function widths(digits: string): readonly number[] {
  return Array.from({ length: digits.length / 2 }, (_, at) => Number(digits.slice(2 * at, 2 * at + 2)) / 100);
}
