import type { Editor } from './editor.ts';
import { LineOrder } from './line-order.ts';
import type { EditStyle } from './persona.ts';
import { SectionText } from './section-text.ts';

const words = (line: string): string[] => line.match(/"[^"]*"|'[^']*'|\[[^\]]*\]|\S+/g) ?? [];

/** Junos and kin: `set`, `delete`, `edit` over nested text whose sections end in `{`. */
export class SetEditor implements Editor {
  readonly #style: EditStyle;
  readonly #doc: SectionText;
  readonly #end: string;
  readonly #order: LineOrder | undefined;
  #path: string[][] = [];

  constructor(style: EditStyle, text: string, order?: string) {
    this.#order = order === undefined ? undefined : new LineOrder(order, style);
    this.#style = style;
    this.#doc = new SectionText(text, style.comment);
    this.#end = style.leafEnd ?? '';
  }

  get text(): string {
    return this.#doc.toString();
  }

  get path(): readonly string[] {
    return this.#path.flat();
  }

  get section(): string {
    return this.path.join(' ');
  }

  type(line: string): boolean {
    const [verb, ...typed] = words(line.trim());
    const rest = this.#style.quotes === true ? typed.map(unquoted) : typed;
    if (verb === 'edit' && rest.length > 0) this.#path.push(rest);
    else if (verb === 'set' && rest.length > 0) return this.#set([...this.path, ...rest]);
    else if (verb === 'delete' && rest.length > 0) this.#delete([...this.path, ...rest]);
    else return false;
    return true;
  }

  up(): boolean {
    return this.#path.pop() !== undefined;
  }

  top(): void {
    this.#path = [];
  }

  enter(path: readonly string[]): void {
    if (path.length > 0) this.#path.push([...path]);
  }

  /** Makes sure of a section, empty as it may be. */
  open(steps: readonly (readonly string[])[]): void {
    let header: number | undefined;
    for (const step of steps) header = this.#childSection(header, step)?.at ?? this.#open(header, step);
  }

  /** The first words of the top level are the vocabulary: an unknown one is a syntax error, as on the device. */
  #set(path: readonly string[]): boolean {
    const first = path[0]!;
    const known = this.#style.vocabulary ?? [];
    if (!known.includes(first) && !this.#doc.children(undefined).some((at) => this.#name(at)[0] === first))
      return false;
    let header: number | undefined;
    let rest = [...(this.#style.root ?? []), ...path];
    for (;;) {
      const next = this.#childSection(header, rest);
      if (next === undefined) break;
      header = next.at;
      rest = rest.slice(next.taken);
      if (rest.length === 0) return true;
    }
    while (rest.length > 0) {
      const taken = this.#style.keyed?.test(rest.join(' ')) ? 2 : 1;
      const isLeaf = rest.length <= 2 && !(taken === 2 && this.#style.keyed!.test(`${rest.join(' ')} {`));
      if (isLeaf) {
        this.#leaf(header, rest);
        return true;
      }
      header = this.#open(header, rest.slice(0, taken));
      rest = rest.slice(taken);
    }
    return true;
  }

  #name(at: number): string[] {
    const text = this.#doc.text(at);
    return words(text.endsWith(' {') ? text.slice(0, -2) : text.replace(/;.*$/, ''));
  }

  #childSection(header: number | undefined, path: readonly string[]): { at: number; taken: number } | undefined {
    for (const at of this.#doc.children(header)) {
      if (!this.#doc.lines[at]!.endsWith(' {')) continue;
      const name = this.#name(at);
      if (name.length <= path.length && name.every((word, nth) => plain(word) === plain(path[nth]!)))
        return { at, taken: name.length };
    }
    return undefined;
  }

  #indent(header: number | undefined): string {
    return header === undefined ? '' : `${' '.repeat(this.#doc.indent(header))}${this.#style.step ?? '    '}`;
  }

  #endOf(header: number | undefined): number {
    if (header !== undefined) return this.#doc.bodyEnd(header);
    return this.#doc.lines.length - (this.#doc.lines.at(-1) === '' ? 1 : 0);
  }

