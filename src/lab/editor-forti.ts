import type { Editor } from './editor.ts';
import type { EditStyle } from './persona.ts';
import { SectionText } from './section-text.ts';

/** FortiOS: `config` and `edit` open, `next` and `end` close, `set` replaces, `unset` and `delete` remove. */
export class FortiEditor implements Editor {
  readonly #doc: SectionText;
  #path: string[] = [];
  /** FortiOS puts a block in force with its `next` or `end`. */
  isUnfinished = false;
  /** The lines as they were before the outermost block was entered. */
  #before: readonly string[] = [];

  constructor(style: EditStyle, text: string) {
    this.#doc = new SectionText(text, style.comment);
  }

  get text(): string {
    return this.#doc.toString();
  }

  get path(): readonly string[] {
    return this.#path;
  }

  get section(): string {
    return (this.#path.at(-1)?.split(' ').at(-1) ?? '').replaceAll('"', '');
  }

  type(typed: string): boolean {
    const line = typed.trim();
    const [word = '', key = ''] = line.split(/ +/);
    const last = this.#path.at(-1);
    if (word === 'config' && key !== '') {
      if (last !== undefined && !last.startsWith('edit ')) return false;
      if (last === undefined) this.#before = [...this.#doc.lines];
      this.#path.push(line);
    } else if (last === undefined) return false;
    else if (word === 'edit' && key !== '' && last.startsWith('config ')) {
      this.#path.push(`edit ${key === '0' || /^["\d]/.test(key) ? line.slice(5) : `"${line.slice(5)}"`}`);
    } else if (word === 'next' && last.startsWith('edit ')) {
      this.#header();
      this.#path.pop();
      this.#before = [...this.#doc.lines];
    } else if (word === 'end') {
      this.#header();
      this.#path = this.#path.slice(
        0,
        this.#path.findLastIndex((step) => step.startsWith('config ')),
      );
    } else if (word === 'abort') {
      this.#path = [];
      this.#doc.lines.splice(0, this.#doc.lines.length, ...this.#before);
    } else if ((word === 'set' || word === 'append') && line.split(/ +/).length > 2) this.#set(line, key);
    else if (word === 'unset' && key !== '') this.#remove((text) => text.startsWith(`set ${key} `));
    else if (word === 'delete' && key !== '') {
      const name = line.slice(7).replaceAll('"', '');
      this.#remove((text) => text.replaceAll('"', '') === `edit ${name}`);
    } else return false;
    if (/^(?:set|append|unset|delete)$/.test(word)) this.isUnfinished = true;
    else if (/^(?:next|end|abort)$/.test(word)) this.isUnfinished = false;
    return true;
  }

  up(): boolean {
    return this.#path.pop() !== undefined;
  }

  top(): void {
    this.#path = [];
  }

  enter(path: readonly string[]): void {
    this.#path = [...path];
  }

  #header(): number | undefined {
    let header: number | undefined;
    for (const line of this.#path) {
      const found = this.#doc.children(header).find((at) => this.#doc.text(at) === line);
      header = found ?? this.#add(header, line, line.startsWith('config ') ? 'end' : 'next');
    }
    return header;
  }

  #add(header: number | undefined, ...lines: string[]): number {
    const indent = header === undefined ? '' : `${' '.repeat(this.#doc.indent(header))}    `;
    const end = this.#doc.lines.length - (this.#doc.lines.at(-1) === '' ? 1 : 0);
    const at = header === undefined ? end : this.#doc.bodyEnd(header);
    this.#doc.insert(at, ...lines.map((line) => indent + line));
    return at;
  }

  #set(line: string, key: string): void {
    const header = this.#header();
    const old = this.#doc.children(header).find((at) => this.#doc.text(at).startsWith(`set ${key} `));
    if (old === undefined) this.#add(header, line);
    else this.#doc.lines[old] = ' '.repeat(this.#doc.indent(old)) + line;
  }

  #remove(matches: (text: string) => boolean): void {
    const at = this.#doc.children(this.#header()).find((child) => matches(this.#doc.text(child)));
    if (at === undefined) return;
    const end = this.#doc.bodyEnd(at);
    this.#doc.remove(at, this.#doc.text(end) === 'next' && this.#doc.text(at).startsWith('edit ') ? end + 1 : end);
  }
}
