import type { LinesRules } from './lines-rules.ts';
import { readMembers, writeMembers } from './number-list.ts';
import type { Section } from './section.ts';

/**
 * What one line does to the section that it is typed in. A line that meets its own negation cancels it, for what is
 * shown as `no x` is on by default and its positive is not shown; typed once more, it stands.
 */
export class Typist {
  readonly #rules: LinesRules;

  constructor(rules: LinesRules) {
    this.#rules = rules;
  }

  /** @returns the section or line that stands for it now; undefined when nothing does. */
  type(section: Section, typed: string): Section | undefined {
    const { spec } = this.#rules;
    if (this.#rules.command(section, typed)) return undefined;
    const { isNegative, body } = this.#rules.polarity(typed);
    if (isNegative) return this.#takeBack(section, body);
    if (spec.reset !== undefined && typed.startsWith(`${spec.reset} `)) {
      this.#reset(section, typed.slice(spec.reset.length + 1).trimStart());
      return undefined;
    }
    return this.#put(section, typed);
  }

  #put(section: Section, typed: string): Section | undefined {
    const rules = this.#rules;
    const path = section.path;
    const text = this.#numbered(section, typed, path);
    if (rules.listOf(text, path) !== undefined) return this.#putList(section, text, path);
    const order = rules.orderOf(text, path);
    const slot = rules.slot(text, path);
    const identity = rules.identity(text, path);
    const standing = order?.rule.repeats ? undefined : section.at(slot).at(-1);
    if (standing === undefined) {
      const added = section.add(text);
      this.#wipe(section, text, path);
      return added;
    }
    if (rules.identity(standing.text, path) === identity) {
      if (rules.overwrite.has(text, path)) standing.clear();
      return standing;
    }
    const was = rules.polarity(standing.text);
    if (was.isNegative && rules.identity(was.body, path) === identity && !rules.absenceShown.has(text, path)) {
      standing.remove();
      this.#wipe(section, text, path);
      return undefined;
    }
    if (rules.singleOf(text, path)?.isFirst) {
      standing.remove();
      return section.add(text);
    }
    standing.rename(text);
    if (rules.overwrite.has(text, path)) standing.clear();
    this.#wipe(section, text, path);
    return standing;
  }

  #putList(section: Section, text: string, path: readonly string[]): Section | undefined {
    const rules = this.#rules;
    const list = rules.listOf(text, path)!;
    const standing = section.at(list.key)[0];
    const plain = list.verb === undefined ? text : `${list.key} ${list.rest}`;
    const denied = section.at(rules.slot(rules.negated(plain), path))[0];
    if (denied !== undefined && denied !== standing) denied.remove();
    if (standing === undefined) return section.add(list.verb === 'remove' ? `${list.key} none` : plain);
    if (rules.polarity(standing.text).isNegative) standing.rename(plain);
    else {
      const folded = rules.foldList(standing.text, text, path);
      if (folded !== standing.text) standing.rename(folded);
    }
    return standing;
  }

  #takeBack(section: Section, body: string): Section | undefined {
    const rules = this.#rules;
    const path = section.path;
    const list = rules.listOf(body, path);
    if (list !== undefined && list.rest !== '' && list.rule.mode === 'add')
      return this.#takeFromList(section, body, path);
    const bare = list?.verb === undefined ? body : list.key;
    const slot = rules.slot(bare, path);
    const standing = section.at(slot);
    const identity = rules.identity(bare, path);
    const exact = standing.find(({ text }) => rules.identity(text, path) === identity);
    if (exact !== undefined) {
      this.#remove(exact, path);
      return this.#absence(section, bare, path);
    }
    const single = rules.singleOf(bare, path);
    const lost = standing.filter(
      ({ text }) =>
        !rules.polarity(text).isNegative &&
        (text.startsWith(`${bare} `) || list !== undefined || (single !== undefined && !single.isWhole)),
    );
    const start = `${identity} `;
    for (const child of section.children()) {
      if (child.text.startsWith(start) && !lost.includes(child)) lost.push(child);
    }
    if (lost.length > 0) {
      for (const child of lost) this.#remove(child, path);
      return this.#absence(section, bare, path);
    }
    if (standing.length > 0 && rules.polarity(standing.at(-1)!.text).isNegative) return standing.at(-1);
    if (rules.absenceHidden.has(bare, path) || rules.orderGroup(bare, path) !== undefined) return undefined;
    return section.add(rules.negated(bare));
  }

  #takeFromList(section: Section, body: string, path: readonly string[]): Section | undefined {
    const rules = this.#rules;
    const { key, rest, rule } = rules.listOf(body, path)!;
    const standing = section.at(key)[0];
    const members = new Set(
      standing === undefined ? [] : readMembers(rules.listOf(standing.text, path)?.rest ?? '', rule.notation),
    );
    const before = members.size;
    for (const member of readMembers(rest, rule.notation)) members.delete(member);
    if (standing === undefined || members.size === before) {
      const denied = rules.negated(body);
      return section.at(rules.slot(denied, path))[0] ?? section.add(denied);
    }
    if (members.size === 0) standing.remove();
    else standing.rename(`${key} ${writeMembers(members, rule.notation)}`);
    return undefined;
  }

  #reset(section: Section, body: string): void {
    const rules = this.#rules;
    const path = section.path;
    const identity = rules.identity(body, path);
    for (const child of [...section.at(rules.slot(body, path))]) this.#remove(child, path);
    for (const child of section.children()) {
      if (rules.polarity(child.text).body.startsWith(`${identity} `)) this.#remove(child, path);
    }
  }

  /** Where the system shows that there is none: `no ip address`. */
  #absence(section: Section, body: string, path: readonly string[]): Section | undefined {
    const found = this.#rules.absenceShown.find(body, path);
    if (found === undefined || section.at(this.#rules.slot(found.key, path)).length > 0) return undefined;
    return section.add(this.#rules.negated(found.key));
  }

  #remove(child: Section, path: readonly string[]): void {
    const section = child.parent!;
    const { text } = child;
    child.remove();
    this.#wipe(section, text, path);
    const cascade = this.#rules.cascade(text, path);
    if (cascade !== undefined) dropBelow(section, cascade);
  }

  #wipe(section: Section, text: string, path: readonly string[]): void {
    const lost = this.#rules.wipes.find(this.#rules.polarity(text).body, path)?.value;
    if (lost === undefined) return;
    for (const child of section.children()) if (lost.test(child.text)) child.remove();
  }

  /** An entry without a number joins a numbered list at its end. */
  #numbered(section: Section, typed: string, path: readonly string[]): string {
    const rules = this.#rules;
    if (rules.orderOf(typed, path)?.rule.kind !== 'section' || rules.isInOverwritten(path)) return typed;
    const entries = section.children();
    if (entries.length === 0 || rules.sequence(entries[0]!.text, path) === undefined) return typed;
    let last: number | undefined;
    for (const { text } of entries) {
      const number = rules.sequence(text, path);
      if (number === undefined) continue;
      if (text.slice(number.length + 1) === typed) return text;
      last = Math.max(last ?? 0, Number(number));
    }
    return last === undefined ? typed : `${last + 10} ${typed}`;
  }
}

/** A neighbour taken back is taken back in the address families too. */
function dropBelow(section: Section, start: string): void {
  for (const child of section.children()) {
    if (child.text.startsWith(start)) child.remove();
    else if (!child.isEmpty) dropBelow(child, start);
  }
}
