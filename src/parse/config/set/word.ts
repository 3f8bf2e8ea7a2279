import type { ConfigNode } from '../config-tree.ts';
import { decodeToken, doubleQuoted } from './read-braces.ts';
import type { SetSpec } from './spec.ts';

/**
 * A configuration as paths of words: what `set` lines and braces both say. A word knows whether a statement ends with
 * it (`unit 0` ends with `0`), so that the braces can be written again; equality does not ask for that.
 */
export class Word {
  /** As it was written, quotes and all. */
  token: string;
  readonly below = new Map<string, Word>();
  /** A statement or section ends here. */
  isNode = false;
  /** Where statements end was guessed from a `set` line. */
  isGuess = false;
  /** Its values stand in `[ ]`. */
  isList = false;
  readonly marks = new Set<string>();
  line = 0;

  constructor(token: string) {
    this.token = token;
  }

  child(token: string): Word {
    const key = decodeToken(token);
    let word = this.below.get(key);
    if (word === undefined) {
      word = new Word(token);
      this.below.set(key, word);
    }
    return word;
  }

  find(path: readonly string[]): Word | undefined {
    return path.reduce<Word | undefined>((at, key) => at?.below.get(key), this);
  }
}

/** @returns the root above all words. */
export function wordsOf(nodes: readonly ConfigNode[], spec: SetSpec): Word {
  const root = new Word('');
  root.isNode = true;
  for (const node of nodes) addNode(root, node, spec);
  return root;
}

function addNode(above: Word, node: ConfigNode, spec: SetSpec): void {
  const last = addTokens(above, splitText(node.text), spec, node.line);
  for (const child of node.children) addNode(last, child, spec);
}

/** The words of a node; quotations and brackets as they stand. */
export function splitText(text: string): string[] {
  return text.match(/"(?:[^"\\]|\\[\s\S])*"|'[^']*'(?:\\''[^']*')*|\S+/g) ?? [];
}

/** Adds one statement as braces have it. @returns the word that it ends with (for a list: the word before it). */
export function addTokens(above: Word, tokens: readonly string[], spec: SetSpec, line: number): Word {
  let at = above;
  let start = 0;
  const marks: string[] = [];
  while (start < tokens.length - 1 && spec.marks.some(({ mark }) => mark === tokens[start]))
    marks.push(tokens[start++]!);
  for (let nth = start; nth < tokens.length; nth += 1) {
    const token = tokens[nth]!;
    if (token === '[') {
      at.isList = true;
      for (nth += 1; nth < tokens.length && tokens[nth] !== ']'; nth += 1) {
        const value = at.child(tokens[nth]!);
        value.isNode = true;
        value.line = line;
      }
      if (at.below.size > 0) {
        for (const mark of marks) at.marks.add(mark);
        return at;
      }
      break;
    }
    at = at.child(token);
    if (at.line === 0) at.line = line;
  }
  at.isNode = true;
  for (const mark of marks) at.marks.add(mark);
  return at;
}

/** Back to nodes: a chain of words up to the one that a statement ends with is one line. */
export function nodesOf(root: Word, spec: SetSpec): readonly ConfigNode[] {
  const nodes: ConfigNode[] = [];
  for (const word of root.below.values()) collect(word, '', spec, nodes);
  return nodes;
}

function collect(word: Word, before: string, spec: SetSpec, nodes: ConfigNode[]): void {
  const written = spec.quotesValues ? doubleQuoted(decodeToken(word.token)) : word.token;
  const text = before === '' ? written : `${before} ${written}`;
  const marks = [...word.marks].map((mark) => `${mark} `).join('');
  if (word.isList && word.below.size > 0 && [...word.below.values()].every(({ below }) => below.size === 0)) {
    const values = [...word.below.values()].map(({ token }) => token);
    const list = values.length === 1 ? values[0]! : `[ ${values.join(' ')} ]`;
    nodes.push({ text: `${marks}${text} ${list}`, line: word.line, children: [] });
  } else if (word.isNode || word.below.size === 0) {
    nodes.push({ text: marks + text, line: word.line, children: nodesOf(word, spec) });
  } else for (const next of word.below.values()) collect(next, text, spec, nodes);
}

/** Gives two trees the same statements: where either has the end of one, the other has it too. */
export function alignWords(one: Word, other: Word): void {
  alignEnds(one, other);
  for (const root of [one, other]) lowerMarks(root);
}

/** The mark of a word within a statement is one of the statement. */
function lowerMarks(word: Word): void {
  for (const next of word.below.values()) {
    if (!next.isNode && !next.isList && next.below.size === 1 && next.marks.size > 0) {
      for (const value of next.below.values()) for (const mark of next.marks) value.marks.add(mark);
      next.marks.clear();
    }
    lowerMarks(next);
  }
}

function alignEnds(one: Word, other: Word): void {
  for (const [key, word] of one.below) {
    const twin = other.below.get(key);
    if (twin === undefined) continue;
    const isNode =
      (word.isNode && !(word.isGuess && !twin.isGuess)) || (twin.isNode && !(twin.isGuess && !word.isGuess));
    word.isNode = isNode;
    twin.isNode = isNode;
    word.isList = twin.isList = word.isList || twin.isList;
    alignEnds(word, twin);
  }
}
