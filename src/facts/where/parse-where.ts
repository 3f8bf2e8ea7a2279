import { type BoundedPattern, boundedPattern } from '#parse';
import { type Operator, type Token, whereMistake, whereTokens } from './tokens.ts';

/** A condition on the fields of a row. */
export type Where =
  | { readonly kind: 'and'; readonly of: readonly Where[] }
  | { readonly kind: 'or'; readonly of: readonly Where[] }
  | { readonly kind: 'not'; readonly of: Where }
  | WhereTest;

/** A test of one field. */
export type WhereTest =
  /** The field alone: true, or neither empty, nor 0, nor unknown. */
  | { readonly kind: 'holds'; readonly field: string }
  | {
      readonly kind: 'compare';
      readonly field: string;
      readonly operator: Exclude<Operator, '~' | '!~'>;
      readonly value: string;
    }
  | { readonly kind: 'match'; readonly field: string; readonly pattern: BoundedPattern }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly string[] };

const deepest = 100;

/**
 * Reads a condition.
 *
 *     condition = and ("or" and)*       and = unary ("and" unary)*
 *     unary     = "not" unary | "(" condition ")" | field [test]
 *     test      = ("==" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~") value | ["not"] "in" "(" value ("," value)* ")"
 *
 * A field is a path (`address_family.ipv4.received_prefixes`) in which `*` stands for any one step; one with blanks
 * stands in quotes. Numbers compare as numbers, everything else as text; `~` looks for a regular expression.
 *
 * @throws NetwrightError `NW_USAGE` with a caret below the place.
 */
export function parseWhere(expression: string): Where {
  const tokens = whereTokens(expression);
  let next = 0;
  let depth = 0;
  const peek = (): Token => tokens[next]!;
  const take = (): Token => tokens[next++]!;
  const fail = (token: Token, message: string) => whereMistake(expression, token.at, message);
  const chain = (kind: 'and' | 'or', part: () => Where): Where => {
    const of = [part()];
    while (peek().kind === kind) {
      next += 1;
      of.push(part());
    }
    return of.length === 1 ? of[0]! : { kind, of };
  };
  const or = (): Where => chain('or', () => chain('and', unary));

  const unary = (): Where => {
    const token = take();
    depth += 1;
    if (depth > deepest) throw fail(token, `the condition is nested deeper than ${deepest}`);
    try {
      if (token.kind === 'not') return { kind: 'not', of: unary() };
      if (token.kind === 'word' || token.kind === 'text') return test(token.text);
      if (token.kind !== '(') throw fail(token, `expected a field, ${came(token)}`);
      const inner = or();
      if (peek().kind !== ')') throw fail(peek(), `expected ")" or "and" or "or", ${came(peek())}`);
      next += 1;
      return inner;
    } finally {
      depth -= 1;
    }
  };

  const test = (field: string): Where => {
    const token = peek();
    if (token.kind === 'in') {
      next += 1;
      return { kind: 'in', field, values: list() };
    }
    if (token.kind === 'not' && tokens[next + 1]?.kind === 'in') {
      next += 2;
      return { kind: 'not', of: { kind: 'in', field, values: list() } };
    }
    if (token.kind !== 'operator') return { kind: 'holds', field };
    next += 1;
    const operator = token.text as Operator;
    const text = value();
    if (operator !== '~' && operator !== '!~') return { kind: 'compare', field, operator, value: text };
    const match: Where = { kind: 'match', field, pattern: boundedPattern(text) };
    return operator === '~' ? match : { kind: 'not', of: match };
  };

  const value = (): string => {
    const token = take();
    if (['word', 'text', 'and', 'or', 'not', 'in'].includes(token.kind)) return token.text;
    throw fail(token, `expected a value, ${came(token)}`);
  };

  const list = (): readonly string[] => {
    const open = take();
    if (open.kind !== '(') throw fail(open, `expected "(" behind "in", ${came(open)}`);
    const values = [value()];
    while (peek().kind === ',') {
      next += 1;
      values.push(value());
    }
    const close = take();
    if (close.kind !== ')') throw fail(close, `expected "," or ")", ${came(close)}`);
    return values;
  };

  const result = or();
  if (peek().kind !== 'end') throw fail(peek(), `expected "and" or "or", ${came(peek())}`);
  return result;
}

const came = (token: Token): string =>
  token.kind === 'end' ? 'but it ends here' : `got ${JSON.stringify(token.text)}`;
