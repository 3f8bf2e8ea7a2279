import type { CodeEdge, CodeModel, Member } from '../model.ts';
import { type BoxContext, classBox, foldersOf, foldKey, type MeasuredBox, packBox } from './boxes.ts';
import { type GraphLine, placeGraph } from './elk.ts';
import { aloneId, type Forest, growForest, type Pack } from './forest.ts';
import type { PictureOptions } from './options.ts';
import type { DrawnClass, Picture, PictureBox, PictureLine, Sign } from './picture.ts';
import { type Selection, selectClasses } from './select-classes.ts';

/** More rows than that are no longer read on one screen: folders are folded. */
const mostRows = 170;
/** Up to so many classes are drawn with their members. */
const mostDetailed = 10;
/** More lines of composition than that cover the picture; the page shows them for one class at a time. */
const mostCompositions = 24;
const aspectRatio = 1.5;

/**
 * Lays the classes of a model out.
 *
 * @throws NetwrightError `NW_CODE_ENTRY_UNKNOWN`, `NW_CODE_NOTHING_LEFT` as {@link selectClasses}.
 */
export async function layoutClasses(model: CodeModel, options: PictureOptions = {}): Promise<Picture> {
  const selection = selectClasses(model, options);
  const detailed = detailedOf(selection);
  const forest = growForest(selection.classes, detailed);
  const context = contextOf(selection, forest, detailed);
  const folded = foldedKeys(forest, options.fold ?? 'auto');
  const relations = relationsOf(model, forest, selection);
  const first = await place(forest, context, folded, relations, 1.3);
  const ratio = first.width / first.height;
  // Packs of another shape bring a ribbon or a column back to a page.
  const again = ratio > 2 ? 0.5 : ratio < 0.75 ? 3.2 : undefined;
  const placed = again === undefined ? first : nearer(first, await place(forest, context, folded, relations, again));
  const notes = [...selection.notes];
  if (relations.left > 0) notes.push(`${relations.left} of ${relations.all} compositions are not drawn`);
  return { title: model.name, subtitle: subtitleOf(model), ...placed, notes, signs: signsOf(placed) };
}

type Placed = Pick<Picture, 'width' | 'height' | 'boxes' | 'lines'>;

const nearer = (one: Placed, other: Placed): Placed => {
  const distance = ({ width, height }: Placed): number => Math.abs(Math.log(width / height / aspectRatio));
  return distance(other) < distance(one) ? other : one;
};

interface Relations {
  readonly drawn: readonly (Pick<CodeEdge, 'kind' | 'at'> & { from: string; to: string; label?: string })[];
  readonly all: number;
  readonly left: number;
}

async function place(
  forest: Forest,
  context: BoxContext,
  folded: ReadonlySet<string>,
  relations: Relations,
  shape: number,
): Promise<Placed> {
  const measured: MeasuredBox[] = [
    ...forest.trunks.map((one) => classBox(one, context)),
    ...forest.packs.map((pack) => packBox(pack, folded, pack.id === aloneId ? shape * 2 : shape, context)),
  ];
  const lines = linesOf(forest, relations);
  const graph = lines.map(
    ({ from, to, kind }, index): GraphLine =>
      kind === 'inherits' || kind === 'implements'
        ? { id: String(index), from: to, to: from, weight: 10 }
        : { id: String(index), from, to, weight: 1 },
  );
  const placed = await placeGraph(measured, graph, { direction: 'RIGHT', aspectRatio });
  const boxes = measured.map((box): PictureBox => {
    const { x, y } = placed.boxes.get(box.id)!;
    return { ...box, x, y };
  });
  return {
    width: placed.width,
    height: placed.height,
    boxes,
    lines: lines.map((line, index): PictureLine => {
      const points = placed.lines.get(String(index)) ?? [];
      const isUp = line.kind === 'inherits' || line.kind === 'implements';
      return { ...line, points: isUp ? [...points].reverse() : points };
    }),
  };
}

function linesOf(forest: Forest, relations: Relations): Omit<PictureLine, 'points'>[] {
  const lines: Omit<PictureLine, 'points'>[] = [];
  for (const one of forest.trunks) {
    const tags = new Set((forest.tags.get(one.id) ?? []).map(({ id }) => id));
    for (const { id, kind } of one.parents) {
      if (!tags.has(id) && forest.boxOf.has(id)) lines.push({ kind, from: one.id, to: forest.boxOf.get(id)! });
    }
  }
  for (const { id, parents, families } of forest.packs) {
    for (const parent of parents) {
      const isImplemented = families.every(({ head }) =>
        head.parents.some((one) => one.id === parent && one.kind === 'implements'),
      );
      lines.push({ kind: isImplemented ? 'implements' : 'inherits', from: id, to: parent });
    }
  }
  for (const { kind, from, to, at, label } of relations.drawn) {
    lines.push({ kind, from, to, at, ...(label !== undefined && { label }) });
  }
  return lines;
}

