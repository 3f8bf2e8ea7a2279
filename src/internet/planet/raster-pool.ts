import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { NetwrightError } from '#core';
import type { RasterLines, RasterView } from './raster.ts';
import type { RasterAnswer, RasterJob, RasterSetUp } from './raster-thread.ts';

/** Threads that rasterise, over columns that they share. */
export class RasterPool implements AsyncDisposable {
  readonly #threads: { readonly worker: Worker; jobs: number }[] = [];
  readonly #waiting = new Map<number, { resolve: (pixels: Uint8Array) => void; reject: (error: Error) => void }>();
  #next = 0;
  #isClosed = false;

  constructor(threads = Math.max(1, Math.min(4, availableParallelism()))) {
    const here = import.meta.url;
    for (let at = 0; at < threads; at += 1) {
      const thread = {
        worker: new Worker(new URL(`./raster-thread${extname(here)}`, here)),
        jobs: 0,
      };
      thread.worker.on('message', ({ id, pixels }: RasterAnswer) => {
        thread.jobs -= 1;
        if (thread.jobs === 0) thread.worker.unref();
        const waiting = this.#waiting.get(id);
        this.#waiting.delete(id);
        waiting?.resolve(pixels);
      });
      thread.worker.on('error', (error) => this.#fail(error));
      thread.worker.unref();
      this.#threads.push(thread);
    }
  }

  /** Lines that are drawn from now on as `layout`; made of shared buffers they are not copied. */
  use(layout: number, lines: RasterLines): void {
    const setUp: RasterSetUp = { layout, lines };
    for (const { worker } of this.#threads) worker.postMessage(setUp);
  }

  /** Pixels of a part of the picture, as indexes into the tone palette; {@link use} says before what is to be drawn. */
  async draw(layout: number, view: RasterView): Promise<Uint8Array> {
    if (this.#isClosed) throw new NetwrightError('NW_CANCELLED', 'the rasteriser was closed');
    const thread = this.#threads.reduce((least, one) => (one.jobs < least.jobs ? one : least));
    const id = this.#next;
    this.#next += 1;
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    this.#waiting.set(id, { resolve, reject });
    thread.jobs += 1;
    thread.worker.ref();
    const job: RasterJob = { id, layout, view, zoom: view.scale / 256 };
    thread.worker.postMessage(job);
    return await promise;
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
    this.#fail(new NetwrightError('NW_CANCELLED', 'the rasteriser was closed'));
  }
}
