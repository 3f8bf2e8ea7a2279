import { layoutClasses } from '../layout/layout-classes.ts';
import type { PictureOptions } from '../layout/options.ts';
import type { DrawnClass } from '../layout/picture.ts';
import { selectClasses } from '../layout/select-classes.ts';
import type { CodeModel } from '../model.ts';
import type { Theme } from './colors.ts';
import { drawDot } from './dot.ts';
import type { DrawingFormat } from './formats.ts';
import { drawHtml } from './html.ts';
import { drawJson } from './json.ts';
import { drawMermaid } from './mermaid.ts';
import { drawPlantUml } from './plantuml.ts';
import { drawSvg } from './svg.ts';
import { classGraph } from './text-graph.ts';

export interface DrawClassesOptions extends PictureOptions {
  readonly format: DrawingFormat;
  /** Of SVG and HTML. Default: light for SVG, the reader's for HTML. */
  readonly theme?: Theme;
  /** Address of a source line for HTML, with `{file}` and `{line}`. Default: the file on this machine. */
  readonly link?: string;
}

/** What was drawn, and how much of it. */
export interface ClassDrawing {
  readonly text: string;
  /** Without the bases outside of the code. */
  readonly classes: number;
  readonly boxes?: number;
  readonly width?: number;
  readonly height?: number;
  /** What the drawing leaves out, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Draws the classes of a model in one of the {@link DrawingFormat}s.
 *
 * @throws NetwrightError `NW_CODE_ENTRY_UNKNOWN` for an unknown focus, `NW_CODE_NOTHING_LEFT` when the filters leave no
 *   class, `NW_USAGE` for a link that is no address.
 */
export async function drawClasses(model: CodeModel, options: DrawClassesOptions): Promise<ClassDrawing> {
  const { format, theme, link } = options;
  if (format === 'svg' || format === 'html') {
    const picture = await layoutClasses(model, options);
    const { width, height, notes } = picture;
    const text =
      format === 'svg'
        ? drawSvg(picture, { ...(theme && { theme }) })
        : drawHtml(model, picture, { ...(theme && { theme }), ...(link !== undefined && { link }) });
    return { text, classes: countOwn(picture.classes), boxes: picture.boxes.length, width, height, notes };
  }
  const { classes, notes } = selectClasses(model, options);
  const graph = classGraph(model, { title: model.name, classes });
  const text =
    format === 'mermaid'
      ? drawMermaid(graph)
      : format === 'plantuml'
        ? drawPlantUml(graph)
        : format === 'dot'
          ? drawDot(graph)
          : drawJson(model, new Set(classes.map(({ id }) => id)));
  return { text, classes: countOwn(classes), notes };
}

/** Bases outside of the code are drawn, but are none of its classes. */
const countOwn = (classes: readonly DrawnClass[]): number => classes.filter(({ kind }) => kind !== 'outside').length;
