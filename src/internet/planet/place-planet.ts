import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { abortError, NetwrightError } from '#core';
import type { PlanetLayout, PlanetPlaces } from './layout-planet.ts';
import type { LayoutJob } from './layout-thread.ts';
import type { PlanetColumns } from './planet-columns.ts';
import type { RasterLines } from './raster.ts';

/** Many times what 100,000 ASes take on a slow machine. */
const mostMs = 120_000;

/**
 * A planet laid out in a thread of its own.
 * @throws NetwrightError `NW_CANCELLED`, `NW_NOT_SUPPORTED` when it cannot be laid out.
 */
export async function placePlanet(
  columns: PlanetColumns,
  layout: PlanetLayout,
  signal?: AbortSignal,
): Promise<PlanetPlaces> {
  if (signal?.aborted) throw abortError(signal);
  const here = import.meta.url;
  const job: LayoutJob = { columns, layout };
  const thread = new Worker(new URL(`./layout-thread${extname(here)}`, here), { workerData: job });
  const { promise, resolve, reject } = Promise.withResolvers<PlanetPlaces>();
  const fail = (why: string, cause?: Error): void =>
    reject(new NetwrightError('NW_NOT_SUPPORTED', `the planet cannot be laid out: ${why}`, { cause }));
  const stop = (): void => reject(abortError(signal!));
  const timer = setTimeout(() => fail(`it takes more than ${mostMs} ms`), mostMs);
  thread.once('message', resolve);
  thread.once('error', (error: Error) => fail(error.message, error));
  thread.once('exit', () => fail('its thread ended'));
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

/** A planet's links as the rasteriser takes them. */
export const planetLines = ({ from, to, kind }: PlanetColumns, { x, y }: PlanetPlaces): RasterLines => ({
  x,
  y,
  from,
  to,
  kind,
});
