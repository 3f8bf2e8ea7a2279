import { NetwrightError } from '#core';
import type { ConfigNode } from '../config-tree.ts';
import { firstWord } from '../first-word.ts';
import { LinesRules, type Polarity } from './lines-rules.ts';
import { logicalLines } from './logical-lines.ts';
import { deepestSection, tooDeep } from './read-lines.ts';
import { Section } from './section.ts';
import { Typist } from './typist.ts';

/** FortiOS: `config` and `edit` open, `next` and `end` close, `set` and `unset`, `delete` and `move`. */
export class FortiRules extends LinesRules {
  override polarity(text: string): Polarity {
    if (text.startsWith('unset ')) return { isNegative: true, body: `set ${text.slice(6).trim()}` };
    if (text.startsWith('delete ')) return { isNegative: true, body: `edit ${text.slice(7).trim()}` };
    return { isNegative: false, body: text };
  }

  override negated(body: string): string {
    if (body.startsWith('set ')) return `unset ${body.split(' ', 2)[1]}`;
    return body.startsWith('edit ') ? `delete ${body.slice(5)}` : body;
  }

  /** Quotes around a single word say nothing. */
  override identity(text: string, parents: readonly string[]): string {
    return super.identity(text.includes('"') ? text.replaceAll(/"([^"\s\\]+)"/g, '$1') : text, parents);
  }

  override slot(text: string, parents: readonly string[]): string {
    const { body } = this.polarity(text);
    if (body.startsWith('set ')) return body.split(/\s/, 2).join(' ');
    return this.identity(body, parents);
  }

  override command(section: Section, typed: string): boolean {
    const [verb = '', ...rest] = typed.split(' ');
    const path = section.path;
    const entry = (name: string | undefined): Section | undefined =>
      section.at(this.slot(`edit ${name ?? ''}`, path))[0];
    if (verb === 'move' && rest.length === 3) {
      const moved = entry(rest[0]);
      const other = entry(rest[2]);
      if (moved !== undefined && other !== undefined && moved !== other)
        moved.move(rest[1] === 'before' ? 'before' : 'after', other);
    } else if (verb === 'rename' && rest.length === 3) {
      if (entry(rest[2]) === undefined) entry(rest[0])?.rename(`edit ${rest[2]}`);
    } else if (verb === 'clone' && rest.length === 3) {
      const original = entry(rest[0]);
      if (original !== undefined && entry(rest[2]) === undefined)
        copy(original.freeze(), section.add(`edit ${rest[2]}`));
    } else if (verb === 'purge') section.clear();
    else if ((verb === 'append' || verb === 'select' || verb === 'unselect') && rest.length > 1) {
      const [key = '', ...values] = rest;
      const standing = section.at(`set ${key}`)[0];
      const old = verb === 'select' ? [] : (standing?.text.split(' ').slice(2) ?? []);
      const now =
        verb === 'unselect' ? old.filter((value) => !values.includes(value)) : [...new Set([...old, ...values])];
      if (now.length === 0) standing?.remove();
      else if (standing === undefined) section.add(`set ${key} ${now.join(' ')}`);
      else standing.rename(`set ${key} ${now.join(' ')}`);
    } else return false;
    return true;
  }

  /** The line that puts an entry after another one, or before it. */
  override moveLine(text: string, where: 'before' | 'after', other: string): string {
    return `move ${text.slice(5)} ${where} ${other.slice(5)}`;
  }
}

function copy(node: ConfigNode, into: Section): void {
  for (const child of node.children) copy(child, into.add(child.text));
}

interface Draft {
  readonly text: string;
  readonly line: number;
  readonly children: Draft[];
}

/** @throws NetwrightError `NW_CONFIG_SYNTAX` where `config` and `edit` have no end, or an end has nothing that it ends. */
export function readForti(text: string, rules: FortiRules, file: string): readonly ConfigNode[] {
  const top: Draft[] = [];
  const open: Draft[] = [];
  for (const { text: body, line, isComment } of logicalLines(text, rules.spec, file)) {
    if (isComment) continue;
    if (body === 'next' || body === 'end') {
      closeSection(open, body, file, line);
      continue;
    }
    const node = { text: body, line, children: [] };
    (open.at(-1)?.children ?? top).push(node);
    if (/^(?:config|edit) /.test(body)) {
      if (open.length >= deepestSection) throw tooDeep(file, line);
      open.push(node);
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined)
    throw new NetwrightError(
      'NW_CONFIG_SYNTAX',
      `${file}:${unclosed.line}: the "${firstWord(unclosed.text)}" that begins here does not end`,
    );
  return rules.settle(top, []);
}

function closeSection(open: { readonly text: string }[], closer: 'next' | 'end', file: string, line: number): void {
  const last = open.at(-1);
  const isFit = last !== undefined && (closer === 'end' || last.text.startsWith('edit '));
  if (!isFit) throw new NetwrightError('NW_CONFIG_SYNTAX', `${file}:${line}: a "${closer}" that ends nothing`);
  open.pop();
  // `end` leaves the entry and its table.
  if (closer === 'end' && last.text.startsWith('edit ') && open.at(-1)?.text.startsWith('config ')) open.pop();
}

export function typeForti(
  nodes: readonly ConfigNode[],
  text: string,
  rules: FortiRules,
  file: string,
): readonly ConfigNode[] {
  const root = Section.root(rules, nodes);
  const typist = new Typist(rules);
  const open: Section[] = [];
  for (const { text: body, line, isComment } of logicalLines(text, rules.spec, file)) {
    if (isComment) continue;
    if (body === 'next' || body === 'end') {
      closeSection(open, body, file, line);
      continue;
    }
    if (body === 'abort') {
      open.length = 0;
      continue;
    }
    if (!/^(?:config|edit|set|unset|delete|move|rename|clone|purge|append|select|unselect)\b/.test(body))
      throw new NetwrightError(
        'NW_CONFIG_SYNTAX',
        `${file}:${line}: "${firstWord(body)}" is no command that changes a configuration`,
      );
    const typed = typist.type(open.at(-1) ?? root, body);
    if (!/^(?:config|edit) /.test(body)) continue;
    if (open.length >= deepestSection) throw tooDeep(file, line);
    open.push(typed!);
  }
  return root.freeze().children;
}
