import { parentPort } from 'node:worker_threads';
import { addLines, lineWeight, type RasterLines, type RasterView } from './raster.ts';
import { type Exposure, exposureAt, exposureOf, toneMap } from './tone.ts';

/** Rasterises what it is asked for; imports no other room, as a thread knows no package conditions. */
const exposureSide = 256;
const measured = new Map<number, readonly [Exposure, Exposure]>();
const layouts = new Map<number, RasterLines>();
parentPort!.on('message', (message: RasterSetUp | RasterJob) => {
  if ('lines' in message) layouts.set(message.layout, message.lines);
  else draw(message);
});

function draw({ id, layout, view, zoom }: RasterJob): void {
  const [transit, peer] = exposures(layout);
  const exposed = [exposureAt(transit, zoom), exposureAt(peer, zoom)] as const;
  const pixels = toneMap(addLines(layouts.get(layout)!, view), exposed, view.isSmooth ? lineWeight : 1);
  const answer: RasterAnswer = { id, pixels };
  parentPort!.postMessage(answer, [pixels.buffer as ArrayBuffer]);
}

/** Measured once on the whole picture, small: the same in every thread. */
function exposures(layout: number): readonly [Exposure, Exposure] {
  const known = measured.get(layout);
  if (known !== undefined) return known;
  const side = exposureSide;
  const whole = { scale: side, left: 0, top: 0, width: side, height: side, isSmooth: false };
  const [transit, peers] = addLines(layouts.get(layout)!, whole);
  const found = [exposureOf(transit), exposureOf(peers)] as const;
  measured.set(layout, found);
  return found;
}

export interface RasterSetUp {
  readonly layout: number;
  readonly lines: RasterLines;
}

export interface RasterJob {
  readonly id: number;
  readonly layout: number;
  readonly view: RasterView;
  /** Scale of the picture over {@link exposureSide}. */
  readonly zoom: number;
}

export interface RasterAnswer {
  readonly id: number;
  readonly pixels: Uint8Array;
}
