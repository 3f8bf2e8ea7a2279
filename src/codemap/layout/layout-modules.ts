import type { CodeModel } from '../model.ts';
import type { ModuleGraph } from '../module-graph.ts';
import type { MeasuredBox } from './boxes.ts';
import { sizes } from './boxes.ts';
import { placeGraph } from './elk.ts';
import {
  bundleFolders,
  type FolderBundle,
  type FolderGraph,
  type FolderImport,
  type FolderNode,
  groupFolders,
} from './group-folders.ts';
import type { Picture, PictureBox, PictureLine, PictureRow, Sign } from './picture.ts';
import { fitText, textWidth } from './text-width.ts';

export interface ModulePictureOptions {
  /** How many folders deep; default as deep as a picture bears. */
  readonly depth?: number;
}

export interface ModulePicture extends Picture {
  readonly graph: FolderGraph;
}

const padding = 12;
const labelWidth = 62;
const bandGap = 14;

/** Lays the import graph out: folders as boxes, floors as bands, those that import nothing at the bottom. */
export async function layoutModules(
  model: CodeModel,
  modules: ModuleGraph,
  options: ModulePictureOptions = {},
): Promise<ModulePicture> {
  const graph = groupFolders(modules, options.depth);
  const top = Math.max(0, ...graph.folders.map(({ layer }) => layer));
  const bundles = bundleFolders(graph);
  const boxOf = new Map(bundles.flatMap(({ id, folders }) => folders.map(({ path }) => [path, idOf(id)] as const)));
  const shown = boxLines(graph, boxOf);
  const importers = Map.groupBy(graph.imports, ({ to }) => to);
  const measured = bundles.map(({ id, folders }) =>
    folders.length > 1
      ? bundleBox(id, folders)
      : folderBox(folders[0]!, model, importers.get(folders[0]!.path)?.length ?? 0),
  );
  const placed = await placeGraph(
    measured.map((box, index) => ({ ...box, floor: top - bundles[index]!.folders[0]!.layer })),
    shown.map(({ from, to, count }, index) => ({ id: String(index), from, to, weight: count })),
    { direction: 'DOWN', aspectRatio: 1.5 },
  );
  const boxes = measured.map((box): PictureBox => {
    const { x, y } = placed.boxes.get(box.id)!;
    return { ...box, x: x + labelWidth, y };
  });
  const lines = shown.map(
    ({ from, to, count, isCyclic, isDeferred }, index): PictureLine => ({
      kind: 'imports',
      from,
      to,
      points: (placed.lines.get(String(index)) ?? []).map(({ x, y }) => ({ x: x + labelWidth, y })),
      label: `${count} imports`,
      ...(isCyclic && { isCyclic }),
      ...(isDeferred && { isDeferred }),
    }),
  );
  const width = placed.width + labelWidth;
  const bands = floorBands(bundles, boxes, width);
  const implied = graph.imports.filter(({ isImplied }) => isImplied).length;
  return {
    title: model.name,
    subtitle: `${counted(modules.modules.length)} modules in ${counted(graph.folders.length)} ${graph.depth === Number.POSITIVE_INFINITY ? 'files' : 'folders'}, ${counted(modules.imports.length)} imports`,
    width,
    height: placed.height,
    boxes: [...bands, ...boxes],
    lines,
    notes: [
      ...circleNotes(modules),
      ...(implied > 0 ? [`${implied} imports that follow from others are not drawn`] : []),
    ],
    signs: signsOf(lines),
    graph,
  };
}

const counted = (count: number): string => count.toLocaleString('en');

const idOf = (path: string): string => `folder:${path}`;

function folderBox({ path, modules }: FolderNode, { name }: CodeModel, importers: number): MeasuredBox {
  const title = fitText(path === '' ? name : path, sizes.title, 260, true);
  const facts = [
    modules.length === 1 ? '' : `${modules.length} modules`,
    importers === 0 ? '' : `imported by ${importers}`,
  ].filter((fact) => fact !== '');
  const rows: PictureRow[] = [
    {
      style: 'title',
      text: title,
      x: padding,
      y: 20,
      width: Math.ceil(textWidth(title, sizes.title, true)),
      target: idOf(path),
    },
  ];
  const caption = facts.join(' · ');
  if (caption !== '') {
    rows.push({
      style: 'caption',
      text: caption,
      x: padding,
      y: 34,
      width: Math.ceil(textWidth(caption, sizes.caption)),
    });
  }
  const width = Math.max(...rows.map((row) => row.width)) + 2 * padding;
  return { id: idOf(path), kind: 'folder', width, height: caption === '' ? 30 : 43, rows, target: idOf(path) };
}

