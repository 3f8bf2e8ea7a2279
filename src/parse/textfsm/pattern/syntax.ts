import type { CharSet } from './char-set.ts';

export const assertions = [
  'subjectStart',
  'lineStart',
  'subjectEnd',
  'lineEnd',
  'lastLineEnd',
  'word',
  'notWord',
] as const;
export type Assertion = (typeof assertions)[number];

/** A Python regular expression, parsed. */
export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly arms: readonly PatternNode[] }
  | { readonly kind: 'group'; readonly index: number; readonly name: string | undefined; readonly body: PatternNode }
  | RepeatNode
  | LookNode
  | { readonly kind: 'assert'; readonly at: Assertion; readonly isAscii: boolean }
  | { readonly kind: 'reference'; readonly index: number; readonly ignoresCase: boolean }
  | { readonly kind: 'condition'; readonly index: number; readonly yes: PatternNode; readonly no: PatternNode }
  | { readonly kind: 'atomic'; readonly body: PatternNode };

export interface RepeatNode {
  readonly kind: 'repeat';
  readonly least: number;
  /** `Infinity` for no upper limit. */
  readonly most: number;
  readonly isLazy: boolean;
  readonly body: PatternNode;
}

interface LookNode {
  readonly kind: 'look';
  readonly isAhead: boolean;
  readonly isNegative: boolean;
  /** How far a look behind goes back. */
  readonly width: number;
  readonly body: PatternNode;
}

export interface ParsedPattern {
  readonly node: PatternNode;
  /** Names by group number, from 1; a group without a name is `undefined`. */
  readonly groupNames: readonly (string | undefined)[];
}

/** The pattern is not one that Python would compile, or uses `\N{…}`, for which there is no table of names here. */
export class PatternError extends Error {
  /** Offset in the pattern. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'PatternError';
    this.offset = offset;
  }
}

export const emptyNode: PatternNode = { kind: 'sequence', items: [] };
