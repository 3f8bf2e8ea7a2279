/**
 * What a tree of code is made of, whatever its language. Plain objects with string ids, so that a model can be written
 * as JSON, sent between threads and compared with another one. Every fact says on which line it was read.
 *
 * Ids: a module is its path below {@link CodeModel.root} with `/` (`cisco/cisco_ios.py`); a class or function is
 * `<module>#<qualified name>` (`cisco/cisco_ios.py#CiscoIosBase`, `a.py#Outer.Inner`), a second definition of the same
 * name in the same module ends in `~2`; a class that the tree does not define is `outside:<name as resolved>`
 * (`outside:paramiko.SSHClient`); a class that exists only at run time is `<module>#<name>` with `runtime:` before it.
 */
export interface CodeModel {
  /** Absolute folder that was read; every {@link Place.file} is relative to it. */
  readonly root: string;
  /** Name to show for the whole: the package's name, else the folder's. */
  readonly name: string;
  readonly languages: readonly Language[];
  /** Sorted by id, as every list of this object. */
  readonly modules: readonly CodeModule[];
  readonly classes: readonly CodeClass[];
  readonly functions: readonly CodeFunction[];
  readonly edges: readonly CodeEdge[];
  readonly factories: readonly FactoryTable[];
  readonly runtimeClasses: readonly RuntimeClass[];
  /** Classes (mostly bases) that the tree uses but does not define. */
  readonly outside: readonly OutsideClass[];
  /** What could not be read or understood; the rest of the model stands. */
  readonly warnings: readonly CodeWarning[];
}

export const languages = ['python', 'typescript', 'javascript'] as const;
export type Language = (typeof languages)[number];

/** Evidence: where a fact was read. */
export interface Place {
  /** Path below the root of the model, with `/`. */
  readonly file: string;
  /** First line is 1. */
  readonly line: number;
}

export interface CodeModule {
  readonly id: string;
  /** As the language imports it (`netmiko.cisco.cisco_ios`); for TypeScript the path without its extension. */
  readonly name: string;
  readonly language: Language;
  /** Whether it stands for its folder (`__init__.py`, `index.ts`). */
  readonly isPackage: boolean;
  readonly lines: number;
  readonly summary?: string;
}

export const classKinds = ['class', 'interface', 'enum', 'type'] as const;
export type ClassKind = (typeof classKinds)[number];

export interface CodeClass {
  readonly id: string;
  /** Qualified within its module: `Outer.Inner`. */
  readonly name: string;
  /** Id of its module. */
  readonly module: string;
  readonly language: Language;
  readonly kind: ClassKind;
  readonly at: Place;
  readonly endLine: number;
  readonly isAbstract: boolean;
  /** In the order written; `implements` clauses after `extends`. The same facts are in the edges. */
  readonly bases: readonly BaseClass[];
  readonly members: readonly Member[];
  /** Every assignment to a field of the object (`self.x = …`, `this.x = …`), in source order. */
  readonly writes: readonly FieldAccess[];
  /** Every read of a field or method of the object, in source order. */
  readonly reads: readonly FieldAccess[];
  /** Why names of this class cannot all be known by reading: `__getattr__`, `setattr`, `Proxy`… */
  readonly dynamics: readonly DynamicAccess[];
  readonly decorators: readonly string[];
  readonly summary?: string;
  /** The function in which the class is defined, when it is not at the top of its module. */
  readonly definedIn?: string;
}

export interface BaseClass {
  /** As written: `paramiko.SSHClient`, `Base<T>`. */
  readonly text: string;
  /** Id of a class, a run-time class or an outside class; never absent: what is not found is outside. */
  readonly target: string;
  readonly kind: 'inherits' | 'implements';
  readonly at: Place;
}

export const memberKinds = ['constructor', 'method', 'property', 'attribute'] as const;
/** `property` is a getter or setter; `attribute` is a field, of the class when {@link Member.isStatic}. */
export type MemberKind = (typeof memberKinds)[number];

export const visibilities = ['public', 'protected', 'private'] as const;
/** Python: `_x` is protected, `__x` is private, `__x__` is public. */
export type Visibility = (typeof visibilities)[number];

export interface Member {
  readonly name: string;
  readonly kind: MemberKind;
  readonly visibility: Visibility;
  readonly isStatic: boolean;
  readonly isAbstract: boolean;
  readonly isAsync: boolean;
  /**
   * Whether the class body itself defines the name (so that it is in Python's `vars(cls)`); false for a field that
   * only methods set on the object.
   */
  readonly isInBody: boolean;
  readonly at: Place;
  /** Declared or evident type of a field, declared result of a method, as written. */
  readonly type?: string;
  /** Parameters of a method as written, without the object itself: `command, timeout=10`. */
  readonly parameters?: string;
  readonly summary?: string;
}

