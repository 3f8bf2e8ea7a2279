import { encodeText, NetwrightError } from '#core';

/** How messages are told apart on the wire. Chunked once both sides have said `base:1.1` (RFC 6242 section 4.1). */
export type Framing = 'end-of-message' | 'chunked';

/** What is read off the frames: pieces of a message, cut anywhere, then its end. */
export interface FrameSink {
  bytes(piece: Buffer): void;
  end(): void;
}

const endOfMessage = Buffer.from(']]>]]>');
/** 4294967295 (RFC 6242 section 4.2) has so many digits. */
const mostSizeDigits = 10;
const largestChunk = 0xffff_ffff;

const lineFeed = 0x0a;
const hash = 0x23;

/**
 * Takes frames apart, whatever way the bytes are split on the road. Nothing is kept but the few bytes that may be the
 * beginning of a delimiter.
 */
export class FrameReader {
  /** May be changed by the sink at the end of a message: what follows in the same packet is read the new way. */
  framing: Framing = 'end-of-message';
  readonly #sink: FrameSink;
  readonly #label: string;
  readonly #maxMessageBytes: number;
  #messageBytes = 0;
  /** End-of-message: bytes that may belong to the delimiter. */
  #held: Buffer = Buffer.alloc(0);
  /** Chunked: where in `LF # size LF data` or `LF # # LF` the next byte stands. */
  #state: 'start' | 'hash' | 'size' | 'digits' | 'data' | 'end' = 'start';
  #digits = '';
  #left = 0;
  #isWithin = false;

  constructor(sink: FrameSink, options: { readonly label: string; readonly maxMessageBytes: number }) {
    this.#sink = sink;
    this.#label = options.label;
    this.#maxMessageBytes = options.maxMessageBytes;
  }

  /** @throws NetwrightError `NW_NETCONF_PROTOCOL` for bytes that are no frame, `NW_OUTPUT_TOO_LARGE`. */
  feed(bytes: Buffer): void {
    let rest = bytes;
    while (rest.length > 0) rest = this.framing === 'chunked' ? this.#chunked(rest) : this.#plain(rest);
  }

  #plain(bytes: Buffer): Buffer {
    const all = this.#held.length > 0 ? Buffer.concat([this.#held, bytes]) : bytes;
    const at = all.indexOf(endOfMessage);
    if (at >= 0) {
      this.#held = all.subarray(0, 0);
      this.#emit(all.subarray(0, at));
      this.#end();
      return all.subarray(at + endOfMessage.length);
    }
    let kept = Math.min(all.length, endOfMessage.length - 1);
    while (kept > 0 && !all.subarray(all.length - kept).equals(endOfMessage.subarray(0, kept))) kept -= 1;
    this.#emit(all.subarray(0, all.length - kept));
    this.#held = all.subarray(all.length - kept);
    return all.subarray(all.length);
  }

  #chunked(bytes: Buffer): Buffer {
    if (this.#state === 'data') {
      const piece = bytes.subarray(0, this.#left);
      this.#left -= piece.length;
      if (this.#left === 0) this.#state = 'start';
      this.#emit(piece);
      return bytes.subarray(piece.length);
    }
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      const isMessageOver = this.#state === 'end' && byte === lineFeed;
      this.#header(byte);
      if (isMessageOver) {
        this.#end();
        return bytes.subarray(at + 1);
      }
      if (this.#is('data')) return bytes.subarray(at + 1);
    }
    return bytes.subarray(bytes.length);
  }

  #header(byte: number): void {
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (this.#state === 'start') {
      if (byte === lineFeed) this.#state = 'hash';
      // Some systems send a line end or two more between messages; within one there is nothing to forgive.
      else if (this.#isWithin || (byte !== 0x0d && byte !== 0x20)) this.#fail('a line feed before the chunk', byte);
    } else if (this.#state === 'hash') {
      if (byte === hash) this.#state = 'size';
      else if (this.#isWithin || (byte !== lineFeed && byte !== 0x0d))
        this.#fail('"#" before the size of a chunk', byte);
    } else if (this.#state === 'size') {
      if (byte === hash && this.#isWithin) this.#state = 'end';
      else if (isDigit && byte !== 0x30) {
        this.#digits = String.fromCharCode(byte);
        this.#state = 'digits';
      } else this.#fail('the size of a chunk', byte);
    } else if (this.#state === 'digits') {
      if (byte === lineFeed) {
        this.#left = Number(this.#digits);
        if (this.#left > largestChunk) this.#fail(`a chunk of at most ${largestChunk} bytes`, byte);
        this.#state = 'data';
        this.#isWithin = true;
      } else if (isDigit && this.#digits.length < mostSizeDigits) this.#digits += String.fromCharCode(byte);
      else this.#fail('a line feed after the size of a chunk', byte);
    } else if (byte === lineFeed) this.#state = 'start';
    else this.#fail('a line feed after the end of chunks', byte);
  }

  /** The state may have changed since it was last looked at, which the compiler does not see. */
  #is(state: string): boolean {
    return this.#state === state;
  }

  #emit(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#isWithin = true;
    this.#messageBytes += piece.length;
    if (this.#messageBytes > this.#maxMessageBytes) {
      throw new NetwrightError(
        'NW_OUTPUT_TOO_LARGE',
        `${this.#label}: a message of more than ${this.#maxMessageBytes} bytes`,
        { hint: 'ask for less with a filter, or raise `connection.maxOutputBytes`' },
      );
    }
    this.#sink.bytes(piece);
  }

  #end(): void {
    this.#messageBytes = 0;
    this.#isWithin = false;
    this.#sink.end();
  }

  /** Only the one byte is told: what came may be configuration. */
  #fail(expected: string, byte: number): never {
    const came =
      byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte 0x${byte.toString(16).padStart(2, '0')}`;
    throw new NetwrightError(
      'NW_NETCONF_PROTOCOL',
      `${this.#label}: chunked framing is broken: expected ${expected}, got ${came}`,
    );
  }
}

/** A message as it goes over the wire. @throws NetwrightError `NW_XML_INVALID` when it holds the delimiter itself */
export function frame(message: string, framing: Framing): Buffer {
  const bytes = encodeText(message);
  if (framing === 'chunked') {
    return Buffer.concat([Buffer.from(`\n#${bytes.length}\n`), bytes, Buffer.from('\n##\n')]);
  }
  if (bytes.includes(endOfMessage)) {
    throw new NetwrightError('NW_XML_INVALID', 'XML to send: it holds "]]>]]>", which ends a message in NETCONF 1.0', {
      hint: 'write the ">" as &gt;',
    });
  }
  return Buffer.concat([bytes, endOfMessage]);
}
