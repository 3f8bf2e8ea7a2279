import { didYouMean, NetwrightError } from '#core';
import type { CodeClass, CodeModel } from '../model.ts';
import { addTo } from './forest.ts';
import type { PictureOptions } from './options.ts';
import type { DrawnClass } from './picture.ts';

export interface Selection {
  /** Sorted by id. */
  readonly classes: readonly DrawnClass[];
  readonly focus: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/** Every Python class is one: a box for it would say nothing and hold all. */
const implied = new Set(['outside:object']);
const defaultFocusDepth = 2;

/**
 * The classes to draw, with the relations among them.
 *
 * @throws NetwrightError `NW_CODE_ENTRY_UNKNOWN` when a name in `focus` is no class of the model,
 *   `NW_CODE_NOTHING_LEFT` when no class passes the filters.
 */
export function selectClasses(model: CodeModel, options: PictureOptions): Selection {
  const all = drawnClasses(model, options.hidePrivate === true);
  const focus = new Set((options.focus ?? []).flatMap((name) => found(name, all)));
  let kept = new Set(all.keys());
  if (options.only !== undefined && options.only.length > 0) kept = only(options.only, all, model);
  if (focus.size > 0) kept = around(focus, options.depth ?? defaultFocusDepth, all, model);
  else if (options.depth !== undefined) kept = within(options.depth, all, kept);
  if (options.hidePrivate === true) for (const id of kept) if (/(?:^|\.)_/.test(all.get(id)!.name)) kept.delete(id);
  for (const id of outsideOf(kept, all, focus.size > 0)) kept.add(id);
  if (kept.size === 0) {
    throw new NetwrightError(
      'NW_CODE_NOTHING_LEFT',
      `${model.name}: none of its ${all.size} classes passes the filters`,
    );
  }
  const classes = [...kept].sort().map((id): DrawnClass => {
    const one = all.get(id)!;
    return { ...one, parents: one.parents.filter((parent) => kept.has(parent.id)) };
  });
  const left = model.classes.length - classes.filter(({ kind }) => kind !== 'outside' && kind !== 'runtime').length;
  const notes = left === 0 ? [] : [`${left} of ${model.classes.length} classes are not drawn`];
  return { classes, focus, notes };
}

function drawnClasses(model: CodeModel, hidePrivate: boolean): Map<string, DrawnClass> {
  const made = new Set(model.factories.flatMap(({ entries }) => entries.map(({ target }) => target)));
  const all = new Map<string, DrawnClass>();
  for (const one of model.classes) {
    all.set(one.id, {
      id: one.id,
      name: one.name,
      folder: folderOf(one.module),
      kind: one.kind,
      isAbstract: one.isAbstract,
      at: one.at,
      members: one.members.filter(({ visibility }) => !hidePrivate || visibility === 'public'),
      parents: parentsOf(one),
      isMade: made.has(one.id),
      ...(one.summary !== undefined && { summary: one.summary }),
    });
  }
  for (const one of model.runtimeClasses) {
    all.set(one.id, {
      id: one.id,
      name: one.name,
      folder: folderOf(one.module),
      kind: 'runtime',
      isAbstract: false,
      at: one.at,
      madeAt: one.madeAt,
      members: [],
      parents: one.bases.map((id) => ({ id, kind: 'inherits' as const })),
      isMade: made.has(one.id),
      summary: `${one.kind}: ${one.text}`,
    });
  }
  for (const { id, name, at } of model.outside) {
    if (implied.has(id) || all.has(id)) continue;
    const dot = Math.max(name.lastIndexOf('.'), 0);
    const folder = name.slice(0, dot);
    const short = dot === 0 ? name : name.slice(dot + 1);
    all.set(id, {
      id,
      name: short,
      folder,
      kind: 'outside',
      isAbstract: false,
      at,
      members: [],
      parents: [],
      isMade: made.has(id),
    });
  }
  for (const [id, one] of all) {
    all.set(id, { ...one, parents: one.parents.filter((parent) => all.has(parent.id) && parent.id !== id) });
  }
  return all;
}

function parentsOf(one: CodeClass): DrawnClass['parents'] {
  const seen = new Set<string>();
  return one.bases.flatMap(({ target, kind }) => {
    if (seen.has(target)) return [];
    seen.add(target);
    return [{ id: target, kind }];
  });
}

/** `cisco` of `cisco/cisco_ios.py`, empty at the top. */
const folderOf = (module: string): string => module.slice(0, Math.max(0, module.lastIndexOf('/')));

function found(name: string, all: ReadonlyMap<string, DrawnClass>): string[] {
  if (all.has(name)) return [name];
  const same = [...all.values()].filter((one) => one.name === name || one.name.endsWith(`.${name}`));
  if (same.length > 0) return same.map(({ id }) => id);
  const known = [...all.values()].map((one) => one.name);
  throw new NetwrightError('NW_CODE_ENTRY_UNKNOWN', `no class is named "${name}".${didYouMean(name, known)}`);
}

function only(globs: readonly string[], all: ReadonlyMap<string, DrawnClass>, model: CodeModel): Set<string> {
  const patterns = globs.map(globPattern);
  const modules = new Map(model.classes.map(({ id, module }) => [id, module]));
  const kept = new Set<string>();
  for (const { id, name, folder, kind } of all.values()) {
    if (kind === 'outside') continue;
    const words = [name, modules.get(id) ?? '', folder, `${folder}/`];
    if (words.some((word) => patterns.some((pattern) => pattern.test(word)))) kept.add(id);
  }
  for (const id of [...kept]) for (const ancestor of ancestorsOf(id, all)) kept.add(ancestor);
  return kept;
}

/** `*` within a name, `**` over folders; a folder means all that is in it. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/\/$/, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/?|\*|\?/g, (sign) => (sign === '*' ? '[^/]*' : sign === '?' ? '[^/]' : '.*'));
  return new RegExp(`^${source}(?:/.*)?$`);
}

function around(
  focus: ReadonlySet<string>,
  depth: number,
  all: ReadonlyMap<string, DrawnClass>,
  model: CodeModel,
): Set<string> {
  const kept = new Set(focus);
  for (const id of focus) for (const ancestor of ancestorsOf(id, all)) kept.add(ancestor);
  const line = new Set(kept);
  const children = childrenOf(all);
  let level = [...focus];
  for (let step = 0; step < depth; step += 1) {
    level = level.flatMap((id) => children.get(id) ?? []).filter((id) => !kept.has(id));
    for (const id of level) kept.add(id);
  }
  if (depth === 0) return kept;
  for (const { kind, from, to } of model.edges) {
    if (kind !== 'composes' && kind !== 'aggregates' && kind !== 'switches' && kind !== 'makes') continue;
    if (line.has(from) && all.has(to)) kept.add(to);
    if (focus.has(to) && all.has(from)) kept.add(from);
  }
  return kept;
}

/** Classes at most so many levels below those that have no parent in the drawing; a circle counts as one level each. */
function within(depth: number, all: ReadonlyMap<string, DrawnClass>, kept: ReadonlySet<string>): Set<string> {
  const waiting = new Map<string, number>();
  const heirs = new Map<string, string[]>();
  for (const id of kept) {
    const parents = all.get(id)!.parents.filter((one) => kept.has(one.id) && all.get(one.id)?.kind !== 'outside');
    waiting.set(id, parents.length);
    for (const parent of parents) addTo(heirs, parent.id, id);
  }
  const near = new Set<string>();
  // Classes of a circle have no first one: all of them are.
  let level = [...kept].filter((id) => waiting.get(id) === 0);
  const reached = new Set(level);
  for (const id of reached) for (const heir of heirs.get(id) ?? []) reached.add(heir);
  level = [...level, ...[...kept].filter((id) => !reached.has(id))];
  for (let step = 0; step <= depth && level.length > 0; step += 1) {
    for (const id of level) near.add(id);
    const next = new Set(level.flatMap((id) => heirs.get(id) ?? []).filter((id) => !near.has(id)));
    level = [...next];
  }
  return near;
}

function ancestorsOf(id: string, all: ReadonlyMap<string, DrawnClass>, seen = new Set<string>()): Set<string> {
  for (const parent of all.get(id)?.parents ?? []) {
    if (seen.has(parent.id)) continue;
    seen.add(parent.id);
    ancestorsOf(parent.id, all, seen);
  }
  return seen;
}

function childrenOf(all: ReadonlyMap<string, DrawnClass>): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const { id, parents } of all.values()) {
    for (const parent of parents) addTo(children, parent.id, id);
  }
  return children;
}

/** Outside classes come in with those that derive from them, and go with them; what a focus uses stays. */
function outsideOf(kept: Set<string>, all: ReadonlyMap<string, DrawnClass>, hasFocus: boolean): string[] {
  const wanted = new Set([...kept].flatMap((id) => all.get(id)!.parents.map((parent) => parent.id)));
  if (!hasFocus) for (const id of [...kept]) if (all.get(id)!.kind === 'outside' && !wanted.has(id)) kept.delete(id);
  return [...wanted].filter((id) => all.get(id)?.kind === 'outside');
}
