import type { DictPair, Expression } from './facts.ts';
import type { Syntax } from './syntax-tree.ts';

/** An expression of the syntax tree in the form that facts keep. */
export function toExpression(node: Syntax | undefined, text: string): Expression {
  if (node === undefined) return { k: 'other', l: 0 };
  const l = node.line;
  const [first, second, third] = node.children;
  const inner = (child: Syntax | undefined) => toExpression(child, text);
  switch (node.type) {
    case 'identifier':
      return { k: 'name', l, id: text.slice(node.start, node.end) };
    case 'attribute':
      return second === undefined
        ? { k: 'other', l }
        : { k: 'attribute', l, of: inner(first), id: text.slice(second.start, second.end) };
    case 'string':
      return stringExpression(node, text);
    case 'concatenated_string':
      return { k: 'join', l, parts: node.children.map(inner) };
    case 'integer':
    case 'float': {
      const value = Number(text.slice(node.start, node.end).replaceAll('_', ''));
      return Number.isNaN(value) ? { k: 'other', l } : { k: 'number', l, value };
    }
    case 'true':
    case 'false':
      return { k: 'constant', l, value: node.type === 'true' };
    case 'none':
      return { k: 'constant', l, value: null };
    case 'list':
    case 'tuple':
    case 'set':
      return { k: node.type, l, items: node.children.map(inner) };
    case 'expression_list':
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
      return { k: 'tuple', l, items: node.children.map(inner) };
    case 'dictionary':
      return { k: 'dict', l, pairs: node.children.flatMap((child) => pair(child, text)) };
    case 'call':
      return callExpression(node, text);
    case 'subscript':
      return { k: 'index', l, of: inner(first), at: inner(second) };
    case 'binary_operator':
    case 'boolean_operator':
    case 'comparison_operator':
      if (first === undefined || second === undefined || third !== undefined) return { k: 'other', l };
      return { k: 'operation', l, op: operatorBetween(first, second, text), left: inner(first), right: inner(second) };
    case 'not_operator':
      return { k: 'not', l, of: inner(first) };
    case 'conditional_expression':
      return { k: 'choice', l, test: inner(second), yes: inner(first), no: inner(third) };
    case 'parenthesized_expression':
    case 'type':
    case 'await':
      return node.children.length === 1 ? inner(first) : { k: 'other', l };
    case 'named_expression':
      return inner(second);
    case 'generic_type':
      return { k: 'index', l, of: inner(first), at: inner(second) };
    case 'type_parameter':
      return node.children.length === 1 ? inner(first) : { k: 'tuple', l, items: node.children.map(inner) };
    case 'union_type':
      return { k: 'operation', l, op: '|', left: inner(first), right: inner(second) };
    case 'list_splat':
    case 'dictionary_splat':
    case 'list_splat_pattern':
      return { k: 'spread', l, of: inner(first) };
    case 'dictionary_comprehension':
    case 'list_comprehension':
    case 'set_comprehension':
    case 'generator_expression':
      return comprehension(node, text);
    default:
      return { k: 'other', l };
  }
}

/** What stands between two operands, without comments and blanks: `+`, `not in`, `and`. */
export function operatorBetween(left: Syntax, right: Syntax, text: string): string {
  const between = text.slice(left.end, right.start);
  return between
    .replace(/#[^\n]*/g, '')
    .replace(/[()\\]/g, ' ')
    .trim()
    .replace(/\s+/g, ' ');
}

/** Source on one line, at most `most` characters long. */
export function oneLine(text: string, most: number): string {
  // Beyond a multiple of the wanted length nothing can matter; blanks may be many.
  const flat = text
    .slice(0, most * 8)
    .replace(/\s+/g, ' ')
    .trim();
  return flat.length <= most ? flat : `${flat.slice(0, most - 1)}…`;
}

function pair(node: Syntax, text: string): DictPair[] {
  const [key, value] = node.children;
  if (node.type === 'dictionary_splat') return [{ l: node.line, value: toExpression(key, text) }];
  if (node.type !== 'pair' || value === undefined) return [];
  return [{ l: node.line, key: toExpression(key, text), value: toExpression(value, text) }];
}

function callExpression(node: Syntax, text: string): Expression {
  const [fn, list] = node.children;
  const l = node.line;
  if (fn === undefined || list === undefined) return { k: 'other', l };
  const args: Expression[] = [];
  const named: Record<string, Expression> = {};
  if (list.type !== 'argument_list') args.push(toExpression(list, text));
  else {
    for (const child of list.children) {
      const [name, value] = child.children;
      if (child.type !== 'keyword_argument') args.push(toExpression(child, text));
      else if (name !== undefined) named[text.slice(name.start, name.end)] = toExpression(value, text);
    }
  }
  const called = toExpression(fn, text);
  return Object.keys(named).length === 0
    ? { k: 'call', l, fn: called, args }
    : { k: 'call', l, fn: called, args, named };
}

function comprehension(node: Syntax, text: string): Expression {
  const of = node.type === 'dictionary_comprehension' ? 'dict' : node.type === 'set_comprehension' ? 'set' : 'list';
  const loops: { target: Expression; over: Expression; tests: Expression[] }[] = [];
  const [head, ...clauses] = node.children;
  for (const clause of clauses) {
    const [first, second] = clause.children;
    if (clause.type === 'for_in_clause') {
      loops.push({ target: toExpression(first, text), over: toExpression(second, text), tests: [] });
    } else if (clause.type === 'if_clause') loops.at(-1)?.tests.push(toExpression(first, text));
  }
  const l = node.line;
  if (of !== 'dict') return { k: 'comprehension', l, of, value: toExpression(head, text), loops };
  const [key, value] = head?.children ?? [];
  return { k: 'comprehension', l, of, key: toExpression(key, text), value: toExpression(value, text), loops };
}

function stringExpression(node: Syntax, text: string): Expression {
  const l = node.line;
  const interpolations = node.children.filter((child) => child.type === 'interpolation');
  if (interpolations.length === 0) {
    return { k: 'text', l, value: stringValue(text.slice(node.start, node.end)) };
  }
  const parts: Expression[] = [];
  for (const child of node.children) {
    if (child.type === 'string_content') {
      // Braces stand doubled for themselves in an f-string.
      const value = withoutEscapes(text.slice(child.start, child.end)).replaceAll('{{', '{').replaceAll('}}', '}');
      parts.push({ k: 'text', l, value });
    } else if (child.type === 'interpolation') {
      // A format or conversion (`{x:>8}`, `{x!r}`) changes the text in ways that tables of names do not use.
      parts.push(child.children.length === 1 ? toExpression(child.children[0], text) : { k: 'other', l });
    }
  }
  return { k: 'join', l, parts };
}

/** The value of a string literal without interpolations, quotes and prefix included in `literal`. */
export function stringValue(literal: string): string {
  const match = /^([A-Za-z]{0,2})("""|'''|"|')/.exec(literal);
  if (match === null) return literal;
  const [whole, prefix = '', quote = ''] = match;
  const content = literal.slice(whole.length, literal.endsWith(quote) ? literal.length - quote.length : undefined);
  return /[rR]/.test(prefix) ? content : withoutEscapes(content);
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

function withoutEscapes(content: string): string {
  if (!content.includes('\\')) return content;
  return content.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    if (/^[xu]./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    return escapes[code] ?? whole;
  });
}
