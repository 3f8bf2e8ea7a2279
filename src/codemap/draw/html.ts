import { NetwrightError } from '#core';
import { escapeXml, pageDocument } from '#page';
import type { ClassPicture } from '../layout/layout-classes.ts';
import type { Picture } from '../layout/picture.ts';
import type { CodeModel } from '../model.ts';
import type { Theme } from './colors.ts';
import { svgLegend } from './legend.ts';
import { type PackedEdge, type PackedTable, type PageData, packClasses } from './page/page-data.ts';
import { pageScript } from './page/page-script.generated.ts';
import { pageStyle } from './page-style.ts';
import { svgContent } from './svg.ts';
import { svgMarkers } from './svg-style.ts';

export interface HtmlOptions {
  /** Default: that of the reader's system. */
  readonly theme?: Theme;
  /**
   * Address of a line of the source with `{file}` (path below the root) and `{line}`:
   * `https://github.com/acme/driver/blob/main/{file}#L{line}`. Default: the file on this machine.
   */
  readonly link?: string;
}

const legendWidth = 1100;
/** Above that, characters are saved. */
const largestPage = 950_000;

/** The page around a drawing: head, buttons, side panel, data, script. */
export function pageOf(picture: Picture, data: unknown, theme: Theme | undefined, finds: string): string {
  const { title } = picture;
  const subtitle = [picture.subtitle, ...picture.notes].join(' · ');
  const legend = svgLegend(picture.signs, legendWidth);
  return pageDocument({
    title: `${title}: code map`,
    style: pageStyle,
    theme,
    data,
    script: pageScript,
    body: `<header>
<h1>${escapeXml(title)}</h1>
<p>${escapeXml(subtitle)}</p>
<div id="finder"><input id="search" type="search" placeholder="Find ${finds} ( / )" aria-label="Find ${finds}" autocomplete="off"><div id="hits" hidden></div></div>
<div><button id="fold" title="Fold all folders">Fold</button> <button id="unfold" title="Show every class">Unfold</button> <button id="zoom-out" title="Smaller ( - )">−</button> <button id="zoom-in" title="Larger ( + )">+</button> <button id="fit" title="The whole ( 0 )">Fit</button> <button id="theme" title="Light or dark">◐</button></div>
</header>
<main>
<svg id="map" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escapeXml(`${title}: ${subtitle}`)}"><defs>${svgMarkers}</defs><g id="layer"><g id="content">${svgContent(picture)}</g></g></svg>
<aside id="side" hidden><button id="close" title="Close ( Esc )">✕</button><div id="side-body"></div></aside>
</main>
<footer><svg width="${legendWidth}" height="${legend.height}" viewBox="0 0 ${legendWidth} ${legend.height}">${legend.svg}</svg></footer>`,
  });
}

/**
 * A drawing as one page that needs nothing else: no server, no network, no library. Names come from foreign code: they
 * are escaped, and a content security policy lets no script run but the page's own.
 *
 * @throws NetwrightError `NW_USAGE` when `link` would run as a script.
 */
export function drawHtml(model: CodeModel, picture: ClassPicture, options: HtmlOptions = {}): string {
  const link = linkOf(model, options.link);
  const draw = (one: ClassPicture, isSlim: boolean): string =>
    pageOf(one, pageData(model, one, link, isSlim), options.theme, 'a class, key or member');
  const page = draw(picture, false);
  if (page.length <= largestPage) return page;
  const note = 'types and parameters of members are left out of so large a page';
  return draw({ ...picture, notes: [...picture.notes, note] }, true);
}

/** Address of source lines. @throws NetwrightError `NW_USAGE` when it would run as a script. */
export function linkOf({ root }: CodeModel, link: string | undefined): string {
  if (link === undefined) return `file://${encodeURI(root)}/{file}#L{line}`;
  if (link === '' || /^(?:https?|file|vscode|vscodium|cursor|idea|zed|subl|txmt):/i.test(link)) return link;
  throw new NetwrightError('NW_USAGE', `--link ${link}: expected an address that begins with https:, file: or vscode:`);
}

function pageData(model: CodeModel, picture: ClassPicture, link: string, isSlim: boolean): PageData {
  const files: string[] = [];
  const indexes = new Map<string, number>();
  const fileOf = (file: string): number => {
    const known = indexes.get(file);
    if (known !== undefined) return known;
    indexes.set(file, files.length);
    return files.push(file) - 1;
  };
  const { classes, folded, detailed, boxed, shape, boxes, lines, ...rest } = picture;
  const classAt = new Map(classes.map(({ id }, index) => [id, index]));
  const packed = packClasses(classes, fileOf, isSlim);
  const edges = model.edges.flatMap(({ kind, from, to, at, via = '' }): PackedEdge[] => {
    const [start, end] = [classAt.get(from), classAt.get(to)];
    if (kind === 'imports' || kind === 'inherits' || kind === 'implements' || start === undefined || end === undefined)
      return [];
    return [[kind, start, end, fileOf(at.file), at.line, via]];
  });
  const drawn = new Set(boxes.map(({ id }) => id));
  const tables = model.factories.flatMap(({ id, name, at, entries }): PackedTable[] => {
    const keys = entries.flatMap(({ key, target, at: place }) => {
      const index = classAt.get(target);
      return index === undefined ? [] : [[key, index, fileOf(place.file), place.line] as const];
    });
    return keys.length === 0 && !drawn.has(id) ? [] : [{ id, name, at: [fileOf(at.file), at.line], keys }];
  });
  return {
    picture: { ...rest, boxes, lines },
    classes: packed,
    edges,
    tables,
    files,
    folded: [...folded],
    detailed: [...detailed],
    boxed: [...boxed],
    top: model.name,
    link,
    shape,
  };
}
