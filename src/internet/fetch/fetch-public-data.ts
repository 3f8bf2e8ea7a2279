import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, interceptors } from 'undici';
import { abortError, NetwrightError } from '#core';
import { type Downloaded, download } from './download.ts';
import { type Download, type PublicDataOptions, publicDownloads } from './public-data.ts';

export interface FetchPublicDataOptions extends Omit<PublicDataOptions, 'nowMs'> {
  readonly folder: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FetchProgress) => void;
  /** Between two requests to one host, in milliseconds. Default 1000: these servers are free of charge for all. */
  readonly pauseMs?: number;
  /** Further attempts a file. Default 3. */
  readonly retries?: number;
  /** Before the first of them, in milliseconds; then twice as long each time. Default 2000. */
  readonly retryDelayMs?: number;
  readonly nowMs?: () => number;
}

export interface FetchProgress {
  readonly name: string;
  readonly bytes: number;
  /** Undefined where the server does not say. */
  readonly total: number | undefined;
}

/** What became of one file. */
export type Fetched = {
  readonly name: string;
  readonly url: string;
  /** Where it is, or would be. */
  readonly path: string;
  readonly durationMs: number;
} & ({ readonly ok: true; readonly value: Downloaded } | { readonly ok: false; readonly error: NetwrightError });

const mostRedirections = 5;

/**
 * Downloads public data into a folder, one file after the other; files that are the newest already are not sent again.
 * A file that fails is an outcome, the others are fetched all the same.
 * @throws NetwrightError `NW_USAGE` when nothing is asked for, or by a name that is not known; `NW_CANCELLED`.
 */
export async function* fetchPublicData(options: FetchPublicDataOptions): AsyncGenerator<Fetched> {
  const { folder, signal, onProgress, pauseMs = 1000, retries = 3, retryDelayMs = 2000, nowMs = Date.now } = options;
  const downloads: readonly Download[] = publicDownloads({ ...options, nowMs: nowMs() });
  if (downloads.length === 0)
    throw new NetwrightError('NW_USAGE', 'nothing to fetch: expected a collector or a kind of data');
  const agent = new Agent();
  const dispatcher = agent.compose(interceptors.redirect({ maxRedirections: mostRedirections }));
  const lastRequest = new Map<string, number>();
  const beforeRequest = async (url: string): Promise<void> => {
    const { host } = new URL(url);
    const waitMs = (lastRequest.get(host) ?? Number.NEGATIVE_INFINITY) + pauseMs - performance.now();
    if (waitMs > 0) await sleep(waitMs, undefined, signal ? { signal } : {});
    lastRequest.set(host, performance.now());
  };
  try {
    for (const { name, url, file, checksumUrl } of downloads) {
      const startedMs = performance.now();
      const path = join(folder, file);
      const facts = () => ({ name, url, path, durationMs: performance.now() - startedMs });
      try {
        const value = await download({
          url,
          file: path,
          dispatcher,
          beforeRequest,
          retries,
          retryDelayMs,
          nowMs,
          onProgress: (bytes, total) => onProgress?.({ name, bytes, total }),
          ...(checksumUrl && { checksumUrl }),
          ...(signal && { signal }),
        });
        yield { ...facts(), ok: true, value };
      } catch (error) {
        if (signal?.aborted) throw abortError(signal);
        if (!(error instanceof NetwrightError)) throw error;
        yield { ...facts(), ok: false, error };
      }
    }
  } finally {
    await agent.destroy();
  }
}
