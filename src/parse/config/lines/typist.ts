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
    const denial = rules.negated(text);
    const denied = section.at(rules.slot(denial, path)).find((line) => rules.polarity(line.text).isNegative);
    if (
      denied !== undefined &&
      rules.identity(rules.polarity(denied.text).body, path) === identity &&
      !rules.absenceShown.has(text, path)
    ) {
      denied.remove();
      this.#wipe(section, text, path);
      return undefined;
    }
    const standing = order?.rule.repeats ? undefined : section.at(slot).at(-1);
    if (standing === undefined) {
      const added = section.add(text);
      this.#wipe(section, text, path);
      return added;
    }
    if (rules.identity(standing.text, path) === identity) {
      if (rules.overwriteOf(text) !== undefined) standing.clear();
      return standing;
    }
    if (rules.singleOf(text, path)?.isFirst) {
      standing.remove();
      return section.add(text);
    }
    standing.rename(text);
    if (rules.overwriteOf(text) !== undefined) standing.clear();
    this.#wipe(section, text, path);
    return standing;
  }

  #putList(section: Section, text: string, path: readonly string[]): Section | undefined {
    const rules = this.#rules;
    const list = rules.listOf(text, path)!;
    if (list.rule.mode === 'add') return this.#changeMembers(section, text, path, 1);
    const standing = section.at(list.key)[0];
    if (standing === undefined)
      return section.add(list.verb === undefined ? text : `${list.key} ${list.verb === 'remove' ? 'none' : list.rest}`);
    if (rules.polarity(standing.text).isNegative) standing.rename(`${list.key} ${list.rest}`);
    else {
      const folded = rules.foldList(standing.text, text, path);
      if (folded !== standing.text) standing.rename(folded);
    }
    return standing;
  }

  /**
   * A member that is typed is in the list, one that is taken back is out of it, and one that is taken back while it is
   * not there is denied by a line of its own (VLAN 1 on a trunk of Comware): typing it takes that line away first.
   */
  #changeMembers(section: Section, body: string, path: readonly string[], step: 1 | -1): Section | undefined {
    const rules = this.#rules;
    const { key, rest, rule } = rules.listOf(body, path)!;
    const read = (slot: string): Set<string> => {
      const text = section.at(slot)[0]?.text;
      return new Set(
        text === undefined ? [] : readMembers(rules.listOf(rules.polarity(text).body, path)!.rest, rule.notation),
      );
    };
    const denial = rules.negated(key);
    const [members, denied] = [read(key), read(denial)];
    for (const member of readMembers(rest, rule.notation)) {
      if (step === 1) {
        if (!denied.delete(member)) members.add(member);
      } else if (!members.delete(member)) denied.add(member);
    }
    const write = (slot: string, now: ReadonlySet<string>): Section | undefined => {
      const standing = section.at(slot)[0];
      const text = `${slot} ${writeMembers(now, rule.notation)}`;
      if (now.size === 0) standing?.remove();
      else if (standing === undefined) return section.add(text);
      else if (rules.identity(standing.text, path) !== rules.identity(text, path)) standing.rename(text);
      return now.size === 0 ? undefined : standing;
    };
    const lists = [write(key, members), write(denial, denied)];
    return lists[step === 1 ? 0 : 1];
  }

  #takeBack(section: Section, body: string): Section | undefined {
    const rules = this.#rules;
    const path = section.path;
    const list = rules.listOf(body, path);
    if (list !== undefined && list.rest !== '' && list.rule.mode === 'add')
      return this.#changeMembers(section, body, path, -1);
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
    const denial = rules.negated(bare);
    const denials = [...section.at(rules.slot(denial, path)), ...(single?.isWhole ? [] : standing)];
    const denied = denials.find(({ text }) => rules.polarity(text).isNegative);
    if (denied !== undefined) return denied;
    if (rules.absenceHidden.has(bare, path) || rules.orderGroup(bare, path) !== undefined) return undefined;
    return section.add(denial);
  }

  #reset(section: Section, body: string): void {
    const rules = this.#rules;
    const path = section.path;
    const identity = rules.identity(body, path);
    const single = rules.singleOf(body, path);
    const slot = single === undefined || single.isWhole ? undefined : rules.slot(body, path);
    for (const child of section.children()) {
      const positive = rules.polarity(child.text).body;
      const isMeant =
        positive.startsWith(`${identity} `) ||
        rules.identity(positive, path) === identity ||
        (slot !== undefined && rules.slot(child.text, path) === slot);
      if (isMeant) this.#remove(child, path);
    }
  }

  /** Where the system shows that there is none: `no ip address`. */
  #absence(section: Section, body: string, path: readonly string[]): Section | undefined {
    const found = this.#rules.absenceShown.find(body, path);
    const slot = this.#rules.slot(body, path);
    if (found === undefined || slot !== found.key || section.at(slot).length > 0) return undefined;
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
