import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** Drawing takes a fraction of a second of computing: it is done beside the event loop. */
const { svg, scale } = workerData as PngJob;
const { resolve } = createRequire(import.meta.url);
await initWasm(readFileSync(resolve('@resvg/resvg-wasm/index_bg.wasm')));
const fontBuffers = ['400Regular/Inter_400Regular.ttf', '700Bold/Inter_700Bold.ttf'].map((file) =>
  readFileSync(resolve(`@expo-google-fonts/inter/${file}`)),
);
const image = new Resvg(svg, {
  fitTo: { mode: 'zoom', value: scale },
  font: { fontBuffers, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
}).render();
const png = image.asPng();
parentPort!.postMessage(png, [png.buffer as ArrayBuffer]);

export interface PngJob {
  readonly svg: string;
  readonly scale: number;
}