export interface FieldAccess {
  readonly name: string;
  /** Method in which it happens; empty for the class body. */
  readonly method: string;
  readonly at: Place;
  /** What is assigned, shortened to one line of at most 80 characters. */
  readonly value?: string;
}

export interface DynamicAccess {
  /** `__getattr__`, `__getattribute__`, `setattr`, `__dict__`, `Proxy`, `index signature`… */
  readonly kind: string;
  readonly at: Place;
  /** One sentence for the reader. */
  readonly says: string;
}

export const edgeKinds = ['inherits', 'implements', 'composes', 'aggregates', 'imports', 'makes', 'switches'] as const;
/**
 * `inherits`, `implements`: class to class. `composes`: a field is made by the class itself (`self.x = C()`);
 * `aggregates`: it is given to it or is a container of them. `imports`: module to module. `makes`: a function,
 * class or module to the class it makes at run time or returns as a factory. `switches`: a class becomes another one
 * (`__new__`, `__class__ = …`).
 */
export type EdgeKind = (typeof edgeKinds)[number];

export interface CodeEdge {
  readonly kind: EdgeKind;
  /** Id of a class, function or module. */
  readonly from: string;
  /** Id of a class (also outside or run-time) or module. */
  readonly to: string;
  readonly at: Place;
  /** The field of a composition, the names of an import, the table of a factory. */
  readonly via?: string;
  /** Under which condition a switch happens, as written. */
  readonly condition?: string;
  /** An import that happens only inside a function, or for type checking only: no circle at load time. */
  readonly isDeferred?: boolean;
}

/** A function at the top of a module. */
export interface CodeFunction {
  readonly id: string;
  readonly name: string;
  readonly module: string;
  readonly language: Language;
  readonly at: Place;
  readonly parameters: string;
  readonly summary?: string;
  /** What it does that matters to a factory, in source order. */
  readonly steps: readonly FunctionStep[];
}

export const stepKinds = ['calls', 'looks-up', 'makes', 'checks', 'switches'] as const;

export interface FunctionStep {
  /**
   * `calls` another function (target: its id), `looks-up` a factory table (target: the table's id), `makes` an object
   * (target: a class id, or absent when the class is a value: then `text` shows it), `checks` a key against a table,
   * `switches` the class of an object.
   */
  readonly kind: (typeof stepKinds)[number];
  readonly at: Place;
  /** As written, one line of at most 120 characters. */
  readonly text: string;
  readonly target?: string;
  /** The name given for the key: `device_type`, `kwargs["device_type"]`. */
  readonly key?: string;
  readonly condition?: string;
}

/** A table from keys to classes in module scope, after everything that the module does to it while it loads. */
export interface FactoryTable {
  /** `<module>#<name>`. */
  readonly id: string;
  readonly name: string;
  /** Other names of the same module for the same table. */
  readonly aliases?: readonly string[];
  readonly module: string;
  readonly at: Place;
  readonly entries: readonly FactoryEntry[];
}

export interface FactoryEntry {
  readonly key: string;
  /** Id of the class (also outside or run-time). */
  readonly target: string;
  /** The line that puts the key into the table. */
  readonly at: Place;
  /** Where the key was written first, when a loop or a copy brought it here: `"cisco_ios": CiscoIosSSH`. */
  readonly origin?: Place;
}

/** A class that no class statement defines. */
export interface RuntimeClass {
  readonly id: string;
  readonly name: string;
  /** The module in which the name appears. */
  readonly module: string;
  /** `type()` call, `yaml table`, `yaml view`, `namedtuple`, `enum`, `mixin call`… */
  readonly kind: string;
  readonly bases: readonly string[];
  /** Where it is described: the line of the YAML file, or of the call. */
  readonly at: Place;
  /** The line of code that makes it. */
  readonly madeAt: Place;
  /** As written, one line. */
  readonly text: string;
  /** Names that its description gives it: the fields of a view, the keys of a table. */
  readonly members: readonly { readonly name: string; readonly value: string; readonly at: Place }[];
}

export interface OutsideClass {
  readonly id: string;
  /** `paramiko.SSHClient`, `object`, `Error`. */
  readonly name: string;
  /** The first line that uses it. */
  readonly at: Place;
}

export const warningKinds = [
  'syntax',
  'encoding',
  'skipped',
  'unresolved',
  'mro',
  'cycle',
  'dynamic',
  'evaluation',
] as const;

export interface CodeWarning {
  readonly kind: (typeof warningKinds)[number];
  readonly at: Place;
  /** One sentence: what was expected, what came. */
  readonly message: string;
}
