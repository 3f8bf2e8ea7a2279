import { latin1OfText, textOfLatin1 } from '#core';
import { asDevicesRead } from './device-pattern.ts';
import type { LineRule, SecretRule } from './platform.ts';

/**
 * Marking what is secret and dropping what is volatile, in one pass over a configuration. The literal `word`s of all
 * rules are looked for first, in two regular expressions (a fifth of the time of one search for each, V8 13), so only
 * lines that hold one are ever matched. Everything that no rule asks for comes back as it was, byte for byte. A configuration may be given as Latin-1, one
 * character a byte: rules are about text, so the lines that they match are read as such.
 */

type Encoding = 'latin1' | undefined;

/** Where a secret stands in a text, and the rule that found it. */
export interface SecretSpan {
  readonly from: number;
  readonly to: number;
  readonly rule: SecretRule;
}

const secretGroups = ['secret', 'secret2', 'secret3'] as const;

/**
 * Every secret of the text, in its order. Where rules overlap, the whole stretch that they cover is one secret, so that no
 * part of it stays behind.
 */
export function findSecrets(text: string, rules: readonly SecretRule[], encoding?: Encoding): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  const isWithin = sectionsOf(text, encoding);
  forEachLineOf(text, rules, encoding, (rule, line, from, to) => {
    if (rule.kind === 'block') addBlockSpan(spans, rule, line, text, to, encoding);
    else if (rule.within === undefined || isWithin(rule.within, from)) addLineSpans(spans, rule, line, from, encoding);
  });
  return united(spans);
}

/**
 * The text with every secret replaced by what `mark` returns for it.
 *
 * @param mark is called once for each secret, in the order of the text, with the rule that found it
 */
export function applySecrets(
  text: string,
  rules: readonly SecretRule[],
  mark: (secret: string, rule: SecretRule) => string,
): string {
  let result = '';
  let at = 0;
  for (const { from, to, rule } of findSecrets(text, rules)) {
    result += text.slice(at, from) + mark(text.slice(from, to), rule);
    at = to;
  }
  return at === 0 ? text : result + text.slice(at);
}

/** The text without the lines, ends included, that match one of the rules. */
export function dropLines(text: string, rules: readonly LineRule[], encoding?: Encoding): string {
  const drops: { from: number; to: number }[] = [];
  forEachLineOf(text, rules, encoding, ({ match }, line, from, _to, next) => {
    if (drops.at(-1)?.from !== from && (match === undefined || match.test(line))) drops.push({ from, to: next });
  });
  if (drops.length === 0) return text;
  let result = '';
  let at = 0;
  for (const { from, to } of drops) {
    if (from > at) result += text.slice(at, from);
    at = Math.max(at, to);
  }
  return result + text.slice(at);
}

const searches = new WeakMap<readonly { readonly word: string }[], readonly RegExp[]>();

/** With a word as short among them, V8 looks at each place of the text; of longer ones alone it skips many (V8 13). */
const shortWord = 3;

/** Find the words of all rules, in texts and in Latin-1. Where `key` is, `session-key` need not be looked for. */
function searchesOf(rules: readonly { readonly word: string }[]): readonly RegExp[] {
  let own = searches.get(rules);
  if (own === undefined) {
    const words = [...new Set(rules.flatMap(({ word }) => [word, latin1OfText(word)]))];
    const shortest = words.filter((word) => !words.some((other) => other !== word && word.includes(other)));
    const { short = [], long = [] } = Object.groupBy(shortest, ({ length }) =>
      length <= shortWord ? 'short' : 'long',
    );
    own = [short, long].filter((some) => some.length > 0).map(searchFor);
    searches.set(rules, own);
  }
  return own;
}

const searchFor = (words: readonly string[]): RegExp =>
  new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');

/** Where the last character of the next word stands; the end of the text when none comes. */
function nextWord(search: RegExp, text: string, from: number): number {
  search.lastIndex = from;
  return search.test(text) ? Math.max(from, search.lastIndex - 1) : text.length;
}

/** Calls `visit` for each line as text, in order, and each rule whose word is in it: `to` is before CR and newline. */
function forEachLineOf<R extends { readonly word: string }>(
  text: string,
  rules: readonly R[],
  encoding: Encoding,
  visit: (rule: R, line: string, from: number, to: number, next: number) => void,
): void {
  const all = searchesOf(rules).map((search) => ({ search, at: -1 }));
  for (let next = 0; next < text.length; ) {
    for (const one of all) if (one.at < next) one.at = nextWord(one.search, text, next);
    // No word spans lines: where its last character stands, the line is.
    const at = all.reduce((least, one) => Math.min(least, one.at), text.length);
    if (at === text.length) return;
    const from = text.lastIndexOf('\n', at) + 1;
    const end = text.indexOf('\n', at);
    next = end === -1 ? text.length : end + 1;
    let to = end === -1 ? text.length : end;
    while (to > from && text.charCodeAt(to - 1) === 0x0d) to -= 1;
    const line = readable(text.slice(from, to), encoding);
    for (const rule of rules) if (line.includes(rule.word)) visit(rule, line, from, to, next);
  }
}

