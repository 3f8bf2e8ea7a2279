import { type PlanetLayout, type PlanetPlaces, planetLayouts } from './layout-planet.ts';
import { placePlanet, planetLines } from './place-planet.ts';
import type { PlanetColumns } from './planet-columns.ts';
import { encodePng } from './png-encoder.ts';
import { RasterPool } from './raster-pool.ts';
import { type PlanetTheme, planetColors, planetPalette } from './tone.ts';

/** Pixels of a side. */
const tileSize = 512;
const mostZoom = 6;
/** About 200 MB of PNGs at the very most. */
const mostTiles = 2000;

/** Edges of a planet as raster tiles, drawn when they are asked for, and kept. Each layout is made on the first question. */
export class PlanetTiles implements AsyncDisposable {
  readonly #pool = new RasterPool();
  readonly #columns: PlanetColumns;
  readonly #closing = new AbortController();
  readonly #places = new Map<PlanetLayout, Promise<PlanetPlaces>>();
  readonly #tiles = new Map<string, Promise<Buffer>>();

  constructor(columns: PlanetColumns) {
    this.#columns = columns;
  }

  /** Where everybody is in that layout. @throws NetwrightError `NW_CANCELLED` when this was closed. */
  async places(layout: PlanetLayout): Promise<PlanetPlaces> {
    const known = this.#places.get(layout);
    if (known !== undefined) return await known;
    const placing = this.#place(layout);
    this.#places.set(layout, placing);
    placing.catch(() => this.#places.delete(layout));
    return await placing;
  }

  async #place(layout: PlanetLayout): Promise<PlanetPlaces> {
    const places = await placePlanet(this.#columns, layout, this.#closing.signal);
    this.#pool.use(planetLayouts.indexOf(layout), planetLines(this.#columns, places));
    return places;
  }

  /** Tile `x`, `y` of the `2 ** zoom` times as many of a side, as PNG; undefined for one that is not there. */
  async tile(
    layout: PlanetLayout,
    theme: PlanetTheme,
    zoom: number,
    x: number,
    y: number,
  ): Promise<Buffer | undefined> {
    const side = 2 ** zoom;
    if (!Number.isInteger(zoom) || zoom < 0 || zoom > mostZoom) return undefined;
    if (!(x >= 0 && x < side && y >= 0 && y < side)) return undefined;
    const key = `${layout} ${theme} ${zoom} ${x} ${y}`;
    const known = this.#tiles.get(key);
    if (known !== undefined) return await known;
    const drawing = this.#draw(layout, theme, zoom, x, y);
    this.#tiles.set(key, drawing);
    drawing.catch(() => this.#tiles.delete(key));
    const [oldest] = this.#tiles.keys();
    if (this.#tiles.size > mostTiles && oldest !== undefined) this.#tiles.delete(oldest);
    return await drawing;
  }

  async #draw(layout: PlanetLayout, theme: PlanetTheme, zoom: number, x: number, y: number): Promise<Buffer> {
    await this.places(layout);
    const pixels = await this.#pool.draw(planetLayouts.indexOf(layout), {
      scale: tileSize * 2 ** zoom,
      left: x * tileSize,
      top: y * tileSize,
      width: tileSize,
      height: tileSize,
      isSmooth: zoom > 1,
    });
    const palette = planetPalette(planetColors[theme]);
    return await encodePng({ width: tileSize, height: tileSize, pixels, palette }, 6);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#places.values());
    await this.#pool[Symbol.asyncDispose]();
  }
}
