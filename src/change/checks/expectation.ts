import { didYouMean, NetwrightError } from '#core';
import { type GetterName, getterNamed, getters } from '#facts';

const comparisons = ['=', '!=', '<', '<=', '>', '>=', 'contains'] as const;
type Comparison = (typeof comparisons)[number];

type Test =
  | { readonly kind: 'is'; readonly flag: string; readonly wanted: boolean }
  | { readonly kind: 'exists'; readonly wanted: boolean }
  | { readonly kind: 'compare'; readonly field: string; readonly by: Comparison; readonly value: string };

/** Something that is to hold of the facts of a device. */
export interface Expectation {
  /** As it was written. */
  readonly text: string;
  readonly getter: GetterName;
  readonly args: Readonly<Record<string, unknown>>;
  /** Keys, or values of rows, that lead to what is meant, from the outside inwards; levels between may be left out. */
  readonly path: readonly string[];
  readonly test: Test;
}

/** What became of an expectation: `found` says what there is instead. */
export interface Judgement {
  readonly holds: boolean;
  readonly found: string;
}

/**
 * Reads an expectation.
 *
 *     expectation = getter ["(" key "=" value ("," key "=" value)* ")"] word* test
 *     test        = "is" ["not"] flag | "exists" | "does not exist" | field comparison value
 *     comparison  = "=" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "contains"
 *
 *     bgp_neighbors 10.0.0.2 is up
 *     interfaces Ethernet1 mtu >= 9000
 *     route_to(destination=0.0.0.0/0) exists
 *     lldp_neighbors count > 1
 *
 * Words with blanks are quoted. `count` is how many entries there are.
 * @throws NetwrightError `NW_USAGE` with what was expected
 */
export function parseExpectation(text: string): Expectation {
  const wrong = (what: string): NetwrightError =>
    new NetwrightError('NW_USAGE', `--expect "${text}": ${what}`, {
      hint: 'such as "bgp_neighbors 10.0.0.2 is up", "interfaces eth0 mtu >= 1500" or "route_to(destination=0.0.0.0/0) exists"',
    });
  const head = /^\s*(\w+)(?:\(([^()]*)\))?(?=\s|$)/.exec(text);
  if (head === null) throw wrong('expected the name of a getter first');
  const getter = getterNamed(head[1]!);
  const args = argsOf(getter, head[2] ?? '', wrong);
  const words = wordsOf(text.slice(head[0].length));
  const last = words.length;
  const plain = words.map(({ text: word, isQuoted }) => (isQuoted ? undefined : word));
  const path = (to: number): string[] => words.slice(0, to).map((word) => word.text);
  if (plain[last - 1] === 'exists')
    return { text, getter, args, path: path(last - 1), test: { kind: 'exists', wanted: true } };
  if (plain.slice(-3).join(' ') === 'does not exist') {
    return { text, getter, args, path: path(last - 3), test: { kind: 'exists', wanted: false } };
  }
  const flag = words.at(-1)?.text ?? '';
  if (plain[last - 2] === 'is')
    return { text, getter, args, path: path(last - 2), test: { kind: 'is', flag, wanted: true } };
  if (plain[last - 3] === 'is' && plain[last - 2] === 'not') {
    return { text, getter, args, path: path(last - 3), test: { kind: 'is', flag, wanted: false } };
  }
  const sign = plain[last - 2] === '==' ? '=' : plain[last - 2];
  const by = comparisons.find((one) => one === sign);
  const field = words[last - 3]?.text;
  if (by === undefined || field === undefined) {
    throw wrong(
      'expected it to end in "is …", "exists", "does not exist" or "<field> <comparison> <value>" (= != < <= > >= contains)',
    );
  }
  return { text, getter, args, path: path(last - 3), test: { kind: 'compare', field, by, value: flag } };
}

/** Whether it holds of what the getter gave. */
export function judge(expectation: Expectation, facts: unknown): Judgement {
  const { getter, path, test } = expectation;
  const places = reach([facts], path);
  if (test.kind === 'exists') {
    const there = places.some((place) => !isEmpty(place));
    return { holds: there === test.wanted, found: there ? 'it is there' : missing(getter, facts, path) };
  }
  if (places.length === 0) return { holds: false, found: missing(getter, facts, path) };
  if (test.kind === 'compare' && test.field === 'count') {
    const count = places.reduce<number>((sum, place) => sum + entriesOf(place).length, 0);
    return { holds: compare(count, test.by, test.value), found: `${count}` };
  }
  const field = test.kind === 'is' ? `is_${test.flag.replace(/^is_/, '')}` : test.field;
  const values = places.flatMap((place) => valuesOf(place, field));
  if (values.length === 0) return { holds: false, found: `there is no ${field}` };
  const holds =
    test.kind === 'is'
      ? values.every((value) => value === test.wanted)
      : values.every((value) => compare(value, test.by, test.value));
  return { holds, found: isSecret(getter, field) ? `${field} is another` : `${field} is ${inShort(values)}` };
}

