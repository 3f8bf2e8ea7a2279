import { importError } from './draft.ts';

export interface TclCommand {
  readonly words: readonly string[];
  readonly line: number;
  /** Indexes of the words that have a variable in them (`$env(USER)`), of which only a Tcl that runs knows the value. */
  readonly variable: ReadonlySet<number>;
}

/**
 * The commands of a `.cloginrc`, which is a Tcl script of `add` and `include` lines: words between blanks, in braces
 * (nested, nothing is special inside), in double quotes, or bare; a backslash takes the meaning from the next
 * character, and at the end of a line joins the next one; `#` at the start of a command begins a comment.
 *
 * @throws NetwrightError `NW_IMPORT_INVALID` for braces or quotes that are not closed. The message names no word.
 */
export function tclCommands(file: string, text: string): TclCommand[] {
  const commands: TclCommand[] = [];
  let line = 1;
  let at = 0;
  const peek = (): string => text[at] ?? '';
  const take = (): string => {
    const character = text[at] ?? '';
    if (character === '\n') line += 1;
    at += 1;
    return character;
  };
  const isContinuation = (): boolean => peek() === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3));
  const skipBlanks = (): void => {
    while (at < text.length) {
      if (isContinuation()) {
        take();
        if (peek() === '\r') take();
        take();
      } else if (/[ \t\r]/.test(peek())) take();
      else return;
    }
  };
  const braced = (): string => {
    const start = line;
    take();
    const from = at;
    for (let depth = 1; at < text.length; ) {
      const character = take();
      if (character === '\\') take();
      else if (character === '{') depth += 1;
      else if (character === '}') {
        depth -= 1;
        if (depth === 0) return text.slice(from, at - 1);
      }
    }
    throw importError({ file, line: start }, 'a "{" is not closed');
  };
  const quoted = (): string => {
    const start = line;
    take();
    let word = '';
    while (at < text.length) {
      const character = take();
      if (character === '"') return word;
      word += character === '\\' ? escaped(take()) : character;
    }
    throw importError({ file, line: start }, 'a double quote is not closed');
  };
  const bare = (): string => {
    let word = '';
    while (at < text.length && !/[ \t\r\n;]/.test(peek()) && !isContinuation()) {
      const character = take();
      word += character === '\\' ? escaped(take()) : character;
    }
    return word;
  };

  while (at < text.length) {
    skipBlanks();
    if (peek() === '\n' || peek() === ';') {
      take();
      continue;
    }
    if (peek() === '#') {
      while (at < text.length && peek() !== '\n') {
        if (isContinuation()) skipBlanks();
        else take();
      }
      continue;
    }
    const start = line;
    const words: string[] = [];
    const variable = new Set<number>();
    while (at < text.length && peek() !== '\n' && peek() !== ';') {
      const from = at;
      const isBraced = peek() === '{';
      words.push(peek() === '{' ? braced() : peek() === '"' ? quoted() : bare());
      if (!isBraced && hasVariable.test(text.slice(from, at))) variable.add(words.length - 1);
      skipBlanks();
    }
    if (words.length > 0) commands.push({ words, line: start, variable });
  }
  return commands;
}

const hasVariable = /(?<!\\)(?:\\\\)*\$(?:\w|\{|::)/;

/**
 * Tcl's `join [list] ""`, which is what RANCID makes of a password: the word is a list, whose elements lose their
 * braces, quotes and backslashes (`{foo\}bar}` is `foo}bar`) and what is between them. A word that is no list stays.
 */
export function tclJoined(word: string): string {
  let joined = '';
  for (let rest = word.trimStart(); rest !== ''; ) {
    const element = listElement.exec(rest);
    if (!element) return word;
    const [whole, braced, quoted, bare] = element;
    joined += braced ?? (quoted ?? bare ?? '').replace(/\\(.)/gs, (_, one: string) => escaped(one));
    rest = rest.slice(whole.length).trimStart();
  }
  return joined;
}

const listElement = /^(?:\{((?:\\.|[^\\{}])*)\}|"((?:\\.|[^\\"])*)"|((?:\\.|[^\\\s{"])(?:\\.|[^\\\s])*))(?=\s|$)/s;

const escaped = (character: string): string =>
  character === 'n' ? '\n' : character === 't' ? '\t' : character === 'r' ? '\r' : character;

/** Tcl's `string match -nocase`: `*`, `?`, `[a-z]`, and a backslash that takes the meaning away. */
export function tclMatch(pattern: string, text: string): boolean {
  const subject = text.toLowerCase();
  const glob = pattern.toLowerCase();
  // A file with a line a host is asked so often that this counts.
  if (!/[*?[\\]/.test(glob)) return glob === subject;
  const tokens = glob.match(/\\.|\[[^\]]*\]?|./gs) ?? [];
  const fits = (token: string, character: string): boolean => {
    if (token === '?') return true;
    if (token.startsWith('\\') && token.length > 1) return token[1] === character;
    if (!token.startsWith('[')) return token === character;
    const body = token.replace(/^\[|\]$/g, '');
    for (let index = 0; index < body.length; index += 1) {
      if (body[index + 1] === '-' && body[index + 2] !== undefined) {
        if (character >= body[index]! && character <= body[index + 2]!) return true;
        index += 2;
      } else if (body[index] === character) return true;
    }
    return false;
  };
  let at = 0;
  let token = 0;
  let star = -1;
  let resume = 0;
  while (at < subject.length) {
    const here = tokens[token];
    if (here === '*') {
      star = token;
      token += 1;
      resume = at;
    } else if (here !== undefined && fits(here, subject[at]!)) {
      token += 1;
      at += 1;
    } else if (star >= 0) {
      token = star + 1;
      resume += 1;
      at = resume;
    } else return false;
  }
  while (tokens[token] === '*') token += 1;
  return token === tokens.length;
}
