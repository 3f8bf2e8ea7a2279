import { conditionsOf, type Item, itemIdentity, plainValue, readItem, writeItem } from './item.ts';

/** One line of a menu. It is taken apart when somebody asks for its parts, which for most lines of an export nobody does. */
export class Entry {
  readonly line: number;
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
  readonly #index = new Map<string, Map<string, Set<Entry>>>();
  #identities: Map<string, Set<Entry>> | undefined;

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  add(entry: Entry, before?: Entry): void {
    const at = before === undefined ? -1 : this.#entries.indexOf(before);
    if (at < 0) this.#entries.push(entry);
    else this.#entries.splice(at, 0, entry);
    this.#enter(entry);
  }

  remove(gone: ReadonlySet<Entry>): void {
    if (gone.size === 0) return;
    this.#entries = this.#entries.filter((entry) => !gone.has(entry));
    for (const entry of gone) this.#leave(entry);
  }

  move(entry: Entry, before: Entry | undefined): void {
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    this.#entries.splice(before === undefined ? this.#entries.length : this.#entries.indexOf(before), 0, entry);
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
    return this.#same(entry).has(entry);
  }

  setting(selector: string | undefined): Entry | undefined {
    return this.#look(settings, selector ?? '')
      .values()
      .next().value;
  }

  same(entry: Entry): Entry | undefined {
    return this.#same(entry).values().next().value;
  }

  /** The items that `[ find … ]`, a name or a number means, in no order. */
  matching(selector: string): Entry[] {
    if (!selector.startsWith('[')) {
      return [...this.#look(settings, selector), ...this.#look('name', plainValue(selector))];
    }
    const found = [...this.#look(settings, `[ ${selector.slice(1, -1).trim().replaceAll(/\s+/g, ' ')} ]`)];
    const [first, ...rest] = conditionsOf(selector);
    const items = first === undefined ? this.#entries : this.#look(...first);
    for (const entry of items) {
      const { item } = entry;
      if (item?.verb !== 'add') continue;
      const isMet = rest.every(([key, value]) => plainValue(item.attributes.get(key) ?? '\0') === value);
      if (isMet) found.push(entry);
    }
    return found;
  }

  #look(key: string, value: string): ReadonlySet<Entry> {
    let values = this.#index.get(key);
    if (values === undefined) {
      values = new Map();
      this.#index.set(key, values);
      for (const entry of this.#entries) put(values, heldBy(entry, key), entry);
    }
    return values.get(value) ?? nothing;
  }

  #same({ identity }: Entry): ReadonlySet<Entry> {
    if (this.#identities === undefined) {
      this.#identities = new Map();
      for (const entry of this.#entries) put(this.#identities, entry.identity, entry);
    }
    return this.#identities.get(identity) ?? nothing;
  }

  #enter(entry: Entry): void {
    for (const [key, values] of this.#index) put(values, heldBy(entry, key), entry);
    if (this.#identities !== undefined) put(this.#identities, entry.identity, entry);
  }

  #leave(entry: Entry): void {
    for (const [key, values] of this.#index) values.get(heldBy(entry, key) ?? '')?.delete(entry);
    this.#identities?.get(entry.identity)?.delete(entry);
  }
}

const nothing: ReadonlySet<Entry> = new Set();

/** No attribute is called so. */
const settings = '[ find ]';

function heldBy({ item }: Entry, key: string): string | undefined {
  if (item === undefined || (item.verb === 'set') !== (key === settings)) return undefined;
  if (key === settings) return item.selector ?? '';
  const value = item.attributes.get(key);
  return value === undefined ? undefined : plainValue(value);
}

function put(index: Map<string, Set<Entry>>, key: string | undefined, entry: Entry): void {
  if (key === undefined) return;
  const set = index.get(key);
  if (set === undefined) index.set(key, new Set([entry]));
  else set.add(entry);
}
