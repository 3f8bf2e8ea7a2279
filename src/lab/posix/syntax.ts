/** A part of a word: as it stands, or to be replaced when it is used. */
type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly isQuoted: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly isQuoted: boolean }
  | { readonly kind: 'command'; readonly script: string; readonly isQuoted: boolean };
export type Word = readonly WordPart[];

export interface Redirection {
  readonly from: number;
  readonly how: '>' | '>>' | '<' | '>&' | '<<';
  readonly target: Word;
}

export type Command =
  | {
      readonly kind: 'simple';
      readonly assigned: readonly (readonly [string, Word])[];
      readonly words: readonly Word[];
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: 'group';
      readonly body: Script;
      readonly isSubshell: boolean;
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: 'if';
      readonly tests: readonly (readonly [Script, Script])[];
      readonly otherwise: Script;
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: 'for';
      readonly name: string;
      readonly words: readonly Word[];
      readonly body: Script;
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: 'while';
      readonly test: Script;
      readonly body: Script;
      readonly redirections: readonly Redirection[];
    };

export interface Pipeline {
  readonly commands: readonly Command[];
  readonly isNegated: boolean;
  /** What stands before it: run always, after success, after failure. */
  readonly after: 'always' | 'success' | 'failure';
  readonly isBackground: boolean;
}
export type Script = readonly Pipeline[];

/** More lines are needed before anything can be run: an open quote, group or here-document. */
export class Unfinished extends Error {}
export class SyntaxFault extends Error {}

const reserved = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', '}']);

type Token =
  | { readonly kind: 'word'; readonly word: Word; readonly bare: string }
  | { readonly kind: 'operator'; readonly text: string };

const operators = ['&&', '||', ';;', '>>', '>&', '<<', '&', '|', ';', '<', '>', '(', ')', '\n'];

/** Cuts a script into words and operators (POSIX.1 XCU 2.3). */
function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const documents: { readonly end: string; readonly at: number }[] = [];
  let at = 0;
  while (at < source.length) {
    const character = source[at]!;
    if (character === ' ' || character === '\t') {
      at += 1;
      continue;
    }
    if (character === '#') {
      while (at < source.length && source[at] !== '\n') at += 1;
      continue;
    }
    if (character === '\n' && documents.length > 0) {
      at += 1;
      for (const document of documents.splice(0)) {
        const lines: string[] = [];
        for (;;) {
          if (at >= source.length) throw new Unfinished();
          const stop = source.indexOf('\n', at);
          const line = source.slice(at, stop < 0 ? undefined : stop);
          at = stop < 0 ? source.length : stop + 1;
          if (line === document.end) break;
          lines.push(`${line}\n`);
        }
        const text = lines.join('');
        tokens[document.at] = { kind: 'word', word: [{ kind: 'text', text, isQuoted: true }], bare: text };
      }
      tokens.push({ kind: 'operator', text: '\n' });
      continue;
    }
    const digit = /^\d(?=[<>])/.exec(source.slice(at, at + 2))?.[0];
    const operator = operators.find((text) => source.startsWith(text, at + (digit === undefined ? 0 : 1)));
    if (operator !== undefined && (digit !== undefined || operators.some((text) => source.startsWith(text, at)))) {
      tokens.push({ kind: 'operator', text: (digit ?? '') + operator });
      at += operator.length + (digit === undefined ? 0 : 1);
      if (operator === '<<') {
        const [end, next] = readWord(source, at + (/^\s*/.exec(source.slice(at))?.[0].length ?? 0));
        documents.push({ end: end.map((part) => (part.kind === 'text' ? part.text : '')).join(''), at: tokens.length });
        tokens.push({ kind: 'word', word: end, bare: '' });
        at = next;
      }
      continue;
    }
    const start = at;
    const [word, next] = readWord(source, at);
    at = next;
    tokens.push({ kind: 'word', word, bare: source.slice(start, next) });
  }
  if (documents.length > 0) throw new Unfinished();
  return tokens;
}

