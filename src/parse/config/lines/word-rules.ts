import { firstWord } from '../first-word.ts';

/**
 * Rules about lines, by their first words. A pattern is words; `*` stands for any one word, `a|b` for either, `_` for
 * any one word that does not count (`ip access-group _ in`: one list a direction, whatever its name), a last `$` for
 * the end of the line. `interface: mtu` holds only below a header whose first word is `interface`, `/: mtu` only at
 * the top. A rule that goes on wins over one that ends, a word over `*`, the section's own over the general one.
 */
export interface WordMatch<T> {
  readonly value: T;
  /** The words that matched, those of `_` left out. */
  readonly key: string;
  /** The words that matched, all of them. */
  readonly matched: string;
}

interface Step<T> {
  readonly next: Map<string, Step<T>>;
  any: Step<T> | undefined;
  skip: Step<T> | undefined;
  value: T | undefined;
  atEnd: T | undefined;
}

const newStep = <T>(): Step<T> => ({
  next: new Map(),
  any: undefined,
  skip: undefined,
  value: undefined,
  atEnd: undefined,
});

export class WordRules<T> {
  readonly #sections = new Map<string, Step<T>>();

  constructor(rules: readonly (readonly [pattern: string, value: T])[]) {
    for (const [pattern, value] of rules) {
      const [, section = '', words = ''] = /^(?:([^\s:]+): )?(.*)$/.exec(pattern) ?? [];
      for (const name of section.split('|')) {
        insert(at(this.#sections, name), words.split(' '), value);
      }
    }
  }

  find(text: string, parents: readonly string[] = []): WordMatch<T> | undefined {
    if (this.#sections.size === 0) return undefined;
    const section = parents.length === 0 ? '/' : firstWord(parents[parents.length - 1]!);
    return this.#look(section, text) ?? this.#look('', text);
  }

  has(text: string, parents: readonly string[] = []): boolean {
    return this.find(text, parents) !== undefined;
  }

  #look(section: string, text: string): WordMatch<T> | undefined {
    const root = this.#sections.get(section);
    return root && walk(root, text, 0);
  }
}

function at<T>(steps: Map<string, Step<T>>, word: string): Step<T> {
  const known = steps.get(word);
  if (known !== undefined) return known;
  const fresh = newStep<T>();
  steps.set(word, fresh);
  return fresh;
}

function insert<T>(from: Step<T>, words: readonly string[], value: T): void {
  const [word, ...rest] = words;
  if (word === undefined) from.value = value;
  else if (word === '$') from.atEnd = value;
  else if (word === '*') {
    from.any ??= newStep<T>();
    insert(from.any, rest, value);
  } else if (word === '_') {
    from.skip ??= newStep<T>();
    insert(from.skip, rest, value);
  } else for (const either of word.split('|')) insert(at(from.next, either), rest, value);
}

function walk<T>(step: Step<T>, text: string, from: number): WordMatch<T> | undefined {
  if (from < text.length) {
    const found = goOn(step, text, from);
    if (found !== undefined) return found;
  } else if (step.atEnd !== undefined) return { value: step.atEnd, key: '', matched: text };
  return step.value === undefined ? undefined : { value: step.value, key: '', matched: text.slice(0, from).trimEnd() };
}

/** Most lines match nothing: the words of a match are put together on the way back from one. */
function goOn<T>({ next, any, skip }: Step<T>, text: string, from: number): WordMatch<T> | undefined {
  if (next.size === 0 && any === undefined && skip === undefined) return undefined;
  const end = wordEnd(text, from);
  const word = text.slice(from, end);
  let start = end;
  while (text.charCodeAt(start) === 32) start += 1;
  const named = next.get(word);
  const found = (named && walk(named, text, start)) ?? (any && walk(any, text, start));
  if (found === undefined) return skip && walk(skip, text, start);
  return { ...found, key: found.key === '' ? word : `${word} ${found.key}` };
}

/** A quoted text is one word, blanks and all. */
function wordEnd(text: string, from: number): number {
  if (text.charCodeAt(from) === 34) {
    const close = text.indexOf('"', from + 1);
    if (close > 0) return close + 1;
  }
  const blank = text.indexOf(' ', from);
  return blank < 0 ? text.length : blank;
}
