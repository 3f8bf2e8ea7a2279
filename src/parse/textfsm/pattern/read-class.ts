import { CharSet, type SetItem } from './char-set.ts';
import type { PatternFlags, PatternReader } from './pattern-reader.ts';
import { readClassEscape } from './read-escape.ts';
import type { PatternNode } from './syntax.ts';

/** `[…]`, of which the opening bracket was read. A `]` in the first place is a character, unlike in JavaScript. */
export function readClass(reader: PatternReader, flags: PatternFlags): PatternNode {
  const start = reader.offset - 1;
  const isNegated = reader.take('^');
  const items: SetItem[] = [];
  for (let isFirst = true; isFirst || reader.peek() !== ']'; isFirst = false) {
    const from = readItem(reader, flags, start);
    if (reader.peek() !== '-') {
      items.push(from);
      continue;
    }
    const dash = reader.offset;
    reader.next();
    if (reader.peek() === ']') {
      items.push(from, { kind: 'range', from: 45, to: 45 });
      break;
    }
    const to = readItem(reader, flags, start);
    if (from.kind !== 'range' || to.kind !== 'range' || to.from < from.from) {
      throw reader.error('bad character range', dash);
    }
    items.push({ kind: 'range', from: from.from, to: to.from });
  }
  reader.next();
  return { kind: 'set', set: new CharSet(items, isNegated, flags.ignoresCase) };
}

function readItem(reader: PatternReader, flags: PatternFlags, start: number): SetItem {
  const char = reader.next();
  if (char === undefined) throw reader.error('unterminated character set', start);
  if (char === '\\') return readClassEscape(reader, flags);
  const code = char.codePointAt(0)!;
  return { kind: 'range', from: code, to: code };
}
