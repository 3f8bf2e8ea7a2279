import type { CodeWarning, DynamicAccess, MemberKind, Place, RuntimeClass } from './model.ts';

/** The way from a factory call to the class, and what that class is made of. */
export interface Explanation {
  /** As asked: `ConnectHandler`. */
  readonly entry: string;
  /** As asked; absent when the entry is a class itself. */
  readonly key?: string;
  /** The factory's call path in order, each step with its line. */
  readonly path: readonly ExplanationStep[];
  /** The table that decided, when one did. */
  readonly table?: { readonly id: string; readonly name: string; readonly at: Place; readonly keys: number };
  /** Id of the class that comes out. */
  readonly target: string;
  readonly name: string;
  readonly at: Place;
  /** Method resolution order, first the class itself; outside and run-time classes included. */
  readonly mro: readonly MroClass[];
  /** Why no consistent order exists; the order shown is then the depth-first one. */
  readonly mroProblem?: string;
  /** One row a name that some class of the order defines in its body, sorted by name. */
  readonly members: readonly MemberRow[];
  /** One row a field of the object, sorted by name. */
  readonly fields: readonly FieldRow[];
  /** Switches that may turn the object into another class. */
  readonly switches: readonly ClassSwitch[];
  /** Run-time classes that have the class as a base. */
  readonly runtimeClasses: readonly RuntimeClass[];
  /** `__getattr__` and its like, in the order of the MRO. */
  readonly dynamics: readonly (DynamicAccess & { readonly class: string })[];
  readonly warnings: readonly CodeWarning[];
  /** Other classes of this name, when the entry is a class: each is asked for by its id. */
  readonly namesakes?: readonly { readonly id: string; readonly at: Place }[];
}

export interface ExplanationStep {
  readonly at: Place;
  /** One sentence: `ConnectHandler calls ssh_dispatcher(kwargs["device_type"])`. */
  readonly says: string;
  readonly text: string;
}

export interface MroClass {
  readonly id: string;
  readonly name: string;
  /** Absent for classes outside the tree. */
  readonly at?: Place;
  /** How many names its body defines. */
  readonly members: number;
}

export interface MemberRow {
  readonly name: string;
  readonly kind: MemberKind;
  /** In MRO order: the first wins, the others are overridden. */
  readonly definedBy: readonly { readonly class: string; readonly name: string; readonly at: Place }[];
}

export interface FieldRow {
  readonly name: string;
  /** In MRO order, then source order. */
  readonly setBy: readonly FieldUse[];
  readonly readBy: readonly FieldUse[];
}

export interface FieldUse {
  readonly class: string;
  readonly className: string;
  readonly method: string;
  readonly at: Place;
  readonly value?: string;
}

export interface ClassSwitch {
  /** Class or function in which it happens. */
  readonly from: string;
  readonly to: string;
  readonly at: Place;
  readonly condition?: string;
  readonly says: string;
}
