import { NetwrightError } from '#core';
import { firstWord } from '../first-word.ts';
import type { LinesSpec, LiteralRule } from './spec.ts';

/** A line as the system means it: a banner is one, a comment is none. */
export interface LogicalLine {
  readonly text: string;
  /** Blanks before it; a tab is eight. */
  readonly indent: number;
  /** 1-based. */
  readonly line: number;
  /** A comment or separator: it may end sections, and says nothing else. */
  readonly isComment: boolean;
}

/** @throws NetwrightError `NW_CONFIG_SYNTAX` for literal text that does not end. */
export function logicalLines(text: string, spec: LinesSpec, file: string): LogicalLine[] {
  const physical = text.split('\n');
  const logical: LogicalLine[] = [];
  for (let at = 0; at < physical.length; at += 1) {
    const raw = physical[at]!;
    const body = raw.trim();
    if (body === '' || spec.skip?.test(body) || spec.frameLines?.test(body)) continue;
    const indent = indentOf(raw);
    const line = at + 1;
    const literal = spec.literals?.find((rule) => rule.match === undefined || rule.match.test(body));
    if (literal !== undefined) {
      const found = readLiteral(literal, body, physical, at);
      if (found === undefined)
        throw new NetwrightError(
          'NW_CONFIG_SYNTAX',
          `${file}:${line}: the ${firstWord(body)} text that begins here does not end`,
        );
      at = found.end;
      logical.push({ text: found.text, indent, line, isComment: false });
      continue;
    }
    logical.push({ text: body, indent, line, isComment: spec.comment.test(body) });
  }
  return logical;
}

function indentOf(raw: string): number {
  let indent = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const code = raw.charCodeAt(at);
    if (code === 32) indent += 1;
    else if (code === 9) indent += 8;
    else break;
  }
  return indent;
}

interface Literal {
  readonly text: string;
  /** Index of its last physical line. */
  readonly end: number;
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

function readLiteral(rule: LiteralRule, body: string, physical: readonly string[], at: number): Literal | undefined {
  if (rule.kind === 'delimiter') return readDelimited(rule.match, rule.write, body, physical, at);
  const lines = [body];
  if (rule.kind === 'until') {
    for (let end = at + 1; end < physical.length; end += 1) {
      const line = withoutReturn(physical[end]!);
      lines.push(line);
      if (line.trim() === rule.end) return { text: lines.join('\n'), end };
    }
    return undefined;
  }
  let isOpen = leavesQuoteOpen(body, false);
  for (let end = at; ; ) {
    if (!isOpen) return { text: lines.join('\n'), end };
    end += 1;
    if (end >= physical.length) return undefined;
    const line = withoutReturn(physical[end]!);
    lines.push(line);
    isOpen = leavesQuoteOpen(line, true);
  }
}

/** Whether a quotation is open at the end of the line. */
function leavesQuoteOpen(line: string, wasOpen: boolean): boolean {
  let isOpen = wasOpen;
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 34) isOpen = !isOpen;
  }
  return isOpen;
}

const endOfText = '\x03';

/** The delimiter is any character, or `^C` as IOS writes its control character. */
function readDelimited(
  match: RegExp,
  write: string | undefined,
  body: string,
  physical: readonly string[],
  at: number,
): Literal | undefined {
  const head = match.exec(body)![0];
  const rest = body.slice(head.length);
  const delimiter = rest.startsWith('^C') ? '^C' : rest.slice(0, 1);
  if (delimiter === '') return { text: body, end: at };
  const mark = write ?? (delimiter === endOfText ? '^C' : delimiter);
  const first = rest.slice(delimiter.length);
  const whole = (content: string, end: number): Literal => ({ text: `${head}${mark}${content}${mark}`, end });
  const close = first.indexOf(delimiter);
  if (close >= 0) return whole(first.slice(0, close), at);
  const content = [first];
  for (let end = at + 1; end < physical.length; end += 1) {
    const line = withoutReturn(physical[end]!);
    const stop = line.indexOf(delimiter);
    if (stop < 0) {
      content.push(line);
      continue;
    }
    content.push(line.slice(0, stop));
    return whole(content.join('\n'), end);
  }
  return undefined;
}
