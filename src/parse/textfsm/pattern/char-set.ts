import { type AsciiSet, asciiSet, hasAscii } from './ascii-set.ts';

/** What `\d`, `\s` and `\w` mean in Python, where a pattern is Unicode unless it says `(?a)`. */
type Category = 'digit' | 'space' | 'word';

export type SetItem =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'category'; readonly category: Category; readonly negated: boolean; readonly isAscii: boolean };

const digits = /^\p{Nd}$/u;
// str.isspace(): bidirectional type WS, B or S, or category Zs. Unlike in JavaScript, U+FEFF is none and FS to US are.
const spaces = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;
// str.isalnum() and the underscore: marks (category M) are no word characters in Python.
const words = /^[\p{L}\p{N}_]$/u;

const inAscii: Record<Category, RegExp> = { digit: /^[0-9]$/, space: /^[ \t-\r]$/, word: /^[0-9A-Za-z_]$/ };
const inUnicode: Record<Category, RegExp> = { digit: digits, space: spaces, word: words };

const isIn = (category: Category, isAscii: boolean, code: number): boolean =>
  (isAscii ? inAscii : inUnicode)[category].test(String.fromCodePoint(code));

export const isWordCode = (code: number, isAscii: boolean): boolean =>
  code < 128
    ? code === 95 || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
    : isIn('word', isAscii, code);

/** One character of a subject: a literal, a class, a category or the dot. */
export class CharSet {
  readonly #items: readonly SetItem[];
  readonly #isNegated: boolean;
  readonly #ignoresCase: boolean;
  #ascii: AsciiSet | undefined;

  constructor(items: readonly SetItem[], isNegated = false, ignoresCase = false) {
    this.#items = items;
    this.#isNegated = isNegated;
    this.#ignoresCase = ignoresCase;
  }

  /** One character. */
  static of(code: number, ignoresCase = false): CharSet {
    const make = (): CharSet => new CharSet([{ kind: 'range', from: code, to: code }], false, ignoresCase);
    return code < 128 ? shared(`${code} ${ignoresCase}`, make) : make();
  }

  /** `\d`, `\S` and the like. */
  static category(item: Extract<SetItem, { kind: 'category' }>): CharSet {
    return shared(`${item.category} ${item.negated} ${item.isAscii}`, () => new CharSet([item]));
  }

  /** The dot. */
  static any(takesLineFeed: boolean): CharSet {
    const items: SetItem[] = takesLineFeed ? [] : [{ kind: 'range', from: 10, to: 10 }];
    return shared(`any ${takesLineFeed}`, () => new CharSet(items, true));
  }

  /** The ASCII characters that belong to the set. */
  get ascii(): AsciiSet {
    this.#ascii ??= asciiSet((code) => this.#includes(code));
    return this.#ascii;
  }

  has(code: number): boolean {
    return code < 128 ? hasAscii(this.ascii, code) : this.#includes(code);
  }

  #includes(code: number): boolean {
    return this.#hasItem(code) !== this.#isNegated;
  }

  #hasItem(code: number): boolean {
    if (this.#items.some((item) => covers(item, code))) return true;
    if (!this.#ignoresCase) return false;
    return otherCases(code).some((other) => this.#items.some((item) => covers(item, other)));
  }
}

/** The few sets that nearly all patterns are made of. */
const known = new Map<string, CharSet>();

function shared(key: string, make: () => CharSet): CharSet {
  let set = known.get(key);
  if (set === undefined) {
    set = make();
    known.set(key, set);
  }
  return set;
}

function covers(item: SetItem, code: number): boolean {
  if (item.kind === 'range') return code >= item.from && code <= item.to;
  return isIn(item.category, item.isAscii, code) !== item.negated;
}

/** Single characters that differ from this one in case only. */
function otherCases(code: number): readonly number[] {
  const char = String.fromCodePoint(code);
  const found: number[] = [];
  for (const other of [char.toLowerCase(), char.toUpperCase(), char.toUpperCase().toLowerCase()]) {
    const point = other.codePointAt(0);
    if (point !== undefined && point !== code && String.fromCodePoint(point) === other) found.push(point);
  }
  return found;
}

/** Case folded as far as one character goes, for back-references that ignore case. */
export const foldCode = (code: number): number => {
  const lower = String.fromCodePoint(code).toLowerCase();
  const point = lower.codePointAt(0) ?? code;
  return String.fromCodePoint(point) === lower ? point : code;
};
