import { isNode, LineCounter, type Node, parseDocument } from 'yaml';
import { didYouMean, NetwrightError } from '#core';
import type { Platform } from '../platform.ts';
import { mayBlowUp } from './pattern.ts';
import { platformShape } from './platform-shape.ts';
import { Append, isMapping, type Path, type Problem } from './shape.ts';

/** A platform file as it was read, before it is joined with the platform that it extends. */
export interface PlatformFile {
  readonly file: string;
  readonly id: string;
  readonly aliases: readonly string[];
  readonly extends: string | undefined;
  readonly partial: Readonly<Record<string, unknown>>;
  readonly problems: readonly Located[];
  /** Sentences with file, line and column about what is doubtful but taken. */
  readonly warnings: readonly string[];
  readonly locate: (problem: Problem) => string;
}

/** A problem in words, with `file:line:column` before it. */
type Located = string;

/** Reads one file. Never throws: mistakes are in `problems`, so that one broken file leaves the others usable. */
export function readPlatformFile(file: string, text: string, defaultId: string): PlatformFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const locate = ({ path, message, atKey }: Problem): string => {
    const node = nodeAt(document.contents, path, atKey ?? false);
    return `${place(node?.range?.[0] ?? 0)}: ${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`;
  };
  const problems: Located[] = document.errors.map(({ message, pos }) => `${place(pos[0])}: ${message}`);
  const content: unknown = problems.length > 0 ? {} : document.toJS();
  const partial =
    platformShape.read(content ?? {}, [], (problem) => {
      problems.push(locate(problem));
    }) ?? {};
  const { id = defaultId, aliases = [], extends: base } = partial;
  if (!/^[\w-]+$/.test(id))
    problems.push(locate({ path: ['id'], message: `"${id}" may hold letters, digits, _ and - only` }));
  const warnings = [...patterns(partial, [])]
    .filter(({ pattern }) => mayBlowUp(pattern))
    .map(({ path, pattern }) =>
      locate({ path, message: `${pattern} repeats what itself repeats and may take very long on some lines` }),
    );
  return { file, id, aliases, extends: base, partial, problems, warnings, locate };
}

/** The platform that a file describes, on top of the one it extends. @throws NetwrightError `NW_PLATFORM_INVALID` */
export function platformOf(source: PlatformFile, base: Platform | undefined): Platform {
  const problems = [...source.problems];
  const { extends: _base, ...own } = source.partial;
  const merged: Record<string, unknown> = { ...(merge(inherited(base), own) as object), id: source.id };
  // The other names of the platform that is extended stay its own.
  if (base !== undefined && base.id !== source.id) merged['aliases'] = source.aliases;
  if (problems.length === 0) {
    for (const problem of contradictions(merged)) problems.push(source.locate(problem));
  }
  if (problems.length > 0) {
    throw new NetwrightError('NW_PLATFORM_INVALID', problems.join('\n'), { details: { file: source.file, problems } });
  }
  // What would be wrong with its shape is among the problems above.
  return merged as unknown as Platform;
}

/** What was found out about the base, with whom and with which versions, was not found out about what is made of it. */
function inherited(base: Platform | undefined): object {
  if (base === undefined) return defaults;
  const { verified: _verified, notes: _notes, ...rest } = base;
  return { ...rest, verified: defaults.verified };
}

const defaults = {
  vendor: 'Own',
  verified: 'own',
  failures: [],
  pipelining: 'none',
  backup: { comment: '# ', complete: { prompt: true }, volatile: [], secrets: [] },
  transaction: { method: 'line by line', atomic: false, confirmed: false, rollback: 'none', diff: 'offline' },
};

/** Mappings are joined key by key, everything else is replaced, and `append` is added at the end. */
function merge(base: unknown, own: unknown): unknown {
  if (own instanceof Append) return [...(Array.isArray(base) ? base : []), ...own.items];
  if (!isPlain(base) || !isPlain(own)) return isPlain(own) ? merge({}, own) : own;
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(own)) result[key] = merge(base[key], value);
  return result;
}

const isPlain = (value: unknown): value is Record<string, unknown> => isMapping(value) && !(value instanceof RegExp);

/** What the shape cannot say: names of modes that are none, and keys that only the whole can lack. */
function* contradictions(platform: Record<string, unknown>): Generator<Problem> {
  const modes = platform['modes'];
  const backup = platform['backup'] as Partial<Platform['backup']>;
  if (!isMapping(modes) || Object.keys(modes).length === 0) {
    yield { path: [], message: 'the key "modes" is missing, and no platform is extended' };
    return;
  }
  const names = Object.keys(modes);
  const unknown = (name: unknown): string =>
    `no mode is called "${String(name)}"; there are ${names.join(', ')}.${didYouMean(String(name), names)}`;
  platform['name'] ??= platform['id'];
  if (platform['home'] === undefined) yield { path: [], message: 'the key "home" is missing' };
  else if (!names.includes(platform['home'] as string)) yield { path: ['home'], message: unknown(platform['home']) };
  if (platform['configure'] !== undefined && !names.includes(platform['configure'] as string)) {
    yield { path: ['configure'], message: unknown(platform['configure']) };
  }
  for (const [name, mode] of Object.entries(modes) as [string, { prompt?: RegExp; to?: object }][]) {
    if (mode.prompt === undefined) yield { path: ['modes', name], message: 'the key "prompt" is missing' };
    for (const next of Object.keys(mode.to ?? {})) {
      if (!names.includes(next)) yield { path: ['modes', name, 'to', next], atKey: true, message: unknown(next) };
    }
  }
  if (!backup.commands?.some(({ as }) => as === 'configuration')) {
    yield { path: ['backup'], message: 'expected at least one of "commands" to give the configuration' };
  }
}

/** The node at a path, or the innermost one on the way to it that exists. */
function nodeAt(root: Node | null, path: Path, atKey: boolean): Node | undefined {
  let node: Node | undefined = root ?? undefined;
  path.forEach((step, depth) => {
    if (node === undefined || !('items' in node)) return;
    const found: unknown = (node.items as unknown[]).find((item, at) =>
      isPair(item) ? isNode(item.key) && String(item.key) === String(step) : at === step,
    );
    if (found === undefined) return;
    const last = depth === path.length - 1;
    if (!isPair(found)) node = isNode(found) ? found : node;
    else if (isNode(found.value) && !(last && atKey)) node = found.value;
    else if (isNode(found.key)) node = found.key;
  });
  return node;
}

const isPair = (item: unknown): item is { key: unknown; value: unknown } =>
  typeof item === 'object' && item !== null && !isNode(item) && 'key' in item;

function* patterns(value: unknown, path: Path): Generator<{ path: Path; pattern: RegExp }> {
  if (value instanceof RegExp) yield { path, pattern: value };
  else if (value instanceof Append) yield* patterns(value.items, [...path, 'append']);
  else if (Array.isArray(value)) for (const [at, one] of value.entries()) yield* patterns(one, [...path, at]);
  else if (isMapping(value)) for (const [key, one] of Object.entries(value)) yield* patterns(one, [...path, key]);
}
