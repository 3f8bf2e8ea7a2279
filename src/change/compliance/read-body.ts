import { asNetwrightError, didYouMean } from '#core';
import { wildcard } from '#inventory';
import { boundedPattern } from '#parse';
import { type LineCheck, type Pattern, searchOf } from './policy.ts';
import type { Path, PolicyFile } from './policy-file.ts';
import { bodyKeys } from './policy-schema.ts';
import { requiredText } from './required-text.ts';

export const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function checkKeys(source: PolicyFile, path: Path, data: object, known: readonly string[]): void {
  for (const key of Object.keys(data))
    if (!known.includes(key)) {
      const near = didYouMean(key, known);
      source.mistake([...path, key], `unknown key "${key}".${near || ` Known: ${known.join(', ')}.`}`, true);
    }
}

/** A text that says something; a number is taken as it would be written. */
export function readText(source: PolicyFile, path: Path, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.trim() !== '') return value;
  if (typeof value === 'number') return String(value);
  source.mistake(path, `"${path.at(-1)}": expected a text, got ${shown(value)}`);
  return undefined;
}

/** @param alone nothing but these keys may stand there */
export function readLineCheck(
  source: PolicyFile,
  path: Path,
  data: Readonly<Record<string, unknown>>,
  alone = false,
): LineCheck {
  if (alone) checkKeys(source, path, data, bodyKeys);
  const patterns = (key: string) => readPatterns(source, [...path, key], data[key]);
  const check: LineCheck = {
    section: readTexts(source, [...path, 'section'], data['section']),
    except: readTexts(source, [...path, 'except'], data['except']),
    having: patterns('having'),
    required: patterns('required'),
    forbidden: patterns('forbidden'),
    ordered: patterns('ordered'),
  };
  for (const key of ['except', 'having'] as const)
    if (check[key].length > 0 && check.section.length === 0)
      source.mistake([...path, key], `"${key}" chooses among sections: expected "section" beside it`, true);
  const says = ['required', 'forbidden', 'ordered'].some((key) => key in data);
  if ((alone || 'section' in data) && !says)
    source.mistake(path, 'nothing is said of it: expected "required", "forbidden" or "ordered"');
  if ('ordered' in data && check.ordered.length === 1)
    source.mistake([...path, 'ordered'], '"ordered": expected two lines or more');
  return check;
}

export const saysSomething = ({ required, forbidden, ordered }: LineCheck): boolean =>
  required.length + forbidden.length + ordered.length > 0;

function readTexts(source: PolicyFile, path: Path, value: unknown): readonly string[] {
  if (value === undefined) return [];
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) source.mistake(path, `"${path.at(-1)}": expected a text or a list of texts`);
  return list.flatMap((one, at) => readText(source, Array.isArray(value) ? [...path, at] : path, one) ?? []);
}

function readPatterns(source: PolicyFile, path: Path, value: unknown): readonly Pattern[] {
  if (value === undefined) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) source.mistake(path, `"${path.at(-1)}": expected a line or a list of lines`);
  return list.flatMap((one, at) => readPattern(source, Array.isArray(value) ? [...path, at] : path, one));
}

const patternKeys = ['match', 'like', 'any of', 'except'];

function readPattern(source: PolicyFile, path: Path, value: unknown): Pattern[] {
  const line = source.lineOf(path);
  if (typeof value === 'string' && value.trim() !== '') return [{ kind: 'text', text: value, line }];
  if (!isMapping(value)) {
    source.mistake(path, `expected a line, or one of "match", "like" and "any of", got ${shown(value)}`);
    return [];
  }
  checkKeys(source, path, value, patternKeys);
  const given = ['match', 'like', 'any of'].filter((key) => key in value);
  if (given.length !== 1) {
    // `ip address: 10.0.0.1` without quotes is a mapping for YAML.
    const known = Object.keys(value).some((key) => patternKeys.includes(key));
    source.mistake(
      path,
      `expected one of "match", "like" and "any of"${known ? '' : '; quote a line that has a colon'}`,
    );
    return [];
  }
  if (given[0] === 'any of') {
    if ('except' in value) source.mistake([...path, 'except'], '"except" belongs to "match" and "like"', true);
    return [{ kind: 'any', of: readPatterns(source, [...path, 'any of'], value['any of']), line }];
  }
  const key = given[0] as 'match' | 'like';
  const written = readText(source, [...path, key], value[key]);
  if (written === undefined) return [];
  const except = readPatterns(source, [...path, 'except'], value['except']);
  try {
    const test =
      key === 'like'
        ? searchOf({ test: wildcard(written) }, longestPiece(written))
        : searchOf(boundedPattern(written), requiredText(written));
    return [{ kind: 'search', source: key === 'like' ? written : `/${written}/`, test, except, line }];
  } catch (error) {
    source.mistake([...path, key], asNetwrightError(error).message);
    return [];
  }
}

/** Of a glob, between its wildcards. */
const longestPiece = (glob: string): string =>
  glob.split(/[*?]/).reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 60);
