import type { CodeEdge, CodeModel } from '../model.ts';
import { boxContext } from './box-context.ts';
import { type BoxContext, classBox, counted, factoryBox, type MeasuredBox, packBox, packShape } from './boxes.ts';
import { type GraphLine, placeGraph } from './elk.ts';
import { foldToFit } from './fold-to-fit.ts';
import { type Forest, foldersOf, foldKey, forestLines, growForest } from './forest.ts';
import type { PictureOptions } from './options.ts';
import type { DrawnClass, Picture, PictureBox, PictureLine, Sign } from './picture.ts';
import { type Selection, selectClasses } from './select-classes.ts';

/** Up to so many classes are drawn with their members. */
const mostDetailed = 10;
/** More lines of composition than that cover the picture; the page shows them for one class at a time. */
const mostCompositions = 32;
/** More boxes than that take seconds to lay out and make no picture. */
const mostBoxes = 250;
const deepest = 64;
const aspectRatio = 1.7;
/** Smaller tables are no factories worth a box, unless they make what is in focus. */
const leastKeys = 3;

/** A drawing of classes with what a page needs to draw it again when something is folded. */
export interface ClassPicture extends Picture {
  readonly classes: readonly DrawnClass[];
  readonly folded: ReadonlySet<string>;
  readonly detailed: ReadonlySet<string>;
  /** Classes with boxes of their own, for their members or for lines that are no inheritance. */
  readonly boxed: ReadonlySet<string>;
  /** How wide packs are for their height. */
  readonly shape: number;
}

/**
 * Lays the classes of a model out.
 *
 * @throws NetwrightError `NW_CODE_ENTRY_UNKNOWN`, `NW_CODE_NOTHING_LEFT` as {@link selectClasses}.
 */
export async function layoutClasses(model: CodeModel, options: PictureOptions = {}): Promise<ClassPicture> {
  const { selection, detailed, found, boxed, forest, cut } = chooseDepth(model, options);
  const { classes } = selection;
  const context = boxContext(classes, forest, detailed, model.name);
  const factories = drawnFactories(model, forest, selection.focus);
  const related = found.drawn.flatMap(relationBetween(forest));
  const relations = { ...found, drawn: [...related, ...factories.flatMap(({ lines }) => lines)] };
  const attempt = async (folded: ReadonlySet<string>): Promise<Placed> =>
    await placeAsPage((shape) => place(forest, factories, context, folded, relations, shape));
  const { placed, folded } = await foldToFit(forest, context, options.fold ?? 'auto', attempt);
  const notes = [...selection.notes, ...cut];
  const hidden = hiddenRows(forest, folded);
  if (hidden > 0) notes.push(`${hidden} of them in folded folders`);
  if (found.aggregated > 0)
    notes.push(`${counted(found.aggregated, 'aggregation')} shown with --focus, or for one class at a time`);
  if (found.left > 0) notes.push(`${found.left} of ${found.all} compositions are not drawn`);
  return {
    title: model.name,
    subtitle: subtitleOf(model),
    ...placed,
    notes,
    signs: signsOf(placed),
    classes,
    folded,
    detailed,
    boxed,
  };
}

interface Chosen {
  readonly selection: Selection;
  readonly detailed: ReadonlySet<string>;
  readonly found: Relations;
  readonly boxed: ReadonlySet<string>;
  readonly forest: Forest;
  /** What had to be cut, as a note. */
  readonly cut: readonly string[];
}

/** As deep as asked, or as deep as so many boxes allow: more of them are neither laid out in time nor looked at. */
function chooseDepth(model: CodeModel, options: PictureOptions): Chosen {
  const choose = (depth: number | undefined): Chosen => {
    const selection = selectClasses(model, { ...options, ...(depth !== undefined && { depth }) });
    const detailed = detailedOf(selection);
    const found = relationsOf(model, selection);
    const boxed = boxedOf(selection.classes, detailed, found.drawn);
    return { selection, detailed, found, boxed, forest: growForest(selection.classes, boxed), cut: [] };
  };
  const boxes = ({ forest }: Chosen): number => forest.trunks.length + forest.packs.length;
  const whole = choose(options.depth);
  if (boxes(whole) <= mostBoxes) return whole;
  let [low, high] = [0, Math.min(options.depth ?? deepest, deepest)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (boxes(choose(middle)) <= mostBoxes) low = middle;
    else high = middle - 1;
  }
  const cut = `the whole needs ${boxes(whole)} boxes: drawn to depth ${low}, --focus and --only show the rest`;
  return { ...choose(low), cut: [cut] };
}

const shapes = { first: 1.3, narrow: 0.5, wide: 3.2 } as const;

type Placed = Pick<ClassPicture, 'width' | 'height' | 'boxes' | 'lines' | 'shape'>;

