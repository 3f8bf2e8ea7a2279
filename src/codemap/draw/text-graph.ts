import type { FolderGraph } from '../layout/group-folders.ts';
import type { ClassPicture } from '../layout/layout-classes.ts';
import type { ClassKind, CodeModel, EdgeKind, Member } from '../model.ts';

/** A drawing as text formats have it: nodes in groups, and edges; the layout is another program's. */
export interface TextGraph {
  readonly title: string;
  readonly kind: 'classes' | 'modules';
  readonly nodes: readonly TextNode[];
  readonly edges: readonly TextEdge[];
}

export interface TextNode {
  /** `n0`, `n1`…: safe in every format. */
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly kind: ClassKind | 'outside' | 'runtime' | 'module';
  readonly isAbstract: boolean;
  readonly members: readonly Member[];
}

export interface TextEdge {
  readonly kind: EdgeKind;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly isCyclic: boolean;
  readonly isDeferred: boolean;
}

/** Members of so many classes can be read in one picture. */
const mostWithMembers = 40;
const drawn = new Set<EdgeKind>(['inherits', 'implements', 'composes', 'aggregates', 'switches']);

export function classGraph(model: CodeModel, { title, classes }: Pick<ClassPicture, 'title' | 'classes'>): TextGraph {
  const ids = new Map(classes.map(({ id }, index) => [id, `n${index}`]));
  const nodes = classes.map(
    ({ id, name, folder, kind, isAbstract, members }): TextNode => ({
      id: ids.get(id)!,
      name,
      group: folder,
      kind,
      isAbstract,
      members: classes.length <= mostWithMembers ? members : [],
    }),
  );
  const seen = new Map<string, TextEdge>();
  for (const { kind, from, to, via } of model.edges) {
    const [start, end] = [ids.get(from), ids.get(to)];
    if (!drawn.has(kind) || start === undefined || end === undefined) continue;
    const key = `${kind} ${start} ${end}`;
    const isInheritance = kind === 'inherits' || kind === 'implements';
    const label = isInheritance ? '' : [seen.get(key)?.label, via].filter((word) => word).join(', ');
    seen.set(key, { kind, from: start, to: end, label, isCyclic: false, isDeferred: false });
  }
  return { title, kind: 'classes', nodes, edges: [...seen.values()] };
}

export function folderTextGraph(title: string, { folders, imports }: FolderGraph): TextGraph {
  const ids = new Map(folders.map(({ path }, index) => [path, `n${index}`]));
  return {
    title,
    kind: 'modules',
    nodes: folders.map(({ path, layer }) => ({
      id: ids.get(path)!,
      name: path === '' ? title : path,
      group: `floor ${layer}`,
      kind: 'module',
      isAbstract: false,
      members: [],
    })),
    edges: imports.map(({ from, to, count, isCyclic, isDeferred }) => ({
      kind: 'imports',
      from: ids.get(from)!,
      to: ids.get(to)!,
      label: String(count),
      isCyclic,
      isDeferred,
    })),
  };
}
