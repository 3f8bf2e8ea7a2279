import { escapeXml } from '#page';
import type { Place } from '../../model.ts';

/** What stands behind `#` in an address. Half a character, as damaged code may have it, has no such form. */
export const hashOf = (id: string): string => encodeURIComponent(id.toWellFormed());

/** A link to a line of the source. `link` is an address with `{file}` and `{line}`; empty for plain text. */
export function placeLink(link: string, { file, line }: Place, isShort = false): string {
  const text = escapeXml(isShort ? `:${line}` : `${file}:${line}`);
  if (link === '') return `<span class="place">${text}</span>`;
  const path = file.split('/').map(hashOf).join('/');
  const href = link.replaceAll('{file}', () => path).replaceAll('{line}', String(line));
  return `<a class="place" href="${escapeXml(href)}" title="${escapeXml(`${file}:${line}`)}" target="_blank" rel="noreferrer">${text}</a>`;
}
