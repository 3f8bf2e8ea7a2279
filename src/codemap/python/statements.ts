import { oneLine, toExpression } from './expressions.ts';
import type { Statement } from './facts.ts';
import { assignmentOf, importsOf, type Reading, textOf } from './reading.ts';
import type { Syntax } from './syntax-tree.ts';

export interface ProgramContext {
  readonly reading: Reading;
  /** Qualified name of the class whose body it is; empty at module level. */
  readonly scope: string;
  readonly definedIn?: string;
  /** Reads a function and returns its index, or -1 where functions are kept elsewhere. */
  readonly onFunction: (node: Syntax, decorators: readonly Syntax[]) => number;
}

/** Module or class scope as a program for the partial evaluator. */
export function toProgram(nodes: readonly Syntax[], context: ProgramContext): Statement[] {
  return nodes.flatMap((node) => statement(node, context));
}

function statement(node: Syntax, context: ProgramContext): Statement[] {
  const { text } = context.reading;
  const l = node.line;
  const expression = (child: Syntax | undefined) => toExpression(child, text);
  const program = (child: Syntax | undefined) => toProgram(child?.children ?? [], context);
  switch (node.type) {
    case 'import_statement':
    case 'import_from_statement':
      return importsOf(node, text);
    case 'class_definition':
    case 'function_definition':
    case 'decorated_definition':
      return definition(node, context);
    case 'expression_statement':
      return node.children.flatMap((child) => simple(child, context));
    case 'for_statement': {
      const [target, over, body] = node.children;
      return [{ s: 'for', l, target: expression(target), over: expression(over), body: program(body) }];
    }
    case 'if_statement':
      return [conditional(node.children, l, context)];
    case 'try_statement': {
      const handlers = node.children.filter((child) => /^except/.test(child.type));
      const rest = node.children.filter((child) => /^(else|finally)_clause$/.test(child.type));
      return [
        {
          s: 'try',
          l,
          body: program(node.children[0]),
          handlers: handlers.map((child) => program(child.children.at(-1))),
          rest: rest.flatMap((child) => program(child.children.at(-1))),
        },
      ];
    }
    case 'with_statement':
    case 'while_statement':
    case 'match_statement':
    case 'case_clause':
    case 'block':
    case 'ERROR':
      return [{ s: 'block', l, body: toProgram(node.children, context) }];
    case 'delete_statement':
      return [{ s: 'delete', l, target: expression(node.children[0]) }];
    default:
      return [];
  }
}

function definition(node: Syntax, context: ProgramContext): Statement[] {
  const inner = node.type === 'decorated_definition' ? node.children.at(-1) : node;
  const decorators = node.children.filter((child) => child.type === 'decorator');
  const { reading, scope, definedIn } = context;
  if (inner?.type === 'class_definition') {
    const index = reading.readClass(inner, {
      reading,
      decorators,
      scope,
      ...(definedIn === undefined ? {} : { definedIn }),
    });
    return [{ s: 'class', l: inner.line, index }];
  }
  const name = inner?.children[0];
  if (inner?.type !== 'function_definition' || name === undefined) return [];
  const index = context.onFunction(inner, decorators);
  return [{ s: 'function', l: inner.line, name: textOf(name, reading.text), index }];
}

function simple(node: Syntax, context: ProgramContext): Statement[] {
  const { text } = context.reading;
  const l = node.line;
  if (node.type === 'assignment') {
    const { targets, value } = assignmentOf(node);
    if (value === undefined) return [];
    const to = targets.map((one) => toExpression(one, text));
    return [{ s: 'assign', l, targets: to, value: toExpression(value, text) }];
  }
  if (node.type === 'augmented_assignment') {
    const [target, value] = node.children;
    if (target === undefined || value === undefined) return [];
    const op = text.slice(target.end, value.start).trim().replace('=', '');
    return [{ s: 'augment', l, target: toExpression(target, text), op, value: toExpression(value, text) }];
  }
  if (node.type !== 'call') return [];
  return [{ s: 'do', l, value: toExpression(node, text), text: oneLine(textOf(node, text), 120) }];
}

function conditional(parts: readonly Syntax[], l: number, context: ProgramContext): Statement {
  const [test, body, ...others] = parts;
  const [next, ...later] = others;
  let no: Statement[] = [];
  if (next?.type === 'elif_clause') no = [conditional([...next.children, ...later], next.line, context)];
  else if (next?.type === 'else_clause') no = toProgram(next.children.at(-1)?.children ?? [], context);
  const yes = toProgram(body?.children ?? [], context);
  return { s: 'if', l, test: toExpression(test, context.reading.text), yes, no };
}
