import { fault, readItem, splitWords, writeItem } from './item.ts';
import { Entry, Menu } from './menu.ts';

/** What an export holds: menus by their paths. */
export type Menus = Map<string, Menu>;

/** A line of an export with its continuations put together. */
interface Joined {
  readonly text: string;
  readonly line: number;
}

function joinLines(text: string, file: string): Joined[] {
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

const verb = /(?:^|[\s/])((?:add|set|remove|move|enable|disable|comment|unset|reset|print|find)(?=\s|$)[\s\S]*)$/;

/** `/ip/address add …` and `/ip address` are the same menu. */
function splitPath(text: string): { readonly path: string; readonly rest: string } {
  const match = verb.exec(text);
  const path = match === null ? text : text.slice(0, match.index);
  const words = path.split(/[\s/]+/).filter((word) => word !== '');
  return { path: `/${words.join(' ')}`, rest: match?.[1] ?? '' };
}

/** Each line of an export with the menu that it stands in. @throws NetwrightError `NW_CONFIG_SYNTAX`. */
export function* menuLines(text: string, file: string): Generator<{ path: string; text: string; line: number }> {
  let path: string | undefined;
  for (const { text: body, line } of joinLines(text, file)) {
    let rest = body;
    if (body.startsWith('/')) {
      ({ path, rest } = splitPath(body));
      if (rest === '') continue;
    }
    if (path === undefined)
      throw fault(file, line, 'expected a menu such as "/ip address" before the first line of one');
    yield { path, text: rest, line };
  }
}

export function readMenus(text: string, file: string): Menus {
  const menus: Menus = new Map();
  const settings = new Map<string, Entry>();
  for (const { path, text: body, line } of menuLines(text, file)) {
    const words = splitWords(body);
    if (words === undefined) throw fault(file, line, 'a quotation or bracket that does not end');
    const menu = menuAt(menus, path);
    const entry = new Entry(words.join(' '), line);
    const { item } = words[0] === 'set' ? entry : { item: undefined };
    if (item === undefined) {
      menu.add(entry);
      continue;
    }
    // Settings of one thing are one line, however many set them.
    const key = `${path} ${item.selector ?? ''}`;
    const same = settings.get(key);
    if (same !== undefined) menu.change(same, item.attributes);
    else {
      settings.set(key, entry);
      menu.add(entry);
    }
  }
  return menus;
}

export function menuAt(menus: Menus, path: string): Menu {
  let menu = menus.get(path);
  if (menu === undefined) {
    menu = new Menu();
    menus.set(path, menu);
  }
  return menu;
}

/** What one typed line does to the menus. @throws NetwrightError `NW_CONFIG_SYNTAX`. */
export function typeMenuLine(menus: Menus, path: string, typed: string, file: string, line: number): void {
  const words = splitWords(typed);
  if (words === undefined) throw fault(file, line, 'a quotation or bracket that does not end');
  const [command = '', selector = '', value = ''] = words;
  const menu = menuAt(menus, path);
  const changeAll = (attribute: readonly [string, string]): void => {
    for (const entry of menu.matching(selector)) menu.change(entry, new Map([attribute]));
  };
  if (command === 'add') typeAdd(menu, typed);
  else if (command === 'set') typeSet(menu, typed);
  else if (command === 'remove')
    menu.remove(new Set(menu.matching(selector).filter(({ item }) => item?.verb === 'add')));
  else if (command === 'enable') changeAll(['!disabled', '']);
  else if (command === 'disable') changeAll(['disabled', 'yes']);
  else if (command === 'comment') changeAll(['comment', value.replace(/^comment=/, '') || '""']);
  else if (command === 'unset') changeAll([`!${value.replace(/^value-name=/, '')}`, '']);
  else if (command === 'move') typeMove(menu, selector, value);
  else if (command !== 'print' && command !== 'find')
    throw fault(file, line, `"${/^[\w:/-]*/.exec(command)?.[0] ?? ''}" is no command that changes a configuration`);
}

function typeAdd(menu: Menu, typed: string): void {
  const read = readItem(typed)!;
  const attributes = new Map(read.attributes);
  const place = attributes.get('place-before');
  attributes.delete('place-before');
  const entry = new Entry(writeItem({ ...read, attributes }), 0);
  if (menu.same(entry) === undefined) menu.add(entry, place === undefined ? undefined : menu.matching(place)[0]);
}

function typeSet(menu: Menu, typed: string): void {
  const { selector, attributes } = readItem(typed)!;
  const found = selector === undefined ? [menu.setting(undefined)] : menu.matching(selector);
  const meant = found.filter((entry) => entry !== undefined);
  for (const entry of meant) menu.change(entry, attributes);
  if (meant.length > 0 || [...attributes.keys()].every((key) => key.startsWith('!'))) return;
  const entry = new Entry(selector === undefined ? 'set' : `set ${selector}`, 0);
  menu.add(entry);
  menu.change(entry, attributes);
}

/** Before the item that `destination` names; without one, to the end. */
function typeMove(menu: Menu, selector: string, destination: string): void {
  const [moved] = menu.matching(selector);
  const place = destination.replace(/^destination=/, '');
  const before = place === '' ? undefined : menu.matching(place)[0];
  if (moved === undefined || before === moved || (place !== '' && before === undefined)) return;
  menu.move(moved, before);
}
