import type { DrawnClass, Picture } from '../../layout/picture.ts';
import type { ClassKind, EdgeKind, MemberKind, Visibility } from '../../model.ts';
import { memberKinds, visibilities } from '../../model.ts';

/** What a page knows, small enough to stand in it. Files are indexes into {@link PageData.files}. */
export interface PageData {
  readonly picture: Picture;
  readonly files: readonly string[];
  readonly classes: readonly PackedClass[];
  readonly edges: readonly PackedEdge[];
  readonly tables: readonly PackedTable[];
  readonly folded: readonly string[];
  readonly detailed: readonly string[];
  readonly boxed: readonly string[];
  readonly top: string;
  /** Link to a line of a file, with `{file}` and `{line}`; empty for none. */
  readonly link: string;
  readonly shape: number;
}

type PackedMember = readonly [
  name: string,
  kind: number,
  visibility: number,
  flags: number,
  line: number,
  type: string,
  parameters: string,
];

export interface PackedClass {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly kind: ClassKind | 'outside' | 'runtime';
  readonly file: number;
  readonly line: number;
  readonly abstract?: 1;
  readonly made?: 1;
  readonly madeAt?: readonly [file: number, line: number];
  readonly summary?: string;
  /** Index of the parent among the classes, negative (minus one) when it is implemented. */
  readonly parents: readonly number[];
  readonly members: readonly PackedMember[];
}

export type PackedEdge = readonly [kind: EdgeKind, from: number, to: number, file: number, line: number, via: string];

export interface PackedTable {
  readonly id: string;
  readonly name: string;
  readonly at: readonly [file: number, line: number];
  readonly keys: readonly (readonly [key: string, target: number, file: number, line: number])[];
}

const flag = { isStatic: 1, isAbstract: 2, isAsync: 4, isInBody: 8 } as const;

export function packClasses(
  classes: readonly DrawnClass[],
  fileOf: (file: string) => number,
  isSlim: boolean,
): PackedClass[] {
  const indexes = new Map(classes.map(({ id }, index) => [id, index]));
  return classes.map((one): PackedClass => {
    const { id, name, folder, kind, at, madeAt, summary } = one;
    return {
      id,
      name,
      folder,
      kind,
      file: fileOf(at.file),
      line: at.line,
      ...(one.isAbstract && { abstract: 1 as const }),
      ...(one.isMade && { made: 1 as const }),
      ...(madeAt && { madeAt: [fileOf(madeAt.file), madeAt.line] as const }),
      ...(summary !== undefined && { summary: summary.slice(0, isSlim ? 80 : 240) }),
      parents: one.parents.flatMap((parent) => {
        const index = indexes.get(parent.id);
        return index === undefined ? [] : [parent.kind === 'implements' ? -1 - index : index];
      }),
      members: one.members.map(
        (member): PackedMember => [
          member.name,
          memberKinds.indexOf(member.kind),
          visibilities.indexOf(member.visibility),
          (Object.keys(flag) as (keyof typeof flag)[]).reduce((sum, key) => sum + (member[key] ? flag[key] : 0), 0),
          member.at.line,
          isSlim ? '' : (member.type ?? '').slice(0, 80),
          isSlim ? '' : (member.parameters ?? '').slice(0, 100),
        ],
      ),
    };
  });
}

export function unpackClasses({ classes, files }: PageData): DrawnClass[] {
  return classes.map((one): DrawnClass => {
    const file = files[one.file] ?? '';
    return {
      id: one.id,
      name: one.name,
      folder: one.folder,
      kind: one.kind,
      isAbstract: one.abstract === 1,
      isMade: one.made === 1,
      at: { file, line: one.line },
      ...(one.madeAt && { madeAt: { file: files[one.madeAt[0]] ?? '', line: one.madeAt[1] } }),
      ...(one.summary !== undefined && { summary: one.summary }),
      parents: one.parents.map((index) => ({
        id: classes[index < 0 ? -1 - index : index]!.id,
        kind: index < 0 ? ('implements' as const) : ('inherits' as const),
      })),
      members: one.members.map(([name, kind, visibility, flags, line, type, parameters]) => ({
        name,
        kind: memberKinds[kind] as MemberKind,
        visibility: visibilities[visibility] as Visibility,
        isStatic: (flags & flag.isStatic) !== 0,
        isAbstract: (flags & flag.isAbstract) !== 0,
        isAsync: (flags & flag.isAsync) !== 0,
        isInBody: (flags & flag.isInBody) !== 0,
        at: { file, line },
        ...(type !== '' && { type }),
        ...(parameters !== '' && { parameters }),
      })),
    };
  });
}