function argsOf(getter: GetterName, text: string, wrong: (what: string) => NetwrightError): Record<string, unknown> {
  const known = Object.keys((getters[getter].args as { properties?: object }).properties ?? {});
  const args: Record<string, unknown> = {};
  for (const part of text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    const [, key = '', value = ''] = /^(\w+)\s*=\s*(.*)$/.exec(part) ?? [];
    if (!known.includes(key)) throw wrong(`${getter} takes no "${key || part}".${didYouMean(key, known)}`);
    args[key] = value === 'true' ? true : value === 'false' ? false : value;
  }
  return args;
}

function wordsOf(text: string): { readonly text: string; readonly isQuoted: boolean }[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => ({
    text: double ?? single ?? bare ?? '',
    isQuoted: bare === undefined,
  }));
}

/** The places that a path leads to: from each place to the nearest ones below that go by the next word. */
function reach(places: readonly unknown[], path: readonly string[]): readonly unknown[] {
  return path.reduce<readonly unknown[]>((from, word) => from.flatMap((place) => nearest(place, word)), places);
}

function nearest(place: unknown, word: string): unknown[] {
  if (Array.isArray(place)) {
    const rows = place.filter((row) => hasValue(row, word));
    return rows.length > 0 ? rows : place.flatMap((row: unknown) => nearest(row, word));
  }
  if (typeof place !== 'object' || place === null) return [];
  const here = Object.entries(place).filter(([key]) => key.toLowerCase() === word.toLowerCase());
  if (here.length > 0) return here.map(([, value]) => value as unknown);
  return Object.values(place).flatMap((value) => nearest(value, word));
}

const hasValue = (row: unknown, word: string): boolean =>
  typeof row === 'object' &&
  row !== null &&
  Object.values(row).some((value) => typeof value !== 'object' && String(value).toLowerCase() === word.toLowerCase());

/** Values of a field, at the place or below it. */
function valuesOf(place: unknown, field: string): unknown[] {
  if (typeof place !== 'object' || place === null) return [];
  if (!Array.isArray(place) && Object.hasOwn(place, field)) return [(place as Record<string, unknown>)[field]];
  return Object.values(place).flatMap((value) => valuesOf(value, field));
}

function compare(found: unknown, by: Comparison, wanted: string): boolean {
  const text = typeof found === 'string' ? found : JSON.stringify(found);
  const isText = typeof found === 'string' && !/^-?\d+(?:\.\d+)?$/.test(found);
  const [left, right] = [Number(found), Number(wanted)];
  const numbers = !isText && Number.isFinite(left) && Number.isFinite(right);
  switch (by) {
    case '=':
      return numbers ? left === right : text === wanted;
    case '!=':
      return numbers ? left !== right : text !== wanted;
    case 'contains':
      return text.includes(wanted);
    case '<':
      return numbers && left < right;
    case '<=':
      return numbers && left <= right;
    case '>':
      return numbers && left > right;
    case '>=':
      return numbers && left >= right;
  }
}

const entriesOf = (place: unknown): readonly unknown[] =>
  typeof place === 'object' && place !== null ? Object.values(place) : [];

const isEmpty = (place: unknown): boolean =>
  place === '' || (typeof place === 'object' && place !== null && Object.keys(place).length === 0);

/** Up to where the path could be followed, and what stands there instead. */
function missing(getter: GetterName, facts: unknown, path: readonly string[]): string {
  let places: readonly unknown[] = [facts];
  for (const word of path) {
    const next = reach(places, [word]);
    if (next.length === 0) {
      const there = places.flatMap((place) => (Array.isArray(place) ? [] : Object.keys(place ?? {}))).slice(0, 8);
      const isShown = there.length > 0 && !isSecret(getter);
      return `there is no ${word}${isShown ? `, but ${there.join(', ')}` : ''}`;
    }
    places = next;
  }
  return 'there is nothing';
}

const longestShown = 60;

/** Values as an error may show them: not whole configurations. */
function inShort(values: readonly unknown[]): string {
  const texts = new Set(values.map((value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))));
  return [...texts]
    .slice(0, 5)
    .map((text) => (text.length > longestShown || text.includes('\n') ? `a text of ${text.length} characters` : text))
    .join(', ');
}

/** Whether a getter marks the values of a field, or without one its keys, as secret. */
function isSecret(getter: GetterName, field?: string): boolean {
  const { secrets = [] } = getters[getter] as { secrets?: readonly { path: readonly string[]; at: 'key' | 'value' }[] };
  return secrets.some(({ path, at }) => (field === undefined ? at === 'key' : path.at(-1) === field));
}
