import type { Canvas, PageImage, PageWindow } from '#page';
import type { Camera } from './camera.ts';

const tileSize = 512;
const mostZoom = 6;
const mostKept = 220;

/** Edges: tiles of the zoom below the camera's, and where one is not there yet, a part of a coarser one. */
export class TileLayer {
  readonly #window: PageWindow;
  readonly #changed: () => void;
  readonly #tiles = new Map<string, PageImage>();
  #base = '';
  #version = '';

  constructor(window: PageWindow, changed: () => void) {
    this.#window = window;
    this.#changed = changed;
  }

  /**
   * @param base address before `zoom/x/y.png`
   * @param version of the graph: tiles of another are others
   */
  use(base: string, version: string): void {
    [this.#base, this.#version] = [base, version];
  }

  draw(canvas: Canvas, camera: Camera): void {
    const { scale, left, top, width, height } = camera;
    const zoom = Math.min(mostZoom, Math.max(0, Math.ceil(camera.zoom - 0.35)));
    // Coarse ones below, so that nothing is blank while finer ones are on their way.
    if (zoom > 1) this.#level(canvas, Math.max(0, zoom - 2), camera, false);
    this.#level(canvas, zoom, camera, true);
    // A ring of neighbours ahead of a pan.
    const side = scale / 2 ** zoom;
    for (const [dx, dy] of [
      [-1, 0],
      [1, 0],
      [0, -1],
      [0, 1],
    ] as const) {
      const x = Math.floor((left + width / 2 + dx * (width / 2 + side / 2)) / side);
      const y = Math.floor((top + height / 2 + dy * (height / 2 + side / 2)) / side);
      this.#get(zoom, x, y, true);
    }
  }

  #level(canvas: Canvas, zoom: number, { scale, left, top, width, height }: Camera, isWanted: boolean): void {
    const count = 2 ** zoom;
    const side = scale / count;
    for (let y = Math.max(0, Math.floor(top / side)); y < Math.min(count, (top + height) / side); y += 1) {
      for (let x = Math.max(0, Math.floor(left / side)); x < Math.min(count, (left + width) / side); x += 1) {
        const image = this.#get(zoom, x, y, isWanted || zoom === 0);
        if (image === undefined) continue;
        const [x0, y0] = [Math.round(x * side) - left, Math.round(y * side) - top];
        canvas.imageSmoothingEnabled = Math.abs(side - tileSize) > 1;
        canvas.drawImage(image, x0, y0, Math.round((x + 1) * side) - left - x0, Math.round((y + 1) * side) - top - y0);
      }
    }
  }

  #get(zoom: number, x: number, y: number, isWanted: boolean): PageImage | undefined {
    const count = 2 ** zoom;
    if (x < 0 || y < 0 || x >= count || y >= count) return undefined;
    const address = `${this.#base}/${zoom}/${x}/${y}.png?v=${this.#version}`;
    const known = this.#tiles.get(address);
    if (known !== undefined) return known.complete && known.naturalWidth > 0 ? known : undefined;
    if (!isWanted) return undefined;
    const image = new this.#window.Image();
    image.onload = this.#changed;
    image.onerror = () => this.#tiles.delete(address);
    image.src = address;
    this.#tiles.set(address, image);
    const [oldest] = this.#tiles.keys();
    if (this.#tiles.size > mostKept && oldest !== undefined) this.#tiles.delete(oldest);
    return undefined;
  }
}
