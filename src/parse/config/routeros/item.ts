import { NetwrightError } from '#core';

/**
 * One line of an export below its path: `add name=vlan10 vlan-id=10`, `set [ find default-name=ether1 ] comment=x`,
 * `set show-at-login=no`.
 */
export interface Item {
  readonly verb: 'add' | 'set';
  /** What stands in `[ find … ]`, or a plain name or number; undefined for a path that holds one thing. */
  readonly selector: string | undefined;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Nothing in it but blanks and what words are made of: no quotation, bracket, backslash or tab. */
const plainLine = /^[ !#-Z^-\uffff]*$/;

/** Words of a line; quotations, and what stands in brackets, are one. Undefined where one of them does not end. */
export function splitWords(line: string): string[] | undefined {
  if (plainLine.test(line)) {
    const words = line.split(' ');
    return words.includes('') ? words.filter((word) => word !== '') : words;
  }
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (line.charCodeAt(at) <= 32) {
      at += 1;
      continue;
    }
    const from = at;
    let depth = 0;
    let inQuotes = false;
    for (; at < line.length; at += 1) {
      const code = line.charCodeAt(at);
      if (code === 92) at += 1;
      else if (code === 34) inQuotes = !inQuotes;
      else if (inQuotes) continue;
      else if (code === 91) depth += 1;
      else if (code === 93) depth -= 1;
      else if (code <= 32 && depth <= 0) break;
    }
    if (inQuotes || depth > 0) return undefined;
    words.push(line.slice(from, at));
  }
  return words;
}

const attribute = /^(!?[\w.-]+)(?:=([\s\S]*))?$/;

/**
 * The value of one attribute, taken out of a plain `add` line without taking the line apart. Null where it cannot be
 * told so (two words that begin alike, a line that is not plain), undefined where the line has no such attribute.
 */
export function glance(text: string, key: string): string | null | undefined {
  if (!text.startsWith('add ') || !plainLine.test(text)) return null;
  const start = ` ${key}`;
  const at = text.indexOf(start);
  if (at < 0) return undefined;
  const from = at + start.length;
  if (text.charCodeAt(from) !== 61 || text.includes(start, from)) return null;
  const end = text.indexOf(' ', from);
  return text.slice(from + 1, end < 0 ? text.length : end);
}

/** @returns undefined for a line that is neither `add` nor `set`. */
export function readItem(text: string): Item | undefined {
  const words = splitWords(text);
  const verb = words?.[0];
  if (words === undefined || (verb !== 'add' && verb !== 'set')) return undefined;
  const attributes = new Map<string, string>();
  let selector: string | undefined;
  for (const word of words.slice(1)) {
    if (word.startsWith('[')) selector = normalSelector(word);
    else {
      const match = attribute.exec(word);
      if (match?.[2] !== undefined) attributes.set(match[1]!, match[2]);
      else if (word.startsWith('!') && match !== null) attributes.set(word, '');
      else if (verb === 'set' && selector === undefined && attributes.size === 0) selector = word;
      else attributes.set(word, '');
    }
  }
  return { verb, selector, attributes };
}

export const normalSelector = (word: string): string =>
  `[ ${word
    .slice(1, -1)
    .trim()
    .replaceAll(/\s{2,}|[^\S ]/g, ' ')} ]`;

export function writeItem(item: Item): string {
  const words: string[] = [item.verb];
  if (item.selector !== undefined) words.push(item.selector);
  for (const [key, value] of item.attributes) words.push(attributeText(key, value));
  return words.join(' ');
}

export const attributeText = (key: string, value: string): string => (value === '' ? key : `${key}=${value}`);

/** What a value says, its quotes taken off. */
export function plainValue(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}

/** Two items with one identity say the same: the order of the attributes and quotes around a word do not count. */
export function itemIdentity(item: Item): string {
  const attributes = [...item.attributes].map(([key, value]) => `${key}=${plainValue(value)}`).sort();
  return [item.verb, item.selector ?? '', ...attributes].join('\n');
}

/**
 * A number that items with one identity share, whatever the order of their words: the words added up, without the
 * marks that may be there or not.
 */
export function signatureOf(text: string): number {
  let sum = 0;
  let word = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 32) {
      sum = (sum + word) | 0;
      word = 0;
    } else if (code !== 34 && code !== 61 && code !== 91 && code !== 93) word = (Math.imul(word, 31) + code) | 0;
  }
  return (sum + word) | 0;
}

/** The conditions of `[ find a=b c=d ]`; none for `[ find ]`. */
export function conditionsOf(selector: string): ReadonlyMap<string, string> {
  const inner = selector
    .replace(/^\[\s*find\b/, '')
    .replace(/\]$/, '')
    .trim();
  const conditions = new Map<string, string>();
  for (const word of splitWords(inner.replaceAll(/^where\b/g, '').trim()) ?? []) {
    const match = /^([\w.-]+)=([\s\S]*)$/.exec(word);
    if (match !== null) conditions.set(match[1]!, plainValue(match[2]!));
  }
  return conditions;
}

export const fault = (file: string, line: number, what: string): NetwrightError =>
  new NetwrightError('NW_CONFIG_SYNTAX', `${file}:${line}: ${what}`);
