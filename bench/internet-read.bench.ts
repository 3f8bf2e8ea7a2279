/**
 * Reading a routing table beside bgpdump and mrtparse, in turns, whole processes: to paths and links, and as lines.
 * Then unpacking: gzip and bzip2, one thread and two. With a file as argument, that table; else the one of the public data
 * (`internet/` in NETWRIGHT_DATA) where it is there, else a made-up table of the same size.
 *
 *     node --conditions=source bench/internet-read.bench.ts [table]
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { writeTableDumpV2 } from '#internet';
import { publicData } from '../test/internet/public-data.ts';
import { generatedTable } from '../test/internet/routes/generated.ts';
import { findProgram, peers } from '../test/peers/peers.ts';
import { buildProduct } from './built-product.ts';
import { childCpuSeconds } from './child-cpu.ts';
import { median, printTable } from './table.ts';

const runs = 5;
/**
 * Two threads are judged by the best of the runs, whose turns alternate with those of one thread: what else the machine
 * does takes one of two cores from them, and only ever makes them slower. Above this load there is no best run.
 */
const judgedLoad = 2.5;
/** A collector's table is 80 to 150 MB packed: this is a third to a half of one. */
const copies = 12;
const goals = { share: 1 / 3, megabytes: 250, gzipMbps: 300, bzip2Mbps: 60, twoThreads: 1.7 } as const;
const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), 'netwright-internet-read-'));

interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly figures: Readonly<Record<string, number>>;
}

/** Standard output goes to nobody, as it costs both sides the same. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Run {
  const nobody = openSync('/dev/null', 'w');
  const before = childCpuSeconds() ?? 0;
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { stdio: ['ignore', nobody, 'pipe'], encoding: 'utf8', env });
  const seconds = (performance.now() - start) / 1000;
  closeSync(nobody);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  const last = stderr.trim().split('\n').at(-1) ?? '';
  const figures = last.startsWith('{') ? (JSON.parse(last) as Record<string, number>) : {};
  return { seconds, cpuSeconds: figures['cpuSeconds'] ?? (childCpuSeconds() ?? 0) - before, figures };
}

/** Runs all in turns, so that what else the machine does falls on each. */
function inTurns(jobs: Readonly<Record<string, () => Run>>): Map<string, Run[]> {
  const results = new Map(Object.keys(jobs).map((name) => [name, [] as Run[]]));
  for (let turn = 0; turn < runs; turn++)
    for (const [name, job] of Object.entries(jobs)) results.get(name)!.push(job());
  return results;
}

const wall = (of: readonly Run[]): number => median(of.map(({ seconds }) => seconds));
const cpu = (of: readonly Run[]): number => median(of.map(({ cpuSeconds }) => cpuSeconds));
const figure = (of: readonly Run[], name: string): number =>
  median(of.map(({ figures }) => figures[name] ?? Number.NaN));

function table(): { readonly path: string; readonly name: string } {
  const path = join(folder, 'table.mrt');
  const given = process.argv[2] ?? join(publicData, 'rrc06.bview.20100701.0759.mrt.gz');
  if (existsSync(given)) {
    const bytes = readFileSync(given);
    writeFileSync(path, bytes[0] === 0x1f ? gunzipSync(bytes) : bytes);
    return { path, name: given.split('/').at(-1)! };
  }
  writeFileSync(path, Buffer.concat([...writeTableDumpV2(generatedTable(140_000))]));
  return { path, name: 'a made-up table' };
}

function missed(isMissed: boolean, goal: string): void {
  if (!isMissed) return;
  console.error(`goal missed: ${goal}`);
  process.exitCode = 1;
}

function reading(ours: (...args: readonly string[]) => () => Run, path: string): void {
  const bgpdump = findProgram(peers.bgpdump);
  const jobs: Record<string, () => Run> = {
    'Netwright: paths and links': ours('links', path),
    'Netwright: dump': ours('dump', path),
    ...(bgpdump && { 'bgpdump -m': () => run(bgpdump, ['-m', path]) }),
  };
  const results = inTurns(jobs);
  if (findProgram(peers.mrtparse)) {
    results.set('mrtparse: paths', [run('/usr/bin/python3', [join(here, 'peer/mrt_paths.py'), path])]);
  }
  printTable(
    ['', 's', 'CPU, s', 'MB of memory', 'routes', 'paths', 'links'],
    [...results].map(([name, of]) => [
      name,
      wall(of).toFixed(2),
      cpu(of).toFixed(2),
      ...['megabytes', 'routes', 'paths', 'links'].map((one) => {
        const value = figure(of, one);
        return Number.isNaN(value) ? '-' : value.toFixed(0);
      }),
    ]),
  );
  const links = results.get('Netwright: paths and links')!;
  missed(figure(links, 'megabytes') > goals.megabytes, `under ${goals.megabytes} MB`);
  const theirs = results.get('bgpdump -m');
  if (theirs === undefined) {
    console.log('bgpdump is not installed: apt-get install bgpdump');
    return;
  }
  const dump = results.get('Netwright: dump')!;
  const share = (of: readonly Run[]): string => `${(wall(of) / wall(theirs)).toFixed(2)} of bgpdump's time`;
  console.log(`paths and links: ${share(links)}; dump: ${share(dump)}`);
  missed(wall(links) > wall(theirs) * goals.share, "paths and links in a third of bgpdump's time");
  missed(wall(dump) > wall(theirs), 'dump faster than bgpdump');
}

