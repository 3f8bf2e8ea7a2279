import {
  conditionsOf,
  glance,
  type Item,
  itemIdentity,
  normalSelector,
  plainValue,
  readItem,
  signatureOf,
  writeItem,
} from './item.ts';

/** One line of a menu. It is taken apart when somebody asks for its parts, which for most lines of an export nobody does. */
export class Entry {
  readonly line: number;
  /** Where it stands; undefined once it was removed. */
  menu: Menu | undefined;
  #item: Item | undefined;
  #text: string;
  #identity: string | undefined;
  #isRead = false;

  constructor(text: string, line: number) {
    this.#text = text;
    this.line = line;
  }

  /** Undefined for a line that is neither an item nor a setting. */
  get item(): Item | undefined {
    if (!this.#isRead) {
      this.#item = readItem(this.#text);
      this.#isRead = true;
    }
    return this.#item;
  }

  get text(): string {
    return this.#text;
  }

  get identity(): string {
    this.#identity ??= this.item === undefined ? this.#text : itemIdentity(this.item);
    return this.#identity;
  }

  /** What it says of an attribute, for an item; a setting is found by its selector alone. */
  valueOf(key: string): string | undefined {
    if (this.#text.startsWith('set ')) return undefined;
    const seen = this.#isRead ? null : glance(this.#text, key);
    if (seen !== null) return seen;
    const value = this.item?.verb === 'add' ? this.item.attributes.get(key) : undefined;
    return value === undefined ? undefined : plainValue(value);
  }

  get selector(): string | undefined {
    if (this.#text.startsWith('add ')) return undefined;
    return this.item?.verb === 'set' ? (this.item.selector ?? '') : undefined;
  }

  become(item: Item): void {
    this.#item = item;
    this.#isRead = true;
    this.#text = writeItem(item);
    this.#identity = undefined;
  }
}

/** The items of a menu in their order, found by what they hold. */
export class Menu {
  #entries: Entry[] = [];
  /** By attribute, each made when it is first asked for; the selectors of settings are one of them. */
  readonly #index = new Map<string, Index>();
  /** By {@link signatureOf}: lines are taken apart where that does not tell them from one another. */
  #signatures: Index<number> | undefined;
  #hasGone = false;

  get entries(): readonly Entry[] {
    return this.#standing();
  }

  add(entry: Entry, before?: Entry): void {
    const entries = this.#standing();
    const at = before === undefined ? -1 : entries.indexOf(before);
    if (at < 0) entries.push(entry);
    else entries.splice(at, 0, entry);
    entry.menu = this;
    this.#enter(entry);
  }

  remove(gone: ReadonlySet<Entry>): void {
    for (const entry of gone) {
      if (!this.has(entry)) continue;
      entry.menu = undefined;
      this.#hasGone = true;
      this.#leave(entry);
    }
  }

  move(entry: Entry, before: Entry | undefined): void {
    const entries = this.#standing();
    entries.splice(entries.indexOf(entry), 1);
    entries.splice(before === undefined ? entries.length : entries.indexOf(before), 0, entry);
  }

  /** Sets attributes; `!name` and an empty comment take one away. A setting of nothing is none. */
  change(entry: Entry, attributes: ReadonlyMap<string, string>): void {
    const merged = new Map(entry.item!.attributes);
    for (const [key, value] of attributes) {
      if (key.startsWith('!')) merged.delete(key.slice(1));
      else if (key === 'comment' && plainValue(value) === '') merged.delete(key);
      else merged.set(key, value);
    }
    this.#leave(entry);
    entry.become({ ...entry.item!, attributes: merged });
    this.#enter(entry);
    if (entry.item!.verb === 'set' && merged.size === 0) this.remove(new Set([entry]));
  }

  has(entry: Entry): boolean {
    return entry.menu === this;
  }

  setting(selector: string | undefined): Entry | undefined {
    return first(this.#look(settings, selector ?? ''));
  }

  /** The one that says the same: among the few with its selector, name or address, or else among all. */
  same(entry: Entry): Entry | undefined {
    for (const key of telling) {
      const value = heldBy(entry, key);
      if (value === undefined) continue;
      const near = this.#look(key, value);
      if (count(near) > few) break;
      return all(near).find(({ identity }) => identity === entry.identity);
    }
    if (this.#signatures === undefined) {
      this.#signatures = new Map();
      for (const one of this.entries) put(this.#signatures, signatureOf(one.text), one);
    }
    const near = this.#signatures.get(signatureOf(entry.text));
    return all(near).find(({ identity }) => identity === entry.identity);
  }

  /** The items that `[ find … ]`, a name or a number means, in no order. */
  matching(selector: string): Entry[] {
    if (!selector.startsWith('[')) {
      return [...all(this.#look(settings, selector)), ...all(this.#look('name', plainValue(selector)))];
    }
    const found = [...all(this.#look(settings, normalSelector(selector)))];
    const [one, ...rest] = conditionsOf(selector);
    const items = one === undefined ? this.entries : all(this.#look(...one));
    for (const entry of items) {
      const { item } = entry;
      if (item?.verb !== 'add') continue;
      const isMet = rest.every(([key, value]) => plainValue(item.attributes.get(key) ?? '\0') === value);
      if (isMet) found.push(entry);
    }
    return found;
  }

  /** How many `matching` finds, 2 standing for more; a single condition needs no look at them. */
  countMatching(selector: string): number {
    if (!selector.startsWith('[')) return this.matching(selector).length;
    const [one, ...rest] = conditionsOf(selector);
    if (one === undefined || rest.length > 0) return this.matching(selector).length;
    // What two of the first lines hold (an action, a chain) is not worth an index.
    const [key, value] = one;
    if (!this.#index.has(key)) {
      const met = this.entries.slice(0, glanced).filter((entry) => entry.valueOf(key) === value);
      if (met.length > 1) return 2;
    }
    return count(this.#look(settings, normalSelector(selector))) + count(this.#look(...one));
  }

  #look(key: string, value: string): Held {
    let values = this.#index.get(key);
    if (values === undefined) {
      values = new Map();
      this.#index.set(key, values);
      for (const entry of this.entries) put(values, heldBy(entry, key), entry);
    }
    return values.get(value);
  }

  /** What was removed leaves the list when somebody asks for it: many lines go one after the other. */
  #standing(): Entry[] {
    if (this.#hasGone) {
      this.#entries = this.#entries.filter((entry) => this.has(entry));
      this.#hasGone = false;
    }
    return this.#entries;
  }

  #enter(entry: Entry): void {
    for (const [key, values] of this.#index) put(values, heldBy(entry, key), entry);
    if (this.#signatures !== undefined) put(this.#signatures, signatureOf(entry.text), entry);
  }

  #leave(entry: Entry): void {
    for (const [key, values] of this.#index) take(values, heldBy(entry, key), entry);
    if (this.#signatures !== undefined) take(this.#signatures, signatureOf(entry.text), entry);
  }
}

/** No attribute is called so. */
const settings = '[ find ]';

/** What few lines of a menu share. */
const telling = [settings, 'name', 'address', 'mac-address'];
const few = 8;

/** Lines that are looked at before an index is made. */
const glanced = 32;

const heldBy = (entry: Entry, key: string): string | undefined =>
  key === settings ? entry.selector : entry.valueOf(key);

/** A set only where several lines hold one value: most values are held once. */
type Held = Entry | Set<Entry> | undefined;
type Index<K = string> = Map<K, Exclude<Held, undefined>>;

function put<K>(index: Index<K>, key: K | undefined, entry: Entry): void {
  if (key === undefined) return;
  const held = index.get(key);
  if (held === undefined) index.set(key, entry);
  else if (held instanceof Set) held.add(entry);
  else if (held !== entry) index.set(key, new Set([held, entry]));
}

function take<K>(index: Index<K>, key: K | undefined, entry: Entry): void {
  if (key === undefined) return;
  const held = index.get(key);
  if (held === entry) index.delete(key);
  else if (held instanceof Set) held.delete(entry);
}

const count = (held: Held): number => (held instanceof Set ? held.size : held === undefined ? 0 : 1);

const all = (held: Held): readonly Entry[] => (held instanceof Set ? [...held] : held === undefined ? [] : [held]);

const first = (held: Held): Entry | undefined => (held instanceof Set ? held.values().next().value : held);
