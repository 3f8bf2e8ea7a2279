import { parentPort, workerData } from 'node:worker_threads';
import { asNetwrightError } from '#core';
import { buildAtlas } from '../../files/build-atlas.ts';
import { writeGraph } from '../../graph/graph-file.ts';
import type { GraphAnswer, GraphJob, WrittenGraph } from './graph-job.ts';
import { writeTable } from './write-table.ts';

/** Builds one graph and writes it, beside the thread that goes on listening. */
const job = workerData as GraphJob;
/** A thread that is ended from outside would leave half a file behind. */
const stop = new AbortController();
parentPort!.once('message', () => stop.abort());

async function work({ table, timeMs, files, output, tableOutput, ...rest }: GraphJob): Promise<WrittenGraph> {
  const { clique, secondPass, keepRoutes } = rest;
  const { signal } = stop;
  if (tableOutput !== undefined) await writeTable(tableOutput, table, Math.floor(timeMs / 1000), signal);
  const atlas = await buildAtlas(files, {
    signal,
    routes: { table, note: { name: 'live', kind: 'routes', count: table.routeCount, timeMs, notes: [] } },
    ...(clique && { clique }),
    ...(secondPass !== undefined && { secondPass }),
    ...(keepRoutes !== undefined && { keepRoutes }),
  });
  const bytes = await writeGraph(output, atlas);
  const { graph, prefixes, paths } = atlas;
  return {
    bytes,
    ases: graph.asns.length,
    links: graph.links.count,
    prefixes: prefixes?.count ?? 0,
    paths: paths?.table.count ?? 0,
    routes: table.routeCount,
  };
}

let answer: GraphAnswer;
try {
  answer = { graph: await work(job) };
} catch (error) {
  const { code, message, hint } = asNetwrightError(error);
  answer = { error: { code, message, hint } };
}
parentPort!.postMessage(answer);
