import { Worker } from 'node:worker_threads';
import { NetwrightError } from '#core';
import type { GraphAnswer, GraphJob, WrittenGraph } from './graph-job.ts';

/**
 * Builds a graph of a table in a thread of its own and writes it. The table is given away: its columns are moved, not
 * copied.
 * @throws NetwrightError as `buildAtlas` and `writeGraph`; `NW_INTERNET_LIVE` when the thread ends early, as it does when
 * there is too little memory; `NW_CANCELLED`.
 */
export async function writeLiveGraph(job: GraphJob, signal?: AbortSignal): Promise<WrittenGraph> {
  // Run from source (.ts) in development and tests, from the build elsewhere.
  const isSource = import.meta.url.endsWith('.ts');
  const { prefixOf, pathOf, peerOf, prefixes, paths } = job.table;
  const columns = [prefixOf, pathOf, peerOf, prefixes.family, prefixes.length, prefixes.words];
  const thread = new Worker(new URL(isSource ? './graph-thread.ts' : './graph-thread.js', import.meta.url), {
    workerData: job,
    transferList: [...columns, paths.offsets, paths.hops, paths.routes].map(({ buffer }) => buffer as ArrayBuffer),
    ...(isSource ? { execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'] } : {}),
  });
  const { promise, resolve, reject } = Promise.withResolvers<GraphAnswer>();
  const ended = (why: string): void =>
    reject(new NetwrightError('NW_INTERNET_LIVE', `building the graph ended early: ${why}`));
  thread.once('message', resolve);
  thread.once('error', (error) => ended(error.message));
  thread.once('exit', (code) => ended(`the thread left with code ${code}`));
  const onAbort = (): void => thread.postMessage('stop');
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    const answer = await promise;
    if ('graph' in answer) return answer.graph;
    const { code, message, hint } = answer.error;
    throw new NetwrightError(code, message, { hint });
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await thread.terminate();
  }
}
