import stringWidth from 'string-width';

/** Everything is set in one width a character, so that boxes fit in whatever font of that kind is there. */
export const fontStack = "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace";

/** Width of a text in pixels: 0.61 of the size a character, which no font of the stack exceeds. */
export const textWidth = (text: string, size: number): number => stringWidth(text) * size * 0.61;

/** The text, or as much of it as fits in so many characters with `…` behind. */
export function fitText(text: string, most: number): string {
  if (stringWidth(text) <= most) return text;
  const characters = Array.from(text);
  while (characters.length > 1 && stringWidth(characters.join('')) > most - 1) characters.pop();
  return `${characters.join('')}…`;
}
