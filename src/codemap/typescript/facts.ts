import type { CodeWarning, DynamicAccess, FieldAccess, Language, Member, stepKinds } from '../model.ts';

/** Place within the file at hand: its path is not known here. */
interface Line {
  readonly line: number;
}
type Here<T> = Omit<T, 'at'> & Line;

/** What one file says, names as written: other files give them their meaning when they are linked. */
export interface TypescriptFacts {
  readonly language: Language;
  readonly lines: number;
  readonly summary?: string;
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  readonly classes: readonly ClassFact[];
  readonly functions: readonly FunctionFact[];
  readonly tables: readonly TableFact[];
  readonly warnings: readonly Here<CodeWarning>[];
}

export interface ImportFact extends Line {
  readonly specifier: string;
  /** Types only, or inside a function: no circle at load time. */
  readonly isDeferred: boolean;
  readonly names: readonly BindingFact[];
}

export interface BindingFact {
  /** `default`, `*` for the namespace, else the exported name. */
  readonly imported: string;
  readonly local: string;
}

/** `export { local as exported }`, or `export { imported as exported } from specifier`; `*` for all names. */
export interface ExportFact {
  readonly exported: string;
  readonly local?: string;
  readonly specifier?: string;
  readonly imported?: string;
}

export interface BaseFact extends Line {
  readonly text: string;
  /** Dotted name that leads to the class: `ns.Bar`; the function of a mixin call. */
  readonly name: string;
  readonly kind: 'inherits' | 'implements';
  /** Classes given to a mixin: `Base` of `Serializable(Base)`. */
  readonly mixed?: readonly string[];
}

export type MemberFact = Here<Member>;
export type AccessFact = Here<FieldAccess>;

/** A class that another one holds: `new C()` makes it, a type says that it is given. */
export interface UseFact extends Line {
  readonly kind: 'composes' | 'aggregates';
  readonly name: string;
  readonly via: string;
}

export interface ClassFact extends Line {
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum' | 'type';
  readonly endLine: number;
  readonly isAbstract: boolean;
  readonly bases: readonly BaseFact[];
  readonly members: readonly MemberFact[];
  readonly writes: readonly AccessFact[];
  readonly reads: readonly AccessFact[];
  readonly dynamics: readonly Here<DynamicAccess>[];
  readonly decorators: readonly string[];
  readonly uses: readonly UseFact[];
  readonly summary?: string;
  readonly definedIn?: string;
}

export interface FunctionFact extends Line {
  readonly name: string;
  readonly parameters: string;
  readonly summary?: string;
  readonly steps: readonly StepFact[];
}

export interface StepFact extends Line {
  readonly kind: (typeof stepKinds)[number];
  readonly text: string;
  /** Dotted name of the class, function or table. */
  readonly name?: string;
  readonly key?: string;
  /** `return new C()`: the function is a factory of C. */
  readonly isResult?: boolean;
}

/** `const drivers = { ssh: SshDriver }`: an object whose values are names. */
export interface TableFact extends Line {
  readonly name: string;
  readonly entries: readonly (Line & { readonly key: string; readonly name: string })[];
}
