import { NetwrightError } from '#core';
import { compareNodes } from '../compare-nodes.ts';
import type { ConfigNode } from '../config-tree.ts';
import type { ConfigChange } from '../diff-config.ts';
import { longestRise } from '../longest-rise.ts';
import { Emitter } from './emitter.ts';
import type { LinesRules } from './lines-rules.ts';
import { planOrder } from './plan-order.ts';
import { Section } from './section.ts';
import { Typist } from './typist.ts';

type Within = Extract<ConfigChange, { kind: 'within' }>;

/** Definitions are below, what refers to them above. */
const middleRank = 50;
const mostTries = 6;

/**
 * The lines that make one configuration the other. Every line is typed into a working copy as it is written down, and
 * the rest is computed from what that made of it: what a line takes with it is put back, what cancels is typed twice.
 */
export function remedyLines(
  running: readonly ConfigNode[],
  intended: readonly ConfigNode[],
  rules: LinesRules,
): readonly string[] {
  const root = Section.root(rules, running);
  const remedy = new Remedy(rules);
  remedy.mend(root, intended);
  return remedy.lines();
}

class Remedy {
  readonly #rules: LinesRules;
  readonly #emitter: Emitter;
  /** The short forms of a negation take too much at times: from the second try on the whole line is typed. */
  #isCareful = false;

  constructor(rules: LinesRules) {
    this.#rules = rules;
    this.#emitter = new Emitter(rules, new Typist(rules));
  }

  lines(): readonly string[] {
    this.#emitter.leave();
    return this.#emitter.lines;
  }

  mend(section: Section, intended: readonly ConfigNode[]): void {
    const path = section.path;
    const wasCareful = this.#isCareful;
    for (let nth = 0; nth < mostTries; nth += 1) {
      const changes = compareNodes(section.freeze().children, intended, this.#rules, path);
      if (changes.length === 0) {
        this.#isCareful = wasCareful;
        return;
      }
      this.#isCareful = wasCareful || nth > 0;
      this.#apply(section, changes, intended);
    }
    const where = path.length === 0 ? 'at the top' : `in the section "${path.map(firstWords).join('" > "')}"`;
    throw new NetwrightError(
      'NW_CONFIG_UNREACHABLE',
      `${this.#rules.spec.name}: no lines lead from the one configuration to the other ${where}`,
    );
  }

  #apply(section: Section, changes: readonly ConfigChange[], intended: readonly ConfigNode[]): void {
    const path = section.path;
    const rules = this.#rules;
    const groups = new Set<string>();
    const single: ConfigChange[] = [];
    for (const change of changes) {
      const group = change.kind === 'within' ? undefined : rules.orderGroup(change.node.text, path);
      if (group === undefined) single.push(change);
      else groups.add(group);
    }
    const removed = single.filter((change) => change.kind === 'removed');
    const rest = single.filter((change) => change.kind !== 'removed');
    const rankOf = ({ node }: { node: ConfigNode }): number =>
      rules.ranks.find(rules.polarity(node.text).body, path)?.value ?? middleRank;
    const replaced = new Set(
      rest.flatMap((change) => (change.kind === 'added' ? [rules.slot(change.node.text, path)] : [])),
    );
    const goes = removed.filter(({ node }) => !replaced.has(rules.slot(node.text, path)));
    // Last of all, for they are gone through backwards: what takes other lines with it goes first.
    goes.sort((one, other) => Number(this.#takesOthers(one.node, path)) - Number(this.#takesOthers(other.node, path)));
    const byRank = <T extends { node: ConfigNode }>(list: readonly T[], isLow: boolean): T[] =>
      list
        .filter((entry) => rankOf(entry) < middleRank === isLow)
        .toSorted((one, other) => rankOf(one) - rankOf(other));
    const groupsOf = (isLow: boolean): string[] =>
      [...groups].filter((group) => (rules.ranks.find(group, path)?.value ?? middleRank) < middleRank === isLow);

    this.#free(section, single);
    for (const group of groupsOf(true)) this.#order(section, group, intended);
    for (const change of byRank(rest, true)) this.#settle(section, change);
    for (const { node } of byRank(goes, false).reverse()) this.#remove(section, node);
    for (const change of byRank(rest, false)) this.#settle(section, change);
    for (const group of groupsOf(false)) this.#order(section, group, intended);
    for (const { node } of byRank(goes, true).reverse()) this.#remove(section, node);
  }

  #takesOthers({ text }: ConfigNode, path: readonly string[]): boolean {
    return this.#rules.cascade(text, path) !== undefined;
  }

  #settle(section: Section, change: ConfigChange): void {
    if (change.kind === 'added') this.#add(section, change.node);
    else if (change.kind === 'within') this.#within(section, change);
  }

