import { hasAscii } from './pattern/ascii-set.ts';
import type { TemplateRule } from './template.ts';

const isSpace = (code: number): boolean => (code >= 9 && code <= 13) || (code >= 28 && code <= 32);

/**
 * The rules of a state by how a line begins. Most rules of a template begin with a word of their own, behind white
 * space or not: for a line with another word they need not be tried.
 */
export class StateRules {
  readonly all: readonly TemplateRule[];
  /** By the first character of a line, and 128 further on by the first one behind spaces. */
  readonly #byStart: (readonly TemplateRule[] | undefined)[] = new Array(256);

  constructor(rules: readonly TemplateRule[]) {
    this.all = rules;
  }

  /** Rules that can match the line, in their order: too many rather than too few. */
  for(line: string): readonly TemplateRule[] {
    const first = line.charCodeAt(0);
    // Not a number in an empty line.
    if (!(first < 128)) return this.all;
    if (!isSpace(first)) {
      this.#byStart[first] ??= this.#startingWith(first);
      return this.#byStart[first];
    }
    if (first !== 32) return this.all;
    let at = 1;
    while (isSpace(line.charCodeAt(at))) at += 1;
    const next = line.charCodeAt(at);
    // Not a number behind the end of the line.
    if (!(next < 128)) return this.all;
    this.#byStart[128 + next] ??= this.#indented(next);
    return this.#byStart[128 + next]!;
  }

  #startingWith(code: number): readonly TemplateRule[] {
    return this.all.filter(({ pattern: { opening } }) => opening.mayBeEmpty || hasAscii(opening.first, code));
  }

  #indented(code: number): readonly TemplateRule[] {
    return this.#startingWith(32).filter(({ pattern: { openingAfterSpace } }) => {
      return openingAfterSpace.mayBeEmpty || hasAscii(openingAfterSpace.first, code);
    });
  }
}
