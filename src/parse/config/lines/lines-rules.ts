import type { ConfigNode } from '../config-tree.ts';
import type { NodeRules } from '../dialect.ts';
import { readMembers, writeMembers } from './number-list.ts';
import type { Section } from './section.ts';
import type { LinesSpec, ListRule, OrderRule, OverwriteRule, SingleRule } from './spec.ts';
import { WordRules } from './word-rules.ts';

interface Single {
  readonly unless: RegExp | undefined;
  readonly isWhole: boolean;
  readonly isFirst: boolean;
}

/** A line taken apart: what it says, and whether it takes that back. */
export interface Polarity {
  readonly isNegative: boolean;
  readonly body: string;
}

/** A draft or a node: what `settle` takes. */
interface Settling {
  readonly text: string;
  readonly line: number;
  readonly children: readonly Settling[];
}

const pairs = <T>(words: readonly string[] | undefined, value: T): (readonly [string, T])[] =>
  (words ?? []).map((pattern) => [pattern, value] as const);

const none: readonly ConfigNode[] = [];

/** The rules of a dialect of lines, ready to be asked. */
export class LinesRules implements NodeRules {
  readonly spec: LinesSpec;
  readonly #opens: WordRules<readonly string[] | 'none'>;
  readonly globals: WordRules<true>;
  readonly #overwrite: WordRules<OverwriteRule>;
  readonly wipes: WordRules<RegExp>;
  readonly #cascades: WordRules<number>;
  readonly takeBack: WordRules<string>;
  readonly absenceShown: WordRules<true>;
  readonly absenceHidden: WordRules<true>;
  readonly ranks: WordRules<number>;
  readonly #lists: WordRules<ListRule>;
  readonly #single: WordRules<Single>;
  readonly #fixed: WordRules<true>;
  readonly #permanent: WordRules<true>;
  readonly #freeText: WordRules<true>;
  readonly #closers: WordRules<string>;
  readonly #closerLines: ReadonlySet<string>;
  readonly #orderedSections: WordRules<OrderRule>;
  readonly #orderedLines: WordRules<OrderRule>;
  readonly #negate: string;