/** For a line a look at its characters is cheaper than the way to bytes and back. */
const readable = (line: string, encoding: Encoding): string =>
  encoding === 'latin1' && /[\x80-\xff]/.test(line) ? textOfLatin1(line) : line;

/** Calls `visit` with the bounds of each line that contains `word`: start, end without CR and newline, start of the next. */
function forEachLineWith(text: string, word: string, visit: (from: number, to: number, next: number) => void): void {
  for (let at = text.indexOf(word); at !== -1; ) {
    const from = text.lastIndexOf('\n', at) + 1;
    const end = text.indexOf('\n', at + word.length - 1);
    const next = end === -1 ? text.length : end + 1;
    let to = end === -1 ? text.length : end;
    while (to > from && text.charCodeAt(to - 1) === 0x0d) to -= 1;
    visit(from, to, next);
    at = next >= text.length ? -1 : text.indexOf(word, next);
  }
}

const withIndices = new WeakMap<RegExp, RegExp>();

/**
 * The same pattern with the flags `d` and `g`: where groups stand, at every place of the line where it matches. That
 * is asked of the few lines that match at all.
 */
function indexed(pattern: RegExp): RegExp {
  let found = withIndices.get(pattern);
  if (found === undefined) {
    const { source, flags } = asDevicesRead(pattern);
    found = new RegExp(source, `${flags}dg`);
    withIndices.set(pattern, found);
  }
  return found;
}

const isAnchored = ({ source }: RegExp): boolean => source.startsWith('^') && !source.includes('|^');

function addLineSpans(
  spans: SecretSpan[],
  rule: SecretRule & { kind: 'line' },
  line: string,
  offset: number,
  encoding: Encoding,
): void {
  if (!asDevicesRead(rule.match).test(line)) return;
  const placeOf = (at: number): number =>
    offset + (encoding === 'latin1' ? latin1OfText(line.slice(0, at)).length : at);
  const pattern = indexed(rule.match);
  pattern.lastIndex = 0;
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    for (const name of secretGroups) {
      const found = match.indices?.groups?.[name];
      if (found !== undefined && found[1] > found[0]) {
        spans.push({ from: placeOf(found[0]), to: placeOf(found[1]), rule });
      }
    }
    // A pattern that begins with ^ has no second match; one that matched nothing would match it for ever.
    if (isAnchored(rule.match) || match[0] === '') break;
  }
}

type Section = NonNullable<Extract<SecretRule, { kind: 'line' }>['within']>;

/** Tells whether a place of the text is inside a section; each kind of section is looked up once. */
function sectionsOf(text: string, encoding: Encoding): (section: Section, at: number) => boolean {
  const known = new Map<Section, { from: number; to: number }[]>();
  return (section, at) => {
    let found = known.get(section);
    if (found === undefined) {
      found = boundsOf(text, section, encoding);
      known.set(section, found);
    }
    return found.some(({ from, to }) => from <= at && at < to);
  };
}

/** Where sections begin and end; one that is not closed goes on to the end, so that no secret of it is left. */
function boundsOf(text: string, { word, open }: Section, encoding: Encoding): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  const searched = encoding === 'latin1' ? latin1OfText(word) : word;
  forEachLineWith(text, searched, (from, to, next) => {
    const line = readable(text.slice(from, to), encoding);
    if (!open.test(line)) return;
    const indent = /^[ \t]*/.exec(line)![0];
    const close = text.indexOf(`\n${indent}}`, to);
    found.push({ from: next, to: close === -1 ? text.length : close + 1 });
  });
  return found;
}

/** From the line after the one that ends at `lineEnd` up to the line that closes the block; to the end when none does. */
function addBlockSpan(
  spans: SecretSpan[],
  rule: SecretRule & { kind: 'block' },
  line: string,
  text: string,
  lineEnd: number,
  encoding: Encoding,
): void {
  if (!rule.from.test(line)) return;
  const newline = text.indexOf('\n', lineEnd);
  if (newline === -1) return;
  const from = newline + 1;
  let to = from;
  for (let at = from; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const stop = end === -1 ? text.length : end;
    const bare = text.charCodeAt(stop - 1) === 0x0d && stop > at ? stop - 1 : stop;
    if (rule.to.test(readable(text.slice(at, bare), encoding))) break;
    to = stop;
    at = stop + 1;
  }
  if (to > from) spans.push({ from, to, rule });
}

/** Sorted, overlapping ones joined. A joined stretch is re-salted when any part of it is. */
function united(spans: SecretSpan[]): SecretSpan[] {
  spans.sort((a, b) => a.from - b.from || b.to - a.to);
  const result: SecretSpan[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last === undefined || span.from >= last.to) result.push(span);
    else if (span.to > last.to || (span.rule.resalted && !last.rule.resalted)) {
      result[result.length - 1] = {
        from: last.from,
        to: Math.max(last.to, span.to),
        rule: span.rule.resalted ? span.rule : last.rule,
      };
    }
  }
  return result;
}
