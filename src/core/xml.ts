import { SaxesParser, type SaxesTagNS } from 'saxes';
import { abortError } from './deadline.ts';
import { NetwrightError } from './errors.ts';
import { type XmlAttribute, XmlElement } from './xml-element.ts';

export interface XmlOptions {
  /** What the text is, for the error: `reply of r1 to get-config`. @defaultValue `'XML'` */
  readonly what?: string;
  /**
   * Takes characters that XML forbids, which devices send all the same (bells in descriptions, Latin-1 bytes as
   * {@link decodeText} reads them): controls become U+FFFD, bytes the Latin-1 letters they stand for.
   * @defaultValue false
   */
  readonly tolerant?: boolean;
  /** Elements within one another. @defaultValue 500 */
  readonly maxDepth?: number;
}

/**
 * Reads a document that arrives in pieces. `write` as they come, `end` once: it gives the root element.
 * Both throw `NW_XML_INVALID` with line, column and offset of the first fault. A document type declaration is a
 * fault (RFC 6241 section 3 forbids it), so no entity but the five of XML ever expands.
 */
export class XmlReader {
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #what: string;
  readonly #tolerant: boolean;
  readonly #maxDepth: number;
  readonly #open: OpenElement[] = [];
  #root: XmlElement | undefined;
  /** The first half of a surrogate pair that was cut between two pieces. */
  #carried = '';

  constructor(options: XmlOptions = {}) {
    this.#what = options.what ?? 'XML';
    this.#tolerant = options.tolerant ?? false;
    this.#maxDepth = options.maxDepth ?? 500;
    const parser = this.#parser;
    parser.on('error', (error) => this.#fail(error.message.replace(/^(\d+:\d+: )/, '').replace(/\.$/, '')));
    parser.on('doctype', () => this.#fail('a document type declaration, which is not accepted'));
    parser.on('opentag', (tag) => this.#start(tag));
    parser.on('closetag', () => this.#finish());
    parser.on('text', (text) => this.#characters(text));
    parser.on('cdata', (text) => this.#characters(text));
  }

  /** Whether an element has begun: a document of comments alone has none. */
  get hasElement(): boolean {
    return this.#root !== undefined || this.#open.length > 0;
  }

  write(text: string): void {
    const whole = this.#carried + text;
    const cut = /[\ud800-\udbff]$/.test(whole) ? whole.length - 1 : whole.length;
    this.#carried = whole.slice(cut);
    const piece = whole.slice(0, cut);
    this.#parser.write(this.#tolerant ? allowedCharacters(piece) : piece);
  }

  end(): XmlElement {
    if (this.#carried !== '') this.#parser.write(this.#tolerant ? '\ufffd' : this.#carried);
    this.#carried = '';
    this.#parser.close();
    return this.#root ?? this.#fail('no element');
  }

  #start(tag: SaxesTagNS): void {
    if (this.#open.length >= this.#maxDepth) this.#fail(`more than ${this.#maxDepth} elements within one another`);
    this.#open.push({ tag, children: [], pieces: [], line: this.#parser.line });
  }

  #characters(text: string): void {
    this.#open.at(-1)?.pieces.push({ text, before: this.#open.at(-1)!.children.length });
  }

  #finish(): void {
    const { tag, children, pieces, line } = this.#open.pop()!;
    const text = pieces.length === 1 ? pieces[0]!.text : pieces.map((piece) => piece.text).join('');
    const hasText = children.length === 0 || /\S/.test(text);
    const element = new XmlElement({
      name: tag.local,
      namespace: tag.uri,
      prefix: tag.prefix,
      ...attributesOf(tag),
      ...(children.length > 0 && { children }),
      ...(hasText && { text }),
      ...(hasText && children.length > 0 && { mixed: interleave(children, pieces) }),
      line,
    });
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(element);
    else this.#root = element;
  }

  #fail(fault: string): never {
    const { line, columnIndex, position } = this.#parser;
    throw new NetwrightError('NW_XML_INVALID', `${this.#what}, line ${line} column ${columnIndex + 1}: ${fault}`, {
      details: { line, column: columnIndex + 1, offset: position },
    });
  }
}

/** Reads a whole document at once; about 60 ms a megabyte, so {@link readXml} is the one for large replies. */
export function parseXml(text: string, options: XmlOptions = {}): XmlElement {
  const reader = new XmlReader(options);
  reader.write(text);
  return reader.end();
}

const sliceCharacters = 128 * 1024;

/** Reads a large document in slices of some milliseconds each, so that nothing else has to wait for it. */
export async function readXml(
  text: string,
  options: XmlOptions & { readonly signal?: AbortSignal } = {},
): Promise<XmlElement> {
  const reader = new XmlReader(options);
  for (let from = 0; from < text.length; from += sliceCharacters) {
    if (from > 0) await new Promise((resolve) => setImmediate(resolve));
    if (options.signal?.aborted) throw abortError(options.signal);
    reader.write(text.slice(from, from + sliceCharacters));
  }
  return reader.end();
}

interface Piece {
  readonly text: string;
  /** How many child elements came before it. */
  readonly before: number;
}

interface OpenElement {
  readonly tag: SaxesTagNS;
  readonly children: XmlElement[];
  readonly pieces: Piece[];
  readonly line: number;
}

const declarationNamespace = 'http://www.w3.org/2000/xmlns/';

function attributesOf(tag: SaxesTagNS): { attributes?: XmlAttribute[]; declarations?: Record<string, string> } {
  const attributes: XmlAttribute[] = [];
  const declarations: Record<string, string> = Object.create(null) as Record<string, string>;
  let isDeclaring = false;
  for (const { local, prefix, uri, value } of Object.values(tag.attributes)) {
    if (uri === declarationNamespace) {
      declarations[prefix === '' ? '' : local] = value;
      isDeclaring = true;
    } else {
      attributes.push({ name: local, namespace: uri, value });
    }
  }
  return { ...(attributes.length > 0 && { attributes }), ...(isDeclaring && { declarations }) };
}

function interleave(children: readonly XmlElement[], pieces: readonly Piece[]): (XmlElement | string)[] {
  const mixed: (XmlElement | string)[] = [];
  let at = 0;
  for (const { text, before } of pieces) {
    while (at < before) mixed.push(children[at++]!);
    mixed.push(text);
  }
  return mixed.concat(children.slice(at));
}

/** The characters that XML 1.0 section 2.2 leaves out. */
const forbidden =
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function allowedCharacters(text: string): string {
  return text.replace(forbidden, (character) => {
    const code = character.charCodeAt(0);
    return code >= 0xdc80 && code <= 0xdcff ? String.fromCharCode(code - 0xdc00) : '\ufffd';
  });
}
