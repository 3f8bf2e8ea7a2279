import type { Editor } from './editor.ts';
import { SetEditor } from './editor-set.ts';
import type { EditStyle } from './persona.ts';

const split = (line: string): string[] => line.match(/"[^"]*"|\S+/g) ?? [];

/**
 * The model-driven line of SR OS: a path to a container enters it, a path with a value behind it sets a leaf, braces
 * open and close containers as they are pasted.
 */
export class MdEditor implements Editor {
  readonly #style: EditStyle;
  readonly #set: SetEditor;
  #path: string[][] = [];

  constructor(style: EditStyle, text: string, order?: string) {
    this.#style = style;
    const { containers = [], lists = [], vocabulary = [] } = style;
    this.#set = new SetEditor({ ...style, vocabulary: [...containers, ...lists, ...vocabulary] }, text, order);
  }

  get text(): string {
    return this.#set.text;
  }

  get path(): readonly string[] {
    return this.#path.map((step) => step.join(' '));
  }

  get section(): string {
    return this.path.join(' ');
  }

  type(typed: string): boolean {
    let line = typed.trim();
    if (line === '}') return this.up();
    const opens = line.endsWith(' {');
    if (opens) line = line.slice(0, -2);
    const isDeleting = /^(?:delete|remove) /.test(line) || /^\/configure (?:delete|remove) /.test(line);
    const isAbsolute = line.startsWith('/');
    line = line
      .replace(/^\//, '')
      .replace(/^configure ?/, '')
      .replace(/^(?:delete|remove) \/?(?:configure )?/, '');
    const base = isAbsolute ? [] : this.#path;
    const found = this.#steps(split(line), base);
    if (found === undefined) return false;
    const { steps, rest } = found;
    if (isDeleting) {
      this.#edit('delete', [...base, ...steps].flat().concat(rest));
      return true;
    }
    if (rest.length > 0) {
      if (rest.length < 2) return false;
      this.#edit('set', [...base, ...steps].flat().concat(rest));
      return true;
    }
    this.#path = [...base, ...steps];
    this.#set.open([...(this.#style.root ?? []).map((step) => [step]), ...this.#path]);
    return true;
  }

  up(): boolean {
    return this.#path.pop() !== undefined;
  }

  top(): void {
    this.#path = [];
  }

  enter(path: readonly string[]): void {
    this.#path = [...this.#path, ...path.map(split)];
  }

  #edit(verb: 'set' | 'delete', words: readonly string[]): void {
    this.#set.top();
    this.#set.type(`${verb} ${words.join(' ')}`);
  }

  /** The containers that a path leads through, and the leaf with its value that is left; undefined for words unknown. */
  #steps(
    words: readonly string[],
    base: readonly (readonly string[])[],
  ): { steps: string[][]; rest: string[] } | undefined {
    const { containers, lists, vocabulary = [] } = this.#style;
    const steps: string[][] = [];
    const rest = [...words];
    while (rest.length > 0) {
      const word = rest[0]!;
      if (lists?.includes(word) === true && rest.length > 1) steps.push(rest.splice(0, 2));
      else if (containers?.includes(word) === true) steps.push(rest.splice(0, 1));
      else break;
    }
    if (rest.length > 0 && !vocabulary.includes(rest[0]!)) return undefined;
    return base.length === 0 && steps.length === 0 && rest.length > 0 ? undefined : { steps, rest };
  }
}
