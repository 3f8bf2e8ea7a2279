import { PatternError } from './syntax.ts';
import type { Width } from './width.ts';

export interface PatternFlags {
  readonly ignoresCase: boolean;
  readonly isMultiline: boolean;
  readonly dotTakesAll: boolean;
  readonly isVerbose: boolean;
  readonly isAscii: boolean;
}

export const noFlags: PatternFlags = {
  ignoresCase: false,
  isMultiline: false,
  dotTakesAll: false,
  isVerbose: false,
  isAscii: false,
};

/** A place in the source of a pattern, and the groups that were opened before it. Works on code points, as Python does. */
export class PatternReader {
  readonly #points: readonly string[];
  offset = 0;
  readonly groupNames: (string | undefined)[] = [undefined];
  readonly closedGroups = new Map<number, Width>();
  /** `(?(3)…)` may stand before the third group: judged at the end. */
  readonly laterReferences = new Map<number, number>();
  /** Groups from this number on were opened in the look behind that is being read. */
  firstGroupOfLookBehind: number | undefined;

  constructor(source: string) {
    this.#points = Array.from(source);
  }

  peek(ahead = 0): string | undefined {
    return this.#points[this.offset + ahead];
  }

  next(): string | undefined {
    const point = this.#points[this.offset];
    if (point !== undefined) this.offset += 1;
    return point;
  }

  take(text: string): boolean {
    if (this.peek() !== text) return false;
    this.offset += 1;
    return true;
  }

  /** The text before `end`, which is passed over. */
  until(end: string, what: string): string {
    const from = this.offset;
    let text = '';
    for (let point = this.next(); point !== end; point = this.next()) {
      if (point === undefined) throw this.error(`missing ${end}, unterminated ${what}`, from);
      text += point;
    }
    if (text === '') throw this.error(`missing ${what}`, from);
    return text;
  }

  /** As many characters of that kind as there are, `most` at the most. */
  run(kind: RegExp, most = Number.POSITIVE_INFINITY): string {
    let text = '';
    while (text.length < most && kind.test(this.peek() ?? '')) text += this.next();
    return text;
  }

  openGroup(name: string | undefined, offset: number): number {
    if (name !== undefined && this.groupNames.includes(name)) {
      throw this.error(`redefinition of the group name "${name}"`, offset);
    }
    return this.groupNames.push(name) - 1;
  }

  /** @throws PatternError when the group that is referred to is not there or not closed yet. */
  checkReference(index: number, offset: number): void {
    if (index >= this.groupNames.length) throw this.error(`reference to group ${index}, which is not there`, offset);
    if (!this.closedGroups.has(index)) throw this.error('reference to a group that is still open', offset);
    if (this.firstGroupOfLookBehind !== undefined && index >= this.firstGroupOfLookBehind) {
      throw this.error('reference to a group of the same look behind', offset);
    }
  }

  error(message: string, offset = this.offset): PatternError {
    return new PatternError(message, offset);
  }
}