function readWord(source: string, from: number): [Word, number] {
  const parts: WordPart[] = [];
  let at = from;
  let text = '';
  const flush = (isQuoted: boolean): void => {
    if (text !== '' || isQuoted) parts.push({ kind: 'text', text, isQuoted });
    text = '';
  };
  while (at < source.length && !/[ \t\n;&|<>()]/.test(source[at]!)) {
    const character = source[at]!;
    if (character === "'") {
      flush(false);
      const end = source.indexOf("'", at + 1);
      if (end < 0) throw new Unfinished();
      text = source.slice(at + 1, end);
      flush(true);
      at = end + 1;
    } else if (character === '"') {
      flush(false);
      at += 1;
      while (source[at] !== '"') {
        if (at >= source.length) throw new Unfinished();
        if (source[at] === '\\' && /["\\$`\n]/.test(source[at + 1] ?? '')) {
          text += source[at + 1] === '\n' ? '' : source[at + 1];
          at += 2;
        } else if (source[at] === '$') {
          flush(true);
          const [part, next] = readExpansion(source, at, true);
          parts.push(part);
          at = next;
        } else {
          text += source[at];
          at += 1;
        }
      }
      flush(true);
      at += 1;
    } else if (character === '\\') {
      if (at + 1 >= source.length) throw new Unfinished();
      flush(false);
      text = source[at + 1] === '\n' ? '' : source[at + 1]!;
      flush(source[at + 1] !== '\n');
      at += 2;
    } else if (character === '$') {
      flush(false);
      const [part, next] = readExpansion(source, at, false);
      parts.push(part);
      at = next;
    } else {
      text += character;
      at += 1;
    }
  }
  flush(false);
  return [parts, at];
}

function readExpansion(source: string, from: number, isQuoted: boolean): [WordPart, number] {
  if (source.startsWith('$(', from)) {
    let depth = 0;
    let quote = '';
    for (let at = from + 1; at < source.length; at += 1) {
      const character = source[at]!;
      if (quote !== '') quote = character === quote ? '' : quote;
      else if (character === "'" || character === '"') quote = character;
      else if (character === '(') depth += 1;
      else if (character === ')') {
        depth -= 1;
        if (depth === 0) return [{ kind: 'command', script: source.slice(from + 2, at), isQuoted }, at + 1];
      }
    }
    throw new Unfinished();
  }
  const braced = /^\$\{(\w+|[?$!#])\}/.exec(source.slice(from, from + 80));
  const plain = /^\$([A-Za-z_]\w*|[?$!#0-9])/.exec(source.slice(from, from + 80));
  const found = braced ?? plain;
  if (found === null) return [{ kind: 'text', text: '$', isQuoted: true }, from + 1];
  return [{ kind: 'variable', name: found[1]!, isQuoted }, from + found[0].length];
}

/**
 * Reads a script.
 * @throws Unfinished when more lines have to come, SyntaxFault with the word that does not belong there
 */
export function parseScript(source: string): Script {
  const tokens = tokensOf(source);
  let at = 0;
  const peek = (): string | undefined => {
    const token = tokens[at];
    return token === undefined ? undefined : token.kind === 'operator' ? token.text : token.bare;
  };
  const isOperator = (text: string): boolean => tokens[at]?.kind === 'operator' && peek() === text;
  const isWord = (text: string): boolean => tokens[at]?.kind === 'word' && peek() === text;
  const expect = (text: string): void => {
    if (peek() === undefined) throw new Unfinished();
    if (peek() !== text) throw new SyntaxFault(peek() === '\n' ? 'newline' : peek()!);
    at += 1;
  };
  const skipNewlines = (): void => {
    while (isOperator('\n')) at += 1;
  };

  const script = (ends: readonly string[]): Script => {
    const pipelines: Pipeline[] = [];
    let after: Pipeline['after'] = 'always';
    for (;;) {
      skipNewlines();
      const next = peek();
      if (next === undefined) {
        if (ends.length > 0 || after !== 'always') throw new Unfinished();
        return pipelines;
      }
      if (ends.includes(next)) return pipelines;
      const { commands, isNegated } = pipeline();
      const isBackground = isOperator('&');
      pipelines.push({ commands, isNegated, after, isBackground });
      after = 'always';
      if (isOperator('&&') || isOperator('||')) {
        after = isOperator('&&') ? 'success' : 'failure';
        at += 1;
      } else if (isOperator(';') || isOperator('&') || isOperator('\n')) at += 1;
      else if (peek() !== undefined && !ends.includes(peek()!)) throw new SyntaxFault(peek()!);
    }
  };

  const pipeline = (): { commands: Command[]; isNegated: boolean } => {
    const isNegated = isWord('!');
    if (isNegated) at += 1;
    const commands = [command()];
    while (isOperator('|')) {
      at += 1;
      skipNewlines();
      commands.push(command());
    }
    return { commands, isNegated };
  };

  const redirections = (): Redirection[] => {
    const found: Redirection[] = [];
    for (let one = redirection(); one !== undefined; one = redirection()) found.push(one);
    return found;
  };

  const redirection = (): Redirection | undefined => {
    const token = tokens[at];
    const match = token?.kind === 'operator' ? /^(\d?)(>&|>>|<<|>|<)$/.exec(token.text) : null;
    if (match === null || match === undefined) return undefined;
    const target = tokens[at + 1];
    if (target === undefined) throw new SyntaxFault('newline');
    if (target.kind !== 'word') throw new SyntaxFault(target.text === '\n' ? 'newline' : target.text);
    at += 2;
    const how = match[2] as Redirection['how'];
    return { from: match[1] === '' ? (how.startsWith('<') ? 0 : 1) : Number(match[1]), how, target: target.word };
  };

  const command = (): Command => {
    if (isOperator('(')) {
      at += 1;
      const body = script([')']);
      expect(')');
      return { kind: 'group', body, isSubshell: true, redirections: redirections() };
    }
    if (isWord('{')) {
      at += 1;
      const body = script(['}']);
      expect('}');
      return { kind: 'group', body, isSubshell: false, redirections: redirections() };
    }
    if (isWord('if')) return conditional();
    if (isWord('for')) return loop();
    if (isWord('while')) {
      at += 1;
      const test = script(['do']);
      expect('do');
      const body = script(['done']);
      expect('done');
      return { kind: 'while', test, body, redirections: redirections() };
    }
    return simple();
  };

  const conditional = (): Command => {
    const tests: [Script, Script][] = [];
    let otherwise: Script = [];
    expect('if');
    for (;;) {
      const test = script(['then']);
      expect('then');
      tests.push([test, script(['elif', 'else', 'fi'])]);
      if (isWord('elif')) {
        at += 1;
        continue;
      }
      if (isWord('else')) {
        at += 1;
        otherwise = script(['fi']);
      }
      expect('fi');
      return { kind: 'if', tests, otherwise, redirections: redirections() };
    }
  };

  const loop = (): Command => {
    expect('for');
    const name = peek() ?? '';
    at += 1;
    expect('in');
    const words: Word[] = [];
    while (tokens[at]?.kind === 'word') {
      const token = tokens[at]!;
      if (token.kind === 'word') words.push(token.word);
      at += 1;
    }
    if (isOperator(';') || isOperator('\n')) at += 1;
    skipNewlines();
    expect('do');
    const body = script(['done']);
    expect('done');
    return { kind: 'for', name, words, body, redirections: redirections() };
  };

  const simple = (): Command => {
    const assigned: [string, Word][] = [];
    const words: Word[] = [];
    const found: Redirection[] = [];
    for (;;) {
      const one = redirection();
      if (one !== undefined) {
        found.push(one);
        continue;
      }
      const token = tokens[at];
      if (token?.kind !== 'word') break;
      const assignment = words.length === 0 ? /^([A-Za-z_]\w*)=/.exec(token.bare) : null;
      if (assignment === null) words.push(token.word);
      else assigned.push([assignment[1]!, withoutName(token.word, assignment[0].length)]);
      at += 1;
    }
    const [first] = words;
    const only = first?.length === 1 ? first[0] : undefined;
    if (only?.kind === 'text' && !only.isQuoted && reserved.has(only.text)) throw new SyntaxFault(only.text);
    if (words.length === 0 && assigned.length === 0 && found.length === 0) {
      if (peek() === undefined) throw new Unfinished();
      throw new SyntaxFault(peek() === '\n' ? 'newline' : peek()!);
    }
    return { kind: 'simple', assigned, words, redirections: found };
  };

  return script([]);
}

function withoutName(word: Word, length: number): Word {
  const [first, ...rest] = word;
  if (first?.kind !== 'text') return word;
  return [{ ...first, text: first.text.slice(length) }, ...rest];
}
