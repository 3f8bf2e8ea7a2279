import { asNetwrightError } from '#core';
import { boundedPattern } from '#parse';
import { searchOf } from './policy.ts';
import { isMapping } from './read-body.ts';

/** Where facts are not as expected. */
export interface FactDifference {
  /** Keys that lead there, and positions in lists. */
  readonly path: readonly (string | number)[];
  readonly kind: 'missing' | 'extra' | 'different';
  readonly expected?: unknown;
  readonly found?: unknown;
}

type Path = FactDifference['path'];

const deepest = 50;
/** More are not told of one answer. */
const mostTold = 100;

/**
 * Compares an answer with what a validation file expects, by the rules of NAPALM: keys that are not named do not count
 * unless `_mode: strict`; `list` names elements in any order; a text is a regular expression, or a comparison of
 * numbers: `<15.0`, `>=10`, `10<->20`, `5%200` (200, give or take 5 per cent).
 * @returns nothing when all is as expected
 */
export function compareFacts(expected: unknown, found: unknown): readonly FactDifference[] {
  const differences: FactDifference[] = [];
  compare(expected, found, [], differences);
  return differences.slice(0, mostTold);
}

function compare(expected: unknown, found: unknown, path: Path, told: FactDifference[]): void {
  const different = (): void => {
    told.push({ path, kind: 'different', expected, found });
  };
  if (isMapping(expected)) {
    const { _mode: mode, ...rest } = expected;
    if ('list' in rest) {
      if (Array.isArray(found)) compareList(rest['list'], found, mode === 'strict', path, told);
      else different();
    } else if (isMapping(found)) compareMapping(rest, found, mode === 'strict', path, told);
    else different();
  } else if (Array.isArray(expected)) {
    // Element by element, as far as both go.
    if (!Array.isArray(found)) {
      different();
      return;
    }
    for (const [at, one] of expected.entries()) {
      if (at >= found.length) told.push({ path: [...path, at], kind: 'missing', expected: one });
      else compare(one, found[at], [...path, at], told);
    }
  } else if (!valueHolds(expected, found)) different();
}

function compareMapping(
  expected: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
  isStrict: boolean,
  path: Path,
  told: FactDifference[],
): void {
  for (const [key, value] of Object.entries(expected)) {
    if (Object.hasOwn(found, key)) compare(value, found[key], [...path, key], told);
    else told.push({ path: [...path, key], kind: 'missing', expected: value });
  }
  if (!isStrict) return;
  for (const [key, value] of Object.entries(found))
    if (!Object.hasOwn(expected, key)) told.push({ path: [...path, key], kind: 'extra', found: value });
}

/** Every element that is expected takes the first one left that holds it. */
function compareList(
  expected: unknown,
  found: readonly unknown[],
  isStrict: boolean,
  path: Path,
  told: FactDifference[],
): void {
  const left = [...found];
  for (const one of Array.isArray(expected) ? expected : [expected]) {
    const at = left.findIndex((candidate) => holds(one, candidate));
    if (at < 0) told.push({ path, kind: 'missing', expected: one });
    else left.splice(at, 1);
  }
  if (isStrict) for (const one of left) told.push({ path, kind: 'extra', found: one });
}

function holds(expected: unknown, found: unknown): boolean {
  const told: FactDifference[] = [];
  compare(expected, found, [], told);
  return told.length === 0;
}

const comparison = /^(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)$/;
const range = /^\s*(-?\d+(?:\.\d+)?)<->(-?\d+(?:\.\d+)?)\s*$/;
const tolerance = /^(\d+)%(\d+)$/;
const isComparison = (text: string): boolean => /^[<>]/.test(text);

function valueHolds(expected: unknown, found: unknown): boolean {
  if (typeof expected !== 'string') return expected === found;
  const number = typeof found === 'number' || (typeof found === 'string' && found !== '') ? Number(found) : Number.NaN;
  const [, operator, limit] = comparison.exec(expected) ?? [];
  if (operator !== undefined) return compareNumbers(number, operator, Number(limit));
  const [, low, high] = range.exec(expected) ?? [];
  if (low !== undefined) return Number(low) <= number && number <= Number(high);
  const [, percent, middle] = tolerance.exec(expected) ?? [];
  if (percent !== undefined) return Math.abs(number - Number(middle)) <= (Number(middle) * Number(percent)) / 100;
  const text = pythonText(found);
  return expected === text || matches(expected, text);
}

function compareNumbers(number: number, operator: string, limit: number): boolean {
  if (operator === '<') return number < limit;
  if (operator === '<=') return number <= limit;
  return operator === '>' ? number > limit : number >= limit;
}

/** As `str()` has it, which validation files are written for: `True`, `None`. */
function pythonText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === null || value === undefined) return 'None';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}

/** Compiled once for all devices; texts of a policy are few. */
const compiled = new Map<string, (text: string) => boolean>();
function matches(source: string, text: string): boolean {
  let test = compiled.get(source);
  if (test === undefined) {
    if (compiled.size > 10_000) compiled.clear();
    test = searchOf(boundedPattern(source));
    compiled.set(source, test);
  }
  return test(text);
}

/** What in an expectation could never be judged. */
export function checkExpected(expected: unknown, path: Path = []): readonly { path: Path; message: string }[] {
  if (path.length > deepest) return [{ path, message: `expected no more than ${deepest} levels` }];
  if (typeof expected === 'string') {
    if (isComparison(expected)) {
      if (comparison.test(expected)) return [];
      return [{ path, message: `"${expected}": expected a number behind the sign, such as <15.0 or >=10` }];
    }
    if (range.test(expected) || tolerance.test(expected)) return [];
    try {
      boundedPattern(expected);
      return [];
    } catch (error) {
      return [{ path, message: asNetwrightError(error).message }];
    }
  }
  if (Array.isArray(expected)) return expected.flatMap((one, at) => checkExpected(one, [...path, at]));
  if (!isMapping(expected)) return [];
  const { _mode: mode, ...rest } = expected;
  const wrongMode =
    mode === undefined || mode === 'strict' || mode === ''
      ? []
      : [{ path: [...path, '_mode'], message: `"_mode": expected strict, got ${JSON.stringify(mode)}` }];
  const wrongList =
    'list' in rest && !Array.isArray(rest['list'])
      ? [{ path: [...path, 'list'], message: '"list": expected a list' }]
      : [];
  return [
    ...wrongMode,
    ...wrongList,
    ...Object.entries(rest).flatMap(([key, one]) => checkExpected(one, [...path, key])),
  ];
}