/** Packs of another shape bring a ribbon or a column back to a page. */
async function placeAsPage(placeWith: (shape: number) => Promise<Placed>): Promise<Placed> {
  const first = await placeWith(shapes.first);
  const ratio = first.width / first.height;
  const again = ratio > 2 ? shapes.narrow : ratio < 1.25 ? shapes.wide : undefined;
  return again === undefined ? first : nearer(first, await placeWith(again));
}

const nearer = (one: Placed, other: Placed): Placed => {
  const distance = ({ width, height }: Placed): number => Math.abs(Math.log(width / height / aspectRatio));
  return distance(other) < distance(one) ? other : one;
};

interface Relation extends Pick<CodeEdge, 'kind' | 'at'> {
  /** Boxes at the ends. */
  readonly from: string;
  readonly to: string;
  /** Classes at the ends, which may be rows of the boxes. */
  readonly fromClass: string;
  readonly toClass: string;
  readonly label?: string;
}

interface Relations {
  readonly drawn: readonly Relation[];
  readonly all: number;
  readonly left: number;
  /** Aggregations, which are drawn with a focus only: nearly every class is given some other. */
  readonly aggregated: number;
}

async function place(
  forest: Forest,
  factories: readonly DrawnFactory[],
  context: BoxContext,
  folded: ReadonlySet<string>,
  relations: Relations,
  shape: number,
): Promise<Placed> {
  const measured: MeasuredBox[] = [
    ...forest.trunks.map((one) => classBox(one, context)),
    ...factories.map(({ box }) => box),
    ...forest.packs.map((pack) => packBox(pack, folded, packShape(pack, shape), context)),
  ];
  const lines = [...forestLines(forest), ...relations.drawn.map(lineOf)];
  const heights = rowHeights(measured);
  const inherited = lines.length - relations.drawn.length;
  const graph = lines.map(({ from, to }, index): GraphLine => {
    const relation = relations.drawn[index - inherited];
    if (relation === undefined) return { id: String(index), from: to, to: from, weight: 10 };
    const [fromY, toY] = [heights.get(`${from} ${relation.fromClass}`), heights.get(`${to} ${relation.toClass}`)];
    return {
      id: String(index),
      from,
      to,
      weight: 1,
      ...(fromY !== undefined && { fromY }),
      ...(toY !== undefined && { toY }),
    };
  });
  const placed = await placeGraph(measured, graph, { direction: 'RIGHT', aspectRatio });
  const boxes = measured.map((box): PictureBox => {
    const { x, y } = placed.boxes.get(box.id)!;
    return { ...box, x, y };
  });
  return {
    width: placed.width,
    height: placed.height,
    shape,
    boxes,
    lines: lines.map((line, index): PictureLine => {
      const points = placed.lines.get(String(index)) ?? [];
      const isUp = line.kind === 'inherits' || line.kind === 'implements';
      return { ...line, points: isUp ? [...points].reverse() : points };
    }),
  };
}

const lineOf = ({ kind, from, to, at, label }: Relation): Omit<PictureLine, 'points'> => ({
  kind,
  from,
  to,
  at,
  ...(label !== undefined && { label }),
});

/** Where in a pack the row of a class is. */
function rowHeights(boxes: readonly MeasuredBox[]): Map<string, number> {
  const heights = new Map<string, number>();
  for (const { id, kind, rows } of boxes) {
    if (kind !== 'pack') continue;
    for (const { target, y } of rows) if (target !== undefined) heights.set(`${id} ${target}`, y - 4);
  }
  return heights;
}

const asking = new Set(['looks-up', 'checks']);

interface DrawnFactory {
  readonly box: MeasuredBox;
  readonly lines: readonly Relation[];
}

/** Tables from keys to drawn classes; with a focus those that lead to it, by a line. */
function drawnFactories(model: CodeModel, forest: Forest, focus: ReadonlySet<string>): DrawnFactory[] {
  const askers = Map.groupBy(
    model.functions.flatMap(({ name, steps }) => steps.map(({ kind, target }) => ({ name, kind, target }))),
    ({ target }) => target,
  );
  const isAsked = ({ id }: { id: string }): boolean => (askers.get(id) ?? []).some(({ kind }) => asking.has(kind));
  // Tables that only feed another table say nothing new.
  const tables = model.factories.some(isAsked) ? model.factories.filter(isAsked) : model.factories;
  return tables.flatMap((table): DrawnFactory[] => {
    const drawn = table.entries.filter(
      ({ target }) => forest.boxOf.has(target) && (focus.size === 0 || focus.has(target)),
    );
    if (drawn.length < (focus.size === 0 ? leastKeys : 1)) return [];
    const asked = (askers.get(table.id) ?? []).filter(({ kind }) => asking.has(kind));
    const names = [...new Set(asked.map(({ name }) => name))].sort();
    const keys = focus.size === 0 ? [] : drawn.map(({ key }) => key);
    const targets = new Map(focus.size === 0 ? [] : drawn.map((entry) => [entry.target, entry]));
    const lines = [...targets].map(
      ([target, { at }]): Relation => ({
        kind: 'makes',
        from: table.id,
        to: forest.boxOf.get(target)!,
        fromClass: table.id,
        toClass: target,
        at,
      }),
    );
    return [{ box: factoryBox(table, names, keys), lines }];
  });
}

