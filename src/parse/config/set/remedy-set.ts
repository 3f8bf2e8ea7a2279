import { longestRise } from '../longest-rise.ts';
import type { Vocabulary } from './group-words.ts';
import { decodeToken, readCommands } from './read-braces.ts';
import { leafPaths, markedPaths, type SetPath, typedPath } from './set-text.ts';
import { SetTypist } from './type-set.ts';
import type { Word } from './word.ts';

/** The `set` and `delete` lines that make one configuration the other; each is typed into `work` as it is written. */
export function remedySet(work: Word, want: Word, vocabulary: Vocabulary): readonly string[] {
  const remedy = new SetRemedy(work, vocabulary);
  remedy.mend(work, want, []);
  remedy.mark(work, want);
  return remedy.lines;
}

class SetRemedy {
  readonly lines: string[] = [];
  readonly #vocabulary: Vocabulary;
  readonly #root: Word;
  readonly #typist: SetTypist;

  constructor(root: Word, vocabulary: Vocabulary) {
    this.#root = root;
    this.#vocabulary = vocabulary;
    this.#typist = new SetTypist(root, vocabulary, 'remedy');
  }

  mend(work: Word, want: Word, path: readonly string[]): void {
    const isSkipped = (key: string): boolean => path.length < 2 && this.#vocabulary.isFixed([...path, key].join(' '));
    for (const [key, word] of [...work.below]) {
      if (!want.below.has(key) && !isSkipped(key)) this.#drop(work, word, [...path, word.token]);
    }
    for (const [key, wanted] of want.below) {
      if (isSkipped(key)) continue;
      const standing = work.below.get(key);
      const below = [...path, wanted.token];
      if (standing === undefined) this.#put(want, wanted, below);
      else if (isLeaf(standing) && isLeaf(wanted)) this.#values(standing, wanted, below, key);
      else this.mend(standing, wanted, below);
    }
    const key = path.length === 0 ? '' : decodeToken(path.at(-1)!);
    if (this.#vocabulary.isOrdered(key)) this.#order(work, want, path);
  }

  /** Marks of both trees, once all statements are there. */
  mark(work: Word, want: Word): void {
    const { marks } = this.#vocabulary.spec;
    if (marks.length === 0) return;
    for (const { tokens, isValue, marks: standing } of [...markedPaths(work)]) {
      const wanted = want.find(tokens.map(decodeToken));
      for (const { mark, clear } of marks)
        if (standing.has(mark) && !wanted?.marks.has(mark)) this.#write(clear, this.#statement(tokens, isValue));
    }
    for (const { tokens, isValue, marks: wanted } of markedPaths(want)) {
      const standing = work.find(tokens.map(decodeToken));
      for (const { mark, set } of marks)
        if (wanted.has(mark) && !standing?.marks.has(mark)) this.#write(set, this.#statement(tokens, isValue));
    }
  }

  /** A statement of one value is named without it. */
  #statement(tokens: readonly string[], isValue: boolean): SetPath {
    const isNamed = isValue && this.#vocabulary.isMany(decodeToken(tokens.at(-2)!));
    return isValue && !isNamed ? { tokens: tokens.slice(0, -1), isValue: false } : { tokens, isValue };
  }

