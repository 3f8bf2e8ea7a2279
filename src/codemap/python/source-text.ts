import type { Problem } from './facts.ts';

export interface SourceText {
  readonly text: string;
  readonly problem?: Problem;
}

/** PEP 263: a comment in the first or second line. */
const declaration = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** Python's names of encodings that the Encoding Standard knows under another one. */
const standardNames: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  u8: 'utf-8',
  'utf-8-sig': 'utf-8',
  ascii: 'utf-8',
  'us-ascii': 'utf-8',
  latin1: 'latin-1',
  l1: 'latin-1',
  'iso-8859-1': 'latin-1',
  'iso8859-1': 'latin-1',
  'latin-1-unix': 'latin-1',
  'utf-8-unix': 'utf-8',
  cp936: 'gbk',
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  cp950: 'big5',
  'mac-roman': 'macintosh',
};

/** The text of a Python file as Python would decode it; bytes that do not fit are kept as Latin-1 with a problem. */
export function decodeSource(bytes: Uint8Array): SourceText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return foreign(buffer, 'utf-16le');
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return foreign(buffer, 'utf-16be');
  const declared = declaredEncoding(buffer);
  const name = declared === undefined ? 'utf-8' : standardName(declared);
  if (name === 'latin-1') return { text: buffer.toString('latin1') };
  const decoder = decoderOf(name);
  if (decoder === undefined) {
    return {
      text: buffer.toString('latin1'),
      problem: encodingProblem(1, `unknown encoding "${declared}"; read as Latin-1`),
    };
  }
  try {
    return { text: decoder.decode(buffer) };
  } catch {
    const line = lineOfBadByte(buffer, name);
    return {
      text: buffer.toString('latin1'),
      problem: encodingProblem(line, `bytes that are no ${name.toUpperCase()}; read as Latin-1`),
    };
  }
}

function foreign(buffer: Buffer, name: string): SourceText {
  return {
    text: new TextDecoder(name).decode(buffer),
    problem: encodingProblem(1, `${name.toUpperCase()} with a byte order mark, which Python itself refuses`),
  };
}

function declaredEncoding(buffer: Buffer): string | undefined {
  const head = buffer
    .subarray(0, 400)
    .toString('latin1')
    .split(/\r\n|\r|\n/, 2);
  const first = declaration.exec(head[0] ?? '')?.[1];
  if (first !== undefined) return first;
  // The second line counts only below a first one that is blank or a comment.
  return /^[ \t\f]*(#.*)?$/.test(head[0] ?? '') ? declaration.exec(head[1] ?? '')?.[1] : undefined;
}

function standardName(declared: string): string {
  const name = declared.toLowerCase().replaceAll('_', '-');
  return standardNames[name] ?? name.replace(/^cp(\d{3,4})$/, 'windows-$1').replace(/^iso8859-/, 'iso-8859-');
}

function decoderOf(name: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(name, { fatal: true });
  } catch {
    return undefined; // RangeError: no such encoding; the caller says so
  }
}

function lineOfBadByte(buffer: Buffer, name: string): number {
  let line = 1;
  for (let start = 0; start < buffer.length; line += 1) {
    const newline = buffer.indexOf(10, start);
    const end = newline < 0 ? buffer.length : newline + 1;
    try {
      new TextDecoder(name, { fatal: true }).decode(buffer.subarray(start, end));
    } catch {
      return line; // this is the line that was looked for
    }
    start = end;
  }
  return 1;
}

const encodingProblem = (line: number, message: string): Problem => ({ kind: 'encoding', line, message });
