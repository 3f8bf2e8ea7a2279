import { CharSet } from './char-set.ts';
import { type PatternFlags, PatternReader } from './pattern-reader.ts';
import { readClass } from './read-class.ts';
import { readEscape } from './read-escape.ts';
import { readGroup, readLeadingFlags } from './read-group.ts';
import { emptyNode, type ParsedPattern, type PatternNode } from './syntax.ts';

/**
 * Reads a regular expression as Python 3.11 does: what compiles there is a tree here, what does not is refused.
 * @throws PatternError with the offset of the mistake.
 */
export function parsePattern(source: string): ParsedPattern {
  const reader = new PatternReader(source);
  const flags = readLeadingFlags(reader);
  const node = readChoice(reader, flags);
  if (reader.peek() !== undefined) throw reader.error('unbalanced parenthesis');
  for (const [index, offset] of reader.laterReferences) {
    if (index >= reader.groupNames.length)
      throw reader.error(`reference to group ${index}, which is not there`, offset);
  }
  return { node, groupNames: reader.groupNames };
}

function readChoice(reader: PatternReader, flags: PatternFlags): PatternNode {
  const arms = [readSequence(reader, flags)];
  while (reader.take('|')) arms.push(readSequence(reader, flags));
  return arms.length === 1 ? arms[0]! : { kind: 'choice', arms };
}

const whitespace = /^[ \t\n\r\v\f]$/;

function readSequence(reader: PatternReader, flags: PatternFlags): PatternNode {
  const items: PatternNode[] = [];
  for (let char = reader.peek(); char !== undefined && char !== '|' && char !== ')'; char = reader.peek()) {
    if (flags.isVerbose && whitespace.test(char)) reader.next();
    else if (flags.isVerbose && char === '#') skipComment(reader);
    else if (isQuantifier(reader)) quantify(reader, items);
    else {
      reader.next();
      const item = readItem(reader, flags, char);
      if (item !== undefined) items.push(item);
    }
  }
  if (items.length === 0) return emptyNode;
  return items.length === 1 ? items[0]! : { kind: 'sequence', items };
}

function skipComment(reader: PatternReader): void {
  for (let char = reader.next(); char !== undefined && char !== '\n'; ) char = reader.next();
}

function readItem(reader: PatternReader, flags: PatternFlags, char: string): PatternNode | undefined {
  switch (char) {
    case '\\':
      return readEscape(reader, flags);
    case '[':
      return readClass(reader, flags);
    case '(':
      return readGroup(reader, flags, readChoice);
    case '.':
      return { kind: 'set', set: CharSet.any(flags.dotTakesAll) };
    case '^':
      return { kind: 'assert', at: flags.isMultiline ? 'lineStart' : 'subjectStart', isAscii: flags.isAscii };
    case '$':
      return { kind: 'assert', at: flags.isMultiline ? 'lineEnd' : 'lastLineEnd', isAscii: flags.isAscii };
    default:
      return { kind: 'set', set: CharSet.of(char.codePointAt(0)!, flags.ignoresCase) };
  }
}

/** A brace that does not hold a count is a character: `{`, `{}`, `{x}`. */
function isQuantifier(reader: PatternReader): boolean {
  const char = reader.peek();
  if (char === '*' || char === '+' || char === '?') return true;
  return char === '{' && bounds(reader) !== undefined;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  /** How many characters it takes to say so. */
  readonly length: number;
}

function bounds(reader: PatternReader): Bounds | undefined {
  const start = reader.offset;
  reader.next();
  const digits = /^[0-9]$/;
  const low = reader.run(digits);
  const hasComma = reader.take(',');
  const high = hasComma ? reader.run(digits) : low;
  const isClosed = reader.take('}');
  const length = reader.offset - start;
  reader.offset = start;
  if (!isClosed || (low === '' && !hasComma)) return undefined;
  const most = high === '' ? Number.POSITIVE_INFINITY : Number(high);
  return { least: low === '' ? 0 : Number(low), most, length };
}

/** `MAXREPEAT` of CPython on 64-bit machines. */
const mostRepeats = 4_294_967_295;

function quantify(reader: PatternReader, items: PatternNode[]): void {
  const offset = reader.offset;
  const { least, most, length } = countOf(reader);
  reader.offset += length;
  if (least >= mostRepeats || (most >= mostRepeats && most !== Number.POSITIVE_INFINITY)) {
    throw reader.error('the repetition number is too large', offset);
  }
  if (most < least) throw reader.error('min repeat greater than max repeat', offset);
  const body = items.pop();
  if (body === undefined || body.kind === 'assert') throw reader.error('nothing to repeat', offset);
  if (isRepeat(body)) throw reader.error('multiple repeat', offset);
  const repeat = { kind: 'repeat', least, most, isLazy: reader.take('?'), body } as const;
  const isPossessive = !repeat.isLazy && reader.take('+');
  items.push(isPossessive ? { kind: 'atomic', body: repeat } : repeat);
}

/** `(?:a*)` may be repeated, `a*` may not. */
const isRepeat = (node: PatternNode): boolean =>
  node.kind === 'repeat' || (node.kind === 'atomic' && node.body.kind === 'repeat');

function countOf(reader: PatternReader): Bounds {
  switch (reader.peek() ?? '') {
    case '*':
      return { least: 0, most: Number.POSITIVE_INFINITY, length: 1 };
    case '+':
      return { least: 1, most: Number.POSITIVE_INFINITY, length: 1 };
    case '?':
      return { least: 0, most: 1, length: 1 };
    default:
      return bounds(reader)!;
  }
}
