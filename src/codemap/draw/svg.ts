import { escapeXml } from '#page';
import type { Picture } from '../layout/picture.ts';
import { textWidth } from '../layout/text-width.ts';
import { palettes, type Theme } from './colors.ts';
import { svgLegend } from './legend.ts';
import { svgBox, svgLine } from './svg-parts.ts';
import { svgMarkers, svgStyle } from './svg-style.ts';

const margin = 20;

/** A drawing as one SVG document: no script, nothing fetched, the same bytes for the same picture. */
export function drawSvg(picture: Picture, options: { readonly theme?: Theme } = {}): string {
  const palette = palettes[options.theme ?? 'light'];
  const { title, notes } = picture;
  // One line below the title where it fits, two where it does not; text of other fonts is up to a sixth wider.
  const together = [picture.subtitle, ...notes].join(' · ');
  const isOne = textWidth(together, 12) * 1.17 <= Math.max(picture.width, 420);
  const under = isOne ? [together] : [picture.subtitle, notes.join(' · ')];
  const widest = Math.max(textWidth(title, 20, true), ...under.map((line) => textWidth(line, 12)));
  const inner = Math.ceil(Math.max(picture.width, widest * 1.17, 420));
  const headHeight = 46 + 16 * under.length;
  const legend = svgLegend(picture.signs, inner);
  const width = inner + 2 * margin;
  const height = headHeight + picture.height + legend.height + 2 * margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(`${title}: ${together}`)}</title>`,
    `<style>${svgStyle((name) => palette[name])}</style><defs>${svgMarkers}</defs>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="heading" x="${margin}" y="36">${escapeXml(title)}</text>`,
    ...under.map((line, index) => `<text class="sub" x="${margin}" y="${55 + 16 * index}">${escapeXml(line)}</text>`),
    `<g transform="translate(${margin} ${headHeight})">`,
    svgContent(picture),
    '</g>',
    `<g transform="translate(${margin} ${headHeight + picture.height + margin})">${legend.svg}</g>`,
    '</svg>\n',
  ].join('\n');
}

/** Lines below boxes, as they stand in the drawing. */
export function svgContent({ boxes, lines }: Picture): string {
  const floors = boxes.filter(({ kind }) => kind === 'floor');
  const others = boxes.filter(({ kind }) => kind !== 'floor');
  return [...floors.map(svgBox), ...lines.map(svgLine), ...others.map(svgBox)].join('\n');
}
