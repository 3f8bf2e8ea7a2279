/**
 * Building the graph of the whole internet, loading it, and asking it. Needs the public data of 2025 (its folder as the
 * argument, or `internet/` in NETWRIGHT_DATA); without it there is nothing to measure. First answers are those of a command
 * line call: nothing is compiled or remembered yet. Each is asked in a process of its own, and measured in time of its
 * thread, which on a free core is time of the clock: answers wait for nothing. Then every AS and every country is asked,
 * and the one that takes longest is asked again in processes of their own.
 *
 *     node --conditions=source bench/internet-graph.bench.ts [folder]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Atlas,
  answerAsn,
  answerCompare,
  answerCountry,
  answerCustomers,
  answerGateways,
  answerPath,
  answerPrefix,
  answerUpstreams,
  buildAtlas,
  openGraph,
  recursiveConeSizes,
  writeGraph,
} from '#internet';
import { publicData } from '../test/internet/public-data.ts';
import { median, printTable } from './table.ts';

const times = 7;
const goals = { load: 1000, country: 100, as: 20, cones: 500 } as const;
const questions: Readonly<Record<string, readonly [goalMs: number | undefined, ask: (atlas: Atlas) => unknown]>> = {
  'country EG': [goals.country, (atlas) => answerCountry(atlas, 'EG')],
  'country BR': [goals.country, (atlas) => answerCountry(atlas, 'BR')],
  'country US': [goals.country, (atlas) => answerCountry(atlas, 'US')],
  'gateways EG': [goals.country, (atlas) => answerGateways(atlas, 'EG')],
  'gateways US': [goals.country, (atlas) => answerGateways(atlas, 'US')],
  'asn 8452': [goals.as, (atlas) => answerAsn(atlas, [8452])],
  'asn 6939': [goals.as, (atlas) => answerAsn(atlas, [6939])],
  'upstreams 8452': [goals.as, (atlas) => answerUpstreams(atlas, 8452)],
  'customers 8452': [goals.as, (atlas) => answerCustomers(atlas, 8452)],
  'customers 3356': [goals.as, (atlas) => answerCustomers(atlas, 3356)],
  'compare 8452 24835 24863': [goals.as, (atlas) => answerCompare(atlas, [8452, 24835, 24863])],
  'compare 3356 174 1299': [goals.as, (atlas) => answerCompare(atlas, [3356, 174, 1299])],
  'compare the ten largest': [undefined, (atlas) => answerCompare(atlas, largest(atlas, 10))],
  'path 8452 15169': [goals.as, (atlas) => answerPath(atlas, 8452, 15169)],
  'prefix 41.32.0.0/12': [goals.as, (atlas) => answerPrefix(atlas, '41.32.0.0/12')],
};

/** Asked of all there are. */
const scans: Readonly<
  Record<
    string,
    readonly [goalMs: number, of: 'as' | 'some ASes' | 'country', ask: (atlas: Atlas, one: string) => unknown]
  >
> = {
  asn: [goals.as, 'as', (atlas, one) => answerAsn(atlas, [one])],
  upstreams: [goals.as, 'as', (atlas, one) => answerUpstreams(atlas, one)],
  customers: [goals.as, 'as', (atlas, one) => answerCustomers(atlas, one)],
  'path to 15169 from': [goals.as, 'some ASes', (atlas, one) => answerPath(atlas, one, 15169)],
  country: [goals.country, 'country', (atlas, one) => answerCountry(atlas, one)],
  gateways: [goals.country, 'country', (atlas, one) => answerGateways(atlas, one)],
};
/** Fresh processes for the worst of all; the median counts. */
const freshProcesses = 5;

