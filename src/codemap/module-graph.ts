import type { Place } from './model.ts';

/** The import graph of a model's modules. */
export interface ModuleGraph {
  readonly modules: readonly ModuleNode[];
  /** One edge a pair of modules, however many import statements. */
  readonly imports: readonly ModuleImport[];
  /** Circles of imports (strongly connected components of two modules and more, or a module importing itself). */
  readonly cycles: readonly ImportCycle[];
  /** Floors: `layers[0]` imports nothing of the tree; a circle shares one floor. Ids of modules. */
  readonly layers: readonly (readonly string[])[];
  readonly folders: readonly ModuleFolder[];
}

export interface ModuleNode {
  readonly id: string;
  readonly name: string;
  /** Folder of the file below the root; empty at the top. */
  readonly folder: string;
  /** Index into {@link ModuleGraph.layers}. */
  readonly layer: number;
  readonly importedBy: number;
  readonly imports: number;
}

export interface ModuleImport {
  readonly from: string;
  readonly to: string;
  /** Every line that imports it. */
  readonly at: readonly Place[];
  /** Only inside functions or for types. */
  readonly isDeferred: boolean;
  /** Whether both ends lie in one circle. */
  readonly isCyclic: boolean;
}

export interface ImportCycle {
  /** Ids, sorted. */
  readonly modules: readonly string[];
  /** One shortest way round, with the importing lines: first and last module are the same. */
  readonly way: readonly { readonly from: string; readonly to: string; readonly at: Place }[];
  /** Closed only by imports inside functions or for types: harmless at load time. */
  readonly isDeferred: boolean;
}

/** Modules of one folder seen as one box, and the imports between folders. */
export interface ModuleFolder {
  readonly path: string;
  readonly modules: readonly string[];
  /** Folders it imports from, with the number of module pairs. */
  readonly imports: readonly { readonly to: string; readonly count: number; readonly isCyclic: boolean }[];
  readonly layer: number;
}
