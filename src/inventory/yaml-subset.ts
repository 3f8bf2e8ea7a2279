/**
 * The YAML that inventories are written in nearly always: block mappings and lists, flow collections on one line,
 * plain and quoted scalars on one line, comments; anchors and aliases as programs write them that share a list. The full `yaml` package needs six seconds and a gigabyte for 50,000
 * devices; this reads them in a fraction of a second. Whatever is not in the subset is `undefined` here and goes to
 * the full parser, so that both agree on everything that both read (a property test holds them to it).
 */

/** Offsets of a key and of its value (for list items both are the item's). */
export type Offsets = Map<object, Map<string | number, readonly [key: number, value: number]>>;

/** Values by the names of their anchors. */
export type Anchors = Map<string, unknown>;

class OutsideSubset extends Error {}
const outside = new OutsideSubset();

/**
 * Reads the block collection that begins in the line at `start`.
 * @param offsets where given, filled with the places of all keys and items
 * @param anchors those of the file so far; new ones are added
 * @returns undefined when the text is not in the subset, or no YAML at all
 */
export function parseSubset(
  text: string,
  start: number,
  end: number,
  offsets?: Offsets,
  anchors: Anchors = new Map(),
): object | undefined {
  try {
    const reader = new Reader(text, start, end, offsets, anchors);
    return reader.document();
  } catch (error) {
    if (error instanceof OutsideSubset) return undefined;
    throw error;
  }
}

