import type { CodeEdge, CodeWarning, FactoryTable, Place, RuntimeClass } from '../model.ts';
import type { ClassFacts, PythonFacts } from './facts.ts';
import type { ModuleNames } from './module-names.ts';
import type { ClassValue, Table, Value } from './values.ts';

/** Everything that is known while the modules of a tree are run by the partial evaluator. */
export interface World {
  readonly facts: ReadonlyMap<string, PythonFacts>;
  readonly names: ModuleNames;
  readonly modules: Map<string, ModuleState>;
  readonly classes: Map<string, ClassState>;
  readonly runtimeClasses: Map<string, RuntimeClass>;
  readonly imports: CodeEdge[];
  readonly warnings: CodeWarning[];
  /** Tables in the order they were bound, with the names they go by. */
  readonly tables: Map<Table, TableNames>;
  /** Filled after all modules have run. */
  readonly tableIds: Map<Table, FactoryTable>;
  readonly readBeside: (path: string) => string | undefined;
}

export interface TableNames {
  readonly names: string[];
  readonly path: string;
  readonly at: Place;
}

export interface ModuleState {
  readonly path: string;
  readonly facts: PythonFacts;
  state: 'new' | 'running' | 'done';
  readonly names: Map<string, Value>;
  /** Ids of the classes of the file, by index. */
  readonly classIds: readonly string[];
  /** Modules outside the tree of which all names were imported. */
  readonly outsideStars: string[];
  /** What the evaluator may still do in this module. */
  budget: number;
}

export interface ClassState {
  readonly id: string;
  readonly path: string;
  readonly facts: ClassFacts;
  /** Set when its statement runs, or for local classes afterwards. */
  bases: ClassValue[] | undefined;
  readonly names: Map<string, Value>;
}

/** Where names are looked up: innermost first. */
export interface Scope {
  readonly world: World;
  readonly module: ModuleState;
  /** The namespace that assignments go to. */
  readonly names: Map<string, Value>;
  /** Qualified name of the class whose body runs; empty at module level. */
  readonly className: string;
  /** How deep imports are nested. */
  readonly depth: number;
  /** Only looking: calls that would change a table or a list leave it as it is. */
  readonly isFrozen?: true;
  /** Names bound earlier in the same `if` or `try`: another branch does not replace what is known by less. */
  readonly rivals?: Set<string>;
}

export const place = (scope: Scope, line: number): Place => ({ file: scope.module.path, line });