function unpacking(ours: (...args: readonly string[]) => () => Run, path: string): void {
  const gzip = join(folder, 'table.gz');
  writeFileSync(gzip, gzipSync(readFileSync(path)));
  const jobs: Record<string, () => Run> = { gzip: ours('unpack', gzip) };
  const bzip2 = spawnSync('bzip2', ['-kc', path], { maxBuffer: 1 << 30 });
  if (bzip2.status === 0) {
    const packed = join(folder, 'table.bz2');
    writeFileSync(packed, Buffer.concat(Array.from({ length: copies }, () => bzip2.stdout)));
    jobs['bzip2, in one thread'] = ours('unpack', packed, '0');
    jobs['bzip2, in two threads'] = ours('unpack', packed, '2');
    jobs['the program bzip2'] = () => run('bzip2', ['-dc', packed]);
  } else console.log('bzip2 is not installed: apt-get install bzip2');
  const results = inTurns(jobs);
  const bytesOf = (of: readonly Run[]): number => figure(of, 'bytes');
  const speed = (of: readonly Run[]): number => bytesOf(of) / 1e6 / figure(of, 'unpackSeconds');
  const bestSpeed = (of: readonly Run[]): number =>
    bytesOf(of) / 1e6 / Math.min(...of.map(({ figures }) => figures['unpackSeconds'] ?? Number.NaN));
  /** What one core does, whatever else the machine is busy with; the start of Node counts. */
  const coreSpeed = (of: readonly Run[]): number => bytesOf(of) / 1e6 / cpu(of);
  printTable(
    ['unpacking', 's, whole process', 'CPU, s', 'MB/s of output', 'best run', 'MB a CPU second'],
    [...results].map(([name, of]) => [
      name,
      wall(of).toFixed(2),
      cpu(of).toFixed(2),
      Number.isNaN(speed(of)) ? '-' : speed(of).toFixed(0),
      Number.isNaN(bestSpeed(of)) ? '-' : bestSpeed(of).toFixed(0),
      Number.isNaN(coreSpeed(of)) ? '-' : coreSpeed(of).toFixed(0),
    ]),
  );
  missed(speed(results.get('gzip')!) < goals.gzipMbps, `gzip at ${goals.gzipMbps} MB/s`);
  const [one, two] = [results.get('bzip2, in one thread'), results.get('bzip2, in two threads')];
  if (one === undefined || two === undefined) return;
  missed(coreSpeed(one) < goals.bzip2Mbps, `bzip2 at ${goals.bzip2Mbps} MB/s on one core`);
  const load = loadavg()[0]!;
  if (load > judgedLoad) {
    console.log(`two threads are not judged: a load of ${load.toFixed(1)} leaves them no two cores`);
    return;
  }
  const ratio = bestSpeed(two) / bestSpeed(one);
  console.log(`bzip2 in two threads: ${ratio.toFixed(2)} times as fast, best runs`);
  missed(ratio < goals.twoThreads, `bzip2 ${goals.twoThreads} times as fast in two threads`);
}

try {
  mkdirSync(join(folder, 'product'));
  const dist = buildProduct(join(folder, 'product'));
  const { path, name } = table();
  const script = join(folder, 'product', 'read.mjs');
  writeFileSync(script, readFileSync(join(here, 'peer/internet_read.mjs')));
  const ours =
    (...args: readonly string[]) =>
    (): Run =>
      run(process.execPath, [script, dist, ...args]);
  console.log(`${name}, median of ${runs} runs; load ${loadavg()[0]!.toFixed(1)}`);
  reading(ours, path);
  unpacking(ours, path);
} finally {
  rmSync(folder, { recursive: true });
}
