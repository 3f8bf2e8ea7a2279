import { LineCounter, parseDocument } from 'yaml';
import { importError } from './draft.ts';
import { shownWord, yamlMistake } from './read-source.ts';

/** What of the configuration of Oxidized says which devices there are and how they are reached. */
export interface OxidizedConfig {
  readonly delimiter: RegExp | undefined;
  /** Column by name of the node's property. */
  readonly map: Readonly<Record<string, number>> | undefined;
  readonly varsMap: Readonly<Record<string, number>>;
  readonly modelMap: readonly (readonly [RegExp, string])[];
  readonly groupMap: readonly (readonly [RegExp, string])[];
  /** `model`, `username`, `password`, `vars` of everything, of groups and of models. */
  readonly root: Scope;
  readonly groups: Readonly<Record<string, GroupScope>>;
  readonly models: Readonly<Record<string, Scope>>;
}

/** Settings that stand at the root, in a group or in a model. */
export interface Scope {
  readonly username?: string;
  readonly password?: string;
  readonly model?: string;
  readonly vars: Readonly<Record<string, unknown>>;
  readonly input?: string;
  readonly timeout?: unknown;
}

/** A group may say something for the models in it alone. */
interface GroupScope extends Scope {
  readonly models: Readonly<Record<string, Scope>>;
}

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
/** Texts and numbers, as YAML has them, as text. */
export const scalarText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/**
 * @param warn is told what of the file is not understood and left out
 * @throws NetwrightError `NW_IMPORT_INVALID` with file and line
 */
export function readOxidizedConfig(file: string, source: string, warn: (message: string) => void): OxidizedConfig {
  const counter = new LineCounter();
  // Ruby's tag for regular expressions is read as the text behind it.
  const document = parseDocument(source, {
    lineCounter: counter,
    prettyErrors: false,
    logLevel: 'silent',
    merge: true,
    // Ruby takes the last one of two.
    uniqueKeys: false,
  });
  const [error] = document.errors;
  if (error) throw importError({ file, line: counter.linePos(error.pos[0]).line }, yamlMistake(error));
  let root: Record<string, unknown>;
  try {
    root = record(document.toJS({ maxAliasCount: 1000 }));
  } catch (error) {
    throw importError({ file, line: 1 }, 'an alias (*name) cannot be resolved', error);
  }
  const source_ = record(root['source']);
  const csv = record(source_['csv']);
  const kind = scalarText(source_['default']) ?? 'csv';
  if (kind !== 'csv') {
    throw importError(
      { file, line: 1 },
      `the source of this Oxidized is ${shownWord(kind)}, expected "csv"; export it as CSV first`,
    );
  }
  const delimiter = scalarText(csv['delimiter']);
  return {
    delimiter: delimiter === undefined ? undefined : delimiterOf(delimiter, file),
    map: csv['map'] === undefined ? undefined : columns(csv['map'], 'map', file),
    varsMap: columns(csv['vars_map'] ?? {}, 'vars_map', file),
    modelMap: mapping(root['model_map'], 'model_map', warn),
    groupMap: mapping(root['group_map'], 'group_map', warn),
    root: scope(root),
    groups: Object.fromEntries(
      Object.entries(record(root['groups'])).map(([name, one]) => [
        name,
        { ...scope(one), models: scopes(record(one)['models']) },
      ]),
    ),
    models: scopes(root['models']),
  };
}

function scope(value: unknown): Scope {
  const from = record(value);
  const [username, password, model] = [
    scalarText(from['username']),
    scalarText(from['password']),
    scalarText(from['model']),
  ];
  const input = scalarText(record(from['input'])['default']);
  return {
    vars: record(from['vars']),
    ...(username === undefined ? undefined : { username }),
    ...(password === undefined ? undefined : { password }),
    ...(model === undefined ? undefined : { model }),
    ...(input === undefined ? undefined : { input }),
    ...(from['timeout'] === undefined ? undefined : { timeout: from['timeout'] }),
  };
}

const scopes = (value: unknown): Record<string, Scope> =>
  Object.fromEntries(Object.entries(record(value)).map(([name, one]) => [name, scope(one)]));

function columns(value: unknown, key: string, file: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(record(value)).map(([name, column]) => {
      if (!Number.isInteger(column) || (column as number) < 0) {
        throw importError({ file, line: 1 }, `source.csv.${key}: column of "${name}": expected a number from 0 up`);
      }
      return [name, column as number];
    }),
  );
}

/** `/:/`, `!ruby/regexp /:/` or the characters themselves. Only simple expressions: a file must not make us hang. */
function delimiterOf(delimiter: string, file: string): RegExp {
  const body = /^\/(.*)\/[imx]*$/.exec(delimiter)?.[1];
  if (body === undefined) return new RegExp(delimiter.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  if (!/^(?:\\.|\[[^\]]{1,20}\]|[^()*{}])\+?(?:\\.|[^()*+{}]){0,4}$/.test(body)) {
    throw importError({ file, line: 1 }, `source.csv.delimiter: /${body}/ is too much for a delimiter`);
  }
  try {
    return new RegExp(body);
  } catch (error) {
    throw importError({ file, line: 1 }, `source.csv.delimiter: /${body}/ is no regular expression`, error);
  }
}

/** Keys are words, or expressions between slashes (which is what is left of Ruby's tag). */
function mapping(value: unknown, key: string, warn: (message: string) => void): (readonly [RegExp, string])[] {
  return Object.entries(record(value)).flatMap(([from, to]) => {
    const body = /^\/(.*)\/[imx]*$/.exec(from)?.[1];
    if (body === undefined) return [[new RegExp(`^${from.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`, 'i'), String(to)]];
    const pattern = tamePattern(body);
    if (pattern) return [[pattern, String(to)]];
    warn(`${key}: the expression for ${shownWord(String(to))} is not understood and left out; write the words instead`);
    return [];
  });
}

const mostRepeats = 3;

/**
 * Ruby's expression as ours, when it is one that cannot take long on a word: repeats without end are few, and none
 * stands around a group.
 */
function tamePattern(body: string): RegExp | undefined {
  const plain = body.replace(/\\[^1-9hHRXGKpPkg]/g, 'a').replace(/\[\^?\]?[^\]]*\]/g, 'a');
  const isTame =
    !/\\|\(\?(?!:)|\)[*+{]/.test(plain) &&
    (plain.match(/[*+]|\{\d*,\}/g) ?? []).length <= mostRepeats &&
    body.length <= 200;
  if (!isTame) return undefined;
  try {
    return new RegExp(body.replaceAll('\\A', '^').replace(/\\[zZ]/g, '$'), 'i');
  } catch {
    // What Ruby understands and we do not.
    return undefined;
  }
}
