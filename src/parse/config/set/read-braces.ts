import { NetwrightError } from '#core';
import type { SetSpec } from './spec.ts';

/** A statement in braces: its words as they were written, and what stands in it. */
export interface Statement {
  readonly tokens: readonly string[];
  readonly line: number;
  /** Undefined for one that ends without braces. */
  readonly children: Statement[] | undefined;
}

/** Words down to a statement; no configuration has more, and every walk over the tree is safe with so many. */
export const longestPath = 400;

interface Open {
  readonly statement: Statement;
  readonly into: Statement[];
}

/**
 * Reads braces, one character after the other, with a stack of its own.
 * @throws NetwrightError `NW_CONFIG_SYNTAX` where a brace, a bracket, a quotation or a comment has no other end.
 */
export function readBraces(text: string, spec: SetSpec, file: string): readonly Statement[] {
  const top: Statement[] = [];
  const open: Open[] = [];
  let into = top;
  let tokens: string[] = [];
  let first = 0;
  let line = 1;
  let inList = false;
  let words = 0;
  const fail = (at: number, what: string): never => {
    throw new NetwrightError('NW_CONFIG_SYNTAX', `${file}:${at}: ${what}`);
  };
  const end = (): void => {
    const isLong = tokens.length + words > longestPath && !tokens.includes('[');
    if (isLong) fail(first, `a path of more than ${longestPath} words; a configuration has no such`);
    if (tokens.length > 0) into.push({ tokens, line: first, children: undefined });
    tokens = [];
  };
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      line += 1;
      at += 1;
      if (spec.leafEnd === '' && !inList) end();
    } else if (code <= 32) at += 1;
    else if (code === 47 && text.charCodeAt(at + 1) === 42) {
      const close = text.indexOf('*/', at + 2);
      if (close < 0) fail(line, 'the comment that begins here does not end');
      line += countLines(text, at, close);
      at = close + 2;
    } else if (code === 35 || (code === 47 && text.charCodeAt(at + 1) === 47 && tokens.length === 0)) {
      const close = text.indexOf('\n', at);
      at = close < 0 ? text.length : close;
    } else if (code === 123) {
      if (tokens.length === 0 || inList) fail(line, 'a "{" without a name before it');
      words += tokens.length;
      if (words > longestPath) fail(line, `a path of more than ${longestPath} words; a configuration has no such`);
      const statement = { tokens, line: first, children: [] };
      into.push(statement);
      open.push({ statement, into });
      into = statement.children;
      tokens = [];
      at += 1;
    } else if (code === 125) {
      if (inList) fail(line, 'a "}" inside of a list');
      if (spec.leafEnd !== '' && tokens.length > 0) fail(line, `a "${tokens[0]}" statement without its ";"`);
      end();
      const closed = open.pop();
      if (closed === undefined) return fail(line, 'a "}" that closes nothing');
      into = closed.into;
      words -= closed.statement.tokens.length;
      at += 1;
    } else if (code === 59) {
      if (inList) fail(line, 'a ";" inside of a list');
      end();
      at += 1;
    } else {
      const stop = tokenEnd(text, at);
      if (stop === undefined) return fail(line, 'the quotation that begins here does not end');
      if (tokens.length === 0) first = line;
      if (code === 91 && stop === at + 1) inList = true;
      else if (code === 93 && stop === at + 1) inList = false;
      const token = text.slice(at, stop);
      tokens.push(token);
      if (token.includes('\n')) line += countLines(token, 0, token.length);
      at = stop;
    }
  }
  if (inList) fail(first, 'the list that begins here does not end');
  if (spec.leafEnd !== '' && tokens.length > 0) fail(first, `a "${tokens[0]}" statement without its ";"`);
  end();
  const unclosed = open.at(-1);
  if (unclosed !== undefined)
    fail(unclosed.statement.line, `the section "${unclosed.statement.tokens[0]}" that begins here does not end`);
  return top;
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** One past a word; a quotation is one word. Undefined where it does not end. In a command `;` and braces are part of it. */
function tokenEnd(text: string, from: number, isCommand = false): number | undefined {
  let at = from;
  const first = text.charCodeAt(from);
  // Brackets stand alone where they make a list; within a word they are part of a pattern.
  if ((first === 91 || first === 93) && isBoundary(text, from + 1)) return from + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if ((code === 34 || code === 39) && at === from) {
      at = quoteEnd(text, at, code);
      if (at < 0) return undefined;
      // `'…'\\''…'` is one word, as a shell joins it.
      while (code === 39 && text.startsWith("\\''", at)) {
        at = quoteEnd(text, at + 2, 39);
        if (at < 0) return undefined;
      }
      return at;
    }
    if (code <= 32 || (!isCommand && (code === 59 || code === 123 || code === 125))) break;
    at += 1;
  }
  return at;
}

const isBoundary = (text: string, at: number): boolean =>
  at >= text.length || text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 59;

function quoteEnd(text: string, from: number, quote: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92 && quote === 34) at += 1;
    else if (code === quote) return at + 1;
  }
  return -1;
}

/** A command with its words; a quotation may go on over lines. */
export interface Command {
  readonly tokens: readonly string[];
  readonly line: number;
}

/** @throws NetwrightError `NW_CONFIG_SYNTAX` for a quotation that does not end. */
export function readCommands(text: string, file: string): Command[] {
  const commands: Command[] = [];
  let tokens: string[] = [];
  let line = 1;
  let first = 1;
  const end = (): void => {
    if (tokens.length > 0) commands.push({ tokens, line: first });
    tokens = [];
  };
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      end();
      line += 1;
      at += 1;
    } else if (code <= 32) at += 1;
    else if (tokens.length === 0 && (code === 35 || text.startsWith('//', at))) {
      const close = text.indexOf('\n', at);
      at = close < 0 ? text.length : close;
    } else {
      const stop = tokenEnd(text, at, true);
      if (stop === undefined)
        throw new NetwrightError('NW_CONFIG_SYNTAX', `${file}:${line}: the quotation that begins here does not end`);
      if (tokens.length === 0) first = line;
      const token = text.slice(at, stop);
      tokens.push(token);
      line += countLines(token, 0, token.length);
      at = stop;
    }
  }
  end();
  return commands;
}

/** What a word says, its quotes taken off. */
export function decodeToken(token: string): string {
  const first = token.charCodeAt(0);
  if (first === 34 && token.length > 1) return token.slice(1, -1).replaceAll(/\\(["\\])/g, '$1');
  if (first === 39 && token.length > 1) return token.slice(1, -1).replaceAll("'\\''", "'");
  return token;
}

/** A value as the set notation of VyOS writes it. */
export const singleQuoted = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;

/** A value in braces: quoted where it would fall apart. */
export const doubleQuoted = (value: string): string =>
  value !== '' && !/[\s"'{};#[\]\\]|\/\*|^\/\//.test(value)
    ? value
    : `"${value.replaceAll(/["\\]/g, (mark) => `\\${mark}`)}"`;
