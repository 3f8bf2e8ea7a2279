import { noFlags, type PatternFlags, type PatternReader } from './pattern-reader.ts';
import { emptyNode, type PatternNode } from './syntax.ts';
import { widthOf } from './width.ts';

type ReadChoice = (reader: PatternReader, flags: PatternFlags) => PatternNode;

const flagNames: Readonly<Record<string, keyof PatternFlags | undefined>> = {
  a: 'isAscii',
  i: 'ignoresCase',
  m: 'isMultiline',
  s: 'dotTakesAll',
  x: 'isVerbose',
};

/** `(…)` in all its forms, of which the opening one was read. Undefined for what is nothing but a comment. */
export function readGroup(reader: PatternReader, flags: PatternFlags, readChoice: ReadChoice): PatternNode | undefined {
  const start = reader.offset - 1;
  const closed = (node: PatternNode): PatternNode => {
    if (!reader.take(')')) throw reader.error('missing ), unterminated subpattern', start);
    return node;
  };
  if (!reader.take('?')) return capture(reader, flags, undefined, start, readChoice, closed);
  const kind = reader.next();
  if (kind === undefined) throw reader.error('unexpected end of the pattern', start);
  switch (kind) {
    case ':':
      return closed(whole(readChoice(reader, flags)));
    case '>':
      return closed({ kind: 'atomic', body: whole(readChoice(reader, flags)) });
    case '#':
      while (reader.peek() !== ')')
        if (reader.next() === undefined) throw reader.error('missing ), unterminated comment', start);
      reader.next();
      return undefined;
    case 'P':
      return readNamed(reader, flags, start, readChoice, closed);
    case '=':
    case '!':
      return closed(look(true, kind === '!', 0, readChoice(reader, flags)));
    case '<':
      return readLookBehind(reader, flags, start, readChoice, closed);
    case '(':
      return readCondition(reader, flags, start, readChoice, closed);
    default:
      return closed(whole(readChoice(reader, readFlags(reader, flags, kind, start))));
  }
}

/** What is in brackets may be repeated as one thing, even when it is a repetition or a position. */
const whole = (body: PatternNode): PatternNode => ({ kind: 'sequence', items: [body] });

const look = (isAhead: boolean, isNegative: boolean, width: number, body: PatternNode): PatternNode => ({
  kind: 'look',
  isAhead,
  isNegative,
  width,
  body,
});

function capture(
  reader: PatternReader,
  flags: PatternFlags,
  name: string | undefined,
  start: number,
  readChoice: ReadChoice,
  closed: (node: PatternNode) => PatternNode,
): PatternNode {
  const index = reader.openGroup(name, start);
  const body = readChoice(reader, flags);
  reader.closedGroups.set(index, widthOf(body, reader.closedGroups));
  return closed({ kind: 'group', index, name, body });
}

function readNamed(
  reader: PatternReader,
  flags: PatternFlags,
  start: number,
  readChoice: ReadChoice,
  closed: (node: PatternNode) => PatternNode,
): PatternNode {
  if (reader.take('<')) {
    const name = groupName(reader, reader.until('>', 'group name'), start);
    return capture(reader, flags, name, start, readChoice, closed);
  }
  if (reader.take('=')) {
    const name = groupName(reader, reader.until(')', 'group name'), start);
    const index = indexOf(reader, name, start);
    reader.checkReference(index, start);
    return { kind: 'reference', index, ignoresCase: flags.ignoresCase };
  }
  throw reader.error(`unknown extension ?P${reader.peek() ?? ''}`, start);
}

function readLookBehind(
  reader: PatternReader,
  flags: PatternFlags,
  start: number,
  readChoice: ReadChoice,
  closed: (node: PatternNode) => PatternNode,
): PatternNode {
  const sign = reader.next();
  if (sign !== '=' && sign !== '!') throw reader.error(`unknown extension ?<${sign ?? ''}`, start);
  const outer = reader.firstGroupOfLookBehind;
  reader.firstGroupOfLookBehind ??= reader.groupNames.length;
  const body = readChoice(reader, flags);
  reader.firstGroupOfLookBehind = outer;
  const { least, most } = widthOf(body, reader.closedGroups);
  if (least !== most) throw reader.error('look-behind requires a fixed width', start);
  return closed(look(false, sign === '!', least, body));
}

function readCondition(
  reader: PatternReader,
  flags: PatternFlags,
  start: number,
  readChoice: ReadChoice,
  closed: (node: PatternNode) => PatternNode,
): PatternNode {
  const name = reader.until(')', 'group name');
  const isNumber = /^\d+$/.test(name);
  const index = isNumber ? Number(name) : indexOf(reader, groupName(reader, name, start), start);
  if (index === 0) throw reader.error('bad group number 0', start);
  if (isNumber) reader.laterReferences.set(index, start);
  // Elsewhere a condition may ask for a group that is still open.
  if (reader.firstGroupOfLookBehind !== undefined) reader.checkReference(index, start);
  const body = readChoice(reader, flags);
  const arms = body.kind === 'choice' ? body.arms : [body];
  if (arms.length > 2) throw reader.error('a condition with more than two branches', start);
  return closed({ kind: 'condition', index, yes: arms[0] ?? emptyNode, no: arms[1] ?? emptyNode });
}

function groupName(reader: PatternReader, name: string, offset: number): string {
  if (/^[\p{XIDS}_]\p{XIDC}*$/u.test(name)) return name;
  throw reader.error(`bad character in group name "${name}"`, offset);
}

function indexOf(reader: PatternReader, name: string, offset: number): number {
  const index = reader.groupNames.indexOf(name);
  if (index < 1) throw reader.error(`unknown group name "${name}"`, offset);
  return index;
}

/** `i-s:` of `(?i-s:…)`. */
function readFlags(reader: PatternReader, flags: PatternFlags, first: string, start: number): PatternFlags {
  const result = { ...flags };
  let turnsOn = true;
  let wasTurned = false;
  for (let letter: string | undefined = first; letter !== ':'; letter = reader.next()) {
    if (letter === '-' && turnsOn) {
      turnsOn = false;
      wasTurned = false;
      continue;
    }
    if (letter === ')' && turnsOn) {
      throw reader.error('flags for the whole expression are not at its start', start);
    }
    if (letter === 'u' && turnsOn) result.isAscii = false;
    else {
      const name = letter === undefined ? undefined : flagNames[letter];
      if (name === undefined || (name === 'isAscii' && !turnsOn))
        throw reader.error(`unknown extension ?${letter ?? ''}`, start);
      result[name] = turnsOn;
    }
    wasTurned = true;
  }
  if (!wasTurned) throw reader.error('missing flag', start);
  return result;
}

/** `(?i)` at the very start: those hold for all of the pattern. More than one may stand there. */
export function readLeadingFlags(reader: PatternReader): PatternFlags {
  const flags = { ...noFlags };
  for (;;) {
    const start = reader.offset;
    const letters = reader.take('(') && reader.take('?') ? reader.run(/^[aimsux]$/) : '';
    if (letters === '' || !reader.take(')')) {
      reader.offset = start;
      return flags;
    }
    for (const letter of letters) {
      const name = flagNames[letter];
      if (name !== undefined) flags[name] = true;
    }
  }
}