/** Compositions and switches between drawn classes; with a focus also what is given from outside. */
function relationsOf(model: CodeModel, { classes, focus }: Selection): Relations {
  const wanted = new Set<CodeEdge['kind']>(
    focus.size > 0 ? ['composes', 'aggregates', 'switches'] : ['composes', 'switches'],
  );
  const drawn = new Set(classes.map(({ id }) => id));
  const aggregated = new Set<string>();
  const found = new Map<string, Relation>();
  for (const { kind, from, to, at, via, condition } of model.edges) {
    if (!drawn.has(from) || !drawn.has(to) || from === to) continue;
    if (kind === 'aggregates' && !wanted.has(kind)) aggregated.add(`${from}\0${to}`);
    if (!wanted.has(kind)) continue;
    const key = `${kind}\0${from}\0${to}`;
    const before = found.get(key);
    const label = [before?.label, via ?? condition].filter((one) => one !== undefined).join(', ');
    found.set(key, {
      kind,
      from,
      to,
      fromClass: from,
      toClass: to,
      at: before?.at ?? at,
      ...(label !== '' && { label }),
    });
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  const isClear = focus.size > 0 || sorted.length <= mostCompositions;
  const kept = isClear ? sorted : sorted.filter(({ kind }) => kind === 'switches');
  return { drawn: kept, all: sorted.length, left: sorted.length - kept.length, aggregated: aggregated.size };
}

/**
 * Classes that get boxes of their own for the sake of lines that are no inheritance: both ends of a switch, and whatever
 * would else be a row among those that stand alone, which such lines would tie into one knot.
 */
function boxedOf(
  classes: readonly DrawnClass[],
  detailed: ReadonlySet<string>,
  relations: readonly Relation[],
): Set<string> {
  const byId = new Map(classes.map((one) => [one.id, one]));
  const heirs = new Set(classes.flatMap(({ parents }) => parents.map(({ id }) => id)));
  const boxed = new Set(detailed);
  const seen = new Set<string>();
  const climb = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const inside = (byId.get(id)?.parents ?? []).filter((parent) => byId.get(parent.id)?.kind !== 'outside');
    if (inside.length === 0 || heirs.has(id)) boxed.add(id);
    for (const parent of inside) climb(parent.id);
  };
  for (const { kind, fromClass, toClass } of relations) {
    climb(fromClass);
    climb(toClass);
    if (kind === 'switches') boxed.add(fromClass).add(toClass);
  }
  return boxed;
}

/** The line between the boxes of two classes; none within a box. */
const relationBetween =
  ({ boxOf }: Forest) =>
  (one: Relation): Relation[] => {
    const [from, to] = [boxOf.get(one.fromClass), boxOf.get(one.toClass)];
    return from === undefined || to === undefined || from === to ? [] : [{ ...one, from, to }];
  };

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

/** Classes whose names folding takes out of the picture. */
function hiddenRows(forest: Forest, folded: ReadonlySet<string>): number {
  return forest.packs
    .flatMap((pack) => foldersOf(pack).filter(([folder]) => folded.has(foldKey(pack.id, folder))))
    .reduce((sum, [, families]) => sum + families.reduce((rows, family) => rows + family.rows.length, 0), 0);
}

function subtitleOf({ modules, classes, edges }: CodeModel): string {
  const inheritances = edges.filter(({ kind }) => kind === 'inherits' || kind === 'implements').length;
  const lines = modules.reduce((sum, one) => sum + one.lines, 0);
  const isType = ({ kind }: CodeModel['classes'][number]): boolean => kind === 'interface' || kind === 'type';
  const types = classes.filter(isType).length;
  return [
    counted(classes.length - types, 'class', 'classes'),
    ...(types > 0 ? [counted(types, 'interface')] : []),
    counted(inheritances, 'base'),
    counted(modules.length, 'module'),
    counted(lines, 'line'),
  ].join(', ');
}

function signsOf({ boxes, lines }: Pick<Picture, 'boxes' | 'lines'>): Sign[] {
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
      if (row.isOverridden) found.add('overridden');
    }
  }
  return [...found].sort();
}
