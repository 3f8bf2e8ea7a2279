import { setImmediate as turn } from 'node:timers/promises';
import { type LabelPart, labelParts } from './dot-text.ts';
import { drawDot, drawGexf, mapToJson } from './graph-formats.ts';
import { drawHtml } from './html.ts';
import { layoutCountry } from './layout-country.ts';
import { layoutForce } from './layout-force.ts';
import { layoutLayered } from './layout-layered.ts';
import { layoutPolar } from './layout-polar.ts';
import type { InternetMap } from './map-model.ts';
import { type MapColors, paletteOf, type Theme } from './palette.ts';
import { svgToPng } from './png.ts';
import { drawSvg } from './svg.ts';

export const mapLayouts = ['layered', 'polar', 'force', 'country'] as const;
export type MapLayout = (typeof mapLayouts)[number];

/** Formats by the ending of their files. */
export const mapFormats = ['svg', 'png', 'html', 'dot', 'gexf', 'json'] as const;
export type MapFormat = (typeof mapFormats)[number];

export interface DrawMapOptions {
  readonly format: MapFormat;
  /** Default: `layered`. */
  readonly layout?: MapLayout;
  /** Default: `light`. */
  readonly theme?: Theme;
  readonly colors?: MapColors;
  /** 0.5 to 3. Default 1. */
  readonly nodeSize?: number;
  /** Default: number, name and country. */
  readonly label?: readonly LabelPart[];
  readonly signal?: AbortSignal;
}

const layouts = { layered: layoutLayered, polar: layoutPolar, force: layoutForce, country: layoutCountry } as const;

/**
 * A map as a picture, a page, or text for other programs.
 * @throws NetwrightError `NW_USAGE` for a colour that is none, `NW_CANCELLED`.
 */
export async function drawMap(map: InternetMap, options: DrawMapOptions): Promise<Uint8Array> {
  const { format, layout = 'layered', theme = 'light', colors, nodeSize = 1, label = labelParts } = options;
  const palette = paletteOf(theme, colors);
  switch (format) {
    case 'json':
      return Buffer.from(`${JSON.stringify(mapToJson(map), null, 2)}\n`);
    case 'dot':
      return Buffer.from(drawDot(map, palette));
    case 'gexf':
      return Buffer.from(drawGexf(map, palette));
    case 'svg':
    case 'png':
    case 'html': {
      // Each step is some ten milliseconds for the largest countries: one a turn.
      await turn();
      const scene = await layouts[layout](map, { nodeSize, label, signal: options.signal });
      await turn();
      const drawing = { palette, label };
      if (format === 'html') return Buffer.from(drawHtml(scene, drawing, theme));
      const svg = drawSvg(scene, drawing);
      return format === 'svg' ? Buffer.from(svg) : await svgToPng(svg, options);
    }
  }
}
