import type { PageElement, PageWindow } from '#page';
import { addSome, emptySums, lineWeight, type RasterLines, type RasterView } from '../raster.ts';
import {
  type Exposure,
  exposureAt,
  exposureOf,
  type PlanetTheme,
  planetColors,
  planetPalette,
  toneMap,
} from '../tone.ts';
import type { Tile, TilePlace } from './planet-data.ts';

const tileSize = 512;
const exposureSide = 256;
/** Milliseconds that painting takes of the page at a time: it can be panned meanwhile. */
const turnMs = 10;
const linesAtOnce = 8192;
/** From here on a tile has few lines: steps would be seen, and two pixels a step instead of one cost little. */
const firstSmoothZoom = 5;
/** What waits longer than that many others is out of sight by now. */
const mostWaiting = 36;

interface Job {
  readonly place: TilePlace;
  readonly canvas: PageElement;
  readonly done: () => void;
  readonly failed: () => void;
}

/** Edges drawn by the page itself, with the rasteriser of the product, a little in every turn; what is wanted last comes first. */
export class TilePainter {
  readonly #window: PageWindow;
  readonly #linesOf: (layout: string) => Promise<RasterLines>;
  readonly #palette: Uint32Array;
  readonly #exposures = new Map<string, readonly [Exposure, Exposure]>();
  readonly #waiting: Job[] = [];
  #isBusy = false;

  constructor(window: PageWindow, theme: PlanetTheme, linesOf: (layout: string) => Promise<RasterLines>) {
    [this.#window, this.#linesOf] = [window, linesOf];
    const colors = planetPalette(planetColors[theme]);
    this.#palette = Uint32Array.from({ length: 256 }, (_, at) => {
      const [red, green, blue] = colors.subarray(3 * at, 3 * at + 3);
      return ((255 << 24) | (blue! << 16) | (green! << 8) | red!) >>> 0;
    });
  }

  paint(place: TilePlace, done: () => void, failed: () => void): Tile {
    const canvas = this.#window.document.createElement('canvas');
    let isPainted = false;
    const job: Job = {
      place,
      canvas,
      failed,
      done: () => {
        isPainted = true;
        done();
      },
    };
    if (place.isAhead) this.#waiting.unshift(job);
    else this.#waiting.push(job);
    if (this.#waiting.length > mostWaiting) this.#waiting.shift()!.failed();
    if (!this.#isBusy) void this.#work();
    return { image: canvas, isReady: () => isPainted };
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let job = this.#waiting.pop(); job !== undefined; job = this.#waiting.pop()) {
      const { place, canvas } = job;
      try {
        const lines = await this.#linesOf(place.layout);
        await this.#inTurns(this.#draw(lines, place, canvas));
        job.done();
      } catch {
        // Out of memory, or data that cannot be unpacked: the coarser tile stays.
        job.failed();
      }
    }
    this.#isBusy = false;
  }

  *#draw(lines: RasterLines, { layout, zoom, x, y }: TilePlace, canvas: PageElement): Generator<void, void> {
    let measured = this.#exposures.get(layout);
    if (measured === undefined) {
      const side = exposureSide;
      const whole = { scale: side, left: 0, top: 0, width: side, height: side, isSmooth: false };
      const [transit, peers] = yield* sumsOf(lines, whole);
      measured = [exposureOf(transit), exposureOf(peers)];
      this.#exposures.set(layout, measured);
    }
    const scale = tileSize * 2 ** zoom;
    const isSmooth = zoom >= firstSmoothZoom;
    const sums = yield* sumsOf(lines, {
      scale,
      left: x * tileSize,
      top: y * tileSize,
      width: tileSize,
      height: tileSize,
      isSmooth,
    });
    const exposed = [
      exposureAt(measured[0], scale / exposureSide),
      exposureAt(measured[1], scale / exposureSide),
    ] as const;
    yield;
    const tones = toneMap(sums, exposed, isSmooth ? lineWeight : 1);
    yield;
    [canvas.width, canvas.height] = [tileSize, tileSize];
    const context = canvas.getContext('2d', { alpha: false });
    const pixels = context.createImageData(tileSize, tileSize);
    const words = new Uint32Array(pixels.data.buffer);
    for (let at = 0; at < words.length; at += 1) words[at] = this.#palette[tones[at]!]!;
    context.putImageData(pixels, 0, 0);
  }

  async #inTurns(work: Generator<void, void>): Promise<void> {
    const { performance } = this.#window;
    for (;;) {
      const until = performance.now() + turnMs;
      while (performance.now() < until) if (work.next().done) return;
      await new Promise<void>((resolve) => this.#window.setTimeout(resolve, 0));
    }
  }
}

function* sumsOf(lines: RasterLines, view: RasterView): Generator<void, ReturnType<typeof emptySums>> {
  const sums = emptySums(view);
  for (let first = 0; first < lines.from.length; first += linesAtOnce) {
    addSome(lines, view, sums, first, Math.min(lines.from.length, first + linesAtOnce));
    yield;
  }
  return sums;
}