  #write(verb: string, path: SetPath, rest = ''): void {
    const line = `${verb} ${typedPath(path, this.#vocabulary.spec)}${rest}`;
    this.lines.push(line);
    for (const { tokens } of readCommands(line, 'remedy')) this.#typist.command(tokens, this.lines.length);
  }

  #isFixed(tokens: readonly string[]): boolean {
    return this.#vocabulary.isFixed(tokens.slice(0, 2).map(decodeToken).join(' '));
  }

  #isAboveRoots(tokens: readonly string[]): boolean {
    const keys = tokens.map(decodeToken);
    return (this.#vocabulary.spec.roots ?? []).some(
      ({ words }) => words.length >= keys.length && keys.every((key, nth) => key === words[nth]),
    );
  }

  #put(above: Word, word: Word, tokens: readonly string[]): void {
    const leaves = word.below.size === 0 ? [{ tokens, isValue: !above.isNode }] : [...leafPaths(word, tokens)];
    const typed = leaves.filter(({ tokens: path }) => !this.#isFixed(path) && !this.#isAboveRoots(path));
    for (const path of typed) this.#write('set', path);
    // A value that took the place of another one is typed again: it stands beside it then.
    for (const path of typed) {
      if (this.#root.find(path.tokens.map(decodeToken)) === undefined) this.#write('set', path);
    }
  }

  #drop(above: Word, word: Word, tokens: readonly string[]): void {
    if (this.#isFixed(tokens)) return;
    const isAboveRoots = this.#isAboveRoots(tokens);
    const key = decodeToken(word.token);
    const isNamed = !word.isNode && this.#vocabulary.isMany(key);
    if (isAboveRoots || isNamed) {
      for (const next of [...word.below.values()]) this.#drop(word, next, [...tokens, next.token]);
      return;
    }
    this.#write('delete', { tokens, isValue: !above.isNode && word.below.size === 0 });
  }

  /** A statement with its values. */
  #values(work: Word, want: Word, path: readonly string[], key: string): void {
    const before = [...work.below.keys()];
    const wanted = [...want.below.keys()];
    const gone = before.filter((value) => !want.below.has(value));
    const come = wanted.filter((value) => !work.below.has(value));
    const isMarked = gone.some((value) => work.below.get(value)!.marks.size > 0);
    const isOrdered = this.#vocabulary.isOrdered(key);
    const kept = before.filter((value) => want.below.has(value));
    const isMoved = isOrdered && [...kept, ...come].join('\n') !== wanted.join('\n');
    const isAll = gone.length === before.length;
    if (isMoved || (isAll && gone.length > 0 && (isMarked || !this.#vocabulary.isOne(key) || come.length !== 1))) {
      if (isMoved || !this.#vocabulary.isMany(key)) this.#write('delete', { tokens: path, isValue: false });
      else for (const value of gone) this.#deleteValue(work, path, value);
    } else if (!isAll) for (const value of gone) this.#deleteValue(work, path, value);
    for (let nth = 0; nth < 2; nth += 1) {
      for (const value of wanted) {
        if (this.#root.find([...path.map(decodeToken), value]) !== undefined) continue;
        this.#write('set', { tokens: [...path, want.below.get(value)!.token], isValue: true });
      }
    }
  }

  #deleteValue(work: Word, path: readonly string[], value: string): void {
    this.#write('delete', { tokens: [...path, work.below.get(value)!.token], isValue: true });
  }

  /** Named entries whose order counts change places, as few as can be. */
  #order(work: Word, want: Word, path: readonly string[]): void {
    const { reorder } = this.#vocabulary.spec;
    const standing = [...work.below.keys()];
    const wanted = [...want.below.keys()];
    if (standing.join('\n') === wanted.join('\n')) return;
    if (reorder === 'none') {
      this.#write('delete', { tokens: path, isValue: false });
      for (const leaf of leafPaths(want, path)) this.#write('set', leaf);
      return;
    }
    const place = new Map(standing.map((key, at) => [key, at]));
    const kept = new Set(longestRise(wanted.map((key) => place.get(key) ?? -1)));
    const keyword = reorder === 'insert' && !work.isNode ? `${path.at(-1)!} ` : '';
    for (const [nth, key] of wanted.entries()) {
      if (kept.has(nth)) continue;
      const tokens = [...path, want.below.get(key)!.token];
      const previous = wanted[nth - 1];
      const next = wanted.find((other, at) => at > nth && kept.has(at) && other !== key);
      if (previous !== undefined)
        this.#write(reorder, { tokens, isValue: false }, ` after ${keyword}${want.below.get(previous)!.token}`);
      else if (next !== undefined)
        this.#write(reorder, { tokens, isValue: false }, ` before ${keyword}${want.below.get(next)!.token}`);
    }
  }
}

/** A word with nothing but values after it. */
const isLeaf = (word: Word): boolean =>
  !word.isNode && word.below.size > 0 && [...word.below.values()].every(({ below }) => below.size === 0);
