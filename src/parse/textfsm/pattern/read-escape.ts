import { CharSet, type SetItem } from './char-set.ts';
import type { PatternFlags, PatternReader } from './pattern-reader.ts';
import type { Assertion, PatternNode } from './syntax.ts';

const controls: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };
const categories = { d: 'digit', s: 'space', w: 'word' } as const;
const positions: Readonly<Record<string, Assertion>> = { A: 'subjectStart', Z: 'subjectEnd', b: 'word', B: 'notWord' };
const hexWidths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const octal = /^[0-7]$/;
const digit = /^[0-9]$/;
const hex = /^[0-9a-fA-F]$/;
const asciiLetter = /^[a-zA-Z]$/;

/** What stands behind a backslash outside of a class. */
export function readEscape(reader: PatternReader, flags: PatternFlags): PatternNode {
  const offset = reader.offset - 1;
  const letter = reader.peek();
  if (letter === undefined) throw reader.error('a backslash at the end', offset);
  const position = positions[letter];
  if (position !== undefined) {
    reader.next();
    return { kind: 'assert', at: position, isAscii: flags.isAscii };
  }
  const category = readCategory(reader, flags);
  if (category?.kind === 'category') return { kind: 'set', set: CharSet.category(category) };
  if (digit.test(letter) && letter !== '0') return readReference(reader, flags, offset);
  return { kind: 'set', set: CharSet.of(readCode(reader, offset, false), flags.ignoresCase) };
}

/** What stands behind a backslash in a class. */
export function readClassEscape(reader: PatternReader, flags: PatternFlags): SetItem {
  const offset = reader.offset - 1;
  if (reader.peek() === undefined) throw reader.error('a backslash at the end', offset);
  const category = readCategory(reader, flags);
  if (category !== undefined) return category;
  const code = readCode(reader, offset, true);
  return { kind: 'range', from: code, to: code };
}

function readCategory(reader: PatternReader, flags: PatternFlags): SetItem | undefined {
  const letter = reader.peek() ?? '';
  const lower = letter.toLowerCase();
  if (lower !== 'd' && lower !== 's' && lower !== 'w') return undefined;
  reader.next();
  return { kind: 'category', category: categories[lower], negated: letter !== lower, isAscii: flags.isAscii };
}

/** `\1` to `\99`, or three octal digits: those are a character. */
function readReference(reader: PatternReader, flags: PatternFlags, offset: number): PatternNode {
  const three = [reader.peek(), reader.peek(1), reader.peek(2)].map((one) => one ?? '');
  if (three.every((one) => octal.test(one))) {
    return { kind: 'set', set: CharSet.of(readOctal(reader, 3, offset), flags.ignoresCase) };
  }
  const index = Number(reader.run(digit, 2));
  reader.checkReference(index, offset);
  return { kind: 'reference', index, ignoresCase: flags.ignoresCase };
}

function readOctal(reader: PatternReader, most: number, offset: number): number {
  const text = reader.run(octal, most);
  const code = Number.parseInt(text, 8);
  if (code > 0o377) throw reader.error(`octal escape \\${text} is above \\377`, offset);
  return code;
}

function readCode(reader: PatternReader, offset: number, inClass: boolean): number {
  const letter = reader.peek() ?? '';
  const width = hexWidths[letter];
  if (width !== undefined) {
    reader.next();
    const text = reader.run(hex, width);
    const code = Number.parseInt(text, 16);
    if (text.length < width || code > 0x10ffff) throw reader.error(`bad escape \\${letter}${text}`, offset);
    return code;
  }
  if (octal.test(letter) && (inClass || letter === '0')) return readOctal(reader, 3, offset);
  if (letter === 'N')
    throw reader.error('\\N{…} cannot be translated: write the character itself or \\u and its code', offset);
  const control = letter === 'b' && !inClass ? undefined : controls[letter];
  if (control === undefined && (asciiLetter.test(letter) || digit.test(letter))) {
    throw reader.error(`bad escape \\${letter}`, offset);
  }
  reader.next();
  return control ?? letter.codePointAt(0)!;
}
