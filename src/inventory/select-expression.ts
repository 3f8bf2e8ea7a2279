import { didYouMean, NetwrightError } from '#core';

/** What a term of a select expression may look at. `variables.<path>` comes on top of these. */
export const selectKeys = [
  'name',
  'address',
  'platform',
  'site',
  'role',
  'tag',
  'group',
  'credential',
  'transport',
  'jump',
] as const;
export type SelectKey = (typeof selectKeys)[number] | `variables.${string}`;

export type SelectExpression =
  | { readonly kind: 'and' | 'or'; readonly of: readonly SelectExpression[] }
  | { readonly kind: 'not'; readonly of: SelectExpression }
  | SelectTerm;

export interface SelectTerm {
  readonly kind: 'term';
  readonly key: SelectKey;
  readonly value: string;
  /** Written in quotes: `*` and `?` stand for themselves. */
  readonly isLiteral: boolean;
}

interface Token {
  readonly kind: 'word' | '(' | ')' | ',' | 'and' | 'or' | 'not' | 'end';
  readonly at: number;
  readonly text: string;
  /** Offset in `text` of the colon that ends the key; -1 where there is no key. */
  readonly colon: number;
  readonly isLiteral: boolean;
}

const deepest = 100;
const invalid = (expression: string, at: number, message: string): NetwrightError => {
  const clean = expression.replace(/[\t\r\n]/g, ' ');
  return new NetwrightError('NW_SELECT_INVALID', `${message}\n  ${clean}\n  ${' '.repeat(at)}^`, {
    details: { expression, position: at },
  });
};

/**
 * Reads a select expression.
 *
 *     expression = and ("or" and)*          and = list ("and" list)*
 *     list       = unary ("," unary)*       a comma is an "or" that binds tighter than "and"
 *     unary      = "not" unary | "(" expression ")" | [key ":"] value
 *
 * A value without a key is a name; behind a comma, it has the key of the term before (`site:cairo,giza`).
 * `*` and `?` are wildcards; quotes, single or double, take away every special meaning.
 *
 * @throws NetwrightError `NW_SELECT_INVALID` with a caret below the place.
 */
export function parseSelect(expression: string): SelectExpression {
  const tokens = tokenize(expression);
  let next = 0;
  let depth = 0;
  const peek = (): Token => tokens[next]!;
  const fail = (token: Token, message: string): NetwrightError => invalid(expression, token.at, message);

  const chain = (kind: 'and' | 'or', separator: Token['kind'], part: () => SelectExpression): SelectExpression => {
    const of = [part()];
    while (peek().kind === separator) {
      next += 1;
      of.push(part());
    }
    return of.length === 1 ? of[0]! : { kind, of };
  };
  const or = (): SelectExpression => chain('or', 'or', and);
  const and = (): SelectExpression => chain('and', 'and', list);
  const list = (): SelectExpression => {
    let key: SelectKey = 'name';
    return chain('or', ',', () => {
      const part = unary(key);
      if (part.kind === 'term') key = part.key;
      return part;
    });
  };
  const unary = (key: SelectKey): SelectExpression => {
    const token = peek();
    next += 1;
    depth += 1;
    if (depth > deepest) throw fail(token, `the expression is nested deeper than ${deepest}`);
    try {
      if (token.kind === 'not') return { kind: 'not', of: unary('name') };
      if (token.kind === 'word') return term(expression, token, key);
      if (token.kind !== '(') throw fail(token, `expected a name or key:value, ${came(token)}`);
      const inner = or();
      if (peek().kind !== ')') throw fail(peek(), `expected ")" or "and" or "or", ${came(peek())}`);
      next += 1;
      return inner;
    } finally {
      depth -= 1;
    }
  };

  const result = or();
  if (peek().kind === ')') throw fail(peek(), 'this ")" closes nothing');
  if (peek().kind !== 'end') throw fail(peek(), `expected "and" or "or" before ${JSON.stringify(peek().text)}`);
  return result;
}