const [asked, graphFile, one] = process.argv.slice(2);
if (asked !== undefined && asked in scans && graphFile !== undefined) {
  const atlas = await openGraph(graphFile);
  const [, of, ask] = scans[asked]!;
  const all =
    one !== undefined
      ? [one]
      : of === 'country'
        ? atlas.registry.countries()
        : Array.from(atlas.graph.asns, String).filter((_, as) => of === 'as' || as % 40 === 0);
  let worst = { who: '', ms: 0 };
  for (const who of all) {
    const ms = cpuMs(() => ask(atlas, who));
    if (ms > worst.ms) worst = { who, ms };
  }
  console.log(JSON.stringify(worst));
} else if (asked !== undefined && asked in questions && graphFile !== undefined) {
  const atlas = await openGraph(graphFile);
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    taken.push(cpuMs(() => questions[asked]![1](atlas)));
  }
  console.log(JSON.stringify(taken));
} else {
  await measure(asked ?? publicData);
}

async function measure(folder: string): Promise<void> {
  if (!existsSync(folder)) {
    console.log(`${folder} is not there: nothing was measured`);
    return;
  }
  const here = mkdtempSync(join(tmpdir(), 'netwright-graph-'));
  const file = join(here, 'planet.nwgraph');
  try {
    console.log(`${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)} before the start`);
    const rows: (string | number)[][] = [];
    const row = (what: string, ms: number, goal?: number, later?: number): void => {
      const isMet = goal === undefined || ms < goal;
      if (!isMet) process.exitCode = 1;
      rows.push([
        what,
        ms.toFixed(1),
        later?.toFixed(1) ?? '',
        goal === undefined ? '' : isMet ? `met (${goal} ms)` : `MISSED (${goal} ms)`,
      ]);
    };
    const files = [
      '20250901.as-rel2.txt.bz2',
      'asnames.json.gz',
      '2014-delegated-ripencc.gz',
      '2026-delegated-afrinic-extended.gz',
      'peeringdb-ix.20220408.json.gz',
      'peeringdb-netixlan.20220412.json.gz',
      'asn-ipv4.2026.csv.gz',
      'country-ipv4.2026.csv.gz',
    ];
    const built = await timed(async () => await buildAtlas(files.map((name) => join(folder, name))));
    row('build from eight files', built.ms);
    const { graph } = built.value;
    row(
      `recursive cones of ${graph.asns.length} ASes`,
      (await timed(async () => await recursiveConeSizes(graph))).ms,
      goals.cones,
    );
    const written = await timed(async () => await writeGraph(file, built.value));
    row(`write ${(written.value / 1e6).toFixed(1)} MB`, written.ms);
    const loads: number[] = [];
    for (let time = 0; time < times; time += 1) loads.push((await timed(async () => await openGraph(file))).ms);
    row(`load ${graph.links.count} links`, loads[0]!, goals.load, median(loads.slice(1)));
    for (const [name, [goal]] of Object.entries(questions)) {
      const [first = Number.NaN, ...later] = askElsewhere(name, file) as number[];
      row(name, first, goal, median(later));
    }
    for (const [name, [goal, of]] of Object.entries(scans)) {
      const { who, ms } = askElsewhere(name, file) as { who: string; ms: number };
      const fresh = Array.from({ length: freshProcesses }, () => (askElsewhere(name, file, who) as { ms: number }).ms);
      row(
        `${name}, the worst of ${{ as: 'every AS', 'some ASes': 'one AS in forty', country: 'every country' }[of]}: ${who}`,
        median(fresh),
        goal,
        ms,
      );
    }
    printTable(['the internet of 2025-09', 'first ms', 'later ms', 'goal'], rows);
  } finally {
    rmSync(here, { recursive: true });
  }
}

/** AS numbers by cone. */
function largest({ graph, cones }: Atlas, count: number): number[] {
  const order = Array.from(graph.asns.keys()).sort((one, other) => cones.recursive[other]! - cones.recursive[one]!);
  return order.slice(0, count).map((as) => graph.asns[as]!);
}

function askElsewhere(...args: readonly string[]): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, ['--conditions=source', import.meta.filename, ...args], {
    encoding: 'utf8',
  });
  if (!/^[[{]/.test(stdout)) throw new Error(`${args[0]}: ${stderr}`);
  return JSON.parse(stdout);
}

function cpuMs(act: () => unknown): number {
  const start = process.threadCpuUsage();
  act();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}
