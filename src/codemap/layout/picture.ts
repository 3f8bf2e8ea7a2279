import type { ClassKind, EdgeKind, Member, Place } from '../model.ts';

/** A drawing before it has a format: boxes with rows of text, and lines. Pixels, origin at the top left. */
export interface Picture {
  readonly title: string;
  readonly subtitle: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PictureBox[];
  readonly lines: readonly PictureLine[];
  /** What the drawing leaves out, one sentence each. */
  readonly notes: readonly string[];
  /** Which signs the legend must explain. */
  readonly signs: readonly Sign[];
}

export type BoxKind = 'class' | 'interface' | 'outside' | 'runtime' | 'pack' | 'factory' | 'folder' | 'floor';

export interface PictureBox {
  readonly id: string;
  readonly kind: BoxKind;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly PictureRow[];
  /** Height of the head, below which a rule is drawn; absent without rule. */
  readonly head?: number;
  /** The class that the box as a whole stands for. */
  readonly target?: string;
}

type RowStyle = 'title' | 'caption' | 'name' | 'folder' | 'member' | 'note';

export interface PictureRow {
  readonly text: string;
  /** Left end and base line, relative to the box. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly style: RowStyle;
  /** The class or module that the row stands for. */
  readonly target?: string;
  /** Folder whose rows this one folds. */
  readonly folds?: string;
  readonly isFolded?: boolean;
  readonly isAbstract?: boolean;
  readonly isInterface?: boolean;
  readonly isRuntime?: boolean;
  readonly isOutside?: boolean;
  /** A factory table has a key for the class. */
  readonly isMade?: boolean;
  readonly member?: Member;
  /** Depth within a family, for the little tree lines; rows of one family follow each other. */
  readonly indent?: number;
  /** Whether the row is a name that an ancestor defines too. */
  readonly isOverride?: boolean;
  /** Whether a class below, drawn with its members, defines the name again and wins. */
  readonly isOverridden?: boolean;
}

export interface PictureLine {
  readonly kind: EdgeKind;
  /** Id of the box at which the line begins; the arrow is at `to`. */
  readonly from: string;
  readonly to: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly label?: string;
  readonly at?: Place;
  readonly isCyclic?: boolean;
  readonly isDeferred?: boolean;
}

export type Sign =
  | 'inherits'
  | 'implements'
  | 'composes'
  | 'aggregates'
  | 'imports'
  | 'makes'
  | 'switches'
  | 'cyclic'
  | 'deferred'
  | 'abstract'
  | 'interface'
  | 'runtime'
  | 'outside'
  | 'made'
  | 'pack'
  | 'override'
  | 'overridden';

/** A class as drawings see it, wherever it comes from. */
export interface DrawnClass {
  readonly id: string;
  readonly name: string;
  /** Folder of its module, empty at the top; the package name for what is outside. */
  readonly folder: string;
  readonly kind: ClassKind | 'outside' | 'runtime';
  readonly isAbstract: boolean;
  readonly at: Place;
  /** The line that makes it, for a class of run time. */
  readonly madeAt?: Place;
  readonly members: readonly Member[];
  /** Ids of drawn classes, in the order written. */
  readonly parents: readonly { readonly id: string; readonly kind: 'inherits' | 'implements' }[];
  readonly isMade: boolean;
  readonly summary?: string;
}