/** Compositions and switches between boxes; with a focus also what is given from outside. */
function relationsOf(model: CodeModel, forest: Forest, { focus }: Selection): Relations {
  const wanted = new Set<CodeEdge['kind']>(
    focus.size > 0 ? ['composes', 'aggregates', 'switches'] : ['composes', 'switches'],
  );
  const found = new Map<string, Relations['drawn'][number]>();
  for (const { kind, from, to, at, via } of model.edges) {
    const [start, end] = [forest.boxOf.get(from), forest.boxOf.get(to)];
    if (!wanted.has(kind) || start === undefined || end === undefined || start === end) continue;
    const key = `${kind}\0${start}\0${end}`;
    const before = found.get(key);
    const label = [before?.label, via].filter((one) => one !== undefined).join(', ');
    found.set(key, { kind, from: start, to: end, at: before?.at ?? at, ...(label !== '' && { label }) });
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  const drawn =
    focus.size > 0 || sorted.length <= mostCompositions ? sorted : sorted.filter(({ kind }) => kind === 'switches');
  return { drawn, all: sorted.length, left: sorted.length - drawn.length };
}

/** The focus and its line upwards, or all when they are few. */
function detailedOf({ classes, focus }: Selection): Set<string> {
  const inside = classes.filter(({ kind }) => kind !== 'outside');
  if (focus.size === 0) return new Set(inside.length <= mostDetailed ? inside.map(({ id }) => id) : []);
  const byId = new Map(classes.map((one) => [one.id, one]));
  const line = new Set<string>();
  const climb = (id: string): void => {
    if (line.has(id)) return;
    line.add(id);
    for (const parent of byId.get(id)?.parents ?? []) climb(parent.id);
  };
  for (const id of focus) climb(id);
  return line;
}

function contextOf({ classes }: Selection, forest: Forest, detailed: ReadonlySet<string>): BoxContext {
  const names = new Map(classes.map((one) => [one.id, one]));
  const children = new Map<string, DrawnClass[]>();
  for (const one of classes) {
    for (const { id } of one.parents) children.set(id, [...(children.get(id) ?? []), one]);
  }
  const isDefined = (id: string, member: string, seen: Set<string>): boolean => {
    if (seen.has(id)) return false;
    seen.add(id);
    return (names.get(id)?.parents ?? []).some(
      (parent) =>
        names.get(parent.id)?.members.some(({ name, isInBody }) => name === member && isInBody) ||
        isDefined(parent.id, member, seen),
    );
  };
  const isOverride = (one: DrawnClass, member: Member): boolean =>
    member.isInBody && member.visibility !== 'private' && isDefined(one.id, member.name, new Set());
  return { tags: forest.tags, children, names, detailed, isOverride };
}

/** Folders that begin folded: those that stand alone first, then the larger ones of every pack. */
function foldedKeys(forest: Forest, fold: NonNullable<PictureOptions['fold']>): Set<string> {
  const folded = new Set<string>();
  if (fold === 'none') return folded;
  const rows = (pack: Pack): number => pack.families.reduce((sum, family) => sum + family.rows.length, 0);
  let total = forest.packs.reduce((sum, pack) => sum + rows(pack), 0);
  const largest = [...forest.packs].sort(
    (a, b) => Number(b.id === aloneId) - Number(a.id === aloneId) || rows(b) - rows(a),
  );
  for (const pack of largest) {
    if (fold === 'auto' && total <= mostRows) break;
    for (const [folder, families] of foldersOf(pack)) {
      const count = families.reduce((sum, family) => sum + family.rows.length, 0);
      if (count < 2) continue;
      folded.add(foldKey(pack.id, folder));
      total -= count - 1;
    }
  }
  return folded;
}

function subtitleOf({ modules, classes, edges }: CodeModel): string {
  const inheritances = edges.filter(({ kind }) => kind === 'inherits' || kind === 'implements').length;
  const lines = modules.reduce((sum, one) => sum + one.lines, 0);
  const number = (count: number): string => count.toLocaleString('en');
  return `${number(classes.length)} classes, ${number(inheritances)} bases, ${number(modules.length)} modules, ${number(lines)} lines`;
}

function signsOf({ boxes, lines }: Placed): Sign[] {
  const found = new Set<Sign>();
  for (const { kind } of lines) found.add(kind as Sign);
  for (const { kind, rows } of boxes) {
    if (kind === 'pack' || kind === 'outside' || kind === 'runtime' || kind === 'interface') found.add(kind);
    for (const row of rows) {
      if (row.isMade) found.add('made');
      if (row.isAbstract) found.add('abstract');
      if (row.isInterface) found.add('interface');
      if (row.isRuntime) found.add('runtime');
      if (row.isOutside) found.add('outside');
      if (row.isOverride) found.add('override');
    }
  }
  return [...found].sort();
}