interface BoxLine extends Pick<FolderImport, 'count' | 'isCyclic' | 'isDeferred'> {
  readonly from: string;
  readonly to: string;
}

/** One line a pair of boxes, without those that follow from others. */
function boxLines({ imports }: FolderGraph, boxOf: ReadonlyMap<string, string>): BoxLine[] {
  const lines = new Map<string, BoxLine>();
  for (const { from, to, count, isCyclic, isDeferred, isImplied } of imports) {
    const [start, end] = [boxOf.get(from)!, boxOf.get(to)!];
    if (isImplied || start === end) continue;
    const before = lines.get(`${start}\0${end}`) ?? { from: start, to: end, count: 0, isCyclic, isDeferred: true };
    lines.set(`${start}\0${end}`, {
      ...before,
      count: before.count + count,
      isDeferred: before.isDeferred && isDeferred,
    });
  }
  return [...lines.values()];
}

/** Many folders alike, by name. */
function bundleBox(id: string, folders: readonly FolderNode[]): MeasuredBox {
  const columns = Math.max(1, Math.round(Math.sqrt(folders.length / 3)));
  const perColumn = Math.ceil(folders.length / columns);
  const names = folders.map(({ path }) => fitText(path, sizes.name, 200));
  const rows: PictureRow[] = [];
  let x = padding;
  for (let column = 0; column < columns; column += 1) {
    const here = names.slice(column * perColumn, (column + 1) * perColumn);
    here.forEach((text, index) => {
      const target = idOf(folders[column * perColumn + index]!.path);
      rows.push({ style: 'name', text, x, y: 20 + index * 17, width: Math.ceil(textWidth(text, sizes.name)), target });
    });
    x += Math.max(...here.map((text) => textWidth(text, sizes.name))) + 20;
  }
  return { id: idOf(id), kind: 'pack', width: Math.ceil(x - 20 + padding), height: 12 + perColumn * 17, rows };
}

/** One band a floor, as wide as the picture. */
function floorBands(bundles: readonly FolderBundle[], boxes: readonly PictureBox[], width: number): PictureBox[] {
  const floors = Map.groupBy(bundles, ({ folders }) => folders[0]!.layer);
  const byId = new Map(boxes.map((box) => [box.id, box]));
  return [...floors]
    .sort(([a], [b]) => b - a)
    .map(([layer, inside]): PictureBox => {
      const here = inside.map(({ id }) => byId.get(idOf(id))!);
      const y = Math.min(...here.map((box) => box.y)) - bandGap / 2;
      const height = Math.max(...here.map((box) => box.y + box.height)) + bandGap / 2 - y;
      const text = `floor ${layer}`;
      const label = Math.ceil(textWidth(text, sizes.caption));
      return {
        id: `floor:${layer}`,
        kind: 'floor',
        x: 0,
        y,
        width,
        height,
        rows: [{ style: 'caption', text, x: 10, y: height / 2 + 4, width: label }],
      };
    });
}

function circleNotes({ cycles }: ModuleGraph): string[] {
  const hard = cycles.filter(({ isDeferred }) => !isDeferred).length;
  const soft = cycles.length - hard;
  const circle = (count: number): string => `${count} ${count === 1 ? 'circle' : 'circles'}`;
  return [
    cycles.length === 0 ? 'no circles' : '',
    hard === 0 ? '' : `${circle(hard)} of imports`,
    soft === 0 ? '' : `${circle(soft)} only for types or inside functions`,
  ].filter((note) => note !== '');
}

function signsOf(lines: readonly PictureLine[]): Sign[] {
  const found = new Set<Sign>(lines.length > 0 ? ['imports'] : []);
  if (lines.some(({ isCyclic }) => isCyclic)) found.add('cyclic');
  if (lines.some(({ isDeferred }) => isDeferred)) found.add('deferred');
  return [...found];
}
