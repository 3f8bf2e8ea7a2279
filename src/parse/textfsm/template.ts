import type { PythonPattern } from './pattern/python-pattern.ts';

export const valueOptions = ['Filldown', 'Fillup', 'Key', 'List', 'Required'] as const;
export type ValueOption = (typeof valueOptions)[number];

/** `Value Filldown,Required INTERFACE (\S+)` */
export interface TemplateValue {
  readonly name: string;
  /** In the order in which the template has them: `Required,List` asks for other things than `List,Required`. */
  readonly options: readonly ValueOption[];
  /** What `${NAME}` stands for in a rule: the regular expression as a named group. */
  readonly group: string;
  /** Of a List with groups inside: takes an entry apart into an object. */
  readonly nested: PythonPattern | undefined;
  readonly line: number;
}

export type LineAction = 'next' | 'continue' | 'error';
export type RecordAction = 'none' | 'record' | 'clear' | 'clearAll';

/** `  ^Interface ${INTERFACE} is up -> Continue.Record` */
export interface TemplateRule {
  readonly line: number;
  /** As the template has it, without the indentation. */
  readonly text: string;
  readonly pattern: PythonPattern;
  /** Indices of the values that the wanted groups of the pattern are assigned to. */
  readonly assigns: readonly number[];
  readonly lineAction: LineAction;
  readonly recordAction: RecordAction;
  readonly newState: string | undefined;
  /** Of an Error, as the template has it: a word, or quoted. */
  readonly message: string | undefined;
}

/** A TextFSM template, checked and ready: see `compileTemplate`. Holds no state of a run, so it can be shared. */
export interface Template {
  /** Where it comes from, for messages. */
  readonly name: string;
  readonly values: readonly TemplateValue[];
  readonly states: ReadonlyMap<string, readonly TemplateRule[]>;
  /** Whether the end of the text records the last row: not when the template has an `EOF` of its own. */
  readonly recordsAtEnd: boolean;
}

/** Names of the values that together name a row (option Key). */
export const keysOf = ({ values }: Template): readonly string[] =>
  values.filter(({ options }) => options.includes('Key')).map(({ name }) => name);
