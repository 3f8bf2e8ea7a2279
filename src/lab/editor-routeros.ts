import type { Editor } from './editor.ts';
import { SectionText } from './section-text.ts';

/** RouterOS: `/path add|set|remove …` over an export, in which every path stands once, its lines below it. */
export class RouterosEditor implements Editor {
  readonly path: readonly string[] = [];
  readonly section = '';
  readonly #doc: SectionText;

  constructor(text: string) {
    this.#doc = new SectionText(text);
  }

  get text(): string {
    return this.#doc.toString();
  }

  type(typed: string): boolean {
    const match = /^(\/[a-z0-9 /-]+?)[ /](add|set|remove|comment|enable|disable) (.+)$/.exec(typed.trim());
    if (match === null) return false;
    // Three groups, none of them optional: a match has them all.
    const [, path, verb, rest] = match as unknown as [string, string, string, string];
    const section = path.replaceAll(/(?<=\w)\/(?=\w)/g, ' ');
    const [from, to] = this.#range(section);
    if (verb === 'add') this.#doc.insert(to, `add ${rest}`);
    else if (verb === 'remove') this.#remove(from, to, rest);
    else this.#set(from, to, verb === 'set' ? rest : `${rest} ${verb}=yes`);
    return true;
  }

  up(): boolean {
    return false;
  }

  top(): void {
    // There are no sections to leave.
  }

  enter(): void {
    // There are none to enter either.
  }

  #range(section: string): [number, number] {
    let header = this.#doc.lines.indexOf(section);
    if (header < 0) {
      header = this.#doc.lines.length - (this.#doc.lines.at(-1) === '' ? 1 : 0);
      this.#doc.insert(header, section);
    }
    let to = header + 1;
    while (to < this.#doc.lines.length && /^[^/]/.test(this.#doc.lines[to]!)) to += 1;
    return [header + 1, to];
  }

  #remove(from: number, to: number, rest: string): void {
    const wanted = /\[ ?find (.+?) ?\]/.exec(rest)?.[1] ?? rest;
    for (let at = to - 1; at >= from; at -= 1) {
      if (this.#doc.lines[at]!.includes(` ${wanted}`)) this.#doc.remove(at);
    }
    this.#dropIfEmpty(from);
  }

  /** An export has no line for a path that holds nothing. */
  #dropIfEmpty(from: number): void {
    const next = this.#doc.lines[from];
    if (next === undefined || next === '' || next.startsWith('/')) this.#doc.remove(from - 1);
  }

  /** `set [ find default-name=ether1 ] comment=x`, and `set name=x` for paths that hold one thing. */
  #set(from: number, to: number, rest: string): void {
    const selector = /^\[ ?find .+? ?\]/.exec(rest)?.[0] ?? '';
    const settings = rest.slice(selector.length).trim();
    const normal = selector.replace(/^\[ ?/, '[ ').replace(/ ?\]$/, ' ]');
    const start = normal === '' ? 'set ' : `set ${normal} `;
    const name = /\[ find (.+) \]/.exec(normal)?.[1];
    for (let at = from; at < to; at += 1) {
      const line = this.#doc.lines[at]!;
      if (!line.startsWith(start) && !(name !== undefined && line.includes(` ${name}`))) continue;
      const merged = merge(line, settings);
      this.#doc.lines[at] = merged;
      if (/^set(?: \[ find [^\]]* \])?$/.test(merged)) {
        this.#doc.remove(at);
        this.#dropIfEmpty(from);
      }
      return;
    }
    if (/^(?:![\w-]+ ?)+$/.test(settings)) this.#dropIfEmpty(from);
    else this.#doc.insert(to, `${start}${settings}`);
  }
}

const setting = /([\w-]+)=("(?:[^"\\]|\\.)*"|\S+)/g;

function merge(line: string, settings: string): string {
  let merged = line;
  for (const [whole, key] of settings.matchAll(setting)) {
    const at = new RegExp(` ${key}=("(?:[^"\\\\]|\\\\.)*"|[^ ]+)`);
    merged = at.test(merged) ? merged.replace(at, () => ` ${whole}`) : `${merged} ${whole}`;
  }
  // `!note` takes a setting back to what it is without one.
  for (const [, key] of settings.matchAll(/(?:^| )!([\w-]+)/g)) {
    merged = merged.replace(new RegExp(` ${key}=("(?:[^"\\\\]|\\\\.)*"|[^ ]+)`), '');
  }
  return merged;
}
