import { decodeText } from '#core';
import { isOddLine, type PagerMark, paintLine, paintPagedLine, withoutEndCr } from './terminal-line.ts';

const lineFeed = 0x0a;

/**
 * The text that raw device output stands for: what a terminal would show of each line, line ends as `\n`, pager
 * questions removed. Odd bytes survive as `decodeText` has it. Output without escape sequences, backspaces and stray
 * CRs, which is nearly all of it, takes a path without any work per line.
 *
 * @param marks pager questions that were answered while the output came
 */
export function cleanOutput(raw: Buffer, marks: readonly PagerMark[] = []): string {
  if (marks.length > 0) return decodeText(Buffer.from(paintPagedLines(raw.toString('latin1'), marks), 'latin1'));
  if (!oddBytes.some((byte) => raw.includes(byte))) {
    const text = unixLines(decodeText(raw));
    if (!text.includes('\r')) return text;
  }
  return decodeText(Buffer.from(paintOddLines(unixLines(raw.toString('latin1'))), 'latin1'));
}

/** ESC, backspace, NUL and BEL. */
const oddBytes = [0x1b, 0x08, 0x00, 0x07];

/** Some systems end lines with two or three CRs. A regular expression is twice as fast here as `replaceAll` (V8 13). */
const unixLines = (text: string): string => (text.includes('\r') ? text.replace(/\r{1,4}\n/g, '\n') : text);

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
