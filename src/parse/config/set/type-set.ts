import { NetwrightError } from '#core';
import { firstWord } from '../first-word.ts';
import type { Vocabulary } from './group-words.ts';
import { decodeToken, longestPath, readBraces, readCommands, type Statement } from './read-braces.ts';
import { addTokens, type Word } from './word.ts';

/** Types `set`, `delete` and their kin, or braces to be merged, into a configuration of words. */
export class SetTypist {
  readonly #vocabulary: Vocabulary;
  readonly #root: Word;
  readonly #file: string;
  /** Words that got a value from these lines: a second one stands beside it. */
  readonly #filled = new Set<Word>();
  #edit: string[] = [];

  constructor(root: Word, vocabulary: Vocabulary, file: string) {
    this.#root = root;
    this.#vocabulary = vocabulary;
    this.#file = file;
  }

  /** @throws NetwrightError `NW_CONFIG_SYNTAX` for a word that is no command. */
  type(text: string): void {
    if (!isCommands(text)) {
      this.#merge(this.#root, readBraces(text, this.#vocabulary.spec, this.#file));
      return;
    }
    for (const { tokens, line } of readCommands(text, this.#file)) this.command(tokens, line);
  }

  command(tokens: readonly string[], line: number): void {
    const [verb = '', ...rest] = tokens;
    const { spec } = this.#vocabulary;
    const mark = spec.marks.find(({ set, clear }) => set === verb || clear === verb);
    if (rest.length + this.#edit.length > longestPath) throw this.#fault(line, `more than ${longestPath} words`);
    if (verb === 'set' && rest.length > 0) this.#set(rest, line);
    else if (verb === 'delete' && rest.length > 0) this.#delete(rest);
    else if (mark !== undefined && rest.length > 0) this.#mark(rest, mark.mark, mark.set === verb);
    else if ((verb === 'insert' || verb === 'move') && rest.length > 2) this.#reorder(rest, line);
    else if (verb === 'rename' && rest.length > 2) this.#rename(rest, line);
    else if (verb === 'edit' && rest.length > 0) this.#edit.push(...rest);
    else if (verb === 'top' || verb === 'up' || verb === 'exit') this.#edit = [];
    else if (!/^(?:configure|commit|annotate|quit)$/.test(verb))
      throw this.#fault(
        line,
        `"${verb}" is no command that changes a configuration; expected set, delete and their kin`,
      );
  }

  #fault(line: number, what: string): NetwrightError {
    return new NetwrightError('NW_CONFIG_SYNTAX', `${this.#file}:${line}: ${what}`);
  }

  /** Where a typed path begins in the tree. */
  #path(words: readonly string[]): string[] {
    const path = [...this.#edit, ...words];
    const { roots } = this.#vocabulary.spec;
    const first = decodeToken(path[0]!);
    if (roots === undefined || !hasRoot(this.#root, roots) || first === roots[0]!.words[0]) return path;
    const root = roots.find((candidate) => candidate.first?.includes(first) ?? true)!;
    return [...root.words, ...path];
  }

  #set(tokens: readonly string[], line: number): void {
    const list = tokens.indexOf('[');
    if (list === 0) throw this.#fault(line, 'a list without a statement before it');
    if (list > 0) {
      const values = tokens.slice(list + 1).filter((token) => token !== ']');
      for (const value of values) this.#set([...tokens.slice(0, list), value], line);
      const word = this.#root.find(this.#path(tokens.slice(0, list)).map(decodeToken));
      if (word !== undefined) {
        word.isList = true;
        word.isNode = false;
      }
      return;
    }
    const path = this.#path(tokens);
    const keys = path.map(decodeToken);
    const words: Word[] = [];
    let at = this.#root;
    let fresh = path.length;
    for (const [nth, token] of path.entries()) {
      const isNew = !at.below.has(keys[nth]!);
      const isValue = nth === path.length - 1 && nth > 0;
      if (isNew && isValue) this.#makeRoom(at, keys[nth - 1]!, /^["']/.test(token));
      if (isNew) fresh = Math.min(fresh, nth);
      at = at.child(token);
      if (at.line === 0) at.line = line;
      words.push(at);
    }
    if (fresh < path.length) this.#vocabulary.markNodes(words, keys, fresh);
    else if (at.below.size === 0) at.isNode = true;
    // Quotes say that this is the value of the word before it (VyOS).
    const above = words.at(-2);
    if (this.#vocabulary.spec.quotesValues && above !== undefined && /^'/.test(path.at(-1)!)) above.isNode = false;
    if (above !== undefined) this.#filled.add(above);
  }

  /** A statement of one value loses the old one. */
  #makeRoom(word: Word, key: string, isQuoted: boolean): void {
    if (word.below.size === 0 || word.isNode || word.isList || this.#filled.has(word)) return;
    const values = [...word.below.values()];
    const isOne =
      this.#vocabulary.isOne(key) ||
      (!this.#vocabulary.isMany(key) && values.length === 1 && (!word.isGuess || isQuoted));
    if (!isOne || values.some(({ below }) => below.size > 0)) return;
    word.below.clear();
  }

  #delete(tokens: readonly string[]): void {
    const keys = this.#path(tokens).map(decodeToken);
    removeWord(this.#root, keys);
  }

  #mark(tokens: readonly string[], mark: string, isSet: boolean): void {
    const keys = this.#path(tokens).map(decodeToken);
    let word = this.#root.find(keys);
    // The mark stands before a statement, which ends with its value; what was guessed to be one is taken for a section.
    const isValueNext = !word?.isGuess || this.#vocabulary.isOne(keys.at(-1)!);
    while (isValueNext && word !== undefined && !word.isNode && !word.isList && word.below.size === 1)
      word = word.below.values().next().value;
    if (word === undefined) return;
    if (!isSet) word.marks.delete(mark);
    else {
      word.marks.add(mark);
      if (!word.isList) word.isNode = true;
    }
  }

  /** `insert a b before c`, `move a b after c`, `move a b top`. */
  #reorder(tokens: readonly string[], line: number): void {
    const where = tokens.findLastIndex((token) => /^(?:before|after|top|bottom)$/.test(token));
    if (where < 1) throw this.#fault(line, 'expected before, after, top or bottom with what is moved');
    const path = this.#path(tokens.slice(0, where)).map(decodeToken);
    const place = tokens[where]!;
    // Junos says the keyword again: `insert … term b before term a`.
    const other = tokens
      .slice(where + 1)
      .map(decodeToken)
      .at(-1);
    const above = this.#root.find(path.slice(0, -1));
    if (above !== undefined) moveWord(above, path.at(-1)!, place, other);
  }

  #rename(tokens: readonly string[], line: number): void {
    const to = tokens.lastIndexOf('to');
    if (to < 1 || to === tokens.length - 1) throw this.#fault(line, 'expected the old name, "to" and the new one');
    const path = this.#path(tokens.slice(0, to)).map(decodeToken);
    const above = this.#root.find(path.slice(0, -1));
    const word = above?.below.get(path.at(-1)!);
    if (above === undefined || word === undefined) return;
    const token = tokens.at(-1)!;
    const order = [...above.below].map(([key, value]) =>
      value === word ? ([decodeToken(token), word] as const) : ([key, value] as const),
    );
    word.token = token;
    above.below.clear();
    for (const [key, value] of order) above.below.set(key, value);
  }

  #merge(above: Word, statements: readonly Statement[]): void {
    const { spec } = this.#vocabulary;
    for (const { tokens, line, children } of statements) {
      const [tag] = tokens;
      if ((tag === 'delete:' || tag === 'replace:') && tokens.length > 1) {
        removeWord(above, tokens.slice(1).map(decodeToken));
        if (tag === 'delete:') continue;
      }
      const plain = tag === 'replace:' ? tokens.slice(1) : tokens;
      this.#makeRoomBelow(above, plain);
      const word = addTokens(above, plain, spec, line);
      if (children !== undefined) this.#merge(word, children);
    }
  }

