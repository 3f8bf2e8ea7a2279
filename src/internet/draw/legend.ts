import { escapeXml } from '#page';
import type { Palette } from './palette.ts';
import type { Scene } from './scene.ts';
import { fitText, textWidth } from './text-width.ts';

const margin = 28;
const lineHeight = 22;

interface Legend {
  readonly svg: string;
  readonly height: number;
}

/** What colours and lines mean, and what is not drawn. Only what the picture has. */
export function legendOf(scene: Scene, palette: Palette): Legend {
  const signs = legendSigns(scene, palette, margin);
  const parts = [signs.svg];
  let y = signs.height;
  for (const note of wrap(legendNotes(scene), scene.width - 2 * margin)) {
    y += 18;
    parts.push(`<text class="note" x="${margin}" y="${y}">${escapeXml(note)}</text>`);
  }
  return { svg: parts.join(''), height: y + 22 };
}

/** What the picture leaves out, and where it is from. */
export const legendNotes = (scene: Scene): readonly string[] => [...scene.map.notes, ...scene.notes];

/** The signs alone, in lines as wide as the picture. `height` is that of the last line's text. */
export function legendSigns(scene: Scene, palette: Palette, left: number): Legend {
  const { ases, links } = scene.map;
  const roles = new Set(ases.map(({ role }) => role));
  const kinds = new Set(links.map(({ relation }) => relation));
  const diamond = (x: number): string =>
    `<path d="M${x} -9L${x + 5} -4L${x} 1L${x - 5} -4Z" fill="${palette.exchange}"/>`;
  const swatch = (color: string): string => `<rect x="0" y="-10" width="14" height="12" rx="3" fill="${color}"/>`;
  const hues = Math.min(palette.providers.length, ases.filter(({ hue }) => hue >= 0).length, 4);
  const rainbow = palette.providers
    .slice(0, hues)
    .map((color, at) => `<rect x="${at * 8}" y="-10" width="8" height="12" fill="${color}"/>`)
    .join('');
  const stroke = (color: string, more = '', arrow = false): string =>
    `<path d="M0 -4H26" fill="none" stroke="${color}" stroke-width="1.6"${more}/>${arrow ? `<path d="M24 -7.500L32 -4L24 -.5Z" fill="${color}"/>` : ''}`;
  const signs: [svg: string, width: number, text: string][] = [];
  if (hues > 0)
    signs.push([
      rainbow,
      hues * 8,
      ases.some(({ hue, customers }) => hue >= 0 && customers > 0) ? 'provider, a hue each' : 'asked for',
    ]);
  if (roles.has('upstream')) signs.push([swatch(palette.upstream), 14, 'upstream outside']);
  if (kinds.has('member')) signs.push([diamond(5), 10, 'internet exchange; beside an AS: is present at one']);
  if (ases.some(({ role, exchange }) => role === 'exchange' && exchange === undefined))
    signs.push([swatch(palette.exchange), 14, 'route server of an exchange']);
  if (roles.has('downstream') && ases.some((_, at) => scene.marks[at]?.kind === 'dot'))
    signs.push([swatch(palette.downstream), 14, 'customer']);
  if (roles.has('transit') && ases.some(({ role }, at) => role === 'transit' && scene.marks[at]?.kind === 'dot'))
    signs.push([swatch(palette.transit), 14, 'peer, or no provider seen']);
  if (kinds.has('customer')) signs.push([stroke(palette.upstream, '', true), 34, 'sells transit to']);
  if (kinds.has('peer')) signs.push([stroke(palette.peer, ' stroke-dasharray="6 4"'), 28, 'peers']);
  if (scene.lines.some(({ kind }) => kind === 'member'))
    signs.push([stroke(palette.exchange, ' stroke-dasharray="2 2"'), 28, 'present at']);
  if (kinds.has('unknown'))
    signs.push([stroke(palette.peer, ' stroke-dasharray="1 4" stroke-linecap="round"'), 28, 'unknown']);
  if (kinds.has('sibling')) {
    signs.push([
      `<path d="M0 -6H26M0 -2H26" fill="none" stroke="${palette.transit}" stroke-width="1.4"/>`,
      28,
      'one organisation',
    ]);
  }
  if (scene.marks.some((mark) => mark?.kind === 'row')) {
    signs.push([
      `<circle cx="4" cy="-4" r="3" fill="${palette.providers[0]}"/><circle cx="12" cy="-4" r="3" fill="${palette.upstream}"/>`,
      16,
      'a further provider',
    ]);
  }
  const parts: string[] = [];
  let [x, y] = [left, 30];
  for (const [svg, width, text] of signs) {
    const wide = width + 7 + textWidth(text, 11) + 22;
    if (x + wide > scene.width - left && x > left) [x, y] = [left, y + lineHeight];
    parts.push(
      `<g transform="translate(${x} ${y})">${svg}<text style="font-size:11px" x="${width + 7}">${escapeXml(text)}</text></g>`,
    );
    x += wide;
  }
  return { svg: parts.join(''), height: y };
}

/** Notes behind one another, as many a line as there is room. */
function wrap(notes: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const note of notes) {
    const last = lines.at(-1);
    const joined = last === undefined ? note : `${last}  ·  ${note}`;
    if (last !== undefined && textWidth(joined, 10) <= width) lines[lines.length - 1] = joined;
    else lines.push(fitText(note, 10, width));
  }
  return lines;
}
