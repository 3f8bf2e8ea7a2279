/**
 * A repository of 10,000 devices with 25 KB each after 100 runs in which 1 % changed: size on disk, and how long
 * history, diff, show at a time, blame and search take, beside git's own commands on the same repository.
 *
 *     node --conditions=source bench/history.bench.ts [devices] [runs] [site|flat]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '#core';
import { type ConfigurationStore, openConfigurationStore, openDatabase, type Version } from '#store';
import { median, printTable } from './table.ts';

const deviceCount = Number(process.argv[2] ?? 10_000);
const runCount = Number(process.argv[3] ?? 100);
const layout = process.argv[4] ?? 'site';
const limitMs = 100;
const configBytes = 25_000;
const changedShare = 0.01;
/** Changes in every run, unlike any other: the longest history there is. */
const hot = 'r00000';
const firstRunMs = Date.UTC(2026, 0, 1);
const hourMs = 3_600_000;

const random = seededRandom(1);
const pick = (below: number): number => Math.floor(random() * below);
const name = (at: number): string => `r${String(at).padStart(5, '0')}`;
const pathOf = (device: string): string =>
  layout === 'flat' ? device : `site-${String(Number(device.slice(1)) % 50).padStart(2, '0')}/${device}`;
const address = (): string => `10.${pick(256)}.${pick(256)}.${pick(256)}`;

function configuration(device: string): string {
  const lines = ['version 15.9', 'service timestamps debug datetime msec', `hostname ${device}`, '!'];
  for (let size = 0, port = 0; size < configBytes; port += 1) {
    const block = [
      `interface GigabitEthernet0/${port}`,
      ` description to ${name(pick(deviceCount))} rack ${pick(40)}`,
      ` ip address ${address()} 255.255.255.252`,
      ...(pick(10) === 0 ? [` ip helper-address ${address()}`] : []),
      ` ip ospf cost ${1 + pick(100)}`,
      ' service-policy input EDGE-IN',
      ' no shutdown',
      '!',
    ];
    for (const line of block) size += line.length + 1;
    lines.push(...block);
  }
  lines.push('end');
  return `${lines.join('\n')}\n`;
}

/** Somebody changes an address or a description, or adds an access list. */
function changed(text: string, run: number): string {
  const lines = text.split('\n');
  const at = 4 + pick(lines.length - 8);
  lines[at] = `${lines[at]!.replace(/ \(run \d+\)$/, '')} (run ${run})`;
  if (pick(3) === 0) lines.splice(4, 0, `access-list ${100 + pick(99)} permit ip host ${address()} any`);
  return lines.join('\n');
}

function sizeOf(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, one) => sum + sizeOf(join(path, one)), 0);
}

