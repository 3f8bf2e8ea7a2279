import type { EditStyle } from './persona.ts';
import { SectionText } from './section-text.ts';

/**
 * The order in which a system prints the lines of a section, whatever the order in which they were typed, learned
 * from a text that it printed: a line that was taken away and comes back stands where it stood.
 */
export class LineOrder {
  readonly #doc: SectionText;
  readonly #ordered: RegExp | undefined;

  constructor(text: string, style: EditStyle) {
    this.#doc = new SectionText(text, style.comment);
    this.#ordered = style.ordered;
  }

  /** @returns before which of `siblings` the line belongs (their number: after all); undefined for a line never seen. */
  place(path: readonly string[], line: string, siblings: readonly string[]): number | undefined {
    if (siblings.length === 0 || this.#ordered?.test(path.at(-1) ?? line) === true) return undefined;
    let header: number | undefined;
    for (const step of path) {
      header = this.#doc.children(header).find((at) => this.#doc.text(at) === step);
      if (header === undefined) return undefined;
    }
    const known = this.#doc.children(header).map((at) => this.#doc.text(at));
    const nth = known.indexOf(line);
    if (nth < 0) return undefined;
    const rank = new Map(known.map((text, at) => [text, at]));
    let after = -1;
    for (const [at, sibling] of siblings.entries()) if ((rank.get(sibling) ?? Infinity) < nth) after = at;
    if (after >= 0) return after + 1;
    return siblings.findIndex((sibling) => (rank.get(sibling) ?? -1) > nth) >= 0
      ? siblings.findIndex((sibling) => (rank.get(sibling) ?? -1) > nth)
      : undefined;
  }
}