  constructor(spec: LinesSpec) {
    this.spec = spec;
    this.#negate = `${spec.negate} `;
    this.#opens = new WordRules<readonly string[] | 'none'>([
      ...spec.opens.map((rule) => (typeof rule === 'string' ? ([rule, []] as const) : ([rule[0], rule[1]] as const))),
      ...pairs(spec.opensNot, 'none' as const),
    ]);
    this.globals = new WordRules(pairs(spec.globals, true));
    this.#overwrite = new WordRules((spec.overwrite ?? []).map((rule) => [rule.words, rule]));
    this.wipes = new WordRules(spec.wipes ?? []);
    this.#cascades = new WordRules(spec.cascades ?? []);
    this.takeBack = new WordRules(spec.takeBack ?? []);
    this.absenceShown = new WordRules(pairs(spec.absenceShown, true));
    this.absenceHidden = new WordRules(pairs(spec.absenceHidden, true));
    this.ranks = new WordRules(
      (spec.ranks ?? []).map(([words, rank]) => [words.includes(': ') ? words : `/: ${words}`, rank] as const),
    );
    this.#lists = new WordRules((spec.lists ?? []).map((rule) => [rule.words, rule]));
    this.#single = new WordRules(
      spec.single.map((rule) => [typeof rule === 'string' ? rule : rule.words, single(rule)]),
    );
    this.#fixed = new WordRules(pairs(spec.fixed, true));
    this.#permanent = new WordRules(pairs(spec.permanent, true));
    this.#freeText = new WordRules(pairs(spec.freeText, true));
    this.#closers = new WordRules(spec.closers ?? []);
    this.#closerLines = new Set([
      ...(spec.closers ?? []).map(([, closer]) => closer),
      ...(spec.overwrite ?? []).map(({ end }) => end),
    ]);
    const ordered = spec.ordered ?? [];
    this.#orderedSections = new WordRules(
      ordered.filter((rule) => rule.kind === 'section').map((rule) => [rule.words, rule]),
    );
    this.#orderedLines = new WordRules(
      ordered.filter((rule) => rule.kind === 'flat').map((rule) => [rule.words, rule]),
    );
  }

  /** Lines that begin so go with the line that is taken back. */
  cascade(text: string, parents: readonly string[]): string | undefined {
    const found = this.#cascades.find(text, parents);
    return found && `${text.split(' ', found.value).join(' ')} `;
  }

  /** Commands of the system beyond typing and taking back. @returns whether the line was one. */
  command(_section: Section, _typed: string): boolean {
    return false;
  }

  /** The line that gives an entry another place, where the system has one. */
  moveLine(_text: string, _where: 'before' | 'after', _other: string): string {
    return '';
  }

  polarity(text: string): Polarity {
    return text.startsWith(this.#negate)
      ? { isNegative: true, body: text.slice(this.#negate.length).trimStart() }
      : { isNegative: false, body: text };
  }

  negated(body: string): string {
    return this.#negate + body;
  }

  identity(text: string, parents: readonly string[]): string {
    if (text.includes('\n')) return this.#literalIdentity(text);
    const fixed = this.#fixed.find(text, parents);
    if (fixed !== undefined) return fixed.key;
    const { isNegative, body } = this.polarity(text);
    const list = this.listOf(body, parents);
    if (list !== undefined) return `${isNegative ? this.#negate : ''}${list.key} ${list.canonical}`;
    const { creation } = this.spec;
    const isAsItStands = creation === undefined && !text.includes('  ') && !text.endsWith(',');
    if (isAsItStands || this.#freeText.has(body, parents)) return text;
    let plain = text.includes('  ') ? text.replaceAll(/ {2,}/g, ' ') : text;
    if (creation !== undefined && plain.endsWith(` ${creation}`)) plain = plain.slice(0, -creation.length - 1);
    if (plain.endsWith(',') && this.isInOverwritten(parents)) plain = plain.slice(0, -1);
    return plain;
  }

  slot(text: string, parents: readonly string[]): string {
    const fixed = this.#fixed.find(text, parents);
    if (fixed !== undefined) return fixed.key;
    const { isNegative, body } = this.polarity(text);
    const head = body.includes('\n') ? this.#literalHead(body) : body;
    const list = this.listOf(head, parents);
    if (list !== undefined) return isNegative && list.rest !== '' ? this.negated(list.key) : list.key;
    const number = this.sequence(head, parents);
    if (number !== undefined) return number;
    const found = this.#single.find(head, parents);
    if (found !== undefined && !found.value.unless?.test(head)) {
      // `no ip address dhcp` stands beside the address: it takes back something else.
      return isNegative && found.matched !== head ? this.identity(text, parents) : found.key;
    }
    return this.identity(body, parents);
  }

  /** The rule by which a section holds one such line. */
  singleOf(body: string, parents: readonly string[]): { key: string; isWhole: boolean; isFirst: boolean } | undefined {
    const found = this.#single.find(body, parents);
    if (found === undefined || found.value.unless?.test(body)) return undefined;
    // Words that do not count stand between the others: the first ones alone would say something else.
    return {
      key: found.key,
      isWhole: found.value.isWhole || found.key !== found.matched,
      isFirst: found.value.isFirst,
    };
  }

  /** The number that an entry of a list begins with: it says its place. */
  sequence(text: string, parents: readonly string[]): string | undefined {
    const code = text.charCodeAt(0);
    if (code < 48 || code > 57 || this.orderedSection(parents) === undefined) return undefined;
    return /^\d+(?= )/.exec(text)?.[0];
  }

  orderGroup(text: string, parents: readonly string[]): string | undefined {
    return this.orderOf(text, parents)?.group;
  }

  /** Whether the order of any line below these headers counts: where not, no line is in a group. */
  hasOrder(parents: readonly string[]): boolean {
    return !this.#orderedLines.isEmpty || this.orderedSection(parents) !== undefined || this.isInOverwritten(parents);
  }

  orderOf(text: string, parents: readonly string[]): { group: string; rule: OrderRule } | undefined {
    if (this.isInOverwritten(parents)) return { group: 'section', rule: { kind: 'section', words: '', repeats: true } };
    const section = this.orderedSection(parents);
    if (section !== undefined) {
      const { only } = section;
      if (this.sequence(text, parents) !== undefined || this.polarity(text).isNegative) return undefined;
      if (only !== undefined && !text.startsWith(`${only} `)) return undefined;
      if (this.isPermanent(text, parents)) return undefined;
      return { group: 'section', rule: section };
    }
    const flat = this.#orderedLines.find(text, parents);
    return flat && { group: flat.key, rule: flat.value };
  }

  orderedSection(parents: readonly string[]): OrderRule | undefined {
    const header = parents.at(-1);
    return header === undefined ? undefined : this.#orderedSections.find(header, parents.slice(0, -1))?.value;
  }

  isInOverwritten(parents: readonly string[]): boolean {
    return this.spec.overwrite !== undefined && parents.some((header) => this.overwriteOf(header) !== undefined);
  }

  isPermanent(text: string, parents: readonly string[]): boolean {
    if (this.#fixed.has(text, parents) || this.#permanent.has(text, parents)) return true;
    const { isNegative, body } = this.polarity(text);
    if (isNegative && this.absenceShown.find(body, parents)?.key === body) return true;
    const { virtualInterface } = this.spec;
    return virtualInterface !== undefined && /^interface /i.test(text) && !virtualInterface.test(text);
  }

  /** A line of a list, taken apart. */
  listOf(
    text: string,
    parents: readonly string[],
  ): { rule: ListRule; key: string; verb: 'add' | 'remove' | undefined; rest: string; canonical: string } | undefined {
    const found = this.#lists.find(text, parents);
    if (found === undefined) return undefined;
    const { value: rule, key } = found;
    const after = text.slice(found.matched.length).trim();
    const verb = rule.mode === 'replace' ? /^(add|remove) (?=\S)/.exec(after)?.[1] : undefined;
    const rest = verb === undefined ? after : after.slice(verb.length).trim();
    return {
      rule,
      key,
      verb: verb as 'add' | 'remove' | undefined,
      rest,
      canonical: writeMembers([...readMembers(rest, rule.notation)].sort(), rule.notation),
    };
  }

  closerOf(header: string): string | undefined {
    return this.overwriteOf(header)?.end ?? this.#closers.find(header)?.value;
  }

  overwriteOf(header: string): OverwriteRule | undefined {
    const rule = this.spec.overwrite === undefined ? undefined : this.#overwrite.find(header)?.value;
    return rule?.unless?.test(header) ? undefined : rule;
  }

  /** The first words of the sections that the header stands in, none for the top; undefined for what is no header. */
  opens(header: string): readonly string[] | undefined {
    const within = this.#opens.find(header)?.value;
    return within === 'none' ? undefined : within;
  }

  /** The line that takes back all lines of a group. */
  clearing(group: string): string {
    return this.negated(group);
  }

  /** A line with the place that it is to take among those of its group, from 1. */
  placed(text: string, _place: number): string {
    return text;
  }

  isCloser(line: string): boolean {
    return this.#closerLines.has(line);
  }

  /** Nodes as the device means them: equal sections are one, equal lines are one, a list is one line. */
  settle(siblings: readonly Settling[], parents: readonly string[]): readonly ConfigNode[] {
    if (siblings.length === 0) return none;
    const isList = this.spec.lists !== undefined;
    const seen = new Map<string, number>();
    const settled: { text: string; line: number; children: readonly Settling[] }[] = [];
    for (const { text, line, children } of siblings) {
      const { isNegative, body } = this.polarity(text);
      const list = isList ? this.listOf(body, parents) : undefined;
      const key = list === undefined ? text : this.slot(text, parents);
      const at = seen.get(key);
      if (at === undefined) {
        seen.set(key, settled.length);
        const isPart = list?.verb !== undefined && !isNegative;
        settled.push({
          text: isPart ? `${list.key} ${list.verb === 'add' ? list.rest : 'none'}` : text,
          line,
          children,
        });
      } else if (list !== undefined && isNegative)
        settled[at]!.text = this.negated(this.foldList(this.polarity(settled[at]!.text).body, body, parents));
      else if (list !== undefined) settled[at]!.text = this.foldList(settled[at]!.text, text, parents);
      else if (this.orderOf(text, parents)?.rule.repeats) settled.push({ text, line, children });
      else if (children.length > 0)
        settled[at]!.children = this.#entered(settled[at]!.children, children, [...parents, text]);
    }
    return settled.map(({ text, line, children }) => ({
      text,
      line,
      children: children.length === 0 ? none : this.settle(children, [...parents, text]),
    }));
  }

  /** A section that is entered once more: what it holds one of is replaced. */
  #entered(standing: readonly Settling[], typed: readonly Settling[], path: readonly string[]): readonly Settling[] {
    const places = new Map(standing.map(({ text }, at) => [this.slot(text, path), at]));
    const all = [...standing];
    for (const line of typed) {
      const at =
        line.children.length === 0 && this.orderGroup(line.text, path) === undefined
          ? places.get(this.slot(line.text, path))
          : undefined;
      if (at === undefined || all[at]!.children.length > 0) all.push(line);
      else all[at] = line;
    }
    return all;
  }

  /** What a list holds after one more of its lines. */
  foldList(standing: string, typed: string, parents: readonly string[]): string {
    const old = this.listOf(standing, parents)!;
    const line = this.listOf(typed, parents)!;
    if (line.rule.mode === 'replace' && line.verb === undefined) return typed;
    const members = new Set(readMembers(old.rest, old.rule.notation));
    for (const member of readMembers(line.rest, old.rule.notation)) {
      if (line.verb === 'remove') members.delete(member);
      else members.add(member);
    }
    return `${old.key} ${members.size === 0 ? 'none' : writeMembers(members, old.rule.notation)}`;
  }

  #literalHead(text: string): string {
    const first = text.slice(0, text.indexOf('\n'));
    for (const rule of this.spec.literals ?? []) {
      if (rule.kind === 'delimiter') {
        const head = rule.match.exec(first)?.[0];
        if (head !== undefined) return head.trim();
      }
    }
    return first;
  }

  #literalIdentity(text: string): string {
    const first = text.slice(0, text.indexOf('\n'));
    const isHex = this.spec.literals?.some((rule) => rule.kind === 'until' && rule.match.test(first)) ?? false;
    return isHex ? text.replaceAll(/\s+/g, ' ') : text;
  }
}

const single = (rule: SingleRule): Single =>
  typeof rule === 'string'
    ? { unless: undefined, isWhole: false, isFirst: false }
    : { unless: rule.unless, isWhole: rule.whole ?? false, isFirst: rule.first ?? false };
