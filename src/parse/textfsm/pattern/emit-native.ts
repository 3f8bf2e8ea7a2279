import { type AsciiSet, codesOf, hasAscii } from './ascii-set.ts';
import type { PatternNode, RepeatNode } from './syntax.ts';
import { widthOf } from './width.ts';

/** A pattern as a RegExp of JavaScript that does the same on ASCII text without line ends. */
export interface NativePattern {
  readonly source: string;
  /** Number of the group in Python, by its number here, from 1. */
  readonly groups: readonly number[];
}

/**
 * Writes a Python pattern for JavaScript, where that can be done exactly. Undefined for what differs: references and
 * conditions (a group that did not match), atomic groups, loops over what may be empty, and groups in a loop that keep
 * their last text in Python and are reset in JavaScript. Those run on the machine.
 * `wanted`: the groups whose text is asked for; others do not capture.
 */
export function emitNative(node: PatternNode, wanted: ReadonlySet<number>): NativePattern | undefined {
  const groups: number[] = [];
  try {
    const source = new Emitter(wanted, groups).emit(node);
    return { source: `^(?:${source})`, groups };
  } catch (error) {
    if (error instanceof DiffersHere) return undefined;
    throw error;
  }
}

class DiffersHere extends Error {}

class Emitter {
  readonly #wanted: ReadonlySet<number>;
  readonly #groups: number[];

  constructor(wanted: ReadonlySet<number>, groups: number[]) {
    this.#wanted = wanted;
    this.#groups = groups;
  }

  emit(node: PatternNode): string {
    switch (node.kind) {
      case 'set':
        return classOf(node.set.ascii);
      case 'sequence':
        return node.items.map((item) => (item.kind === 'choice' ? `(?:${this.emit(item)})` : this.emit(item))).join('');
      case 'choice':
        return node.arms.map((arm) => this.emit(arm)).join('|');
      case 'group':
        if (!this.#wanted.has(node.index)) return `(?:${this.emit(node.body)})`;
        this.#groups.push(node.index);
        return `(${this.emit(node.body)})`;
      case 'repeat':
        return this.#repeat(node);
      case 'look':
        if ((node.isNegative || !node.isAhead) && this.#captures(node.body)) throw new DiffersHere();
        return `(?${node.isAhead ? '' : '<'}${node.isNegative ? '!' : '='}${this.emit(node.body)})`;
      case 'assert':
        return positions[node.at];
      case 'atomic':
      case 'condition':
      case 'reference':
        throw new DiffersHere();
    }
  }

  #repeat({ least, most, isLazy, body }: RepeatNode): string {
    const text = body.kind === 'set' ? this.emit(body) : `(?:${this.emit(body)})`;
    if (widthOf(body).least === 0) {
      // JavaScript gives an empty iteration up, Python takes it.
      if (least === 0 && most === 1) return isLazy ? `(?:|${text})` : `(?:${text}|)`;
      if (least === 1 && most === 1) return text;
      throw new DiffersHere();
    }
    if (most > 1 && this.#mayKeepOld(body)) throw new DiffersHere();
    return text + quantifier(least, most) + (isLazy ? '?' : '');
  }

  #captures(node: PatternNode): boolean {
    if (node.kind === 'group') return this.#wanted.has(node.index) || this.#captures(node.body);
    return childrenOf(node).some((child) => this.#captures(child));
  }

  /** Whether an iteration can pass by a group that an earlier one has set. */
  #mayKeepOld(node: PatternNode): boolean {
    if (node.kind === 'choice') return this.#captures(node);
    if (node.kind === 'repeat' && node.least === 0) return this.#captures(node.body);
    return childrenOf(node).some((child) => this.#mayKeepOld(child));
  }
}

// In JavaScript \B holds in an empty text, in Python before 3.14 it does not.
const positions = {
  subjectStart: '^',
  lineStart: '^',
  subjectEnd: '$',
  lineEnd: '$',
  lastLineEnd: '$',
  word: '\\b',
  notWord: '(?!^$)\\B',
} as const;

function childrenOf(node: PatternNode): readonly PatternNode[] {
  switch (node.kind) {
    case 'sequence':
      return node.items;
    case 'choice':
      return node.arms;
    case 'group':
    case 'repeat':
    case 'look':
    case 'atomic':
      return [node.body];
    case 'condition':
      return [node.yes, node.no];
    case 'set':
    case 'assert':
    case 'reference':
      return [];
  }
}

function quantifier(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return least === 0 ? '*' : least === 1 ? '+' : `{${least},}`;
  if (least === 0 && most === 1) return '?';
  return least === most ? `{${least}}` : `{${least},${most}}`;
}

const classes = new WeakMap<AsciiSet, string>();

/** The set as far as ASCII goes, as a character or a class. */
function classOf(set: AsciiSet): string {
  const known = classes.get(set);
  if (known !== undefined) return known;
  const codes = codesOf(set);
  const text = codes.length === 1 ? character(codes[0]!) : classText(set, codes.length > 64);
  classes.set(set, text);
  return text;
}

function classText(set: AsciiSet, isNegated: boolean): string {
  const isInside = (code: number): boolean => hasAscii(set, code) !== isNegated;
  let text = '';
  for (let from = 0; from < 128; from++) {
    if (!isInside(from)) continue;
    let to = from;
    while (to < 127 && isInside(to + 1)) to += 1;
    text += to === from ? character(from) : `${character(from)}-${character(to)}`;
    from = to;
  }
  return `[${isNegated ? '^' : ''}${text}]`;
}

const character = (code: number): string =>
  /[0-9A-Za-z]/.test(String.fromCharCode(code))
    ? String.fromCharCode(code)
    : `\\x${code.toString(16).padStart(2, '0')}`;
