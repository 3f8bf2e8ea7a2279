import { conditionsOf, fault, type Item, itemIdentity, plainValue, readItem, splitWords, writeItem } from './item.ts';

/** The items of a menu by its path, in order. A line that is no item stays as it was written. */
export class Entry {
  readonly line: number;
  #item: Item | undefined;
  #text: string;
  #identity: string | undefined;

  constructor(item: Item | undefined, text: string, line: number) {
    this.#item = item;
    this.#text = item === undefined ? text : writeItem(item);
    this.line = line;
  }

  get item(): Item | undefined {
    return this.#item;
  }

  get text(): string {
    return this.#text;
  }

  get identity(): string {
    this.#identity ??= this.#item === undefined ? this.#text : itemIdentity(this.#item);
    return this.#identity;
  }

  become(item: Item): void {
    this.#item = item;
    this.#text = writeItem(item);
    this.#identity = undefined;
  }
}
export type Menus = Map<string, Entry[]>;

/** A line of an export with its continuations put together. */
interface Joined {
  readonly text: string;
  readonly line: number;
}

export function joinLines(text: string, file: string): Joined[] {
  const joined: Joined[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    let body = lines[at]!.trim();
    if (body === '' || body.startsWith('#')) continue;
    if (body.endsWith('\\')) {
      const parts: string[] = [];
      while (body.endsWith('\\')) {
        parts.push(body.slice(0, -1));
        at += 1;
        if (at >= lines.length) throw fault(file, line, 'the line that begins here goes on and does not end');
        body = lines[at]!.trim();
      }
      body = parts.join('') + body;
    }
    joined.push({ text: body, line });
  }
  return joined;
}

const verbs = new Set([
  'add',
  'set',
  'remove',
  'move',
  'enable',
  'disable',
  'comment',
  'unset',
  'reset',
  'print',
  'find',
]);

/** `/ip/address add …` and `/ip address` are the same menu. */
export function splitPath(text: string): { readonly path: string; readonly rest: string } {
  const words = text.slice(1).split(/[\s/]+/);
  const verb = words.findIndex((word) => verbs.has(word));
  if (verb < 0) return { path: `/${words.join(' ').trim()}`, rest: '' };
  const path = `/${words.slice(0, verb).join(' ')}`;
  const match = new RegExp(`(?:^|[\\s/])(${words[verb]}(?=\\s|$)[\\s\\S]*)$`).exec(text);
  return { path, rest: match?.[1] ?? '' };
}

export function readMenus(text: string, file: string): Menus {
  const menus: Menus = new Map();
  let path: string | undefined;
  for (const { text: body, line } of joinLines(text, file)) {
    let rest = body;
    if (body.startsWith('/')) {
      ({ path, rest } = splitPath(body));
      menuAt(menus, path);
      if (rest === '') continue;
    }
    if (path === undefined)
      throw fault(file, line, 'expected a menu such as "/ip address" before the first line of one');
    if (splitWords(rest) === undefined) throw fault(file, line, 'a quotation or bracket that does not end');
    const item = readItem(rest);
    addEntry(menuAt(menus, path), new Entry(item, rest, line));
  }
  return menus;
}

export function menuAt(menus: Menus, path: string): Entry[] {
  let menu = menus.get(path);
  if (menu === undefined) {
    menu = [];
    menus.set(path, menu);
  }
  return menu;
}

/** Settings of one thing are one line, however many set them. */
function addEntry(menu: Entry[], entry: Entry): void {
  const { item } = entry;
  const same =
    item?.verb === 'set'
      ? menu.find((other) => other.item?.verb === 'set' && other.item.selector === item.selector)
      : undefined;
  if (same === undefined) menu.push(entry);
  else change(same, item!.attributes);
}

/** Sets attributes; `!name` and an empty comment take one away. */
function change(entry: Entry, attributes: ReadonlyMap<string, string>): void {
  const merged = new Map(entry.item!.attributes);
  for (const [key, value] of attributes) {
    if (key.startsWith('!')) merged.delete(key.slice(1));
    else if (key === 'comment' && plainValue(value) === '') merged.delete(key);
    else merged.set(key, value);
  }
  entry.become({ ...entry.item!, attributes: merged });
}

