import type { ConfigNode } from '../config-tree.ts';
import { firstWord } from '../first-word.ts';
import type { LinesRules } from './lines-rules.ts';

/** A section while lines are typed into it. What nobody touches stays the node that it was. */
export class Section {
  readonly parent: Section | undefined;
  readonly rules: LinesRules;
  readonly line: number;
  #text: string;
  #source: ConfigNode | undefined;
  #children: Section[] | undefined;
  #bySlot: SlotIndex | undefined;
  #isGone = false;
  #hasGone = false;
  #isFresh: boolean;
  /** Something in it or below differs from what it was made of. */
  #isTouched = false;

  constructor(rules: LinesRules, parent: Section | undefined, source: ConfigNode, isFresh = false) {
    this.rules = rules;
    this.parent = parent;
    this.line = source.line;
    this.#text = source.text;
    this.#source = source;
    this.#isFresh = isFresh;
  }

  static root(rules: LinesRules, nodes: readonly ConfigNode[]): Section {
    return new Section(rules, undefined, { text: '', children: nodes, line: 0 });
  }

  get text(): string {
    return this.#text;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Headers down to this one. */
  get path(): string[] {
    return this.parent === undefined ? [] : [...this.parent.path, this.#text];
  }

  get isEmpty(): boolean {
    return this.#children === undefined ? this.#source!.children.length === 0 : this.children().length === 0;
  }

  /** The lines of the section; the array stays as it is while they are removed. */
  children(): readonly Section[] {
    this.#children ??= this.#source!.children.map((node) => new Section(this.rules, this, node));
    if (this.#hasGone) {
      this.#children = this.#children.filter((child) => !child.#isGone);
      this.#hasGone = false;
    }
    return this.#children;
  }

  at(slot: string): readonly Section[] {
    const found = this.#index().get(slot);
    return found instanceof Section ? [found] : (found ?? []);
  }

  add(text: string): Section {
    const child = new Section(this.rules, this, { text, children: [], line: 0 }, true);
    const index = this.#index();
    this.#children!.push(child);
    enter(index, this.rules.slot(text, this.path), child);
    this.#touch();
    return child;
  }

  remove(): void {
    this.#isGone = true;
    this.parent!.#leave(this);
    this.parent!.#hasGone = true;
    this.parent!.#touch();
  }

  rename(text: string): void {
    const { parent } = this;
    parent!.#leave(this);
    this.#text = text;
    enter(parent!.#index(), this.rules.slot(text, parent!.path), this);
    this.#touch();
  }

  clear(): void {
    for (const child of this.children()) child.remove();
  }

  /** Puts it before or after another one of its section. */
  move(where: 'before' | 'after', other: Section): void {
    const siblings = [...this.parent!.children()];
    this.parent!.#children = siblings;
    this.#isFresh = false;
    siblings.splice(siblings.indexOf(this), 1);
    siblings.splice(siblings.indexOf(other) + (where === 'after' ? 1 : 0), 0, this);
    this.parent!.#touch();
  }

  /** What it has become. */
  freeze(): ConfigNode {
    if (!this.#isTouched) return this.#source!;
    this.#source = { text: this.#text, line: this.line, children: this.#frozenChildren() };
    this.#isTouched = false;
    return this.#source;
  }

  #frozenChildren(): readonly ConfigNode[] {
    if (this.#children === undefined) return this.#source!.children;
    this.#children = arrange([...this.children()], (child) => child.#isFresh, this.rules, this.path);
    for (const child of this.#children) child.#isFresh = false;
    return this.#children.map((child) => child.freeze());
  }

  #index(): SlotIndex {
    if (this.#bySlot === undefined) {
      this.#bySlot = new Map();
      const path = this.path;
      for (const child of this.children()) enter(this.#bySlot, this.rules.slot(child.#text, path), child);
    }
    return this.#bySlot;
  }

  #leave(child: Section): void {
    const slot = this.rules.slot(child.#text, this.path);
    const index = this.#index();
    const found = index.get(slot);
    if (found === child) index.delete(slot);
    else if (Array.isArray(found)) {
      const at = found.indexOf(child);
      if (at >= 0) found.splice(at, 1);
    }
  }

  #touch(): void {
    if (this.#isTouched) return;
    this.#isTouched = true;
    if (this.parent !== undefined) this.parent.#touch();
  }
}

/** New lines go where the device would show them: after their kin, and by their number where they have one. */
function arrange(
  children: Section[],
  isFresh: (child: Section) => boolean,
  rules: LinesRules,
  path: readonly string[],
): Section[] {
  if (!children.some(isFresh)) return children;
  if (children.some((child) => rules.sequence(child.text, path) !== undefined)) {
    const number = (child: Section): number => Number(rules.sequence(child.text, path) ?? -1);
    return children.toSorted((one, other) => number(one) - number(other));
  }
  const places = new Places(children.length);
  const kinOf = (child: Section): string => firstWord(rules.polarity(child.text).body);
  const lastOfKin = lastOfEachKin(children, isFresh, kinOf);
  const lastOfGroup = new Map<string, number>();
  const leading = new Map<string, Section[]>();
  const strangers: Section[] = [];
  const hasGroups = rules.hasOrder(path);
  for (const [at, child] of children.entries()) {
    const group = hasGroups ? rules.orderGroup(child.text, path) : undefined;
    if (!isFresh(child)) {
      if (group === undefined) continue;
      lastOfGroup.set(group, at);
      // What stands before it in the group stays before it.
      places.before(at, leading.get(group));
      leading.delete(group);
      continue;
    }
    const inGroup = group === undefined ? undefined : lastOfGroup.get(group);
    const kin = group === undefined ? lastOfKin.get(kinOf(child)) : inGroup;
    if (kin !== undefined) places.after(kin, child);
    else if (group === undefined) strangers.push(child);
    else grow(leading, group, child);
  }
  for (const list of leading.values()) strangers.push(...list);
  // Below a header lines come before sections: an address family refers to the neighbours above it.
  const stop = path.length === 0 ? -1 : children.findIndex((child) => !isFresh(child) && !child.isEmpty);
  if (stop >= 0)
    places.before(
      stop,
      strangers.filter((stranger) => stranger.isEmpty),
    );
  const arranged: Section[] = [];
  for (const [at, child] of children.entries()) if (!isFresh(child)) arranged.push(...places.around(at, child));
  return [...arranged, ...strangers.filter((stranger) => stop < 0 || !stranger.isEmpty)];
}

/** Where the last line stands that begins as a new one does, by that word. */
function lastOfEachKin(
  children: readonly Section[],
  isFresh: (child: Section) => boolean,
  kinOf: (child: Section) => string,
): ReadonlyMap<string, number> {
  const wanted = new Set(children.filter(isFresh).map(kinOf));
  const last = new Map<string, number>();
  for (let at = children.length - 1; at >= 0 && last.size < wanted.size; at -= 1) {
    const child = children[at]!;
    if (isFresh(child)) continue;
    const kin = kinOf(child);
    if (wanted.has(kin) && !last.has(kin)) last.set(kin, at);
  }
  return last;
}

/** A list only where several lines take one slot: nearly all have theirs to themselves. */
type SlotIndex = Map<string, Section | Section[]>;

function enter(index: SlotIndex, slot: string, section: Section): void {
  const found = index.get(slot);
  if (found === undefined) index.set(slot, section);
  else if (Array.isArray(found)) found.push(section);
  else index.set(slot, [found, section]);
}

function grow(map: Map<string, Section[]>, key: string, section: Section): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [section]);
  else list.push(section);
}

/** New lines around the ones that were there. */
class Places {
  readonly #before: (readonly Section[] | undefined)[];
  readonly #after: (Section[] | undefined)[];

  constructor(count: number) {
    this.#before = new Array(count);
    this.#after = new Array(count);
  }

  before(at: number, sections: readonly Section[] | undefined): void {
    if (sections !== undefined) this.#before[at] = [...(this.#before[at] ?? []), ...sections];
  }

  after(at: number, section: Section): void {
    const list = this.#after[at];
    if (list === undefined) this.#after[at] = [section];
    else list.push(section);
  }

  around(at: number, section: Section): readonly Section[] {
    return [...(this.#before[at] ?? []), section, ...(this.#after[at] ?? [])];
  }
}
