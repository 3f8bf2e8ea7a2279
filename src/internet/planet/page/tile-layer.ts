import type { Canvas } from '#page';
import type { Camera } from './camera.ts';
import type { PlanetData, Tile } from './planet-data.ts';

const tileSize = 512;
const mostZoom = 6;

/** Edges: tiles of the zoom nearest to the camera's, and where one is not there yet, a part of a coarser one. */
export class TileLayer {
  readonly #data: PlanetData;
  readonly #changed: () => void;
  readonly #tiles = new Map<string, Tile>();
  #layout = '';

  constructor(data: PlanetData, changed: () => void) {
    this.#data = data;
    this.#changed = changed;
  }

  use(layout: string): void {
    this.#layout = layout;
  }

  draw(canvas: Canvas, camera: Camera): void {
    const { scale, left, top, width, height } = camera;
    const zoom = Math.min(mostZoom, Math.max(0, Math.ceil(camera.zoom - 0.35)));
    const count = 2 ** zoom;
    const side = scale / count;
    for (let y = Math.max(0, Math.floor(top / side)); y < Math.min(count, (top + height) / side); y += 1) {
      for (let x = Math.max(0, Math.floor(left / side)); x < Math.min(count, (left + width) / side); x += 1) {
        this.#tile(canvas, zoom, x, y, [
          Math.round(x * side) - left,
          Math.round(y * side) - top,
          Math.round((x + 1) * side) - left,
          Math.round((y + 1) * side) - top,
        ]);
      }
    }
    // A ring of neighbours ahead of a pan.
    for (const [dx, dy] of [
      [-1, 0],
      [1, 0],
      [0, -1],
      [0, 1],
    ] as const) {
      const x = Math.floor((left + width / 2 + dx * (width / 2 + side / 2)) / side);
      const y = Math.floor((top + height / 2 + dy * (height / 2 + side / 2)) / side);
      this.#get(zoom, x, y, 'ahead');
    }
  }

  /** A tile, or while it is on its way the part of a coarser one that is there: nothing is ever blank. */
  #tile(
    canvas: Canvas,
    zoom: number,
    x: number,
    y: number,
    [x0, y0, x1, y1]: readonly [number, number, number, number],
  ): void {
    for (let up = 0; up <= zoom; up += 1) {
      const part = 2 ** up;
      const image = this.#get(
        zoom - up,
        Math.floor(x / part),
        Math.floor(y / part),
        up === 0 || zoom - up <= 1 ? 'now' : 'no',
      );
      if (image === undefined) continue;
      const size = tileSize / part;
      canvas.imageSmoothingEnabled = up > 0 || Math.abs(x1 - x0 - tileSize) > 1;
      canvas.drawImage(image, (x % part) * size, (y % part) * size, size, size, x0, y0, x1 - x0, y1 - y0);
      return;
    }
  }

  #get(zoom: number, x: number, y: number, wanted: 'now' | 'ahead' | 'no'): object | undefined {
    const count = 2 ** zoom;
    if (x < 0 || y < 0 || x >= count || y >= count) return undefined;
    const layout = this.#layout;
    const key = `${layout} ${zoom} ${x} ${y}`;
    const known = this.#tiles.get(key);
    if (known !== undefined) return known.isReady() ? known.image : undefined;
    if (wanted === 'no') return undefined;
    const forget = (): void => void this.#tiles.delete(key);
    this.#tiles.set(key, this.#data.tile({ layout, zoom, x, y, isAhead: wanted === 'ahead' }, this.#changed, forget));
    const [oldest] = this.#tiles.keys();
    if (this.#tiles.size > this.#data.mostTiles && oldest !== undefined) this.#tiles.delete(oldest);
    return undefined;
  }
}