const came = (token: Token): string =>
  token.kind === 'end' ? 'but it ends here' : `got ${JSON.stringify(token.text)}`;

function term(expression: string, token: Token, inheritedKey: SelectKey): SelectTerm {
  const { text, colon, isLiteral } = token;
  if (colon < 0) return { kind: 'term', key: inheritedKey, value: text, isLiteral };
  const key = text.slice(0, colon);
  const value = text.slice(colon + 1);
  if (!(selectKeys as readonly string[]).includes(key) && !/^variables\.[^.]+(\.[^.]+)*$/.test(key)) {
    const known = [...selectKeys, 'variables.<name>'];
    const meant = didYouMean(key, selectKeys) || ` Known: ${known.join(', ')}.`;
    throw invalid(expression, token.at, `"${key}" is no key of a device.${meant}`);
  }
  if (value === '' && !isLiteral) throw invalid(expression, token.at + colon + 1, `expected a value after "${key}:"`);
  return { kind: 'term', key: key as SelectKey, value, isLiteral };
}

function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  const push = (kind: Token['kind'], at: number, text: string, colon = -1, isLiteral = false): void => {
    tokens.push({ kind, at, text, colon, isLiteral });
  };
  for (let at = 0; at < expression.length; ) {
    const character = expression[at]!;
    if (/[ \t\r\n]/.test(character)) {
      at += 1;
    } else if (character === '(' || character === ')' || character === ',') {
      push(character, at, character);
      at += 1;
    } else {
      const word = readWord(expression, at);
      const keyword = word.isLiteral || word.colon >= 0 ? undefined : /^(?:and|or|not)$/i.exec(word.text);
      push(keyword ? (word.text.toLowerCase() as 'and') : 'word', at, word.text, word.colon, word.isLiteral);
      at = word.end;
    }
  }
  push('end', expression.length, '');
  return tokens;
}

function readWord(expression: string, start: number): { text: string; colon: number; isLiteral: boolean; end: number } {
  let text = '';
  let colon = -1;
  let isLiteral = false;
  let at = start;
  for (; at < expression.length; at += 1) {
    const character = expression[at]!;
    if (/[ \t\r\n(),]/.test(character)) break;
    if (character === '"' || character === "'") {
      const close = expression.indexOf(character, at + 1);
      if (close < 0) throw invalid(expression, at, `the quote ${character} is not closed`);
      text += expression.slice(at + 1, close);
      isLiteral = true;
      at = close;
      continue;
    }
    if (character === ':' && colon < 0 && !isLiteral) colon = text.length;
    text += character;
  }
  return { text, colon, isLiteral, end: at };
}

/** The expression as text that {@link parseSelect} reads back as the same expression. */
export function printSelect(expression: SelectExpression): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.of
        .map((one) => (one.kind === 'or' || one.kind === expression.kind ? `(${printSelect(one)})` : printSelect(one)))
        .join(` ${expression.kind} `);
    case 'not':
      return expression.of.kind === 'and' || expression.of.kind === 'or'
        ? `not (${printSelect(expression.of)})`
        : `not ${printSelect(expression.of)}`;
    case 'term': {
      const { key, value, isLiteral } = expression;
      const prefix = key === 'name' && (isLiteral || !value.includes(':')) ? '' : `${key}:`;
      const isKeyword = prefix === '' && /^(?:and|or|not)$/i.test(value);
      if (!isLiteral && !isKeyword) return `${prefix}${value}`;
      return `${isKeyword && !isLiteral ? `${key}:` : prefix}${isLiteral ? quote(value) : value}`;
    }
  }
}

/** Text with both kinds of quotes is put together from pieces: `"it's "'"x"'`. */
const quote = (value: string): string =>
  value === ''
    ? '""'
    : (value.match(/[^"]+|"+/g) ?? []).map((part) => (part.startsWith('"') ? `'${part}'` : `"${part}"`)).join('');
