import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { abortError, NetwrightError } from '#core';
import type { PngJob } from './png-thread.ts';

/** Enough for a map of 500 ASes many times over. */
const mostMs = 60_000;
const mostPixels = 120_000_000;

export interface PngOptions {
  /** Pixels a pixel of the drawing. Default: 2, for sharp text, less for a drawing that would get too large. */
  readonly scale?: number;
  readonly signal?: AbortSignal;
}

/**
 * A drawing as a picture in PNG, made in a thread, without a browser, with the same letters on every machine.
 * @throws NetwrightError `NW_CANCELLED`, `NW_NOT_SUPPORTED` when it cannot be drawn.
 */
export async function svgToPng(svg: string, { scale, signal }: PngOptions = {}): Promise<Uint8Array> {
  const [, width = '1', height = '1'] = /^<svg [^>]*? width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const most = Math.sqrt(mostPixels / (Number(width) * Number(height)));
  return await rasterise({ svg, scale: Math.min(scale ?? 2, most), isRaw: false }, signal);
}

/** Pixels of a drawing, four bytes each: red, green, blue, alpha. */
export const svgPixels = async (svg: string): Promise<Uint8Array> => await rasterise({ svg, scale: 1, isRaw: true });

async function rasterise(job: PngJob, signal?: AbortSignal): Promise<Uint8Array> {
  if (signal?.aborted) throw abortError(signal);
  const here = import.meta.url;
  const thread = new Worker(new URL(`./png-thread${extname(here)}`, here), { workerData: job });
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const stop = (): void => reject(abortError(signal!));
  const late = (): void => reject(new NetwrightError('NW_NOT_SUPPORTED', 'the picture takes too long to draw as PNG'));
  const timer = setTimeout(late, mostMs);
  thread.once('message', resolve);
  thread.once('error', (error: Error) =>
    reject(
      new NetwrightError('NW_NOT_SUPPORTED', `the picture cannot be drawn as PNG: ${error.message}`, { cause: error }),
    ),
  );
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}
