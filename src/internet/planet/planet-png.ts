import { inkLabels } from './ink-labels.ts';
import type { PlanetLayout } from './layout-planet.ts';
import { placePlanet, planetLines } from './place-planet.ts';
import { type PlanetSource, planetColumns } from './planet-columns.ts';
import { type Lead, legendPlace, planetLabels } from './planet-labels.ts';
import { encodePng } from './png-encoder.ts';
import { disc, drawDots } from './raster-dots.ts';
import { RasterPool } from './raster-pool.ts';
import { rasterSquare } from './raster-square.ts';
import { inkIndex, type PlanetTheme, planetColors, planetPalette, pointIndex, toneIndex } from './tone.ts';

export interface PlanetPngOptions {
  /** Default: `polar`. */
  readonly layout?: PlanetLayout;
  /** Default: `dark`. */
  readonly theme?: PlanetTheme;
  /** Pixels of a side, 256 to 8192. Default 4096. */
  readonly size?: number;
  /** What the picture says of its data. */
  readonly credit?: string;
  readonly signal?: AbortSignal;
}

/**
 * The whole internet as one picture, every link and every AS of it.
 * @throws NetwrightError `NW_CANCELLED`
 */
export async function drawPlanetPng(source: PlanetSource, options: PlanetPngOptions = {}): Promise<Buffer> {
  const { layout = 'polar', theme = 'dark', size = 4096, credit, signal } = options;
  await using pool = new RasterPool();
  const columns = await planetColumns(source);
  const places = await placePlanet(columns, layout, signal);
  pool.use(0, planetLines(columns, places));
  const { texts, leads } = planetLabels(source, columns, places, size, credit);
  const stamp = inkLabels(texts);
  const pixels = await rasterSquare(pool, 0, size, signal);
  await drawDots(columns, places, pixels, size);
  for (const lead of leads) drawLead(lead, pixels, size);
  drawLegend(pixels, size);
  await (await stamp)(pixels, size, size);
  return await encodePng({ width: size, height: size, pixels, palette: planetPalette(planetColors[theme]) }, 3);
}

/** The line from a dot to its name. */
function drawLead([x1, y1, x2, y2]: Lead, pixels: Uint8Array, size: number): void {
  const steps = Math.ceil(Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1)));
  for (let step = 0; step <= steps; step += 1) {
    const [x, y] = [x1 + ((x2 - x1) * step) / (steps || 1), y1 + ((y2 - y1) * step) / (steps || 1)];
    disc(pixels, size, x, y, size / 4096, inkIndex + 2);
  }
}

function drawLegend(pixels: Uint8Array, size: number): void {
  const unit = size / 4096;
  const { x, y, pitch } = legendPlace(size);
  const ramp = (row: number, color: (share: number) => number): void => {
    for (let dx = 0; dx < 220 * unit; dx += 1) {
      for (let dy = -12 * unit; dy < 12 * unit; dy += 1) {
        pixels[Math.round(y + row * pitch + dy) * size + Math.round(x + dx)] = color(dx / (220 * unit));
      }
    }
  };
  ramp(0, (share) => toneIndex(share, 0));
  ramp(1, (share) => toneIndex(0, share));
  for (let part = 0; part < 6; part += 1) {
    disc(pixels, size, x + (20 + part * 36) * unit, y + 2 * pitch, 12 * unit, pointIndex + part);
  }
  disc(pixels, size, x + 200 * unit, y + 3 * pitch, 12 * unit, pointIndex + 6);
}
