import type { Place } from './model.ts';

/** What changed from one model to another: two versions, or two trees. Lists are sorted by name. */
export interface ModelComparison {
  readonly before: { readonly name: string; readonly root: string };
  readonly after: { readonly name: string; readonly root: string };
  readonly isSame: boolean;
  readonly modules: { readonly added: readonly string[]; readonly removed: readonly string[] };
  readonly classes: {
    readonly added: readonly NamedPlace[];
    readonly removed: readonly NamedPlace[];
    /** Same class name, other module. */
    readonly moved: readonly { readonly name: string; readonly from: Place; readonly to: Place }[];
    /** Same class, other bases. */
    readonly rebased: readonly {
      readonly name: string;
      readonly at: Place;
      readonly before: readonly string[];
      readonly after: readonly string[];
    }[];
  };
  readonly keys: {
    readonly added: readonly KeyChange[];
    readonly removed: readonly KeyChange[];
    /** Same key of the same table, another class. */
    readonly changed: readonly (KeyChange & { readonly before: string })[];
  };
  readonly overrides: {
    /** A class newly overrides a name of an ancestor. */
    readonly added: readonly OverrideChange[];
    readonly removed: readonly OverrideChange[];
  };
}

export interface NamedPlace {
  readonly name: string;
  readonly at: Place;
}

export interface KeyChange {
  /** Name of the table. */
  readonly table: string;
  readonly key: string;
  /** Name of the class. */
  readonly class: string;
  readonly at: Place;
}

export interface OverrideChange {
  readonly class: string;
  readonly member: string;
  /** Name of the nearest ancestor that defines it too. */
  readonly of: string;
  readonly at: Place;
}
