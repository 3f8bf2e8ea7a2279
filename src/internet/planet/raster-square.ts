import { setImmediate as turn } from 'node:timers/promises';
import { abortError } from '#core';
import type { RasterPool } from './raster-pool.ts';

/** Parts of a picture that threads draw one by one: their sums stay in the cache of a processor. */
const partSize = 512;

/**
 * All links of a layout as one square of `size` pixels, indexes into the tone palette.
 * @throws NetwrightError `NW_CANCELLED`
 */
export async function rasterSquare(
  pool: RasterPool,
  layout: number,
  size: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const pixels = new Uint8Array(size * size);
  const starts = Array.from({ length: Math.ceil(size / partSize) }, (_, at) => at * partSize);
  await Promise.all(
    starts.flatMap((top) =>
      starts.map(async (left) => {
        const [width, height] = [Math.min(partSize, size - left), Math.min(partSize, size - top)];
        const part = await pool.draw(layout, { scale: size, left, top, width, height, isSmooth: false });
        if (signal?.aborted) throw abortError(signal);
        for (let row = 0; row < height; row += 1) {
          pixels.set(part.subarray(row * width, (row + 1) * width), (top + row) * size + left);
        }
        await turn();
      }),
    ),
  );
  return pixels;
}