  #makeRoomBelow(above: Word, tokens: readonly string[]): void {
    const keys = tokens
      .filter((token) => !this.#vocabulary.spec.marks.some(({ mark }) => mark === token))
      .map(decodeToken);
    const key = keys.at(-2);
    const word = key === undefined || tokens.includes('[') ? undefined : above.find(keys.slice(0, -1));
    if (word === undefined || word.below.has(keys.at(-1)!)) return;
    this.#makeRoom(word, key!, false);
    this.#filled.add(word);
  }
}

const commandWords =
  /^(?:set|delete|edit|insert|move|rename|activate|deactivate|protect|unprotect|top|up|exit|configure|commit|annotate|quit|copy|load|run|show|rollback|save|discard|compare)$/;

/** Whether a text is commands; else it is braces. */
export const isCommands = (text: string): boolean => {
  const line = /^[ \t]*(?!#|\/\/|\/\*)(\S.*)$/m.exec(text)?.[1]?.trimEnd() ?? '';
  return line === '' || (commandWords.test(firstWord(line)) && !/[{;}]$/.test(line));
};

const hasRoot = (root: Word, roots: readonly { readonly words: readonly string[] }[]): boolean =>
  root.below.size === 0 || root.below.has(roots[0]!.words[0]!);

/** Takes a path away, and with it the words above that say nothing without it. */
function removeWord(root: Word, keys: readonly string[]): void {
  const chain: Word[] = [root];
  for (const key of keys) {
    const next = chain.at(-1)!.below.get(key);
    if (next === undefined) return;
    chain.push(next);
  }
  for (let nth = chain.length - 1; nth > 0; nth -= 1) {
    chain[nth - 1]!.below.delete(keys[nth - 1]!);
    const above = chain[nth - 1]!;
    if (above.below.size > 0 || above.isNode) return;
  }
}

function moveWord(above: Word, key: string, place: string, other: string | undefined): void {
  const word = above.below.get(key);
  if (
    word === undefined ||
    ((place === 'before' || place === 'after') && (other === undefined || !above.below.has(other) || other === key))
  )
    return;
  const rest = [...above.below].filter(([name]) => name !== key);
  const at =
    place === 'top'
      ? 0
      : place === 'bottom'
        ? rest.length
        : rest.findIndex(([name]) => name === other) + (place === 'after' ? 1 : 0);
  rest.splice(at, 0, [key, word]);
  above.below.clear();
  for (const [name, value] of rest) above.below.set(name, value);
}
