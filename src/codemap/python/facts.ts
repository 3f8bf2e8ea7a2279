/**
 * What reading one Python file alone yields. Names are not resolved yet: that needs the other files. Module and class
 * scope are kept as a small program, to be run by the partial evaluator; functions are kept as what they touch.
 */
export interface PythonFacts {
  readonly lines: number;
  readonly summary?: string;
  readonly program: readonly Statement[];
  /** All classes of the file, nested and local ones too; statements and functions refer to them by index. */
  readonly classes: readonly ClassFacts[];
  readonly functions: readonly FunctionFacts[];
  readonly problems: readonly Problem[];
}

export interface Problem {
  readonly kind: 'syntax' | 'encoding' | 'skipped';
  readonly line: number;
  readonly message: string;
}

/** An expression, as far as tables of classes and the types of fields need it. `l` is its line. */
export type Expression =
  | { readonly k: 'name'; readonly l: number; readonly id: string }
  | { readonly k: 'attribute'; readonly l: number; readonly of: Expression; readonly id: string }
  | { readonly k: 'text'; readonly l: number; readonly value: string }
  /** An f-string: its parts are joined as text. */
  | { readonly k: 'join'; readonly l: number; readonly parts: readonly Expression[] }
  | { readonly k: 'number'; readonly l: number; readonly value: number }
  | { readonly k: 'constant'; readonly l: number; readonly value: boolean | null }
  | { readonly k: 'list' | 'tuple' | 'set'; readonly l: number; readonly items: readonly Expression[] }
  | { readonly k: 'dict'; readonly l: number; readonly pairs: readonly DictPair[] }
  | {
      readonly k: 'call';
      readonly l: number;
      readonly fn: Expression;
      readonly args: readonly Expression[];
      readonly named?: Readonly<Record<string, Expression>>;
    }
  | { readonly k: 'index'; readonly l: number; readonly of: Expression; readonly at: Expression }
  | {
      readonly k: 'operation';
      readonly l: number;
      readonly op: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly k: 'choice';
      readonly l: number;
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | {
      readonly k: 'comprehension';
      readonly l: number;
      readonly of: 'dict' | 'list' | 'set';
      readonly key?: Expression;
      readonly value: Expression;
      readonly loops: readonly {
        readonly target: Expression;
        readonly over: Expression;
        readonly tests: readonly Expression[];
      }[];
    }
  | { readonly k: 'spread'; readonly l: number; readonly of: Expression }
  | { readonly k: 'not'; readonly l: number; readonly of: Expression }
  | { readonly k: 'other'; readonly l: number };

/** `key` is absent for `**mapping`. */
export interface DictPair {
  readonly l: number;
  readonly key?: Expression;
  readonly value: Expression;
}

/** A statement of module or class scope. */
export type Statement =
  | {
      readonly s: 'assign';
      readonly l: number;
      readonly targets: readonly Expression[];
      readonly value: Expression;
    }
  | {
      readonly s: 'augment';
      readonly l: number;
      readonly target: Expression;
      readonly op: string;
      readonly value: Expression;
    }
  | ImportStatement
  | FromImport
  | { readonly s: 'class'; readonly l: number; readonly index: number }
  | { readonly s: 'function'; readonly l: number; readonly name: string; readonly index: number }
  | {
      readonly s: 'for';
      readonly l: number;
      readonly target: Expression;
      readonly over: Expression;
      readonly body: readonly Statement[];
    }
  | {
      readonly s: 'if';
      readonly l: number;
      readonly test: Expression;
      readonly yes: readonly Statement[];
      readonly no: readonly Statement[];
    }
  | {
      readonly s: 'try';
      readonly l: number;
      readonly body: readonly Statement[];
      readonly handlers: readonly (readonly Statement[])[];
      readonly rest: readonly Statement[];
    }
  /** `with`, `while`: the body runs once. */
  | { readonly s: 'block'; readonly l: number; readonly body: readonly Statement[] }
  | { readonly s: 'do'; readonly l: number; readonly value: Expression; readonly text: string }
  | { readonly s: 'delete'; readonly l: number; readonly target: Expression };

interface ImportStatement {
  readonly s: 'import';
  readonly l: number;
  readonly module: string;
  readonly as?: string;
}

export interface FromImport {
  readonly s: 'from';
  readonly l: number;
  /** Number of leading dots. */
  readonly level: number;
  readonly module: string;
  /** `*` stands alone. */
  readonly names: readonly { readonly name: string; readonly as: string }[];
}

export type AnyImport = ImportStatement | FromImport;

export interface ClassFacts {
  /** Qualified: `Outer.Inner`. */
  readonly name: string;
  readonly l: number;
  readonly endLine: number;
  readonly bases: readonly { readonly text: string; readonly value: Expression }[];
  readonly metaclass?: Expression;
  readonly decorators: readonly string[];
  readonly summary?: string;
  readonly program: readonly Statement[];
  /** Names that the body defines without a function: class attributes and bare annotations. */
  readonly attributes: readonly AttributeFacts[];
  readonly methods: readonly FunctionFacts[];
  /** The function around it, when it is local. */
  readonly definedIn?: string;
}

export interface AttributeFacts {
  readonly name: string;
  readonly l: number;
  /** Only annotated: the class has no such attribute, its objects should. */
  readonly isBare: boolean;
  readonly type?: string;
  readonly typeValue?: Expression;
  readonly text?: string;
}

export interface FunctionFacts {
  readonly name: string;
  readonly l: number;
  readonly isAsync: boolean;
  /** What the object itself is called: `self`, `cls`; empty in functions and static methods. */
  readonly self: string;
  readonly decorators: readonly string[];
  readonly parameters: readonly ParameterFacts[];
  readonly parametersText: string;
  readonly result?: string;
  readonly resultType?: Expression;
  readonly summary?: string;
  /** Import statements inside the function. */
  readonly imports: readonly AnyImport[];
  /** Local variables with each value assigned to them. */
  readonly locals: readonly { readonly name: string; readonly l: number; readonly value: Expression }[];
  /** `object.field = value`, for any simple name on the left. */
  readonly writes: readonly WriteFacts[];
  /** Fields read of the object itself, with lines. */
  readonly reads: readonly { readonly name: string; readonly l: number }[];
  readonly returns: readonly Expression[];
  /** Calls, lookups and checks; only for functions that may be factories (module scope, static and class methods). */
  readonly steps: readonly StepFacts[];
  readonly dynamics: readonly { readonly kind: string; readonly l: number; readonly text: string }[];
}

export interface ParameterFacts {
  readonly name: string;
  readonly type?: string;
  readonly typeValue?: Expression;
  readonly fallback?: Expression;
}

export interface WriteFacts {
  /** The simple name whose field is set: `self`, or a local variable. */
  readonly object: string;
  readonly name: string;
  readonly l: number;
  readonly text: string;
  readonly value: Expression;
  readonly type?: string;
  readonly typeValue?: Expression;
}

export interface StepFacts {
  readonly kind: 'call' | 'index' | 'contains' | 'switch' | 'new' | 'type';
  readonly l: number;
  /** As written, shortened. */
  readonly text: string;
  /** What is called, indexed, searched; for `switch` the object. */
  readonly of: Expression;
  /** The key of an index or search; the class of a `switch` or `new`; the name of a `type`. */
  readonly value?: Expression;
  readonly keyText?: string;
  /** Bases of a `type` call. */
  readonly bases?: Expression;
  /** Arguments of a call, as written. */
  readonly args?: readonly string[];
  readonly condition?: string;
}
