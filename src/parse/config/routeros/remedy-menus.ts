import { NetwrightError } from '#core';
import { outOfStep } from '../in-step.ts';
import { longestRise } from '../longest-rise.ts';
import { attributeText, type Item } from './item.ts';
import type { Entry, Menu } from './menu.ts';
import { type Menus, menuAt, typeMenuLine } from './menus.ts';
import { isOrderedMenu, keyOf } from './routeros-rules.ts';

/** The lines that make the menus what is wanted; each is typed as it is written. Removals go backwards, before all else. */
export function remedyMenus(menus: Menus, wanted: Menus): readonly string[] {
  const lines: string[] = [];
  const type = (path: string, command: string): void => {
    lines.push(`${path} ${command}`);
    typeMenuLine(menus, path, command, 'remedy', lines.length);
  };
  const differing = new Map<string, Differing>();
  for (const path of new Set([...menus.keys(), ...wanted.keys()]))
    differing.set(path, compareMenus(path, menuAt(menus, path).entries, wanted.get(path)?.entries ?? []));
  for (const path of [...menus.keys()].reverse()) removeItems(menuAt(menus, path), path, differing.get(path)!, type);
  for (const [path, want] of wanted) settleItems(menuAt(menus, path), path, want, differing.get(path)!, type);
  for (const [path, want] of wanted) if (isOrderedMenu(path)) orderItems(menuAt(menus, path), path, want, type);
  return lines;
}

type TypeLine = (path: string, command: string) => void;

/** Lines of a menu that the other side has not, by what makes an item the same one. */
interface Differing {
  readonly standing: ReadonlyMap<string, readonly Entry[]>;
  readonly wanted: readonly Entry[];
}

function compareMenus(path: string, standing: readonly Entry[], wanted: readonly Entry[]): Differing {
  const left = outOfStep(standing, wanted);
  const byKey = new Map<string, Entry[]>();
  for (const entry of withoutTextsOf(wanted, left.before)) {
    const key = keyOfEntry(entry, path);
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [entry]);
    else same.push(entry);
  }
  return { standing: byKey, wanted: withoutTextsOf(standing, left.after) };
}

/** The few of `some` that none of the many says word for word. */
function withoutTextsOf(many: readonly Entry[], some: readonly Entry[]): readonly Entry[] {
  if (some.length === 0) return some;
  const left = new Set(some.map(({ text }) => text));
  for (const { text } of many) left.delete(text);
  return some.filter(({ text }) => left.has(text));
}

const keyOfEntry = (entry: Entry, path: string): string =>
  entry.item === undefined ? entry.text : keyOf(entry.item, path);

function removeItems(menu: Menu, path: string, { standing, wanted }: Differing, type: TypeLine): void {
  const kept = new Set(wanted.map((entry) => keyOfEntry(entry, path)));
  for (const [key, entries] of [...standing].reverse()) {
    for (const entry of kept.has(key) ? entries.slice(1) : entries.toReversed()) {
      const { item } = entry;
      if (item === undefined) throw unreachable(path);
      // A wide find may have taken it along.
      if (!menu.has(entry)) continue;
      if (item.verb === 'add') type(path, `remove ${handleOf(menu, entry)}`);
      else clearAttributes(path, item, [...item.attributes.keys()], type);
    }
  }
}

function clearAttributes(path: string, item: Item, keys: readonly string[], type: TypeLine): void {
  const selector = item.selector === undefined ? '' : `${item.selector} `;
  type(path, `set ${selector}${keys.map(cleared).join(' ')}`);
}

const cleared = (key: string): string => (key === 'comment' ? 'comment=""' : `!${key}`);

function settleItems(menu: Menu, path: string, goal: Menu, { standing, wanted }: Differing, type: TypeLine): void {
  for (const want of wanted) {
    const old = standing.get(keyOfEntry(want, path))?.[0];
    if (old?.identity === want.identity) continue;
    if (want.item === undefined) throw unreachable(path);
    if (old === undefined || !menu.has(old)) type(path, want.text);
    else changeItem(menu, path, old, want.item, type);
  }
  if (standing.size === 0 && wanted.length === 0) return;
  // What a wide find took along comes back.
  for (const want of outOfStep(menu.entries, goal.entries).after) {
    if (menu.same(want) === undefined) type(path, want.text);
  }
}

