import type { Canvas, Pixels } from '#page';
import type { Camera } from './camera.ts';
import { dotRadius, type Points } from './points.ts';

/** All points, written into the pixels of a canvas: 80,000 a frame without a GPU. */
export class PointLayer {
  #pixels: Pixels | undefined;
  #words: Uint32Array = new Uint32Array();

  /** @param colors `0xAABBGGRR`, as pixels stand in memory */
  draw(canvas: Canvas, camera: Camera, points: Points, colors: Uint32Array, dim: Uint8Array | undefined): void {
    const { scale, left, top, width, height } = camera;
    if (this.#pixels === undefined || this.#pixels.width !== width || this.#pixels.height !== height) {
      this.#pixels = canvas.createImageData(width, height);
      this.#words = new Uint32Array(this.#pixels.data.buffer);
    }
    const words = this.#words;
    words.fill(0);
    const { x, y, cone, part, byCone } = points;
    const unit = scale / 65_536;
    const radii = Uint8Array.from({ length: 256 }, (_, value) => dotRadius(value, camera.zoom));
    // Small ones first, large ones on top.
    for (let rank = byCone.length - 1; rank >= 0; rank -= 1) {
      const at = byCone[rank]!;
      const px = (x[at]! * unit - left) | 0;
      const py = (y[at]! * unit - top) | 0;
      if (px < 6 || py < 6 || px >= width - 6 || py >= height - 6) continue;
      const isDim = dim !== undefined && dim[at] === 0;
      const color = isDim ? (colors[part[at]!]! & 0x00ffffff) | 0x30000000 : colors[part[at]!]!;
      const radius = radii[cone[at]!]!;
      if (radius === 0) {
        words[py * width + px] = color;
        continue;
      }
      for (let dy = -radius; dy <= radius; dy += 1) {
        const half = Math.sqrt(radius * radius - dy * dy + 0.6) | 0;
        const row = (py + dy) * width + px;
        words.fill(color, row - half, row + half + 1);
      }
    }
    canvas.putImageData(this.#pixels, 0, 0);
  }
}
