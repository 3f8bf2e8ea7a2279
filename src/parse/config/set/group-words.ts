import type { SetSpec } from './spec.ts';
import type { Word } from './word.ts';

/** The vocabulary of a system, for what a `set` line does not say: where a statement ends, and what stands beside what. */
export class Vocabulary {
  readonly spec: SetSpec;
  readonly #keyed: ReadonlySet<string>;
  readonly #many: ReadonlySet<string>;
  readonly #one: ReadonlySet<string>;
  readonly #containers: ReadonlySet<string>;
  readonly #ordered: ReadonlySet<string>;

  constructor(spec: SetSpec) {
    this.spec = spec;
    this.#keyed = new Set(spec.keyed);
    this.#many = new Set(spec.many);
    this.#one = new Set(spec.one);
    this.#containers = new Set(spec.containers);
    this.#ordered = new Set(spec.ordered);
  }

  isOrdered(word: string): boolean {
    return this.#ordered.has(word);
  }

  /** @param path words from the root, with a blank between them */
  isFixed(path: string): boolean {
    return this.spec.fixed.includes(path);
  }

  isOne(word: string): boolean {
    return this.#one.has(word);
  }

  /** Whether more than one value or name may stand after the word, as far as the words alone say. */
  isMany(word: string): boolean {
    return this.#keyed.has(word) || this.#many.has(word) || this.#containers.has(word);
  }

  /**
   * Marks where statements end among words that are new: after the name that follows a keyed word, after a container,
   * and after the value of a leaf, which the last two words are.
   * @param from the first word of the path that is new
   */
  markNodes(path: readonly Word[], keys: readonly string[], from: number): void {
    const last = path.length - 1;
    for (let at = from; at <= last; at += 1) {
      const word = path[at]!;
      const before = at === 0 ? undefined : keys[at - 1]!;
      const isName = before !== undefined && !path[at - 1]!.isNode;
      const opensName = !isName && this.#keyed.has(keys[at]!);
      const opensValue = !isName && at === last - 1 && !this.#containers.has(keys[at]!);
      word.isNode = at === last || !(opensName || opensValue);
      word.isGuess = true;
    }
    // A value below a word that was a flag or a container until now.
    path[last]!.isNode = true;
  }
}
