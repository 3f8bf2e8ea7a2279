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
  readonly groupMap: Readonly<Record<string, string>>;
  /** `model`, `username`, `password`, `vars` of everything, of groups and of models. */
  readonly root: Scope;
  readonly groups: Readonly<Record<string, Scope>>;
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

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
/** Texts and numbers, as YAML has them, as text. */
export const scalarText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** @throws NetwrightError `NW_IMPORT_INVALID` with file and line */
export function readOxidizedConfig(file: string, source: string): OxidizedConfig {
  const counter = new LineCounter();
  // Ruby's tag for regular expressions is read as the text behind it.
  const document = parseDocument(source, {
    lineCounter: counter,
    prettyErrors: false,
    logLevel: 'silent',
    merge: true,
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
    map: csv['map'] === undefined ? undefined : columns(csv['map'], file),
    varsMap: columns(csv['vars_map'] ?? {}, file),
    modelMap: Object.entries(record(root['model_map'])).map(([from, to]) => [exactly(from, file), String(to)]),
    groupMap: record(root['group_map']) as Record<string, string>,
    root: scope(root),
    groups: scopes(root['groups']),
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

function columns(value: unknown, file: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(record(value)).map(([name, column]) => {
      if (!Number.isInteger(column) || (column as number) < 0) {
        throw importError({ file, line: 1 }, `source.csv.map: column of "${name}": expected a number from 0 up`);
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

/** Keys of `model_map` are names, or expressions between slashes, of which only plain text and `.*` are understood. */
function exactly(key: string, file: string): RegExp {
  const body = /^\/(.*)\/i?$/.exec(key)?.[1];
  if (body === undefined) return new RegExp(`^${key.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`, 'i');
  if (!/^\^?[\w -]*(?:\.\*)?[\w -]*\$?$/.test(body)) {
    throw importError(
      { file, line: 1 },
      `model_map: /${body}/ is not understood; write the names of the models instead`,
    );
  }
  return new RegExp(body, 'i');
}
