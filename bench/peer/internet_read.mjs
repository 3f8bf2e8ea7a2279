// What bench/internet-read.bench.ts times: the built product in a process of its own.
import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , dist, mode, file, threads] = process.argv;
const load = async (path) => await import(pathToFileURL(`${dist}/internet/${path}`).href);
let figures = {};
if (mode === 'links') {
  const { openRoutes } = await load('routes/open-routes.js');
  const { linksOfPaths } = await load('routes/links.js');
  const routes = await openRoutes(file);
  figures = { routes: routes.routeCount, paths: routes.paths.count, links: linksOfPaths(routes.paths).count };
} else if (mode === 'dump') {
  const { openDump } = await load('dump/open-dump.js');
  let bytes = 0;
  for await (const lines of openDump(file).lines) bytes += writeSync(1, lines);
  figures = { bytes };
} else {
  const { openSource } = await load('source/open-source.js');
  const source = await openSource(file, threads === undefined ? {} : { threads: Number(threads) });
  let bytes = 0;
  const start = performance.now();
  for await (const chunk of source.chunks()) bytes += chunk.length;
  figures = { bytes, unpackSeconds: (performance.now() - start) / 1000 };
}
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
process.stderr.write(
  `${JSON.stringify({ ...figures, megabytes: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 })}\n`,
);