const number = /^[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)$/;
const special = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** A plain scalar by the core schema of YAML 1.2 (section 10.3.2). */
export function resolvePlain(plain: string): unknown {
  const first = plain.charCodeAt(0);
  if ((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46) {
    if (!number.test(plain)) {
      if (special.test(plain)) throw outside;
      return plain;
    }
    // A sign before 0o or 0x is no number for YAML.
    if (/^[-+]0[ox]/.test(plain)) return plain;
    return Number(plain);
  }
  switch (plain) {
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    case 'null':
    case 'Null':
    case 'NULL':
    case '~':
      return null;
    default:
      return plain;
  }
}

/** What begins no plain scalar: anchors, aliases, tags, block scalars, directives, complex keys. */
const opensSpecial = (code: number): boolean =>
  code === 38 || code === 42 || code === 33 || code === 124 || code === 62 || code === 37 || code === 64 || code === 96;
const ampersand = 38;
const asterisk = 42;
const space = 32;
const newline = 10;
const hash = 35;
const colon = 58;

class Reader {
  readonly #text: string;
  readonly #end: number;
  readonly #offsets: Offsets | undefined;
  readonly #anchors: Anchors;
  #at: number;
  /** Anchored values that are being read, one within the other. */
  #open = 0;

  constructor(text: string, start: number, end: number, offsets: Offsets | undefined, anchors: Anchors) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
    this.#offsets = offsets;
    this.#anchors = anchors;
  }

  document(): object {
    const indent = this.#nextContentLine();
    if (indent < 0) throw outside;
    const value = this.#block(indent);
    if (this.#nextContentLine() >= 0) throw outside;
    return value;
  }

  /** Moves to the start of the next line that has content, and gives its indentation; -1 at the end. */
  #nextContentLine(): number {
    for (;;) {
      const lineStart = this.#at;
      let at = lineStart;
      while (at < this.#end && this.#text.charCodeAt(at) === space) at += 1;
      if (at >= this.#end) return -1;
      const code = this.#text.charCodeAt(at);
      if (code !== hash && code !== newline && !(code === 13 && this.#text.charCodeAt(at + 1) === newline)) {
        if (code === 9) throw outside;
        return at - lineStart;
      }
      const next = this.#text.indexOf('\n', at);
      if (next < 0 || next >= this.#end) {
        this.#at = this.#end;
        return -1;
      }
      this.#at = next + 1;
    }
  }

  #block(indent: number): object {
    const at = this.#at + indent;
    return this.#isDash(at) ? this.#blockList(indent) : this.#blockMapping(indent);
  }

  #isDash(at: number): boolean {
    if (this.#text.charCodeAt(at) !== 45) return false;
    const next = this.#text.charCodeAt(at + 1);
    return at + 1 >= this.#end || next === space || next === newline || next === 13;
  }

  #blockList(indent: number): unknown[] {
    const list: unknown[] = [];
    const places = this.#places(list);
    for (let here = indent; here === indent && this.#isDash(this.#at + indent); here = this.#nextContentLine()) {
      let at = this.#at + indent + 1;
      while (at < this.#end && this.#text.charCodeAt(at) === space) at += 1;
      // A mapping that begins behind the dash, an empty item: to the full parser.
      if (this.#isLineEnd(at) || this.#isDash(at)) throw outside;
      places?.set(list.length, [at, at]);
      this.#at = at;
      list.push(this.#inline(false));
      this.#endLine();
    }
    this.#mustBeShallower(indent, true);
    return list;
  }

  #blockMapping(indent: number): object {
    const mapping: Record<string, unknown> = {};
    const places = this.#places(mapping);
    for (let here = indent; here === indent; here = this.#nextContentLine()) {
      this.#at += indent;
      if (this.#isDash(this.#at)) throw outside;
      const keyAt = this.#at;
      const key = this.#key();
      if (Object.hasOwn(mapping, key)) throw outside;
      while (this.#text.charCodeAt(this.#at) === space) this.#at += 1;
      let valueAt = this.#at;
      mapping[key] = this.#anchored(() => {
        if (!this.#isLineEnd(this.#at)) {
          const value = this.#inline(false);
          this.#endLine();
          return value;
        }
        this.#endLine();
        const below = this.#nextContentLine();
        if (below < indent || (below === indent && !this.#isDash(this.#at + below))) return null;
        valueAt = this.#at + below;
        return this.#block(below);
      });
      places?.set(key, [keyAt, valueAt]);
    }
    this.#mustBeShallower(indent, false);
    return mapping;
  }

  /** After a collection the next line is further left, else it is a continuation or a mistake. */
  #mustBeShallower(indent: number, isList: boolean): void {
    const here = this.#nextContentLine();
    if (here > indent || (here === indent && !isList)) throw outside;
  }

  #places(of: object): Map<string | number, readonly [number, number]> | undefined {
    if (!this.#offsets) return undefined;
    const places = new Map<string | number, readonly [number, number]>();
    this.#offsets.set(of, places);
    return places;
  }

  #isLineEnd(at: number): boolean {
    if (at >= this.#end) return true;
    const code = this.#text.charCodeAt(at);
    if (code === 13) {
      if (this.#text.charCodeAt(at + 1) !== newline) throw outside;
      return true;
    }
    return code === newline || (code === hash && this.#text.charCodeAt(at - 1) === space);
  }

  /** Nothing but blanks and a comment may follow; moves to the next line. */
  #endLine(): void {
    while (this.#text.charCodeAt(this.#at) === space && this.#at < this.#end) this.#at += 1;
    if (!this.#isLineEnd(this.#at)) throw outside;
    const next = this.#text.indexOf('\n', this.#at);
    this.#at = next < 0 || next >= this.#end ? this.#end : next + 1;
  }

  #key(): string {
    const code = this.#text.charCodeAt(this.#at);
    let key: string;
    if (code === 34 || code === 39) {
      key = this.#quoted(code);
      if (this.#text.charCodeAt(this.#at) !== colon) throw outside;
    } else {
      const from = this.#at;
      if (!canStartPlain(code, this.#text.charCodeAt(from + 1))) throw outside;
      let at = from;
      for (; ; at += 1) {
        const here = this.#text.charCodeAt(at);
        if (at >= this.#end || here === newline || here === 13 || here === 9) throw outside;
        if (here === hash && this.#text.charCodeAt(at - 1) === space) throw outside;
        if (here === 44 || here === 91 || here === 93 || here === 123 || here === 125) throw outside;
        if (here === colon && isBlank(this.#text.charCodeAt(at + 1), at + 1 >= this.#end)) break;
      }
      key = this.#text.slice(from, at).trimEnd();
      const value = resolvePlain(key);
      if (typeof value !== 'string' && String(value) !== key) throw outside;
      if (value === null) throw outside;
      this.#at = at;
    }
    if (key === '__proto__' || key === '<<') throw outside;
    const after = this.#text.charCodeAt(this.#at + 1);
    if (!isBlank(after, this.#at + 1 >= this.#end)) throw outside;
    this.#at += 1;
    return key;
  }

  /** Reads a value that may have an anchor before it. */
  #anchored(read: () => unknown): unknown {
    if (this.#text.charCodeAt(this.#at) !== ampersand) return read();
    const name = this.#anchorName();
    while (this.#text.charCodeAt(this.#at) === space) this.#at += 1;
    this.#open += 1;
    const value = read();
    this.#open -= 1;
    // A name of two values is the full parser's. An entry that is read again, for its places, names what it did before.
    if (this.#anchors.has(name) && !this.#offsets) throw outside;
    this.#anchors.set(name, value);
    return value;
  }

  /** The very value of the anchor. In an anchored one it would multiply, which the full parser keeps within bounds. */
  #alias(): unknown {
    const name = this.#anchorName();
    if (this.#open > 0 || !this.#anchors.has(name)) throw outside;
    return this.#anchors.get(name);
  }

  /** Such as programs write; what follows is a blank, the end of the line or of a flow collection. */
  #anchorName(): string {
    const from = this.#at + 1;
    let at = from;
    while (at < this.#end && isNameCode(this.#text.charCodeAt(at))) at += 1;
    const after = this.#text.charCodeAt(at);
    if (at === from || !(isBlank(after, at >= this.#end) || isFlowEnd(after))) throw outside;
    this.#at = at;
    return this.#text.slice(from, at);
  }

  #inline(isFlow: boolean): unknown {
    const code = this.#text.charCodeAt(this.#at);
    if (code === asterisk) return this.#alias();
    if (code === 123) return this.#flowMapping();
    if (code === 91) return this.#flowList();
    if (code === 34 || code === 39) return this.#quoted(code);
    return this.#plain(code, isFlow);
  }

  #plain(first: number, isFlow: boolean): unknown {
    const from = this.#at;
    if (!canStartPlain(first, this.#text.charCodeAt(from + 1))) throw outside;
    let at = from;
    for (; at < this.#end; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === newline || code === 13) break;
      if (code === 9) throw outside;
      if (code === hash && this.#text.charCodeAt(at - 1) === space) break;
      if (code === colon && isBlank(this.#text.charCodeAt(at + 1), at + 1 >= this.#end)) throw outside;
      if (isFlow) {
        if (code === 44 || code === 93 || code === 125) break;
        if (code === 91 || code === 123) throw outside;
        if (code === colon && isFlowEnd(this.#text.charCodeAt(at + 1))) throw outside;
      }
    }
    this.#at = at;
    let to = at;
    while (to > from && this.#text.charCodeAt(to - 1) === space) to -= 1;
    return resolvePlain(this.#text.slice(from, to));
  }

  #quoted(quote: number): string {
    const text = this.#text;
    const from = this.#at + 1;
    let escaped = false;
    for (let at = from; at < this.#end; at += 1) {
      const code = text.charCodeAt(at);
      if (code === newline || code === 13) throw outside;
      if (code === quote) {
        if (quote === 39 && text.charCodeAt(at + 1) === 39) {
          escaped = true;
          at += 1;
          continue;
        }
        this.#at = at + 1;
        const raw = text.slice(from, at);
        return escaped ? raw.replaceAll("''", "'") : raw;
      }
      // Escapes of double quotes go to the full parser.
      if (quote === 34 && code === 92) throw outside;
    }
    throw outside;
  }

  #skipBlanks(): number {
    while (this.#text.charCodeAt(this.#at) === space) this.#at += 1;
    if (this.#at >= this.#end) throw outside;
    return this.#text.charCodeAt(this.#at);
  }

  #flowList(): unknown[] {
    const list: unknown[] = [];
    const places = this.#places(list);
    this.#at += 1;
    for (;;) {
      if (this.#skipBlanks() === 93) break;
      places?.set(list.length, [this.#at, this.#at]);
      list.push(this.#inline(true));
      const code = this.#skipBlanks();
      if (code === 93) break;
      if (code !== 44) throw outside;
      this.#at += 1;
    }
    this.#at += 1;
    return list;
  }

  #flowMapping(): object {
    const mapping: Record<string, unknown> = {};
    const places = this.#places(mapping);
    this.#at += 1;
    for (;;) {
      if (this.#skipBlanks() === 125) break;
      const keyAt = this.#at;
      const key = this.#key();
      if (Object.hasOwn(mapping, key)) throw outside;
      const first = this.#skipBlanks();
      if (first === 44 || first === 125) throw outside;
      places?.set(key, [keyAt, this.#at]);
      mapping[key] = this.#anchored(() => this.#inline(true));
      const code = this.#skipBlanks();
      if (code === 125) break;
      if (code !== 44) throw outside;
      this.#at += 1;
    }
    this.#at += 1;
    return mapping;
  }
}

const isBlank = (code: number, isEnd: boolean): boolean => isEnd || code === space || code === newline || code === 13;
const isNameCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45;
const isFlowEnd = (code: number): boolean => code === 44 || code === 93 || code === 125;

/** Indicators that cannot begin a plain scalar (YAML 1.2.2 section 7.3.3), or begin what the subset leaves out. */
function canStartPlain(code: number, next: number): boolean {
  if (Number.isNaN(code) || opensSpecial(code) || isFlowEnd(code) || code === 91 || code === 123) return false;
  if (code === hash || code === 34 || code === 39 || code === newline || code === 13 || code === 9) return false;
  if (code === 45 || code === 63 || code === colon) {
    return !(isBlank(next, Number.isNaN(next)) || isFlowEnd(next) || next === 91 || next === 123 || next === 9);
  }
  return true;
}
