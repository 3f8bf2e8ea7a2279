/** A member larger than this is no table of routes. */
const longestMember = 1 << 26;

/** Called with a member of an object: its key, and its value as JSON text. */
type OnMember = (key: string, json: string) => void;

const quote = 0x22;
const backslash = 0x5c;
const open = new Set([0x7b, 0x5b]);
const close = new Set([0x7d, 0x5d]);

/**
 * Takes an object of any size apart, member by member, as it comes: a table of a million prefixes is one JSON
 * document. Values of keys that `enters` says yes to are taken apart in turn; all others are handed out whole.
 */
export class JsonMembers {
  readonly #enters: (key: string) => boolean;
  readonly #onMember: OnMember;
  #parts: Buffer[] = [];
  #partBytes = 0;
  #depth = 0;
  #isString = false;
  #isEscaped = false;
  /** The depth of the object whose members are handed out. */
  #level = 0;
  #key: string | undefined;
  #hasValue = false;
  /** Why no more can be read. */
  failure: string | undefined;

  constructor(enters: (key: string) => boolean, onMember: OnMember) {
    this.#enters = enters;
    this.#onMember = onMember;
  }

  /** Whether the document has ended where it should. */
  get isComplete(): boolean {
    return this.#depth === 0 && !this.#isString && this.failure === undefined;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let at = 0; at < chunk.length && this.failure === undefined; at++) {
      const code = chunk[at]!;
      if (this.#isString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === backslash) this.#isEscaped = true;
        else if (code === quote) this.#isString = false;
        continue;
      }
      if (code <= 0x20) continue;
      if (code === quote) {
        this.#isString = true;
        this.#hasValue = this.#key !== undefined;
      } else if (open.has(code)) {
        if (this.#mayEnter(code)) {
          this.#level = this.#depth + 1;
          this.#key = undefined;
          this.#take(chunk, from, at);
          from = at + 1;
        } else this.#hasValue = true;
        this.#depth += 1;
      } else if (close.has(code)) {
        if (this.#depth === this.#level) {
          this.#member(chunk, from, at);
          from = at + 1;
          this.#level -= 1;
        }
        this.#depth -= 1;
      } else if (this.#depth === this.#level && code === 0x3a && this.#key === undefined) {
        this.#key = unquote(this.#take(chunk, from, at));
        this.#hasValue = false;
        from = at + 1;
      } else if (this.#depth === this.#level && code === 0x2c) {
        this.#member(chunk, from, at);
        from = at + 1;
      } else this.#hasValue = true;
    }
    if (from >= chunk.length) return;
    this.#parts.push(Buffer.from(chunk.subarray(from)));
    this.#partBytes += chunk.length - from;
    if (this.#partBytes > longestMember) this.failure = 'a member of more than 64 MiB';
  }

  #mayEnter(code: number): boolean {
    if (code !== 0x7b || this.#depth !== this.#level || this.#hasValue) return false;
    return this.#depth === 0 ? this.#key === undefined : this.#key !== undefined && this.#enters(this.#key);
  }

  #member(chunk: Buffer, from: number, to: number): void {
    const json = this.#take(chunk, from, to);
    if (this.#key !== undefined) this.#onMember(this.#key, json);
    this.#key = undefined;
    this.#hasValue = false;
  }

  #take(chunk: Buffer, from: number, to: number): string {
    const last = chunk.subarray(from, to);
    const bytes = this.#parts.length === 0 ? last : Buffer.concat([...this.#parts, last]);
    this.#parts = [];
    this.#partBytes = 0;
    return bytes.toString('utf8').trim();
  }
}

function unquote(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch (error) {
    // Not a key; whoever asks for keys will not know it.
    return error instanceof SyntaxError ? text : String(error);
  }
}