/** How long the loop stood still at most, and for how much of that this thread was at work: the rest is a busy machine. */
function watchStalls(): () => { stallMs: number; ownMs: number } {
  let last = performance.now();
  let cpu = process.threadCpuUsage();
  const most = { stallMs: 0, ownMs: 0 };
  const timer = setInterval(() => {
    const used = process.threadCpuUsage(cpu);
    most.stallMs = Math.max(most.stallMs, performance.now() - last);
    most.ownMs = Math.max(most.ownMs, (used.user + used.system) / 1000);
    last = performance.now();
    cpu = process.threadCpuUsage();
  }, 2);
  return () => {
    clearInterval(timer);
    return most;
  };
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
const folder = await mkdtemp(join(tmpdir(), 'netwright-history-'));
const repository = join(folder, 'configs');
let nowMs = firstRunMs;
const clock = { now: () => nowMs, sleep: async () => undefined };

async function open(): Promise<{ store: ConfigurationStore; close: () => Promise<void> }> {
  const database = await openDatabase(join(folder, 'state.sqlite'));
  const store = await openConfigurationStore({ repository, database, clock });
  return {
    store,
    close: async () => {
      await store[Symbol.asyncDispose]();
      await database.close();
    },
  };
}

async function build(store: ConfigurationStore): Promise<string[][]> {
  const texts = Array.from({ length: deviceCount }, (_, at) => configuration(name(at)));
  const clearBytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const rows: string[][] = [];
  let buildMs = 0;
  for (let run = 0; run < runCount; run += 1) {
    nowMs = firstRunMs + run * 24 * hourMs;
    const changes = new Set([0]);
    while (changes.size < deviceCount * changedShare) changes.add(pick(deviceCount));
    for (const at of run === 0 ? [] : changes) texts[at] = changed(texts[at]!, run);
    const start = performance.now();
    const writer = await store.startRun({
      ...{ id: `run-${run}`, startedAtMs: nowMs, author: 'netwright', reason: 'scheduled', commitPer: 'run' },
    });
    for (const at of run === 0 ? texts.keys() : changes) {
      const device = name(at);
      await writer.write(device, pathOf(device), Buffer.from(texts[at]!), { device, durationMs: 1000 });
    }
    await writer.commit();
    const writtenMs = performance.now() - start;
    await store.maintain();
    buildMs += performance.now() - start;
    if (run === 0) rows.push(['first run, all new', `${writtenMs.toFixed(0)} ms`]);
  }
  rows.push([`all ${runCount} runs with maintenance`, `${(buildMs / 1000).toFixed(1)} s`]);
  rows.push(['configurations in clear, newest versions', `${megabytes(clearBytes)} MB`]);
  return rows;
}

/** Median and worst of the call over devices, the first call apart: it starts processes and reads indexes. */
async function timed(call: (device: string) => Promise<unknown>, devices: readonly string[]): Promise<string[]> {
  const times: number[] = [];
  for (const device of devices) {
    const start = performance.now();
    await call(device);
    times.push(performance.now() - start);
  }
  const [first = 0, ...rest] = times;
  slowest = Math.max(slowest, median(rest));
  return [first, median(rest), Math.max(...rest)].map((ms) => ms.toFixed(1));
}
let slowest = 0;

const git = (...args: string[]): string =>
  execFileSync('git', ['--git-dir', repository, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
function peer(...args: string[]): string {
  const start = performance.now();
  git(...args);
  return (performance.now() - start).toFixed(0);
}

try {
  const first = await open();
  const sizes = await build(first.store);
  await first.close();
  globalThis.gc?.();
  const packs = readdirSync(join(repository, 'objects', 'pack')).filter((one) => one.endsWith('.pack')).length;
  sizes.push(['git repository', `${megabytes(sizeOf(repository))} MB in ${packs} packs`]);
  sizes.push(['index (SQLite)', `${megabytes(sizeOf(join(folder, 'state.sqlite')))} MB`]);

  const rebuilding = performance.now();
  for (const one of ['state.sqlite', 'state.sqlite-wal', 'state.sqlite-shm'])
    await rm(join(folder, one), { force: true });
  const { store, close } = await open();
  sizes.push(['index rebuilt from git', `${((performance.now() - rebuilding) / 1000).toFixed(1)} s`]);
  const stalls = watchStalls();
  const some = [hot, ...Array.from({ length: 30 }, () => name(pick(deviceCount)))];
  const newest = async (device: string): Promise<readonly Version[]> => await store.history(device);
  const halfway = firstRunMs + (runCount / 2) * 24 * hourMs;
  const search = async (pattern: RegExp | string): Promise<number> => {
    let hits = 0;
    for await (const _ of store.search(pattern)) hits += 1;
    return hits;
  };
  const indexing = performance.now();
  await search('no such line anywhere');
  const indexingMs = performance.now() - indexing;
  const filters = ['search.sqlite', 'search.sqlite-wal']
    .map((one) => join(folder, one))
    .filter((one) => existsSync(one));
  sizes.push(['search filters', `${megabytes(filters.reduce((sum, one) => sum + sizeOf(one), 0))} MB`]);
  sizes.push(['first search of a process, which reads the filters', `${(indexingMs / 1000).toFixed(1)} s`]);
  printTable([`${deviceCount} devices x ${runCount} runs, ${layout}`, ''], sizes);

  const path = pathOf(hot);
  const rows: string[][] = [];
  // git's own are run afterwards: waiting for them would stand still here.
  const peers: string[][] = [];
  const add = async (what: string, call: (device: string) => Promise<unknown>, ...gitArgs: string[]): Promise<void> => {
    rows.push([what, ...(await timed(call, some))]);
    peers.push(gitArgs);
  };
  await add('history', newest, 'log', '--format=%H', 'main', '--', path);
  await add(
    'show @time',
    async (device) => store.read((await store.at(device, halfway))!),
    'show',
    `main~${runCount >> 1}:${path}`,
  );
  const diff = async (device: string): Promise<unknown> => {
    const [newer, older] = await newest(device);
    return await store.diff(older, newer!);
  };
  await add('diff of the last change', diff, 'log', '-1', '-p', 'main', '--', path);
  const blame = async (device: string): Promise<unknown> => await store.blame((await store.latest(device))!);
  await add('blame', blame, 'blame', 'main', '--', path);
  await add(`blame, ${(await newest(hot)).length} versions`, () => blame(hot), 'blame', 'main', '--', path);
  await add('search, literal', (device) => search(`hostname ${device}`), 'grep', '-F', `hostname ${hot}`, 'main');
  const broad = /access-list 1[0-4]\d permit ip host 10\.1\d\d\./;
  const broadArgs = ['grep', '-E', 'access-list 1[0-4][0-9] permit ip host 10\\.1[0-9][0-9]\\.', 'main'];
  const firstHit = async (): Promise<void> => {
    for await (const _ of store.search(broad)) return;
  };
  const hits = await search(broad);
  await add(`search, pattern, the first of ${hits} lines`, firstHit, ...broadArgs);
  // Grows with what is found: shown, not judged.
  const judged = slowest;
  await add(`search, pattern, all ${hits} lines`, () => search(broad), ...broadArgs);
  slowest = judged;
  const { stallMs, ownMs } = stalls();
  for (const [at, args] of peers.entries()) rows[at]!.push(peer(...args));
  printTable(['ms', 'first', 'median', 'worst', 'git itself'], rows);
  console.log(
    `longest stall of the event loop: ${stallMs.toFixed(0)} ms, longest by our own work: ${ownMs.toFixed(0)} ms`,
  );
  await close();
  if (slowest > limitMs || ownMs > 50) {
    console.error(`a median above ${limitMs} ms, or a stall above 50 ms`);
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
