import { NetwrightError } from '#core';

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '!~';

export interface Token {
  readonly kind: 'word' | 'text' | 'operator' | '(' | ')' | ',' | 'and' | 'or' | 'not' | 'in' | 'end';
  readonly at: number;
  /** Without quotes. */
  readonly text: string;
}

/** A mistake in an expression, with a caret below the place. */
export function whereMistake(expression: string, at: number, message: string): NetwrightError {
  const clean = expression.replace(/[\t\r\n]/g, ' ');
  return new NetwrightError('NW_USAGE', `--where: ${message}\n  ${clean}\n  ${' '.repeat(at)}^`, {
    details: { expression, position: at },
    hint: `state != up and description ~ "uplink|core"`,
  });
}

const keywords = ['and', 'or', 'not', 'in'] as const;
const operator = /^(?:==|!=|<=|>=|!~|=~|=|<|>|~)/;

/** Words, quoted texts, operators. `=` is `==`, `=~` is `~`. */
export function whereTokens(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < expression.length; ) {
    const character = expression[at]!;
    if (/\s/.test(character)) {
      at += 1;
      continue;
    }
    const sign = operator.exec(expression.slice(at, at + 2))?.[0];
    if (character === '(' || character === ')' || character === ',') {
      tokens.push({ kind: character, at, text: character });
      at += 1;
    } else if (sign !== undefined) {
      tokens.push({ kind: 'operator', at, text: sign === '=' ? '==' : sign === '=~' ? '~' : sign });
      at += sign.length;
    } else if (character === '"' || character === "'") {
      const close = expression.indexOf(character, at + 1);
      if (close < 0) throw whereMistake(expression, at, `the quote ${character} is not closed`);
      tokens.push({ kind: 'text', at, text: expression.slice(at + 1, close) });
      at = close + 1;
    } else {
      const text = /^[^\s()=!<>~,"']+/.exec(expression.slice(at))?.[0];
      if (text === undefined) throw whereMistake(expression, at, `"${character}" means nothing here`);
      const keyword = keywords.find((one) => one === text.toLowerCase());
      tokens.push({ kind: keyword ?? 'word', at, text });
      at += text.length;
    }
  }
  tokens.push({ kind: 'end', at: expression.length, text: '' });
  return tokens;
}
