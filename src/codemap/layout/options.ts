export const foldings = ['auto', 'none', 'all'] as const;
export type Folding = (typeof foldings)[number];

/** What of a model is drawn. */
export interface PictureOptions {
  /** Names or ids of classes: they, their ancestors, what is derived from them and what they use. */
  readonly focus?: readonly string[];
  /** Steps away from the focus; without focus, levels of inheritance below the first. Default: 2 with a focus, else all. */
  readonly depth?: number;
  /** Globs on class names or paths of modules; ancestors of what they match stay. */
  readonly only?: readonly string[];
  /** Leaves out members and classes that are not public. */
  readonly hidePrivate?: boolean;
  /** Folders folded to one row; `auto` folds when the drawing would be larger than a screen. Default `auto`. */
  readonly fold?: Folding;
}
