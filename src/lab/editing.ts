import type { ConfigText } from './config-text.ts';
import { createEditor, type Editor } from './editor.ts';
import type { EditStyle, Refused } from './persona.ts';

/**
 * A session that edits a configuration. What others change meanwhile is seen at the next line; what is typed is
 * written back by {@link keep}, once for a burst of lines.
 */
export class Editing {
  readonly target: ConfigText;
  readonly #style: EditStyle;
  readonly #order: string | undefined;
  #editor: Editor | undefined;
  #seen: number | undefined;
  /** Typed and not written back yet. */
  isPending = false;

  /** `order` is a text in whose order lines are put back: systems print their lines in an order of their own. */
  constructor(style: EditStyle, target: ConfigText, order?: string) {
    this.#style = style;
    this.target = target;
    this.#order = order;
  }

  get path(): readonly string[] {
    return this.#editor?.path ?? [];
  }

  get section(): string {
    return this.#editor?.section ?? '';
  }

  /** @returns why the line was not taken: `unknown`, or in the system's own words. */
  type(line: string): 'unknown' | Refused | undefined {
    const editor = this.#current();
    const path = [...editor.path];
    for (const rule of this.#style.refuses ?? []) {
      if (rule.match.test(line) && (rule.within === undefined || rule.within.test(path.join('\n')))) {
        return rule;
      }
    }
    if (!editor.type(line)) return 'unknown';
    this.target.record?.(path, line);
    this.isPending = true;
    return undefined;
  }

  up(): boolean {
    return this.#editor?.up() ?? false;
  }

  top(): void {
    this.#editor?.top();
  }

  keep(): void {
    if (!this.isPending || this.#editor === undefined || this.#editor.isUnfinished === true) return;
    this.isPending = false;
    this.target.set(this.#editor.text);
    this.#seen = this.target.revision;
  }

  #current(): Editor {
    if (this.#editor === undefined || (this.#seen !== this.target.revision && !this.isPending)) {
      const path = this.#editor?.path ?? [];
      this.#editor = createEditor(this.#style, this.target.text, this.#order);
      this.#editor.enter(path);
      this.#seen = this.target.revision;
    }
    return this.#editor;
  }
}
