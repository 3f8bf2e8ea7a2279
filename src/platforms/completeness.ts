import type { Completeness } from './platform.ts';

/**
 * Why a configuration cannot be taken for whole, in a few words for the report; undefined when nothing speaks
 * against it. A configuration without a single line that is not blank is never whole.
 */
export function incompleteness(text: string, complete: Completeness): string | undefined {
  const last = lastLine(text);
  if (last === undefined) return 'it is empty';
  if (complete.end !== undefined && !complete.end.some((end) => end.test(last))) {
    return `the end marker is missing, the last line is "${shortened(last)}"`;
  }
  const lacking = complete.contains?.find((pattern) => !pattern.test(text));
  if (lacking !== undefined) {
    return `it is no configuration: nothing in it matches ${String(lacking)}, the first line is "${shortened(firstLine(text))}"`;
  }
  if (complete.balanced === 'braces') {
    const reason = unbalanced(text);
    if (reason !== undefined) return reason;
  }
  return complete.nested === undefined ? undefined : unnested(text, complete.nested);
}

const shortened = (line: string): string => (line.length > 60 ? `${line.slice(0, 60)}…` : line);

const firstLine = (text: string): string => text.split('\n', 8).find((line) => line.trim() !== '') ?? '';

/** The last line that is not blank, without its end; a no-break space counts as text. */
function lastLine(text: string): string | undefined {
  let end = text.length;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end -= 1;
  if (end === 0) return undefined;
  const from = text.lastIndexOf('\n', end - 1) + 1;
  return text.slice(from, end);
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;

/**
 * Braces outside of double-quoted strings (with backslash escapes) and of comments: `/* … *\/` and `#` at the start
 * of a line or after a blank, which is how Junos, VyOS and SR OS write them.
 */
function unbalanced(text: string): string | undefined {
  let depth = 0;
  const length = text.length;
  for (let at = 0; at < length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x7b: // {
        depth += 1;
        break;
      case 0x7d: // }
        depth -= 1;
        if (depth < 0) return `a closing brace too many at line ${lineNumber(text, at)}`;
        break;
      case 0x22: {
        const close = closingQuote(text, at + 1);
        if (close === -1) return `a string that begins at line ${lineNumber(text, at)} does not end`;
        at = close;
        break;
      }
      case 0x23: // #
        if (at === 0 || isBlank(text.charCodeAt(at - 1))) {
          const end = text.indexOf('\n', at);
          at = end === -1 ? length : end;
        }
        break;
      case 0x2f: // /
        if (text.charCodeAt(at + 1) === 0x2a && (at === 0 || isBlank(text.charCodeAt(at - 1)))) {
          const end = text.indexOf('*/', at + 2);
          if (end === -1) return `a comment that begins at line ${lineNumber(text, at)} does not end`;
          at = end + 1;
        }
        break;
    }
  }
  return depth > 0 ? `${depth} opening brace${depth > 1 ? 's have' : ' has'} no closing one` : undefined;
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

const lineNumber = (text: string, at: number): number => text.slice(0, at).split('\n').length;

function unnested(text: string, pairs: NonNullable<Completeness['nested']>): string | undefined {
  const open: { pair: (typeof pairs)[number]; line: string; number: number }[] = [];
  let number = 0;
  let blocks = 0;
  for (const raw of text.split('\n')) {
    number += 1;
    const line = raw.replace(/^[ \t]+/, '').replace(/\r+$/, '');
    const opening = pairs.find((pair) => pair.open.test(line));
    if (opening !== undefined) {
      open.push({ pair: opening, line, number });
      blocks += 1;
      continue;
    }
    if (!pairs.some((pair) => pair.close.test(line))) continue;
    const last = open.pop();
    if (last === undefined) return `"${shortened(line)}" at line ${number} closes nothing`;
    if (!last.pair.close.test(line)) {
      return `"${shortened(line)}" at line ${number} where "${shortened(last.line)}" of line ${last.number} is open`;
    }
  }
  if (blocks === 0) return 'no block begins in it';
  const last = open.pop();
  return last && `"${shortened(last.line)}" at line ${last.number} is not closed`;
}
