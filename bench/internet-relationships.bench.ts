/**
 * Relationships of ASes in the closed loop: a planet is made up, vantage points see it through valley-free routing, and
 * what is inferred from their paths is compared with what was made. Then real tables, where they are at hand
 * (`NETWRIGHT_DATA`, a folder with `internet/`), against relationships that others published.
 *
 *     node --conditions=source bench/internet-relationships.bench.ts [ases] [seeds…]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  type AsGraph,
  chooseObservers,
  generatePlanet,
  graphOfFile,
  type Inference,
  type InferenceOptions,
  inferRelationships,
  observe,
  openRoutes,
  type PathTable,
  percent,
  recursiveConeSizes,
  type Score,
  scoreRelations,
  topologyOf,
  usualNoise,
} from '#internet';
import { publicData } from '../test/internet/public-data.ts';
import { printTable } from './table.ts';

const [ases = 20_000, ...seeds] = process.argv.slice(2).map(Number);
const vantagePoints = 30;
const goals = { customer: 99.6, peer: 98.7, msA100kPaths: 1000, conesMs: 500, agreement: 99.7 };

interface Timed<T> {
  readonly result: T;
  readonly ms: number;
  readonly cpuMs: number;
}

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  globalThis.gc?.();
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const used = process.cpuUsage(cpu);
  return { result, ms: performance.now() - started, cpuMs: (used.user + used.system) / 1000 };
}

const verdict = (isMet: boolean): string => {
  if (!isMet) process.exitCode = 1;
  return isMet ? 'met' : 'MISSED';
};

async function closedLoop(seed: number, noise: boolean): Promise<(string | number)[][]> {
  const planet = generatePlanet({ ases, seed });
  const topology = topologyOf(planet.graph);
  const observers = chooseObservers(topology, { count: vantagePoints, seed });
  const { paths } = await observe(topology, observers, { seed, ...(noise && { noise: usualNoise }) });
  // Six in ten of who is where, as PeeringDB would know it.
  const exchanges = planet.registry.exchanges.map((exchange) => ({
    ...exchange,
    members: exchange.members.filter((_, at) => (at * 7919 + exchange.id) % 10 < 6),
  }));
  const registry = { type: () => undefined, organisation: () => undefined, exchanges };
  const ways: readonly (readonly [string, InferenceOptions])[] = [
    ['ASRank', {}],
    ['+ second pass', { secondPass: true }],
    ['+ exchanges', { secondPass: true, registry }],
  ];
  const rows: (string | number)[][] = [];
  for (const [name, options] of ways) {
    const { result, cpuMs } = await timed(() => inferRelationships(paths, options));
    rows.push([
      `${seed}${noise ? ', noise' : ''}`,
      name,
      paths.count,
      ...scoreRow(scoreRelations(result, planet.graph)),
      cpuMs.toFixed(0),
    ]);
  }
  return rows;
}

function scoreRow(score: Score): (string | number)[] {
  const isMet = percent(score.customer) >= goals.customer && percent(score.peer) >= goals.peer;
  return [
    percent(score.customer).toFixed(2),
    percent(score.customerFound).toFixed(2),
    percent(score.peer).toFixed(2),
    percent(score.peerFound).toFixed(2),
    score.peer.of,
    score.unknown,
    isMet ? 'met' : 'below',
  ];
}

async function speed(): Promise<void> {
  const planet = generatePlanet({ ases: 12_000, seed: 1 });
  const topology = topologyOf(planet.graph);
  const all = await observe(topology, chooseObservers(topology, { count: 10, seed: 1 }), { seed: 1 });
  const paths = firstPaths(all.paths, 100_000);
  for (let warm = 0; warm < 2; warm += 1) await inferRelationships(paths);
  const { ms, cpuMs } = await timed(() => inferRelationships(paths));
  const cones = await timed(() => recursiveConeSizes(planet.graph));
  printTable(
    ['what', 'ms', 'CPU ms', 'goal'],
    [
      [`relationships of ${paths.count} paths`, ms.toFixed(0), cpuMs.toFixed(0), verdict(cpuMs < goals.msA100kPaths)],
      ['recursive cones of 12,000 ASes', cones.ms.toFixed(0), cones.cpuMs.toFixed(0), ''],
    ],
  );
}

function firstPaths({ offsets, hops, sets, routes }: PathTable, count: number): PathTable {
  const kept = Math.min(count, routes.length);
  return {
    count: kept,
    offsets: offsets.slice(0, kept + 1),
    hops: hops.slice(0, offsets[kept]),
    sets,
    routes: routes.slice(0, kept),
  };
}

async function realTables(): Promise<void> {
  const files = {
    rib2010: join(publicData, 'rrc06.bview.20100701.0759.mrt.gz'),
    rel2010: join(publicData, 'as-rel.2010.txt.gz'),
    rib2002: join(publicData, 'bview.20020722.2337.gz'),
    rel2025: join(publicData, '20250901.as-rel2.txt.bz2'),
  };
  const missing = Object.values(files).filter((file) => !existsSync(file));
  if (missing.length > 0) {
    console.log(`real tables: skipped, there is no ${missing.join(', ')} (set NETWRIGHT_DATA)`);
    return;
  }
  const rows: string[][] = [];
  const { paths } = await openRoutes(files.rib2010);
  for (const secondPass of [false, true]) {
    const { result, cpuMs } = await timed(() =>
      inferRelationships(paths, { atS: Date.UTC(2010, 6, 1) / 1000, secondPass }),
    );
    const { share, compared } = agreement(result, files.rel2010);
    rows.push([
      `2010, two full feeds${secondPass ? ', second pass' : ''}`,
      `${share.toFixed(2)} % of ${compared} customers as published, ${unknownOf(result)} links unknown, ${cpuMs.toFixed(0)} ms CPU for ${paths.count} paths`,
      secondPass ? '' : verdict(share >= goals.agreement),
    ]);
  }
  const old = await inferRelationships((await openRoutes(files.rib2002)).paths, { atS: Date.UTC(2002, 6, 22) / 1000 });
  rows.push([
    '2002, 32 vantage points',
    `clique ${old.clique.join(' ')}; ${old.links.count} links, ${unknownOf(old)} unknown`,
    verdict(old.clique.includes(701) && old.clique.includes(1239)),
  ]);
  const cones = await timed(async () => await recursiveConeSizes(graph2025));
  rows.push([
    `2025, cones of ${graph2025.asns.length} ASes`,
    `${cones.ms.toFixed(0)} ms, ${cones.cpuMs.toFixed(0)} ms CPU; the largest has ${cones.result.reduce((most, size) => Math.max(most, size), 0)}`,
    verdict(cones.cpuMs < goals.conesMs),
  ]);
  printTable(['real data', 'result', 'goal'], rows);
}

/** Customers that both say, and how many of them the same way. */
function agreement({ asns, links }: Inference, file: string): { readonly share: number; readonly compared: number } {
  const published = new Map<string, number>();
  for (const line of gunzipSync(readFileSync(file)).toString().split('\n')) {
    const [a, b, kind] = line.split('|');
    if (kind === '-1') published.set(`${a} ${b}`, 1).set(`${b} ${a}`, 2);
    else if (kind === '0') published.set(`${a} ${b}`, 3).set(`${b} ${a}`, 3);
  }
  let [same, compared] = [0, 0];
  for (let link = 0; link < links.count; link += 1) {
    const found = links.relation[link]!;
    const said = published.get(`${asns[links.a[link]!]} ${asns[links.b[link]!]}`);
    if (said === undefined || (found !== 1 && found !== 2)) continue;
    compared += 1;
    if (said === found) same += 1;
  }
  return { share: (same / compared) * 100, compared };
}

const unknownOf = ({ links }: AsGraph): number => links.relation.filter((relation) => relation === 0).length;

const graph2025: AsGraph = existsSync(join(publicData, '20250901.as-rel2.txt.bz2'))
  ? await graphOfFile(join(publicData, '20250901.as-rel2.txt.bz2'))
  : generatePlanet({ ases: 50, seed: 1 }).graph;

await speed();
const rows: (string | number)[][] = [];
for (const seed of seeds.length > 0 ? seeds : [1, 2, 3])
  for (const noise of [false, true]) rows.push(...(await closedLoop(seed, noise)));
console.log(
  `${vantagePoints} vantage points over ${ases} made-up ASes; goal: customers ${goals.customer} %, peers ${goals.peer} % right`,
);
printTable(
  [
    'seed',
    'way',
    'paths',
    'customers right %',
    'found %',
    'peers right %',
    'found %',
    'peers',
    'unknown',
    'goal',
    'CPU ms',
  ],
  rows,
);
await realTables();
