import type { ConfigNode } from '../config-tree.ts';
import type { LinesRules } from './lines-rules.ts';
import { cutMembers, readMembers, writeMembers } from './number-list.ts';
import type { Section } from './section.ts';
import type { Typist } from './typist.ts';

/** Writes down the lines of a remedy and types each into the working copy, so that what follows knows what it did. */
export class Emitter {
  readonly lines: string[] = [];
  readonly #rules: LinesRules;
  readonly #typist: Typist;
  /** Sections entered, outermost first. */
  #open: Section[] = [];

  constructor(rules: LinesRules, typist: Typist) {
    this.#rules = rules;
    this.#typist = typist;
  }

  /** Types a command in a section of the working copy. */
  type(section: Section, line: string): Section | undefined {
    this.enter(section);
    this.#write(this.#open.length, line);
    return this.#typist.type(section, line);
  }

  /** Types what makes a line of a configuration stand in the section. */
  put(section: Section, text: string): Section | undefined {
    this.enter(section);
    let typed: Section | undefined;
    const { literals = [] } = this.#rules.spec;
    const banner = literals.find((rule) => rule.kind === 'delimiter' && rule.match.test(text))?.match;
    if (banner !== undefined) {
      this.#write(this.#open.length, typedBanner(text, banner));
      return this.#typist.type(section, text);
    }
    for (const line of this.#asTyped(section, text)) {
      this.#write(this.#open.length, line);
      typed = this.#typist.type(section, line);
    }
    return typed;
  }

  /** Types a header and stays in its section; what the system empties on entry is empty then. */
  open(section: Section, header: string): Section | undefined {
    const opened = this.put(section, header);
    if (opened !== undefined) this.#open.push(opened);
    return opened;
  }

  /** Writes a section line by line as it stands, for those that take what they are given. */
  block(section: Section, header: ConfigNode): void {
    this.enter(section);
    this.#verbatim(section, header, this.#open.length);
    const closer = this.#rules.closerOf(header.text);
    if (closer !== undefined) this.#write(this.#open.length, closer);
  }

  #verbatim(section: Section, node: ConfigNode, depth: number): void {
    this.#write(depth, node.text);
    const typed = this.#typist.type(section, node.text);
    if (typed !== undefined) for (const child of node.children) this.#verbatim(typed, child, depth + 1);
  }

  enter(section: Section): void {
    const wanted: Section[] = [];
    for (let at: Section | undefined = section; at?.parent !== undefined; at = at.parent) wanted.unshift(at);
    let common = 0;
    while (common < wanted.length && this.#open[common] === wanted[common]) common += 1;
    this.leave(common);
    for (const header of wanted.slice(common)) {
      this.#write(this.#open.length, header.text);
      this.#open.push(header);
    }
  }

  leave(depth = 0): void {
    while (this.#open.length > depth) {
      const closed = this.#open.pop()!;
      this.#write(this.#open.length, this.#rules.closerOf(closed.text) ?? this.#rules.spec.close);
    }
  }

  #write(depth: number, line: string): void {
    this.lines.push(this.#rules.spec.step.repeat(depth) + line);
  }

  /** What is typed for a line of a configuration: a list in pieces, and only what changes of it. */
  #asTyped(section: Section, text: string): string[] {
    const { isNegative, body } = this.#rules.polarity(text);
    const path = section.path;
    const list = this.#rules.listOf(body, path);
    if (list === undefined || list.verb !== undefined || list.rest === '') return [text];
    const { rule, key, rest } = list;
    if (isNegative && rule.mode === 'replace') return [text];
    const standing = section.at(isNegative ? this.#rules.negated(key) : key)[0];
    const old = standing === undefined ? undefined : this.#rules.listOf(this.#rules.polarity(standing.text).body, path);
    const goal = readMembers(rest, rule.notation);
    const before = readMembers(old?.rest ?? '', rule.notation);
    const gone = writeMembers(
      [...before].filter((member) => !goal.has(member)),
      rule.notation,
    );
    const come = writeMembers(
      [...goal].filter((member) => !before.has(member)),
      rule.notation,
    );
    const plain = `${key} `;
    const denial = this.#rules.negated(plain);
    const [takes, gives] = isNegative ? [plain, denial] : [denial, plain];
    if (rule.mode === 'add') return [...cut(gone, rule.notation, takes), ...cut(come, rule.notation, gives)];
    const isShorter = old !== undefined && before.size > 0 && goal.size > 0 && gone.length + come.length < rest.length;
    if (isShorter) return [...cut(gone, rule.notation, `${key} remove `), ...cut(come, rule.notation, `${key} add `)];
    const [first = rest, ...more] = cutMembers(rest, rule.notation);
    return [`${key} ${first}`, ...more.map((part) => `${key} add ${part}`)];
  }
}

const cut = (list: string, notation: Parameters<typeof cutMembers>[1], prefix: string): string[] =>
  list === '' ? [] : cutMembers(list, notation).map((part) => prefix + part);

const delimiters = ['#', '@', '~', '|', '$', '%', '&', '+', '='];

/** `^C` is what the system shows for a control character; typed, any character that the text does not hold will do. */
function typedBanner(text: string, match: RegExp): string {
  const head = match.exec(text)![0];
  const rest = text.slice(head.length);
  const delimiter = rest.startsWith('^C') ? '^C' : rest.slice(0, 1);
  const content = rest.slice(delimiter.length, rest.length - delimiter.length);
  if (delimiter !== '^C') return text;
  const free = delimiters.find((mark) => !content.includes(mark));
  return free === undefined ? text : head + free + content + free;
}
