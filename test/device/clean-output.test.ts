import { describe, expect, it } from 'vitest';
import { decodeText, encodeText } from '#core';
import { cleanOutput } from '#device';
import { fc, test } from './property.ts';

const clean = (text: string | Buffer, ...marks: { at: number; width: number }[]): string =>
  cleanOutput(typeof text === 'string' ? Buffer.from(text, 'latin1') : text, marks);

describe('cleaning of output', () => {
  it.each([
    ['line ends', 'a\r\nb\r\r\nc\nd', 'a\nb\nc\nd'],
    ['LF CR line ends', 'a\n\rb\n\r  c', 'a\nb\n  c'],
    ['colours', '\x1b[1;31mred\x1b[0m plain\x1b[m', 'red plain'],
    ['a window title', '\x1b]0;root@r1: ~\x07uptime', 'uptime'],
    ['a title ended by ST', '\x1b]2;x\x1b\\uptime', 'uptime'],
    ['bracketed paste', '\x1b[?2004hls\x1b[?2004l\r', 'ls'],
    ['character sets and keypad', '\x1b(B\x1b=text\x1b>', 'text'],
    ['NUL and BEL', 'a\0b\x07c', 'abc'],
    ['a backspace that corrects', 'shw\b \bow version', 'show version'],
    ['a pager painted over with backspaces', `--More--${'\b'.repeat(8)}${' '.repeat(8)}${'\b'.repeat(8)}exit`, 'exit'],
    ['a pager painted over with CR', ' --More-- \r          \r ip address', ' ip address'],
    ['a longer eraser than pager', '--More--\r               \rno', 'no'],
    ['a pager erased to the line end', '\x1b[7m--More--\x1b[27m\r\x1b[Kinterface Gi0/1', 'interface Gi0/1'],
    ['a pager erased as a whole line', '  ---- More ----\x1b[16D                \x1b[16D#', '#'],
    ['progress', '10%\r50%\r100%', '100%'],
    ['cursor addressing (ProCurve)', '\x1b[24;1H\x1b[2K\x1b[24;1Hsw1# \x1b[24;6H\x1b[?25h', 'sw1# '],
    ['next line (ProCurve)', 'show time\x1bE\x1b[24;1HMon Jan 1', 'show time\nMon Jan 1'],
    ['an unfinished sequence', 'text\x1b[12', 'text'],
    ['a lone ESC at the end', 'text\x1b', 'text'],
    ['indentation behind a CR at the line start', 'a\n\r   b', 'a\n   b'],
    ['tabs and no-break spaces at line ends', 'a\t\r\nb\xa0\r\n', 'a\t\nb\u00a0\n'.replace('\u00a0', '\udca0')],
  ])('does as a terminal with %s', (_, raw, shown) => {
    expect(clean(raw)).toBe(shown);
  });

  it('removes an answered pager that the device left standing on a line of its own', () => {
    expect(clean('a\r\n--More--\r\nb', { at: 11, width: 8 })).toBe('a\nb');
  });

  it('removes an answered pager that the device printed on behind', () => {
    expect(clean('a\r\n--More--  ip address\r\nb', { at: 11, width: 8 })).toBe('a\n  ip address\nb');
  });

  it('keeps what stands before a pager on its line, and a blank line that was painted over one', () => {
    expect(clean('a\r\n--More--\r        \r\r\nb', { at: 11, width: 8 })).toBe('a\n\nb');
  });

  it('keeps UTF-8 and Latin-1 byte for byte, on both paths', () => {
    const text = Buffer.concat([
      Buffer.from('description قاهرة – Zürich – 北京\r\n'),
      Buffer.from('description Z\xfcrich \xa0\r\n', 'latin1'),
    ]);
    const unix = Buffer.from(text.toString('latin1').replaceAll('\r', ''), 'latin1');
    expect(encodeText(clean(text)).equals(unix)).toBe(true);
    const odd = Buffer.concat([text, Buffer.from('\x1b[0mx')]);
    expect(encodeText(clean(odd)).equals(Buffer.concat([unix, Buffer.from('x')]))).toBe(true);
  });

  test.prop([
    fc.array(
      fc.constantFrom('\r\n', '\r\r\n', '\n', '\t', ' ', 'a', '~', '\x7f', 'é', '北', '\x81', '\xff', 'interface'),
    ),
    fc.nat(600_000),
  ])('only changes line ends where there is nothing to paint, at every length', (pieces, more) => {
    const raw = Buffer.concat([
      ...pieces.map((piece) =>
        Buffer.from(piece, piece.length === 1 && piece > '\x7f' && piece !== '北' ? 'latin1' : 'utf8'),
      ),
      Buffer.alloc(more % 7 === 0 ? more : more % 5, ' x\r\n'),
    ]);
    const ends = raw.at(-1) === 0x0d ? raw.subarray(0, -1) : raw;
    expect(clean(ends)).toBe(decodeText(Buffer.from(ends.toString('latin1').replace(/\r+\n/g, '\n'), 'latin1')));
  });

  test.prop([fc.uint8Array({ maxLength: 400 })])('never throws and ends on noise', (bytes) => {
    expect(typeof clean(Buffer.from(bytes))).toBe('string');
  });

  const plainLine = fc.string({
    unit: fc.constantFrom('a', 'Z', ' ', '#', '>', '9', 'é', '北', '\t', '\u00a0'),
    maxLength: 30,
  });
  const noise = fc.constantFrom(
    '\x1b[0m',
    '\x1b[1;32m',
    '\x1b[?25h',
    '\0',
    '\x07',
    '\x1b(B',
    '\x1b]0;t\x07',
    'x\b',
    '',
  );

  test.prop([
    fc.array(fc.tuple(plainLine, noise, fc.constantFrom('\n', '\r\n', '\r\r\n'), fc.nat(30)), { maxLength: 20 }),
  ])('gives the same text whatever noise is painted into it', (lines) => {
    const wanted = lines.map(([line]) => `${line}\n`).join('');
    // A cell that is left by backspace must be painted over by the next byte, so that goes before ASCII only.
    const raw = lines
      .map(([line, add, end, at]) => {
        const chars = Array.from(line);
        const where = Math.min(at, chars.length);
        const isCell = /^[aZ#>9]/.test(chars[where] ?? '');
        return `${chars.slice(0, where).join('')}${add === 'x\b' && !isCell ? '' : add}${chars.slice(where).join('')}${end}`;
      })
      .join('');
    expect(clean(Buffer.from(raw))).toBe(decodeText(Buffer.from(wanted)));
  });
});
