import { stringValue } from './expressions.ts';
import type { AnyImport, ClassFacts, FunctionFacts, Problem } from './facts.ts';
import type { Syntax } from './syntax-tree.ts';

/** What is gathered while one file is walked. */
export interface Reading {
  readonly text: string;
  readonly classes: ClassFacts[];
  readonly functions: FunctionFacts[];
  readonly problems: Problem[];
  /** Reads a class statement, wherever it stands, and returns its index among the classes. */
  readonly readClass: (node: Syntax, context: ClassContext) => number;
}

export interface ClassContext {
  readonly reading: Reading;
  readonly decorators: readonly Syntax[];
  /** Qualified name of the class around it; empty at the top. */
  readonly scope: string;
  /** The function around it. */
  readonly definedIn?: string;
}

export const textOf = (node: Syntax, text: string): string => text.slice(node.start, node.end);

/** First line of the docstring of a body, at most 120 characters. */
export function docstring(body: Syntax | undefined, text: string): string | undefined {
  const first = body?.children[0];
  const literal = first?.type === 'expression_statement' ? first.children[0] : undefined;
  if (literal?.type !== 'string') return undefined;
  const line = stringValue(text.slice(literal.start, Math.min(literal.end, literal.start + 2000)))
    .split('\n')
    .map((one) => one.trim())
    .find((one) => one !== '');
  return line === undefined ? undefined : line.slice(0, 120);
}

/** The name a dotted expression spells, as decorators are kept: `abc.abstractmethod`. */
export function decoratorText(node: Syntax, text: string): string {
  const inside = node.children[0];
  return inside === undefined ? '' : textOf(inside, text).slice(0, 80);
}

export function importsOf(node: Syntax, text: string): AnyImport[] {
  const l = node.line;
  if (node.type === 'import_statement') {
    return node.children.flatMap((child) => {
      if (child.type === 'dotted_name') return [{ s: 'import', l, module: spelled(child, text) } as const];
      const [module, alias] = child.children;
      if (child.type !== 'aliased_import' || module === undefined || alias === undefined) return [];
      return [{ s: 'import', l, module: spelled(module, text), as: textOf(alias, text) } as const];
    });
  }
  const [from, ...names] = node.children;
  if (from === undefined || node.type === 'future_import_statement') return [];
  const spelling = spelled(from, text);
  const level = /^\.*/.exec(spelling)![0].length;
  return [
    {
      s: 'from',
      l,
      level,
      module: spelling.slice(level),
      names: names.flatMap((child) => {
        if (child.type === 'wildcard_import') return [{ name: '*', as: '*' }];
        const [name, alias] = child.type === 'aliased_import' ? child.children : [child, child];
        if (name === undefined || alias === undefined) return [];
        return [{ name: spelled(name, text), as: spelled(alias, text) }];
      }),
    },
  ];
}

const spelled = (node: Syntax, text: string) => textOf(node, text).replace(/[\s\\]/g, '');

/** The parts of `a = b: T = value`, chained assignments flattened. */
export interface Assignment {
  readonly targets: readonly Syntax[];
  readonly type?: Syntax;
  readonly value?: Syntax;
}

export function assignmentOf(node: Syntax): Assignment {
  const targets: Syntax[] = [];
  let type: Syntax | undefined;
  let at: Syntax | undefined = node;
  while (at?.type === 'assignment') {
    const [left, ...others]: readonly Syntax[] = at.children;
    if (left !== undefined) targets.push(left);
    type ??= others.find((one) => one.type === 'type');
    at = others.find((one) => one.type !== 'type');
  }
  return { targets, ...(type === undefined ? {} : { type }), ...(at === undefined ? {} : { value: at }) };
}
