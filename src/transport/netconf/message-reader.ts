import { decodeText, NetwrightError, type XmlElement, XmlReader } from '#core';
import { FrameReader, type Framing } from './framing.ts';

export interface MessageReaderOptions {
  readonly label: string;
  readonly maxMessageBytes: number;
  readonly onMessage: (root: XmlElement) => void;
}

/** What a device may say before its hello: the message of the day of a shell. */
const mostPreambleCharacters = 65_536;

/**
 * From bytes to the root elements of messages. Each piece is parsed as it comes, so that a reply of 50 MB is neither
 * collected as text first nor parsed in one go at its end.
 */
export class MessageReader {
  readonly #options: MessageReaderOptions;
  readonly #frames: FrameReader;
  /** The beginning of a character that was cut. */
  #cut: Buffer = Buffer.alloc(0);
  #xml: XmlReader | undefined;
  #isFirst = true;
  #preambleCharacters = 0;

  constructor(options: MessageReaderOptions) {
    this.#options = options;
    this.#frames = new FrameReader({ bytes: (piece) => this.#bytes(piece), end: () => this.#end() }, options);
  }

  get framing(): Framing {
    return this.#frames.framing;
  }

  set framing(framing: Framing) {
    this.#frames.framing = framing;
  }

  /** @throws NetwrightError `NW_NETCONF_PROTOCOL`, `NW_XML_INVALID`, `NW_OUTPUT_TOO_LARGE`; it is of no use after that. */
  feed(bytes: Buffer): void {
    this.#frames.feed(bytes);
  }

  #bytes(piece: Buffer): void {
    const bytes = this.#cut.length > 0 ? Buffer.concat([this.#cut, piece]) : piece;
    const whole = bytes.length - cutLength(bytes);
    // A copy: the piece belongs to a packet that is done with.
    this.#cut = Buffer.from(bytes.subarray(whole));
    this.#text(decodeText(bytes.subarray(0, whole)));
  }

  #text(text: string): void {
    if (this.#xml) {
      this.#xml.write(text);
      return;
    }
    // Junos ends its messages with a line feed behind the delimiter, and an XML declaration must be the first thing.
    const from = this.#isFirst ? text.indexOf('<') : text.search(/\S/);
    if (from < 0) {
      if (this.#isFirst) this.#countPreamble(text.length);
      return;
    }
    this.#xml = new XmlReader({ what: `${this.#options.label}: a message`, tolerant: true });
    this.#xml.write(text.slice(from));
  }

  #countPreamble(characters: number): void {
    this.#preambleCharacters += characters;
    if (this.#preambleCharacters <= mostPreambleCharacters) return;
    throw new NetwrightError(
      'NW_NETCONF_PROTOCOL',
      `${this.#options.label}: expected a hello, got ${this.#preambleCharacters} characters without a "<"`,
    );
  }

  #end(): void {
    if (this.#cut.length > 0) {
      const rest = decodeText(this.#cut);
      this.#cut = Buffer.alloc(0);
      this.#text(rest);
    }
    const xml = this.#xml;
    this.#xml = undefined;
    this.#isFirst = false;
    // Junos says in a comment that the session ends, and why.
    if (xml?.hasElement) this.#options.onMessage(xml.end());
  }
}

/** How many bytes at the end are the beginning of a UTF-8 sequence that goes on (RFC 3629 section 3). */
function cutLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}
