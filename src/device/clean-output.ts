import { textOfLatin1 } from '#core';
import { isOddLine, type PagerMark, paintLine, paintPagedLine, withoutEndCr } from './terminal-line.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** ESC, backspace, NUL and BEL. */
const oddBytes = [0x1b, 0x08, 0x00, 0x07];
/** Fresh memory of this size costs more page faults than the pass over it costs time. */
const scratch = Buffer.allocUnsafeSlow(512 * 1024);
const scratchView = new DataView(scratch.buffer);
/** No control character has bit 5 or bit 6, and every other character of ASCII has one of them: a test of four bytes at once. */
const bitFive = 0x20202020;

/** The text that raw device output stands for, of {@link cleanLatin1}. Odd bytes survive as `decodeText` has it. */
export const cleanOutput = (raw: Buffer, marks: readonly PagerMark[] = []): string =>
  textOfLatin1(cleanLatin1(raw, marks));

/**
 * What a terminal would show of each line of raw device output, one character a byte: line ends as `\n`, pager questions
 * removed. Output without escape sequences, backspaces and stray CRs, which is nearly all of it, takes a path without any
 * work per line.
 *
 * @param marks pager questions that were answered while the output came
 */
export function cleanLatin1(raw: Buffer, marks: readonly PagerMark[] = []): string {
  if (marks.length > 0) return paintPagedLines(raw.toString('latin1'), marks);
  const bare = withoutCarriageReturns(raw);
  if (bare !== undefined) return bare.toString('latin1');
  return paintOddLines(raw.toString('latin1').replace(/\r{1,4}\n/g, '\n'));
}

/**
 * The bytes with LF as line ends; some systems end lines with two or three CRs. Undefined when there is something to
 * paint: NUL, BEL, backspace, ESC, or a CR that ends no line. A pass over the bytes is faster than a
 * replacement in the string (V8 13). What it gives is good until the next call.
 */
function withoutCarriageReturns(raw: Buffer): Buffer | undefined {
  if (!raw.includes(carriageReturn)) return oddBytes.some((byte) => raw.includes(byte)) ? undefined : raw;
  const { length } = raw;
  const isSmall = length <= scratch.length;
  const bare = isSmall ? scratch : Buffer.allocUnsafe(length);
  const to = isSmall ? scratchView : new DataView(bare.buffer, bare.byteOffset, length);
  const from = new DataView(raw.buffer, raw.byteOffset, length);
  let size = 0;
  for (let at = 0; at < length; ) {
    // Four bytes at a time where none of them can be a control character, which is nearly everywhere.
    const four = at + 4 <= length ? from.getUint32(at) : 0;
    if ((((four >>> 1) | four) & bitFive) === bitFive) {
      to.setUint32(size, four);
      at += 4;
      size += 4;
      continue;
    }
    let byte = from.getUint8(at++);
    if (byte < 0x20) {
      if (byte === carriageReturn) {
        const end = Math.min(at + 3, length);
        while (at < end && raw[at] === carriageReturn) at++;
        if (at === length || raw[at] !== lineFeed) return undefined;
        at++;
        byte = lineFeed;
      } else if (oddBytes.includes(byte)) return undefined;
    }
    bare[size++] = byte;
  }
  return bare.subarray(0, size);
}

/** Paints the lines that need it; what lies between them is taken over in one piece. */
function paintOddLines(text: string): string {
  const odd = /[\x00\x07\x08\r\x1b]/g;
  let painted = '';
  let from = 0;
  for (let hit = odd.exec(text); hit; hit = odd.exec(text)) {
    const start = text.lastIndexOf('\n', hit.index) + 1;
    const newline = text.indexOf('\n', hit.index);
    const end = newline < 0 ? text.length : newline;
    painted += text.slice(from, start) + paintLine(withoutEndCr(text.slice(start, end)));
    from = end;
    odd.lastIndex = end;
  }
  return painted + text.slice(from);
}

function paintPagedLines(text: string, marks: readonly PagerMark[]): string {
  const lines: string[] = [];
  let mark = 0;
  for (let from = 0; from <= text.length; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    const line = withoutEndCr(text.slice(from, end));
    const own: PagerMark[] = [];
    for (; mark < marks.length && marks[mark]!.at <= end; mark++)
      own.push({ at: marks[mark]!.at - from, width: marks[mark]!.width });
    if (own.length > 0) {
      const painted = paintPagedLine(line, own);
      if (painted !== undefined) lines.push(painted);
    } else lines.push(isOddLine(line) ? paintLine(line) : line);
    if (newline < 0) break;
    from = newline + 1;
  }
  return lines.join('\n');
}

/** Offset of the first byte of the last, unfinished line; VT100 next-line (ProCurve) ends a line too. */
export function lastLineStart(raw: Buffer): number {
  const start = raw.lastIndexOf(lineFeed) + 1;
  const nextLine = raw.subarray(start).lastIndexOf('\x1bE', undefined, 'latin1');
  return nextLine < 0 ? start : start + nextLine + 2;
}
