import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Document, isMap, LineCounter, parse, parseDocument } from 'yaml';
import { didYouMean, NetwrightError } from '#core';
import { complaints } from './complaints.ts';
import type { Settings } from './settings.ts';
import { fileSchema, type SettingKey, settingKeys } from './settings-schema.ts';

const formatVersion = 1;

/** One setting with its value and where that comes from. */
export interface ExplainedSetting {
  readonly key: string;
  readonly value: unknown;
  /** `default`, `netwright.yaml:3`, `NETWRIGHT_RUN_RETRIES` or the flag. */
  readonly origin: string;
  readonly variable: string;
  readonly description: string;
}

export interface SettingFlag {
  /** `run.concurrency` */
  readonly key: string;
  readonly value: unknown;
  /** As the user wrote it: `--concurrency`. */
  readonly flag: string;
}

export interface LayeredSettings {
  readonly settings: Settings;
  readonly explained: readonly ExplainedSetting[];
  /** `NETWRIGHT_*` variables that are no setting and nothing else we know. */
  readonly unknownVariables: readonly string[];
}

/** Variables with a meaning of their own. */
const otherVariables = new Set([
  'NETWRIGHT_WORKSPACE',
  'NETWRIGHT_IDENTITY',
  'NETWRIGHT_IDENTITY_FILE',
  'NETWRIGHT_IDENTITY_COMMAND',
  'NETWRIGHT_PASSPHRASE',
  'NETWRIGHT_PASSPHRASE_FILE',
]);

/**
 * Layers defaults < file < environment < flags.
 * @throws NetwrightError `NW_CONFIG_INVALID` naming every mistake with its place, `NW_WORKSPACE_NEWER`.
 */
export async function layerSettings(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
  flags: readonly SettingFlag[] = [],
): Promise<LayeredSettings> {
  const inFile = await readSettingsFile(file);
  const problems = [...inFile.problems];
  const values: Record<string, unknown> = {};
  const explained: ExplainedSetting[] = [];
  for (const key of settingKeys) {
    let value: unknown = key.schema.default;
    let origin = 'default';
    const written = inFile.document.getIn(key.path);
    if (written !== undefined) {
      value = (inFile.plain as unknown[] | undefined) && at(inFile.plain, key.path);
      origin = `${basename(file)}:${inFile.lineOf(key.path)}`;
    }
    const variable = environment[key.variable];
    if (variable !== undefined && variable !== '') {
      value = readVariable(key, variable);
      origin = key.variable;
      problems.push(...checkValue(key, value, origin));
    }
    const flag = flags.findLast((one) => one.key === key.name);
    if (flag !== undefined) {
      value = typeof flag.value === 'string' ? readVariable(key, flag.value) : flag.value;
      origin = flag.flag;
      problems.push(...checkValue(key, value, origin));
    }
    if (value !== undefined) put(values, key.path, value);
    explained.push({
      key: key.name,
      value,
      origin,
      variable: key.variable,
      description: key.schema.description ?? '',
    });
  }
  for (const { key, flag } of flags) {
    if (settingKeys.some(({ name }) => name === key)) continue;
    problems.push(`${flag}: there is no setting "${key}".${didYouMean(key, settingNames())}`);
  }
  if (problems.length > 0) throw invalid(problems);
  const known = new Set([...settingKeys.map(({ variable }) => variable), ...otherVariables]);
  const unknownVariables = Object.keys(environment).filter((name) => name.startsWith('NETWRIGHT_') && !known.has(name));
  // Every layer was held to the schema, and the defaults fill all of it.
  return { settings: values as unknown as Settings, explained, unknownVariables };
}

const settingNames = (): string[] => settingKeys.map(({ name }) => name);

const invalid = (problems: readonly string[]): NetwrightError =>
  new NetwrightError('NW_CONFIG_INVALID', problems.join('\n'), { details: { problems } });

interface SettingsFile {
  readonly document: Document;
  readonly plain: unknown;
  readonly problems: readonly string[];
  lineOf(path: readonly (string | number)[]): number;
}

async function readSettingsFile(file: string): Promise<SettingsFile> {
  const text = await readFile(file, 'utf8');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const name = basename(file);
  if (document.errors.length > 0) {
    throw invalid(document.errors.map(({ pos, message }) => `${name}:${lines.linePos(pos[0]).line}: ${message}`));
  }
  const lineOf = (path: readonly (string | number)[]): number => lines.linePos(offsetOf(document, path)).line;
  if (document.contents === null) return { document: parseDocument('{}'), plain: {}, problems: [], lineOf: () => 1 };
  if (!isMap(document.contents))
    throw invalid([`${name}:1: expected keys and values, such as "inventory: inventory.yaml"`]);
  const plain: unknown = document.toJS();
  const { version } = plain as { version?: unknown };
  if (typeof version === 'number' && version > formatVersion) {
    throw new NetwrightError(
      'NW_WORKSPACE_NEWER',
      `${name}:${lineOf(['version'])}: the workspace has format ${version}, this Netwright knows up to ${formatVersion}`,
    );
  }
  const problems = complaints(fileSchema(), plain).map(({ path, text }) => `${name}:${lineOf(path)}: ${text}`);
  return { document, plain, problems, lineOf };
}

/** Offset of the key at the end of the path, or of the nearest thing above it that is there. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1]!;
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => String(key) === String(last));
      const range = (pair?.key as { range?: readonly number[] } | undefined)?.range;
      if (range?.[0] !== undefined) return range[0];
    }
    const range = (document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined)?.range;
    if (range?.[0] !== undefined) return range[0];
  }
  return 0;
}

/** Text of the environment or of a flag, read as the kind of value that the setting has. */
function readVariable({ schema }: SettingKey, text: string): unknown {
  const { type } = schema as { type?: string };
  if (type === 'string') return text;
  try {
    const value: unknown = parse(text);
    return type === 'array' && !Array.isArray(value) ? text.split(',').map((part) => part.trim()) : value;
  } catch {
    // No YAML either: the check against the schema says what was expected.
    return text;
  }
}

function checkValue(key: SettingKey, value: unknown, origin: string): readonly string[] {
  return complaints(JSON.parse(JSON.stringify(key.schema)) as object, value).map(({ text }) => `${origin}: ${text}`);
}

function at(data: unknown, path: readonly string[]): unknown {
  let here = data;
  for (const part of path) here = (here as Record<string, unknown> | null | undefined)?.[part];
  return here;
}

function put(into: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let here = into;
  for (const part of path.slice(0, -1)) {
    here[part] ??= {};
    here = here[part] as Record<string, unknown>;
  }
  here[path.at(-1)!] = value;
}