export function matching(menu: readonly Entry[], selector: string): Entry[] {
  if (!selector.startsWith('[')) {
    return menu.filter(
      ({ item }) =>
        (item?.verb === 'set' && item.selector === selector) ||
        (item?.verb === 'add' && plainValue(item.attributes.get('name') ?? '') === plainValue(selector)),
    );
  }
  const conditions = conditionsOf(selector);
  const normal = `[ ${selector.slice(1, -1).trim().replaceAll(/\s+/g, ' ')} ]`;
  return menu.filter(({ item }) => {
    if (item === undefined) return false;
    if (item.verb === 'set') return item.selector === normal;
    for (const [key, value] of conditions) {
      const has = item.attributes.get(key);
      if (has === undefined || plainValue(has) !== value) return false;
    }
    return true;
  });
}

/** What one typed line does to the menus. @throws NetwrightError `NW_CONFIG_SYNTAX`. */
export function typeMenuLine(menus: Menus, path: string, typed: string, file: string, line: number): void {
  const words = splitWords(typed);
  if (words === undefined) throw fault(file, line, 'a quotation or bracket that does not end');
  const [verb = '', ...rest] = words;
  const menu = menuAt(menus, path);
  const selector = rest[0] ?? '';
  if (verb === 'add') typeAdd(menu, typed);
  else if (verb === 'set') typeSet(menu, typed);
  else if (verb === 'remove') {
    const gone = new Set(matching(menu, selector).filter(({ item }) => item?.verb === 'add'));
    menus.set(
      path,
      menu.filter((entry) => !gone.has(entry)),
    );
  } else if (verb === 'enable' || verb === 'disable') {
    const attributes = new Map([verb === 'enable' ? ['!disabled', ''] : ['disabled', 'yes']] as const);
    for (const entry of matching(menu, selector)) change(entry, attributes);
  } else if (verb === 'comment') {
    const value = rest[1]?.replace(/^comment=/, '') ?? '""';
    for (const entry of matching(menu, selector)) change(entry, new Map([['comment', value]]));
  } else if (verb === 'unset') {
    for (const entry of matching(menu, selector))
      change(entry, new Map([[`!${(rest[1] ?? '').replace(/^value-name=/, '')}`, '']]));
  } else if (verb === 'move') typeMove(menu, rest);
  else if (verb !== 'print' && verb !== 'find')
    throw fault(file, line, `"${/^[\w:/-]*/.exec(verb)?.[0] ?? ''}" is no command that changes a configuration`);
}

function typeAdd(menu: Entry[], typed: string): void {
  const read = readItem(typed)!;
  const attributes = new Map(read.attributes);
  const place = attributes.get('place-before');
  attributes.delete('place-before');
  const item = { ...read, attributes };
  const entry = new Entry(item, '', 0);
  if (menu.some(({ identity }) => identity === entry.identity)) return;
  const before = place === undefined ? undefined : matching(menu, place)[0];
  if (before === undefined) menu.push(entry);
  else menu.splice(menu.indexOf(before), 0, entry);
}

function typeSet(menu: Entry[], typed: string): void {
  const item = readItem(typed)!;
  if (item.selector !== undefined) {
    const found = matching(menu, item.selector);
    for (const entry of found) change(entry, item.attributes);
    dropEmpty(menu);
    if (found.length > 0) return;
  }
  const isNothing = [...item.attributes.keys()].every((key) => key.startsWith('!'));
  const standing = menu.find((entry) => entry.item?.verb === 'set' && entry.item.selector === item.selector);
  if (standing !== undefined) change(standing, item.attributes);
  else if (!isNothing) {
    const entry = new Entry({ ...item, attributes: new Map() }, '', 0);
    change(entry, item.attributes);
    menu.push(entry);
  }
  dropEmpty(menu);
}

function dropEmpty(menu: Entry[]): void {
  for (let at = menu.length - 1; at >= 0; at -= 1) {
    const { item } = menu[at]!;
    if (item?.verb === 'set' && item.attributes.size === 0) menu.splice(at, 1);
  }
}

/** Before the item that `destination` names; without one, to the end. */
function typeMove(menu: Entry[], words: readonly string[]): void {
  const [moved] = matching(menu, words[0] ?? '');
  if (moved === undefined) return;
  const place = words[1]?.replace(/^destination=/, '');
  const before = place === undefined ? undefined : matching(menu, place)[0];
  if (before === moved || (place !== undefined && before === undefined)) return;
  menu.splice(menu.indexOf(moved), 1);
  if (before === undefined) menu.push(moved);
  else menu.splice(menu.indexOf(before), 0, moved);
}