  /** Where a new line belongs: in the order in which the system prints, else at the end. */
  #placeOf(header: number | undefined, line: string): number {
    const below = this.#doc.children(header).filter((at) => this.#doc.text(at) !== '}');
    const path = header === undefined ? [] : this.#doc.pathOf(header);
    const nth = this.#order?.place(
      path,
      line,
      below.map((at) => this.#doc.text(at)),
    );
    if (nth === undefined) return this.#endOf(header);
    const next = below[nth];
    if (next !== undefined) return next;
    const last = below[nth - 1]!;
    return this.#doc.lines[last]!.endsWith(' {') ? this.#doc.bodyEnd(last) + 1 : last + 1;
  }

  #open(header: number | undefined, name: readonly string[]): number {
    const indent = this.#indent(header);
    const line = `${name.join(' ')} {`;
    const at = this.#placeOf(header, line);
    this.#doc.insert(at, `${indent}${line}`, `${indent}}`);
    return at;
  }

  #leaf(header: number | undefined, path: readonly string[]): void {
    const line = `${this.#indent(header)}${path.join(' ')}${this.#end}`;
    const many = this.#style.many?.test(path[0]!) ?? false;
    const old = this.#doc.children(header).find((at) => {
      if (this.#doc.lines[at]!.endsWith(' {')) return false;
      const name = this.#name(at);
      return name[0] === path[0] && (!many || name[1] === path[1]);
    });
    if (old === undefined) this.#doc.insert(this.#placeOf(header, line.trim()), line);
    else this.#doc.lines[old] = line;
  }

  #delete(path: readonly string[]): void {
    let header: number | undefined;
    let rest = [...(this.#style.root ?? []), ...path];
    for (;;) {
      const next = this.#childSection(header, rest);
      if (next === undefined) break;
      rest = rest.slice(next.taken);
      header = next.at;
      if (rest.length === 0) {
        this.#doc.remove(header, this.#doc.bodyEnd(header) + 1);
        return;
      }
    }
    for (const at of this.#doc.children(header).toReversed()) {
      const name = this.#name(at);
      if (!rest.every((word, nth) => plain(word) === plain(name[nth] ?? ''))) continue;
      if (this.#doc.lines[at]!.endsWith(' {')) this.#doc.remove(at, this.#doc.bodyEnd(at) + 1);
      else this.#doc.remove(at);
    }
  }
}

/** As a shell hands a word on, quoted again only where it has to be. */
const unquoted = (word: string): string => {
  const value = /^'(.*)'$|^"(.*)"$/.exec(word);
  if (value === null) return word;
  const inner = value[1] ?? value[2] ?? '';
  return /^[^\s"']+$/.test(inner) ? inner : `"${inner}"`;
};

const plain = (word: string): string => word.replaceAll(/["';]/g, '');

/** Nested text as `set` lines: `show configuration | display set`, `show configuration commands`. */
export function asSetLines(text: string, style: EditStyle): string {
  const doc = new SectionText(text, style.comment);
  const path: string[] = [];
  const lines: string[] = [];
  for (const line of doc.lines) {
    const body = line.trim();
    if (body === '' || style.comment?.test(line)) continue;
    if (body.endsWith(' {')) path.push(body.slice(0, -2));
    else if (body === '}') path.pop();
    else lines.push(`set ${[...path, leafOf(body, style)].join(' ')}`);
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function leafOf(body: string, style: EditStyle): string {
  const leaf = style.leafEnd === undefined ? body : body.replace(/;( ##.*)?$/, '$1');
  if (style.quotes !== true) return leaf;
  const [first = '', ...value] = words(leaf);
  return value.length === 0 ? first : `${first} '${plain(value.join(' '))}'`;
}