  #add(section: Section, node: ConfigNode): void {
    const rules = this.#rules;
    const path = section.path;
    const { body } = rules.polarity(node.text);
    const standing = section.at(rules.slot(node.text, path)).at(-1);
    if (standing !== undefined && rules.singleOf(body, path)?.isFirst)
      this.#emitter.type(section, rules.negated(this.#takeBackWords(standing.text, path)));
    else if (standing !== undefined && rules.sequence(node.text, path) !== undefined)
      this.#emitter.type(section, rules.negated(rules.sequence(node.text, path)!));
    if (node.children.length === 0 && !this.#isSection(node.text)) {
      this.#emitter.put(section, node.text);
      return;
    }
    if (rules.overwriteOf(node.text) !== undefined) {
      this.#emitter.block(section, node);
      return;
    }
    const opened = this.#emitter.open(section, node.text);
    if (opened !== undefined) this.mend(opened, node.children);
  }

  #isSection(text: string): boolean {
    return this.#rules.opens(text) !== undefined;
  }

  #within(section: Section, change: Within): void {
    const rules = this.#rules;
    const path = section.path;
    const standing = section.at(rules.slot(change.before.text, path)).find(({ text }) => text === change.before.text);
    if (standing === undefined || change.isRenamed || rules.overwriteOf(change.node.text) !== undefined) {
      this.#add(section, change.node);
      return;
    }
    if (this.#mustBeRebuilt(standing, change)) {
      this.#remove(section, change.before);
      this.#add(section, change.node);
      return;
    }
    this.mend(standing, change.node.children);
  }

  /** A list in order that holds the same line twice cannot be mended entry by entry. */
  #mustBeRebuilt(section: Section, change: Within): boolean {
    const rule = this.#rules.orderedSection([...section.path]);
    if (rule === undefined) return false;
    if (rule.whole) return true;
    if (!change.changes.some(({ kind, node }) => kind !== 'within' && this.#rules.orderGroup(node.text, section.path)))
      return false;
    return this.#isCareful || hasTwice(change.before.children) || hasTwice(change.node.children);
  }

  #order(section: Section, group: string, intended: readonly ConfigNode[]): void {
    const rules = this.#rules;
    const path = section.path;
    const inGroup = ({ text }: { text: string }): boolean => rules.orderGroup(text, path) === group;
    const standing = section.children().filter(inGroup);
    const wanted = intended.filter(inGroup);
    const { rule } = rules.orderOf((wanted[0] ?? standing[0])!.text, path)!;
    if (rule.moves) {
      this.#move(section, standing, wanted);
      return;
    }
    if (rule.inserts && this.#insert(section, standing, wanted)) return;
    const steps = planOrder(
      standing.map(({ text }) => rules.identity(text, path)),
      wanted.map(({ text }) => rules.identity(text, path)),
    );
    if (standing.length > 0 && (steps === undefined || (rule.whole && steps.some(({ kind }) => kind === 'remove')))) {
      if (rule.kind === 'flat') this.#emitter.type(section, rules.clearing(group));
      else for (const { text } of standing) this.#emitter.type(section, rules.negated(text));
      for (const node of wanted) this.#add(section, node);
      return;
    }
    for (const step of steps ?? wanted.map((_, at) => ({ kind: 'append' as const, at }))) {
      if (step.kind === 'append') this.#add(section, wanted[step.at]!);
      else this.#emitter.type(section, rules.negated(standing[step.at]!.text));
    }
  }

  /** Entries are typed where they belong; with nothing left of the old list, before that goes. @returns false where an entry stands twice */
  #insert(section: Section, standing: readonly Section[], wanted: readonly ConfigNode[]): boolean {
    const rules = this.#rules;
    const path = section.path;
    const identity = ({ text }: { text: string }): string => rules.identity(text, path);
    const goal = new Map(wanted.map((node, at) => [identity(node), at]));
    if (goal.size < wanted.length || new Set(standing.map(identity)).size < standing.length) return false;
    const common = standing.filter((entry) => goal.has(identity(entry)));
    const kept = new Set(longestRise(common.map((entry) => goal.get(identity(entry))!)).map((at) => common[at]!));
    const there = new Set([...kept].map(identity));
    const gone = standing.filter((entry) => !kept.has(entry)).map(({ text }) => rules.negated(text));
    const come = wanted.flatMap((node, at) => (there.has(identity(node)) ? [] : [rules.placed(node.text, at + 1)]));
    const lines = kept.size === 0 ? [...come, ...gone] : [...gone, ...come];
    for (const line of lines) this.#emitter.type(section, line);
    return true;
  }

  /** What is not wanted goes, what is new comes, and as few as can be change places. */
  #move(section: Section, standing: readonly Section[], wanted: readonly ConfigNode[]): void {
    const rules = this.#rules;
    const path = section.path;
    const identity = ({ text }: { text: string }): string => rules.identity(text, path);
    const goal = new Map(wanted.map((node, at) => [identity(node), at]));
    const kept = standing.filter((entry) => goal.has(identity(entry)));
    for (const entry of standing)
      if (!goal.has(identity(entry))) this.#emitter.type(section, rules.negated(entry.text));
    const there = new Set(kept.map(identity));
    const order = kept.map((entry) => goal.get(identity(entry))!);
    for (const [at, node] of wanted.entries()) {
      if (there.has(identity(node))) continue;
      this.#add(section, node);
      order.push(at);
    }
    const inPlace = new Set(longestRise(order).map((nth) => order[nth]!));
    for (const [at, node] of wanted.entries()) {
      if (inPlace.has(at)) continue;
      const before = wanted[at - 1];
      const next = before === undefined ? wanted.find((_, other) => inPlace.has(other)) : undefined;
      if (before !== undefined) this.#emitter.type(section, rules.moveLine(node.text, 'after', before.text));
      else if (next !== undefined) this.#emitter.type(section, rules.moveLine(node.text, 'before', next.text));
    }
  }

  #remove(section: Section, node: ConfigNode): void {
    const rules = this.#rules;
    const { spec } = rules;
    const path = section.path;
    const standing = section.at(rules.slot(node.text, path)).find(({ text }) => text === node.text);
    if (standing === undefined) return;
    const { isNegative, body } = rules.polarity(node.text);
    if (isNegative) {
      this.#emitter.type(section, spec.resetsLines ? `${spec.reset} ${body}` : body);
      return;
    }
    if (node.children.length > 0 && rules.isPermanent(node.text, path)) {
      if (spec.resetsSections && spec.reset !== undefined && node.text.startsWith('interface '))
        this.#emitter.type(section, `${spec.reset} ${node.text}`);
      else this.mend(standing, []);
      return;
    }
    if (spec.shutFirst) this.#shut(standing);
    this.#emitter.type(section, rules.negated(this.#takeBackWords(body, path)));
  }

  #shut(section: Section): void {
    for (const child of section.children()) {
      if (!child.isEmpty) this.#shut(child);
      else if (child.text === this.#rules.negated('shutdown')) {
        this.#emitter.type(section, 'shutdown');
        this.#emitter.leave(section.path.length - 1);
      }
    }
  }

  /** What stands after `no`: the first words where the system asks no more. */
  #takeBackWords(text: string, path: readonly string[]): string {
    const rules = this.#rules;
    const number = rules.sequence(text, path);
    if (number !== undefined) return number;
    const special = rules.takeBack.find(text, path);
    const head = text.includes('\n') ? rules.slot(text, path) : text;
    if (special !== undefined) {
      const words = text.split(' ');
      return special.value.replaceAll(/\$(\d)/g, (_, nth: string) => words[Number(nth) - 1] ?? '');
    }
    const single = rules.singleOf(head, path);
    if (single !== undefined && !single.isWhole && !this.#isCareful) return single.key;
    const list = rules.listOf(head, path);
    if (list?.rule.mode === 'replace') return list.key;
    const { creation } = rules.spec;
    return creation !== undefined && head.endsWith(` ${creation}`) ? head.slice(0, -creation.length - 1) : head;
  }

  /** What may stand in one section only leaves the old one before it is typed in the new one. */
  #free(root: Section, changes: readonly ConfigChange[]): void {
    const { exclusive } = this.#rules.spec;
    if (exclusive === undefined || root.parent !== undefined) return;
    const comes = new Set<string>();
    const leaves: { header: ConfigNode; line: ConfigNode }[] = [];
    for (const change of changes) {
      if (change.kind === 'added') {
        for (const line of change.node.children) if (exclusive.test(line.text)) comes.add(line.text);
      } else if (change.kind === 'within') {
        for (const below of change.changes) {
          if (below.kind === 'within' || !exclusive.test(below.node.text)) continue;
          if (below.kind === 'added') comes.add(below.node.text);
          else if (below.kind === 'removed') leaves.push({ header: change.before, line: below.node });
        }
      }
    }
    for (const { header, line } of leaves) {
      if (!comes.has(line.text)) continue;
      const section = root.at(this.#rules.slot(header.text, [])).find(({ text }) => text === header.text);
      if (section !== undefined) this.#remove(section, line);
    }
  }
}

function hasTwice(nodes: readonly ConfigNode[]): boolean {
  return new Set(nodes.map(({ text }) => text)).size < nodes.length;
}

/** Headers name things; what follows the second word may be more than that. */
const firstWords = (header: string): string => header.split(' ', 2).join(' ');
