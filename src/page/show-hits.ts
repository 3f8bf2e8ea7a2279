import type { PageElement } from './dom.ts';

/** What was found for the text of a search, as links; nothing for no text, and a word where nobody has that name. */
export function showHits(hits: PageElement, wanted: string, links: readonly string[]): void {
  hits.hidden = wanted.trim() === '';
  hits.innerHTML = links.length === 0 ? '<p>nothing found</p>' : links.join('');
}
