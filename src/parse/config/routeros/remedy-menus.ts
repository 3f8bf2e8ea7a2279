import { NetwrightError } from '#core';
import { longestRise } from '../longest-rise.ts';
import { attributeText, type Item } from './item.ts';
import type { Entry } from './menus.ts';
import { type Menus, matching, menuAt, typeMenuLine } from './menus.ts';
import { isOrderedMenu, keyOf } from './routeros-rules.ts';

/** The lines that make the menus what is wanted; each is typed as it is written. Removals go backwards, before all else. */
export function remedyMenus(menus: Menus, wanted: Menus): readonly string[] {
  const lines: string[] = [];
  const type = (path: string, command: string): void => {
    lines.push(`${path} ${command}`);
    typeMenuLine(menus, path, command, 'remedy', lines.length);
  };
  for (const path of [...menus.keys()].reverse()) removeItems(menus, path, wanted.get(path) ?? [], type);
  for (const [path, want] of wanted) settleItems(menus, path, want, type);
  for (const [path, want] of wanted) if (isOrderedMenu(path)) orderItems(menus, path, want, type);
  return lines;
}

type TypeLine = (path: string, command: string) => void;

const identityOf = ({ identity }: Entry): string => identity;

const keyOfEntry = (entry: Entry, path: string): string =>
  entry.item === undefined ? entry.text : keyOf(entry.item, path);

function removeItems(menus: Menus, path: string, wanted: readonly Entry[], type: TypeLine): void {
  const kept = new Set(wanted.map((entry) => keyOfEntry(entry, path)));
  for (const entry of [...menuAt(menus, path)].reverse()) {
    if (kept.has(keyOfEntry(entry, path)) || !menuAt(menus, path).includes(entry)) continue;
    const { item } = entry;
    if (item === undefined) throw unreachable(path);
    if (item.verb === 'add') type(path, `remove ${handleOf(menuAt(menus, path), entry)}`);
    else clearAttributes(path, item, [...item.attributes.keys()], type);
  }
}

function clearAttributes(path: string, item: Item, keys: readonly string[], type: TypeLine): void {
  const selector = item.selector === undefined ? '' : `${item.selector} `;
  type(path, `set ${selector}${keys.map(cleared).join(' ')}`);
}

const cleared = (key: string): string => (key === 'comment' ? 'comment=""' : `!${key}`);

function settleItems(menus: Menus, path: string, wanted: readonly Entry[], type: TypeLine): void {
  const standing = new Map<string, Entry>();
  for (const entry of menuAt(menus, path)) standing.set(keyOfEntry(entry, path), entry);
  for (const want of wanted) {
    const old = standing.get(keyOfEntry(want, path));
    if (old !== undefined && identityOf(old) === identityOf(want)) continue;
    if (want.item === undefined) throw unreachable(path);
    if (old?.item === undefined) type(path, want.text);
    else changeItem(menus, path, old, want.item, type);
  }
  // What a wide `find` took along comes back.
  const there = new Set(menuAt(menus, path).map(identityOf));
  for (const want of wanted) if (!there.has(identityOf(want))) type(path, want.text);
}

function changeItem(menus: Menus, path: string, old: Entry, want: Item, type: TypeLine): void {
  const item = old.item!;
  const gone = [...item.attributes.keys()].filter((key) => !want.attributes.has(key));
  const come = [...want.attributes].filter(([key, value]) => item.attributes.get(key) !== value);
  const menu = menuAt(menus, path);
  const handle = item.verb === 'set' ? item.selector : handleOf(menu, old);
  if (item.verb === 'add' && matching(menu, handle!).length > 1) {
    type(path, `remove ${handle}`);
    return;
  }
  const settings = [...come.map(([key, value]) => attributeText(key, value)), ...gone.map(cleared)];
  if (settings.length > 0) type(path, ['set', ...(handle === undefined ? [] : [handle]), ...settings].join(' '));
}

/** The shortest `find` that meets this item alone; all its attributes where none does. */
function handleOf(menu: readonly Entry[], entry: Entry): string {
  const item = entry.item!;
  const attributes = [...item.attributes].filter(([key, value]) => value !== '' && !key.startsWith('!'));
  const first = ['name', 'address', 'dst-address', 'interface', 'comment'];
  const sorted = attributes.toSorted(([one], [other]) => rank(first, one) - rank(first, other));
  for (const [key, value] of sorted) {
    const handle = `[ find ${key}=${value} ]`;
    if (matching(menu, handle).length === 1) return handle;
  }
  return `[ find ${attributes.map(([key, value]) => `${key}=${value}`).join(' ')} ]`;
}

const rank = (order: readonly string[], key: string): number =>
  order.includes(key) ? order.indexOf(key) : order.length;

function orderItems(menus: Menus, path: string, wanted: readonly Entry[], type: TypeLine): void {
  const goal = new Map(wanted.map((entry, at) => [identityOf(entry), at]));
  const order = menuAt(menus, path).flatMap((entry) => goal.get(identityOf(entry)) ?? []);
  const inPlace = new Set(longestRise(order).map((nth) => order[nth]!));
  for (let at = wanted.length - 1; at >= 0; at -= 1) {
    if (inPlace.has(at)) continue;
    const entryAt = (nth: number): Entry | undefined =>
      menuAt(menus, path).find((entry) => identityOf(entry) === identityOf(wanted[nth]!));
    const entry = entryAt(at);
    const next = at + 1 < wanted.length ? entryAt(at + 1) : undefined;
    if (entry?.item === undefined) continue;
    const menu = menuAt(menus, path);
    const destination = next?.item === undefined ? '' : ` destination=${handleOf(menu, next)}`;
    type(path, `move ${handleOf(menu, entry)}${destination}`);
  }
}

const unreachable = (path: string): NetwrightError =>
  new NetwrightError('NW_CONFIG_UNREACHABLE', `routeros: a line of ${path} is neither an item nor a setting`);
