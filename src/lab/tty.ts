import { decodeText, encodeText } from '#core';

/** Where the bytes of a terminal go. */
export interface Wire {
  write(bytes: Buffer): void;
  /** Calls back when what was written has left. */
  whenDrained(then: () => void): void;
  /** Closes in good order. */
  end(): void;
  /** The line is gone once what was written has left: no goodbye of any protocol. */
  hangUp(): void;
  /** TCP reset: what is still on its way is lost too. */
  reset(): void;
}

const backspaces = /[\b\x7f]/;

/**
 * The line discipline of a terminal: typed-ahead input waits until it is read, is echoed when it is read, and what
 * is printed meanwhile goes out in one piece. Lines end with CR, LF, CR LF or CR NUL.
 */
export class Tty {
  /** One byte a character. */
  #input = '';
  /** How much of the unfinished line has been echoed. */
  #echoed = 0;
  #out: Buffer[] = [];
  readonly #wire: Wire;
  readonly #isLatin1: boolean;
  echoes: boolean;

  constructor(wire: Wire, options: { readonly echoes: boolean; readonly latin1: boolean }) {
    this.#wire = wire;
    this.echoes = options.echoes;
    this.#isLatin1 = options.latin1;
  }

  receive(bytes: Buffer): void {
    this.#input += bytes.toString('latin1');
  }

  /** The next whole line, or undefined. `^C` and `^D` are lines of their own. */
  takeLine(hidden: boolean): string | undefined {
    const end = this.#input.search(/[\r\n\x03\x04\x18]/);
    if (end < 0) {
      this.#echo(this.#input.slice(this.#echoed), hidden);
      this.#echoed = this.#input.length;
      return undefined;
    }
    const raw = this.#input.slice(0, end);
    const mark = this.#input[end]!;
    this.#echo(raw.slice(this.#echoed), hidden);
    const next = this.#input[end + 1];
    this.#input = this.#input.slice(mark === '\r' && (next === '\n' || next === '\0') ? end + 2 : end + 1);
    this.#echoed = 0;
    if (mark === '\x03' || mark === '\x18') return mark;
    if (mark === '\x04' && raw === '') return '\x04';
    return decodeText(Buffer.from(backspaces.test(raw) ? edited(raw) : raw, 'latin1'));
  }

  takeKey(): string | undefined {
    const key = this.#input[0];
    if (key === undefined) return undefined;
    const isPair = key === '\r' && (this.#input[1] === '\n' || this.#input[1] === '\0');
    this.#input = this.#input.slice(isPair ? 2 : 1);
    this.#echoed = 0;
    return key;
  }

  /** What {@link takeKey} would take. */
  get nextKey(): string | undefined {
    return this.#input[0];
  }

  /** Text with `\n` line ends; they go out as CR LF. */
  print(text: string): void {
    this.raw(text.replaceAll('\n', '\r\n'));
  }

  raw(text: string): void {
    if (text !== '') this.#out.push(this.#isLatin1 ? latin1(text) : encodeText(text));
  }

  bytes(bytes: Buffer): void {
    this.#out.push(bytes);
  }

  /** Sends what was printed; with `most`, only so many bytes of it, and the rest is lost. */
  flush(most?: number): void {
    if (this.#out.length === 0) return;
    const out = this.#out.length === 1 ? this.#out[0]! : Buffer.concat(this.#out);
    this.#out = [];
    this.#wire.write(most === undefined ? out : out.subarray(0, most));
  }

  /** Printed and not sent yet. */
  get waitingBytes(): number {
    return this.#out.reduce((sum, { length }) => sum + length, 0);
  }

  #echo(raw: string, hidden: boolean): void {
    if (raw === '' || hidden || !this.echoes) return;
    this.#out.push(Buffer.from(backspaces.test(raw) ? raw.replaceAll(/[\b\x7f]/g, '\b \b') : raw, 'latin1'));
  }
}

function edited(raw: string): string {
  let line = '';
  for (const character of raw) line = backspaces.test(character) ? line.slice(0, -1) : line + character;
  return line;
}

/** Latin-1 where the character has a place there, UTF-8 otherwise: the mixture that such systems keep. */
function latin1(text: string): Buffer {
  if (!/[^\x00-\x7f]/.test(text)) return Buffer.from(text, 'latin1');
  return Buffer.concat(
    text
      .split(/([^\x00-\xff]+)/)
      .map((part) => (/[^\x00-\xff]/.test(part) ? encodeText(part) : Buffer.from(part, 'latin1'))),
  );
}
