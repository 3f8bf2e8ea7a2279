import { XmlElement } from '#core';
import type { ConfigNode } from '../section-tree.ts';
import type { Edit } from './netconf-model.ts';
import { RpcRefusal } from './rpc-refusal.ts';

/** Lists whose entries stand in the text by their name alone: what an entry is called in XML, by the section. */
const bareLists: Readonly<Record<string, string>> = {
  interfaces: 'interface',
  'prefix-list': 'prefix-list-item',
  vlans: 'vlan',
  'routing-instances': 'instance',
};
/** Lists that are their own section: each entry is an element of the section's name. */
const sectionLists = new Set(['radius-server', 'tacplus-server', 'name-server']);
/** Words that are followed by the name of a list entry. */
const keyed =
  /^(?:unit|user|group|neighbor|community|prefix-list|policy-statement|term|filter|policer|area|instance|address|server|vlan)$/;

const leaf = (name: string, text = ''): XmlElement => new XmlElement({ name, text });
const entry = (name: string, key: string, below: readonly XmlElement[]): XmlElement =>
  new XmlElement({ name, children: [leaf('name', plain(key)), ...below] });
const plain = (word: string): string => word.replace(/^"(.*)"$/s, '$1').replace(/^'(.*)'$/s, '$1');
const wordsOf = (line: string): string[] => line.match(/"[^"]*"|\[[^\]]*\]|\S+/g) ?? [];

/** The statements of a Junos configuration as its XML has them. `within` is the name of the section around them. */
export function junosElements(nodes: readonly ConfigNode[], within = ''): XmlElement[] {
  return nodes.flatMap(({ line, below }) => {
    const [first = '', ...rest] = wordsOf(line);
    if (sectionLists.has(first) && rest.length === 0) {
      return below.map((node) => {
        const [key = '', ...more] = wordsOf(node.line);
        return entry(first, key, [...pairs(more), ...junosElements(node.below, first)]);
      });
    }
    const bare = bareLists[within];
    if (bare !== undefined) return [entry(bare, first, [...pairs(rest), ...junosElements(below, bare)])];
    const [key, ...more] = rest;
    if (first === 'family' && key !== undefined) {
      const family = new XmlElement({ name: key, children: junosElements(below, key) });
      return [new XmlElement({ name: first, children: [family] })];
    }
    if (key !== undefined && keyed.test(first) && !key.startsWith('[')) {
      return [entry(first, key, [...pairs(more), ...junosElements(below, first)])];
    }
    if (below.length > 0) return [new XmlElement({ name: first, children: junosElements(below, first) })];
    if (key?.startsWith('[')) return wordsOf(key.slice(1, -1)).map((one) => leaf(first, plain(one)));
    return [leaf(first, rest.map(plain).join(' '))];
  });
}

/** `secret "x"` behind the name of an entry. */
function pairs(words: readonly string[]): XmlElement[] {
  const found: XmlElement[] = [];
  for (let at = 0; at < words.length; at += 2) found.push(leaf(words[at]!, plain(words[at + 1] ?? '')));
  return found;
}

const quoted = (value: string): string => (/^[\w.:/@+*,-]+$/.test(value) ? value : `"${value}"`);

/**
 * An edit as the lines that somebody would type: `set …`, `delete …`.
 * @param lines `set` lines of the configuration that is edited, to tell what is there
 * @throws RpcRefusal `data-missing`, `data-exists`, `bad-attribute`
 */
export function junosLines(edit: Edit, lines: readonly string[]): string[] {
  const typed: string[] = [];
  const there = (path: readonly string[]): boolean => {
    const wanted = `set ${path.join(' ')}`.replaceAll('"', '');
    return lines.some((line) => {
      const bare = line.replaceAll('"', '');
      return bare === wanted || bare.startsWith(`${wanted} `);
    });
  };

  function walk(element: XmlElement, above: readonly string[], within: string, inherited: string): void {
    const operation = element.attribute('operation') ?? element.attribute('delete') ?? inherited;
    const key = element.child('name');
    const isBare = bareLists[within] === element.name;
    const name = isBare ? [] : [element.name];
    const path = [...above, ...name, ...(key ? [quoted(key.value)] : [])];
    if (isBare && !key) throw new RpcRefusal({ tag: 'missing-element', path: xpathOf([...above, element.name]) });
    if (operation === 'delete' || operation === 'remove') {
      if (there(path)) typed.push(`delete ${path.join(' ')}`);
      else if (operation === 'delete')
        throw new RpcRefusal({ tag: 'data-missing', path: xpathOf(path), message: 'statement not found' });
      return;
    }
    if (operation === 'create' && there(path)) {
      throw new RpcRefusal({ tag: 'data-exists', path: xpathOf(path), message: 'statement already exists' });
    }
    if (!['merge', 'replace', 'create', 'none'].includes(operation)) {
      throw new RpcRefusal({ type: 'protocol', tag: 'bad-attribute', path: xpathOf(path) });
    }
    if (operation === 'replace' && there(path)) typed.push(`delete ${path.join(' ')}`);
    // What is below a node that was replaced or made is new, whatever was the default.
    const below = operation === 'replace' || operation === 'create' ? 'merge' : operation;
    const children = element.children.filter((child) => child !== key);
    if (children.length > 0) for (const child of children) walk(child, path, element.name, below);
    else if (operation !== 'none') {
      const value = key || element.value === '' ? [] : [quoted(element.value)];
      typed.push(`set ${[...path, ...value].join(' ')}`);
    }
  }

  for (const element of edit.elements) walk(element, [], '', edit.defaultOperation === 'none' ? 'none' : 'merge');
  return typed;
}

const xpathOf = (path: readonly string[]): string => `/configuration/${path.join('/')}`;