function changeItem(menu: Menu, path: string, old: Entry, want: Item, type: TypeLine): void {
  const item = old.item!;
  const gone = [...item.attributes.keys()].filter((key) => !want.attributes.has(key));
  const come = [...want.attributes].filter(([key, value]) => item.attributes.get(key) !== value);
  const handle = item.verb === 'set' ? item.selector : handleOf(menu, old);
  if (item.verb === 'add' && isMany(menu, handle!)) {
    type(path, `remove ${handle}`);
    return;
  }
  const settings = [...come.map(([key, value]) => attributeText(key, value)), ...gone.map(cleared)];
  if (settings.length > 0) type(path, ['set', ...(handle === undefined ? [] : [handle]), ...settings].join(' '));
}

/** The shortest `find` that meets this item alone; all its attributes where none does. */
function handleOf(menu: Menu, entry: Entry): string {
  const item = entry.item!;
  const attributes = [...item.attributes].filter(([key, value]) => value !== '' && !key.startsWith('!'));
  const first = ['name', 'address', 'dst-address', 'interface', 'comment'];
  const sorted = attributes.toSorted(([one], [other]) => rank(first, one) - rank(first, other));
  for (const [key, value] of sorted) {
    const handle = `[ find ${key}=${value} ]`;
    if (menu.countMatching(handle) === 1) return handle;
  }
  return `[ find ${attributes.map(([key, value]) => `${key}=${value}`).join(' ')} ]`;
}

const rank = (order: readonly string[], key: string): number =>
  order.includes(key) ? order.indexOf(key) : order.length;

function orderItems(menu: Menu, path: string, wanted: Menu, type: TypeLine): void {
  const { partner, before, after } = outOfStep(menu.entries, wanted.entries);
  if (before.length === 0 && after.length === 0 && partner.every((from, at) => from === at)) return;
  // Where each line that stands there is to stand: what is in step is known, only the rest is read.
  const unpaired = new Map<string, number>();
  const placeOf = new Int32Array(menu.entries.length).fill(-1);
  for (const [at, from] of partner.entries()) {
    if (from >= 0) placeOf[from] = at;
    else unpaired.set(wanted.entries[at]!.identity, at);
  }
  const order = menu.entries.flatMap((entry, at) => {
    const place = placeOf[at]!;
    return place >= 0 ? place : (unpaired.get(entry.identity) ?? []);
  });
  const inPlace = new Set(longestRise(order).map((nth) => order[nth]!));
  for (let at = wanted.entries.length - 1; at >= 0; at -= 1) {
    if (inPlace.has(at)) continue;
    const entry = menu.same(wanted.entries[at]!);
    const next = at + 1 < wanted.entries.length ? menu.same(wanted.entries[at + 1]!) : undefined;
    if (entry?.item === undefined) continue;
    const moved = handleOf(menu, entry);
    const place = next?.item === undefined ? undefined : handleOf(menu, next);
    if (isMany(menu, moved) || (place !== undefined && isMany(menu, place))) {
      rewrite(menu, path, wanted, type);
      return;
    }
    type(path, `move ${moved}${place === undefined ? '' : ` destination=${place}`}`);
  }
}

const isMany = (menu: Menu, handle: string): boolean => menu.countMatching(handle) > 1;

/** Where an item cannot be named alone, the list is written anew: the ones that can be named go first. */
function rewrite(menu: Menu, path: string, wanted: Menu, type: TypeLine): void {
  const items = (): Entry[] => menu.entries.filter(({ item }) => item?.verb === 'add');
  for (let left = items(); left.length > 0; left = items()) {
    const next = left.find((entry) => !isMany(menu, handleOf(menu, entry))) ?? left[0]!;
    type(path, `remove ${handleOf(menu, next)}`);
  }
  for (const { item, text } of wanted.entries) if (item?.verb === 'add') type(path, text);
}

const unreachable = (path: string): NetwrightError =>
  new NetwrightError('NW_CONFIG_UNREACHABLE', `routeros: a line of ${path} is neither an item nor a setting`);
