import { groupFolders } from '../layout/group-folders.ts';
import { layoutModules } from '../layout/layout-modules.ts';
import type { CodeModel } from '../model.ts';
import type { ModuleGraph } from '../module-graph.ts';
import type { Theme } from './colors.ts';
import { drawDot } from './dot.ts';
import type { DrawingFormat } from './formats.ts';
import { drawMermaid } from './mermaid.ts';
import { drawModulesHtml } from './modules-html.ts';
import { drawPlantUml } from './plantuml.ts';
import { drawSvg } from './svg.ts';
import { folderTextGraph } from './text-graph.ts';

export interface DrawModulesOptions {
  readonly format: DrawingFormat;
  readonly theme?: Theme;
  /** How many folders deep; default as deep as a picture bears. */
  readonly depth?: number;
  readonly link?: string;
}

/** Draws the import graph of a model: folders as boxes on floors, circles in red. */
export async function drawModules(
  model: CodeModel,
  graph: ModuleGraph,
  { format, theme, depth, link }: DrawModulesOptions,
): Promise<string> {
  const depthOption = { ...(depth !== undefined && { depth }) };
  if (format === 'json') return `${JSON.stringify({ name: model.name, root: model.root, ...graph }, null, 2)}\n`;
  if (format === 'svg' || format === 'html') {
    const picture = await layoutModules(model, graph, depthOption);
    const themeOption = { ...(theme && { theme }) };
    if (format === 'svg') return drawSvg(picture, themeOption);
    return drawModulesHtml(model, graph, picture, { ...themeOption, ...(link !== undefined && { link }) });
  }
  const text = folderTextGraph(model.name, groupFolders(graph, depth));
  return format === 'mermaid' ? drawMermaid(text) : format === 'plantuml' ? drawPlantUml(text) : drawDot(text);
}
