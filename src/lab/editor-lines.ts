import type { Editor } from './editor.ts';
import { LineOrder } from './line-order.ts';
import type { EditStyle } from './persona.ts';
import { SectionText } from './section-text.ts';
import { textEnd } from './text-block.ts';

const anything = /(?:)/;
const indentOf = (line: string): number => line.length - line.trimStart().length;
const firstWord = (line: string): string => /^\S+/.exec(line)?.[0] ?? '';

/** IOS and kin: sections by indentation, a line joins the section that was entered last, `no` takes it back. */
export class LinesEditor implements Editor {
  readonly #style: EditStyle;
  readonly #doc: SectionText;
  readonly #vocabulary: Set<string>;
  /** Negations that the system prints: what they deny is on by default. */
  readonly #negative = new Set<string>();
  /** Lines as they stand at the top, and below something. */
  readonly #headers = new Set<string>();
  readonly #top = new Set<string>();
  readonly #nested = new Set<string>();
  readonly #order: LineOrder | undefined;
  #path: { readonly line: string; readonly shown: string }[] = [];

  constructor(style: EditStyle, text: string, order?: string) {
    this.#style = style;
    this.#doc = new SectionText(text, style.comment);
    this.#order = order === undefined || style.ordered === undefined ? undefined : new LineOrder(order, style);
    this.#vocabulary = new Set(style.vocabulary);
    const known = [...this.#doc.lines, ...(order?.split('\n') ?? [])];
    for (const [at, line] of known.entries()) {
      const next = known[at + 1];
      if (next !== undefined && indentOf(next) > indentOf(line)) this.#headers.add(line.trim());
      const words = line.trimStart();
      if (words.startsWith(style.negate)) this.#negative.add(words);
      (words === line ? this.#top : this.#nested).add(words);
      this.#vocabulary.add(firstWord(words.startsWith(style.negate) ? words.slice(style.negate.length) : words));
    }
    for (const filler of ['', '!', '#', 'end', 'exit']) this.#vocabulary.delete(filler);
  }

  get text(): string {
    const { dropsEmpty } = this.#style;
    if (dropsEmpty !== undefined) {
      for (const at of this.#doc.children(undefined).toReversed()) {
        if (dropsEmpty.test(this.#doc.text(at)) && this.#doc.bodyEnd(at) === at + 1)
          this.#doc.remove(at, this.#endOf(at));
      }
    }
    return this.#doc.toString();
  }

  get path(): readonly string[] {
    return this.#path.map((step) => step.line);
  }

  get section(): string {
    return this.#path.at(-1)?.shown ?? '';
  }

  type(typed: string): boolean {
    return this.#style.chained === true ? this.#typeChained(typed.trim()) : this.#typeOne(typed);
  }

  /** `router Base interface "x" address …`: contexts one after the other, then perhaps a line, after which one is back. */
  #typeChained(typed: string): boolean {
    const before = [...this.#path];
    const isAbsolute = typed.startsWith('/configure ');
    let words: readonly string[] = (isAbsolute ? typed.slice('/configure '.length) : typed).match(/"[^"]*"|\S+/g) ?? [];
    if (isAbsolute) this.#path = [];
    const isContext = (part: string): boolean => this.#style.sections?.some(([section]) => section.test(part)) === true;
    for (let count = 1; count < words.length; count += 1) {
      const part = words.slice(0, count).join(' ');
      // `router interface` is a context and a line of it; `router Base` is a longer name of the same context.
      if (!isContext(part) || isContext(words.slice(0, count + 1).join(' '))) continue;
      this.#typeOne(part);
      words = words.slice(count);
      count = 0;
    }
    const rest = words.join(' ');
    const known = this.#typeOne(rest);
    if (!known || (!isContext(rest) && (isAbsolute || this.#path.length > before.length))) this.#path = before;
    return known;
  }

  #typeOne(typed: string): boolean {
    const line = typed.trim();
    const { negate, globals } = this.#style;
    const isNegated = line.startsWith(negate);
    const body = isNegated ? line.slice(negate.length).trim() : line;
    const section = this.#style.sections?.find(([pattern]) => pattern.test(body)) ?? this.#learned(body);
    if (section === undefined && !this.#vocabulary.has(firstWord(body.replace(/^\d+ (?=[a-z])/, '')))) return false;
    const isNested = section?.[2] === 'nested';
    if (this.#style.closes?.some(([, closing]) => closing === line) === true) {
      this.#path.pop();
      return true;
    }
    const parent = section?.[3];
    if (isNested && parent !== undefined) {
      const at = this.#path.findLastIndex((step) => parent.test(step.line));
      if (at >= 0) this.#path = this.#path.slice(0, at + 1);
    }
    const isTop = this.#top.has(body) && !this.#nested.has(body) && !isNested;
    if (isTop || globals?.test(body) || (section !== undefined && !isNested)) this.#path = [];
    if (isNegated) this.#takeBack(body, line);
    else if (section !== undefined) {
      const match = section[0].exec(body);
      this.#enter(
        body,
        section[1].replaceAll(/\$(\d)/g, (_, group: string) => match?.[Number(group)] ?? ''),
      );
    } else this.#put(body);
    return true;
  }

  /** A section that the device has printed, though nobody declared it. */
  #learned(line: string): readonly [RegExp, string, 'nested'?, RegExp?] | undefined {
    if (!this.#headers.has(line)) return undefined;
    return this.#top.has(line) ? [anything, ''] : [anything, '', 'nested'];
  }

  up(): boolean {
    return this.#path.pop() !== undefined;
  }

  top(): void {
    this.#path = [];
  }

  enter(path: readonly string[]): void {
    for (const line of path) this.#typeOne(line);
  }

  /** The index of the header of the section that was entered; made when it is not there. */
  #header(): number | undefined {
    let header: number | undefined;
    for (const line of this.#style.root ?? []) header = this.#find(header, line);
    for (const { line } of this.#path) header = this.#find(header, line) ?? this.#add(header, line, true);
    return header;
  }

  #find(header: number | undefined, line: string): number | undefined {
    const wanted = line.toLowerCase();
    return this.#doc.children(header).find((at) => this.#doc.text(at).toLowerCase() === wanted);
  }

  #enter(line: string, shown: string): void {
    const at = this.#find(this.#header(), line);
    this.#path.push({ line: at === undefined ? line : this.#doc.text(at), shown });
    this.#header();
  }

  #put(line: string): void {
    const header = this.#header();
    const rule = this.#style.single?.find((pattern) => pattern.test(line));
    const key = rule?.exec(line)?.[0];
    const lines = this.#doc.children(header);
    const old = lines.find((at) =>
      key === undefined
        ? this.#doc.text(at) === line
        : this.#doc.text(at).startsWith(key) || this.#doc.text(at).startsWith(`${this.#style.negate}${key}`),
    );
    const off = lines.find((at) => this.#doc.text(at) === `${this.#style.negate}${line}`);
    const place = old ?? off;
    if (place === undefined) this.#add(header, line, false);
    else {
      const indent = ' '.repeat(this.#doc.indent(place));
      this.#doc.remove(place + 1, textEnd(this.#doc.lines, place, this.#style));
      this.#doc.lines[place] = indent + line;
    }
  }

  #add(header: number | undefined, line: string, isSection: boolean): number {
    const { step = ' ', closer, before } = this.#style;
    const below = this.#doc.children(header);
    const place = this.#order?.place(
      header === undefined ? [] : this.#doc.pathOf(header),
      line,
      below.map((at) => this.#doc.text(at)),
    );
    if (place !== undefined) {
      const next = below[place];
      const kin = next ?? below[place - 1]!;
      const indent = ' '.repeat(this.#doc.indent(kin));
      const at = next ?? this.#endOf(kin);
      this.#doc.insert(at, indent + line, ...this.#closing(line, indent, isSection));
      return at;
    }
    if (header !== undefined) {
      const indent = ' '.repeat(this.#doc.indent(header)) + step;
      let at = this.#doc.bodyEnd(header);
      const last = this.#doc.text(at - 1);
      if (
        at - 1 > header &&
        closer !== '!' &&
        (last === closer || last === 'exit') &&
        this.#doc.indent(at - 1) > this.#doc.indent(header)
      ) {
        // ProCurve's `exit` stands on the indentation of the lines that it ends.
        if (!isSection && below.includes(at - 1)) at -= 1;
      }
      this.#doc.insert(at, indent + line, ...this.#closing(line, indent, isSection));
      return at;
    }
    const kin = below.findLast((at) => firstWord(this.#doc.text(at)) === firstWord(line));
    let at: number;
    if (kin === undefined) {
      const stop = before === undefined ? -1 : (below.find((child) => before.test(this.#doc.lines[child]!)) ?? -1);
      at = stop >= 0 ? stop : this.#doc.lines.length - (this.#doc.lines.at(-1) === '' ? 1 : 0);
    } else {
      at = this.#endOf(kin);
    }
    const indent = kin !== undefined && at === kin + 1 && !isSection ? ' '.repeat(this.#doc.indent(kin)) : '';
    this.#doc.insert(at, indent + line, ...this.#closing(line, indent, isSection));
    return at;
  }

  #closing(line: string, indent: string, isSection: boolean): string[] {
    if (!isSection) return [];
    const { closer, closes } = this.#style;
    const own = closes?.find(([section]) => section.test(line))?.[1] ?? closer;
    return own === undefined ? [] : [indent + own];
  }

  /** One past a child of a section, its own lines and its closer included. */
  #endOf(child: number): number {
    const end = this.#doc.bodyEnd(child);
    const closes = this.#doc.lines[end]?.trim();
    return closes !== undefined && this.#isClosing(child, closes) ? end + 1 : end;
  }

  /** Whether the line right below the body of a section is what closes it. */
  #isClosing(header: number, closing: string): boolean {
    const text = this.#doc.text(header);
    if (this.#style.closes?.some(([section, own]) => section.test(text) && own === closing) === true) return true;
    const hasBody = this.#doc.bodyEnd(header) > header + 1;
    const isEmptySection = this.#style.sections?.some(([section]) => section.test(text)) === true;
    return closing === this.#style.closer && (hasBody || isEmptySection);
  }

  #takeBack(body: string, line: string): void {
    const header = this.#header();
    // The line itself, else every line that begins so: `no ip address`.
    const isThere = this.#doc.children(header).some((at) => this.#doc.text(at) === body);
    const matches = (text: string): boolean => text === body || (!isThere && text.startsWith(`${body} `));
    let removed = this.#removeBelow(header, matches);
    if (!removed && header !== undefined) removed = this.#removeBelow(undefined, (text) => text === body);
    // What is on by default is switched off by a line of its own: `no ip http server`.
    if (!removed && (this.#style.negative?.test(body) === true || this.#negative.has(line))) this.#put(line);
  }

  #removeBelow(header: number | undefined, matches: (text: string) => boolean): boolean {
    let removed = false;
    for (const at of this.#doc.children(header).toReversed()) {
      if (!matches(this.#doc.text(at))) continue;
      let end = Math.max(this.#doc.bodyEnd(at), textEnd(this.#doc.lines, at, this.#style));
      const closes = this.#doc.lines[end]?.trim();
      if (closes !== undefined && this.#isClosing(at, closes) && this.#doc.indent(end) === this.#doc.indent(at))
        end += 1;
      this.#doc.remove(at, end);
      removed = true;
    }
    return removed;
  }
}
