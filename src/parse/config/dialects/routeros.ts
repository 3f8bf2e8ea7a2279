import type { ConfigNode } from '../config-tree.ts';
import type { Dialect } from '../dialect.ts';
import { itemIdentity, readItem } from '../routeros/item.ts';
import { Entry } from '../routeros/menu.ts';
import { type Menus, menuAt, menuLines, readMenus, typeMenuLine } from '../routeros/menus.ts';
import { remedyMenus } from '../routeros/remedy-menus.ts';
import { isOrderedMenu, keyOf } from '../routeros/routeros-rules.ts';

const nodesOf = (menus: Menus): readonly ConfigNode[] =>
  [...menus]
    .filter(([, { entries }]) => entries.length > 0)
    .map(([path, { entries }]) => ({
      text: path,
      line: entries[0]!.line,
      children: entries.map(({ text, line }) => ({ text, line, children: [] })),
    }));

function menusOf(nodes: readonly ConfigNode[]): Menus {
  const menus: Menus = new Map();
  for (const { text: path, children } of nodes) {
    const menu = menuAt(menus, path);
    for (const { text, line } of children) menu.add(new Entry(text, line));
  }
  return menus;
}

/** MikroTik RouterOS as `/export` prints it. */
export function routeros(): Dialect {
  return {
    name: 'routeros',
    notes: [],
    cautions: [
      {
        when: / !\w/,
        says: '`/export` leaves defaults out: an attribute that vanishes is taken back with `!`, which brings it to its default.',
      },
      {
        when: /\bremove\b/,
        says: 'An item without a name is met by its attributes; where two would be met, both are removed and the wanted one comes back, and a list in order is written anew.',
      },
      {
        when: /\/ip(?:v6)? firewall\b/,
        says: 'What safe mode is for: line by line, a firewall is for a moment neither the old one nor the new one.',
      },
    ],
    step: '',
    identity(text, parents) {
      const item = parents.length === 0 ? undefined : readItem(text);
      return item === undefined ? text : itemIdentity(item);
    },
    slot(text, parents) {
      const item = parents.length === 0 ? undefined : readItem(text);
      return item === undefined ? text : keyOf(item, parents[0]!);
    },
    orderGroup: (_text, parents) => (parents.length > 0 && isOrderedMenu(parents[0]!) ? 'items' : undefined),
    isPermanent: (_text, parents) => parents.length === 0,
    read: (text, file) => nodesOf(readMenus(text, file)),
    write: (nodes) =>
      nodes.map(({ text, children }) => `${[text, ...children.map((child) => child.text)].join('\n')}\n`).join(''),
    frame: (text) => ({ open: text, close: undefined }),
    type(nodes, lines, file) {
      const menus = menusOf(nodes);
      for (const { path, text, line } of menuLines(lines, file)) typeMenuLine(menus, path, text, file, line);
      return nodesOf(menus);
    },
    remedy: (running, intended) => remedyMenus(menusOf(running), menusOf(intended)),
  };
}
