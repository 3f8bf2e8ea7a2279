import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** Drawing takes a fraction of a second of computing: it is done beside the event loop. */
const { svg, scale, isRaw } = workerData as PngJob;
const { resolve } = createRequire(import.meta.url);
await initWasm(readFileSync(resolve('@resvg/resvg-wasm/index_bg.wasm')));
const fontBuffers = ['400Regular/Inter_400Regular.ttf', '700Bold/Inter_700Bold.ttf'].map((file) =>
  readFileSync(resolve(`@expo-google-fonts/inter/${file}`)),
);
const image = new Resvg(svg, {
  fitTo: { mode: 'zoom', value: scale },
  font: { fontBuffers, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
}).render();
const bytes = isRaw ? image.pixels : image.asPng();
parentPort!.postMessage(bytes, [bytes.buffer as ArrayBuffer]);

export interface PngJob {
  readonly svg: string;
  readonly scale: number;
  /** Pixels (red, green, blue, alpha) instead of PNG. */
  readonly isRaw: boolean;
}
