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

  get isEmpty(): boolean {
    return this.#sections.size === 0;
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
    const found = root && walk(root, text, 0);
    return found && matchOf(found, text);
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

/** Where a match ends, and whether words stand in it that do not count. */
interface Found<T> {
  readonly value: T;
  readonly end: number;
  readonly skips: readonly (readonly [from: number, end: number])[];
}

const noSkips: Found<never>['skips'] = [];

function walk<T>(step: Step<T>, text: string, from: number): Found<T> | undefined {
  if (from < text.length) {
    const found = goOn(step, text, from);
    if (found !== undefined) return found;
  } else if (step.atEnd !== undefined) return { value: step.atEnd, end: text.length, skips: noSkips };
  return step.value === undefined ? undefined : { value: step.value, end: from, skips: noSkips };
}

/** Most lines match nothing: what words a match is made of is looked at when there is one. */
function goOn<T>({ next, any, skip }: Step<T>, text: string, from: number): Found<T> | undefined {
  if (next.size === 0 && any === undefined && skip === undefined) return undefined;
  const end = wordEnd(text, from);
  let start = end;
  while (text.charCodeAt(start) === 32) start += 1;
  const named = next.size === 0 ? undefined : next.get(text.slice(from, end));
  const found = (named && walk(named, text, start)) ?? (any && walk(any, text, start));
  if (found !== undefined || skip === undefined) return found;
  const beyond = walk(skip, text, start);
  return beyond && { ...beyond, skips: [[from, end], ...beyond.skips] };
}

function matchOf<T>({ value, end, skips }: Found<T>, text: string): WordMatch<T> {
  const matched = text.slice(0, end).trimEnd();
  if (skips.length === 0 && !matched.includes('  ')) return { value, key: matched, matched };
  const words: string[] = [];
  for (let from = 0; from < matched.length; ) {
    const wordsEnd = wordEnd(matched, from);
    if (!skips.some(([start]) => start === from)) words.push(matched.slice(from, wordsEnd));
    from = wordsEnd;
    while (matched.charCodeAt(from) === 32) from += 1;
  }
  return { value, key: words.join(' '), matched };
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
