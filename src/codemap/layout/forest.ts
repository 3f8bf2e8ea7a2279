import type { DrawnClass, PictureLine } from './picture.ts';

/** A tree of classes that is drawn as indented rows. */
export interface Family {
  readonly head: DrawnClass;
  /** Head first, then depth first; the indent is 0 for the head. */
  readonly rows: readonly { readonly one: DrawnClass; readonly indent: number }[];
}

/** Siblings: families and leaves that have the same parents. */
export interface Pack {
  readonly id: string;
  /** Ids of classes with boxes of their own; none for those that stand alone. */
  readonly parents: readonly string[];
  readonly families: readonly Family[];
}

export interface Forest {
  /** Classes with a box of their own, sorted by id. */
  readonly trunks: readonly DrawnClass[];
  readonly packs: readonly Pack[];
  /** Parents that are named beside their heir instead of being joined to it by a line. */
  readonly tags: ReadonlyMap<string, readonly DrawnClass[]>;
  /** The box in which a class is drawn. */
  readonly boxOf: ReadonlyMap<string, string>;
}

const largestFamily = 14;
/** A family of several folders stays together when it is so small. */
const largestMixedFamily = 6;
export const aloneId = 'pack:';

/**
 * Finds what needs no lines: driver libraries are star forests, so nearly all classes are leaves below a few others.
 * Leaves of the same parents are packed in one box, small trees become indented rows, the rest has boxes of its own.
 * Classes in `boxed` always have their own.
 */
export function growForest(classes: readonly DrawnClass[], boxed: ReadonlySet<string>): Forest {
  const byId = new Map(classes.map((one) => [one.id, one]));
  const tags = parentWords(classes, byId);
  const tagged = (one: DrawnClass): ReadonlySet<string> => new Set((tags.get(one.id) ?? []).map(({ id }) => id));
  const parents = new Map(
    classes.map((one) => [one.id, one.parents.map(({ id }) => id).filter((id) => !tagged(one).has(id))]),
  );
  const children = new Map<string, DrawnClass[]>();
  for (const one of classes) {
    for (const id of parents.get(one.id)!) addTo(children, id, one);
  }
  const onlyTags = new Set(
    [...tags.values()].flatMap((words) => words.filter(({ kind }) => kind === 'outside').map(({ id }) => id)),
  );
  for (const ids of parents.values()) for (const id of ids) onlyTags.delete(id);

  // A class within a family needs no box, even where its own part of the family would not be one.
  const inFamily = new Set(
    classes.flatMap(
      (one) =>
        familyOf(one)
          ?.rows.slice(1)
          .map((row) => row.one.id) ?? [],
    ),
  );
  const isTrunk = new Map<string, boolean>();
  for (const one of classes) {
    const has = (children.get(one.id)?.length ?? 0) > 0;
    const needsBox = boxed.has(one.id) || (has && familyOf(one) === undefined);
    isTrunk.set(one.id, needsBox && !inFamily.has(one.id));
  }
  const trunks = classes.filter((one) => isTrunk.get(one.id) && !onlyTags.has(one.id));
  const packs = new Map<string, { parents: readonly string[]; families: Family[] }>();
  const boxOf = new Map(trunks.map(({ id }) => [id, id]));
  for (const one of classes) {
    if (isTrunk.get(one.id) || onlyTags.has(one.id)) continue;
    const above = [...parents.get(one.id)!].sort();
    // Inside a family of its parent.
    if (above.some((id) => !isTrunk.get(id))) continue;
    const id = `pack:${above.join('|')}`;
    const pack = packs.get(id) ?? { parents: above, families: [] };
    packs.set(id, pack);
    const family = familyOf(one) ?? { head: one, rows: [{ one, indent: 0 }] };
    pack.families.push(family);
    for (const row of family.rows) boxOf.set(row.one.id, id);
  }
  const sorted = [...packs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, pack]) => ({ id, ...pack }));
  return { trunks, packs: sorted, tags, boxOf };

  /** The class and all below it as rows; undefined when lines are needed to say it. */
  function familyOf(head: DrawnClass): Family | undefined {
    if (head.kind === 'outside') return undefined;
    const rows: { one: DrawnClass; indent: number }[] = [];
    const seen = new Set<string>();
    const collect = (one: DrawnClass, indent: number): boolean => {
      if (seen.has(one.id) || rows.length >= largestFamily || boxed.has(one.id)) return false;
      if (indent > 0 && parents.get(one.id)!.length !== 1) return false;
      seen.add(one.id);
      rows.push({ one, indent });
      return (children.get(one.id) ?? []).every((child) => collect(child, indent + 1));
    };
    if (!collect(head, 0)) return undefined;
    const isOneFolder = rows.every(({ one }) => one.folder === head.folder);
    const isSmallTree = rows.length <= largestMixedFamily && parents.get(head.id)!.length === 0;
    return isOneFolder || isSmallTree ? { head, rows } : undefined;
  }
}

/** A class keeps lines to so many parents in a crowd; the others are words in its row. */
const mostLinesUp = 2;
const crowd = 60;

/**
 * Parents that are words in the row of their heir instead of lines: an outside base of one class only, or beside another
 * base; in a crowd all parents but two, classes before interfaces.
 */
function parentWords(classes: readonly DrawnClass[], byId: ReadonlyMap<string, DrawnClass>): Map<string, DrawnClass[]> {
  const heirs = new Map<string, number>();
  for (const one of classes) for (const { id } of one.parents) heirs.set(id, (heirs.get(id) ?? 0) + 1);
  const words = new Map<string, DrawnClass[]>();
  for (const one of classes) {
    const parents = one.parents.map(({ id }) => byId.get(id)!);
    const inside = parents.filter(({ kind }) => kind !== 'outside');
    const outside = parents.filter(
      ({ id, kind }) => kind === 'outside' && (inside.length > 0 || parents.length > 1 || heirs.get(id) === 1),
    );
    const isInterface = ({ kind }: DrawnClass): number => Number(kind === 'interface' || kind === 'type');
    const byWeight = [...inside].sort(
      (a, b) => isInterface(a) - isInterface(b) || (heirs.get(b.id) ?? 0) - (heirs.get(a.id) ?? 0),
    );
    const surplus = classes.length > crowd ? byWeight.slice(mostLinesUp) : [];
    const all = [...outside, ...surplus];
    if (all.length > 0) words.set(one.id, all);
  }
  return words;
}

/** Inheritance between boxes: one line a box and parent. */
export function forestLines(forest: Forest): Omit<PictureLine, 'points'>[] {
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
  return lines;
}

/** Adds to the list under a key, which begins empty. */
export function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}

/** Key of a folder within a pack. */
export const foldKey = (pack: string, folder: string): string => `${pack} ${folder}`;

/** The folders of a pack with their families, sorted. */
export function foldersOf(pack: Pack): [string, Family[]][] {
  const groups = Map.groupBy(pack.families, ({ head }) => head.folder);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
