import type { ModulePicture } from '../layout/layout-modules.ts';
import type { CodeModel } from '../model.ts';
import type { ModuleGraph } from '../module-graph.ts';
import { type HtmlOptions, linkOf, pageOf } from './html.ts';
import type { ModulePageData } from './page/module-data.ts';

/** The import graph as one page: a folder tells what it imports and on which lines, and what imports it. */
export function drawModulesHtml(
  model: CodeModel,
  { imports }: ModuleGraph,
  picture: ModulePicture,
  options: HtmlOptions = {},
): string {
  const { graph, ...plain } = picture;
  const files = [
    ...new Set(imports.flatMap(({ from, to }) => [from, to]).concat(...graph.folders.map(({ modules }) => modules))),
  ].sort();
  const indexes = new Map(files.map((file, index) => [file, index]));
  const data: ModulePageData = {
    picture: plain,
    files,
    folders: graph.folders.map(({ path, modules, layer }) => ({
      path,
      layer,
      modules: modules.map((one) => indexes.get(one)!),
    })),
    imports: imports.map(({ from, to, at, isDeferred, isCyclic }) => [
      indexes.get(from)!,
      indexes.get(to)!,
      (isDeferred ? 1 : 0) + (isCyclic ? 2 : 0),
      at[0]?.line ?? 1,
    ]),
    top: model.name,
    link: linkOf(model, options.link),
  };
  return pageOf(plain, { modules: data }, options.theme, 'a folder or module');
}
