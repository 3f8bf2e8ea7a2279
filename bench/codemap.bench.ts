/**
 * Reading netmiko and PyEZ into a code map beside pyreverse, then one changed file of netmiko, then a tree of 10,000
 * files. Our side runs as users have it: built, in a process of its own, start of Node included.
 *
 *     node --conditions=source bench/codemap.bench.ts [files]
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { driverTree } from './driver-tree.ts';
import { median, printTable } from './table.ts';

interface Run {
  readonly seconds: number;
  readonly cpuS: number;
  readonly memoryMb: number;
  readonly classes: number;
  readonly edges: number;
  readonly text: string;
}

const fileCount = Number(process.argv[2] ?? 10_000);
const runs = 5;
const goals = { netmiko: 5, 'jnpr.junos': 9 } as const;
const memoryGoalMb = 120;
const refreshGoalMs = 20;
const treeGoalS = 15;
const root = join(import.meta.dirname, '..');
const here = join(import.meta.dirname, 'peer');
const folder = mkdtempSync(join(tmpdir(), 'netwright-codemap-'));

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Run {
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', cwd: folder, env });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  const lines = stdout.trim().split('\n');
  return { ...(JSON.parse(lines.at(-1)!) as Omit<Run, 'seconds' | 'text'>), seconds, text: stderr };
}

function built(): string {
  const product = join(folder, 'product');
  cpSync(join(root, 'package.json'), join(product, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(product, 'node_modules'));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const args = [compiler, '-p', join(root, 'tsconfig.build.json'), '--outDir', join(product, 'dist')];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) console.error(`(the compiler is not content)\n${stdout.slice(0, 400)}`);
  cpSync(join(here, 'codemap_read.mjs'), join(product, 'read.mjs'));
  return join(product, 'read.mjs');
}

function beside(read: string): void {
  const rows: (string | number)[][] = [];
  for (const name of ['netmiko', 'jnpr.junos'] as const) {
    const [theirs, ours]: [Run[], Run[]] = [[], []];
    for (let index = 0; index < runs; index += 1) {
      // In turns, so that what else the machine does falls on both.
      const env = { PATH: '/usr/bin:/bin', PYTHONPATH: '/usr/lib/python3/dist-packages' };
      theirs.push(run('/usr/bin/python3', [join(here, 'codemap_pyreverse.py'), name], env));
      ours.push(run(process.execPath, [read, 'package', name]));
    }
    const of = (list: readonly Run[], key: 'seconds' | 'cpuS' | 'memoryMb') => median(list.map((one) => one[key]));
    const row = (who: string, list: readonly Run[]) => [
      name,
      who,
      list[0]!.classes,
      list[0]!.edges,
      of(list, 'seconds').toFixed(2),
      of(list, 'cpuS').toFixed(2),
      of(list, 'memoryMb').toFixed(0),
    ];
    const times = of(theirs, 'seconds') / of(ours, 'seconds');
    const memory = of(ours, 'memoryMb');
    const isMet = times >= goals[name] && memory < memoryGoalMb;
    rows.push([...row('pyreverse', theirs), '', '']);
    rows.push([
      ...row('netwright', ours),
      `${times.toFixed(1)} times`,
      isMet ? `met (${goals[name]} times)` : 'MISSED',
    ]);
    if (!isMet) process.exitCode = 1;
  }
  const head = ['package', 'tool', 'classes', 'inheritance', 'wall s', 'CPU s', 'peak MB', 'faster', 'goal'];
  printTable(head, rows);
}

function afterAChange(read: string): void {
  const copy = join(folder, 'netmiko');
  cpSync('/usr/lib/python3/dist-packages/netmiko', copy, {
    recursive: true,
    filter: (path) => !path.includes('__pycache__'),
  });
  const { refreshMs, refreshCpuMs } = run(process.execPath, [read, 'refresh', copy]) as Run & {
    refreshMs: number[];
    refreshCpuMs: number[];
  };
  const ms = median(refreshMs);
  const worst = Math.max(...refreshMs);
  const isMet = ms < refreshGoalMs;
  printTable(
    ['one changed file of netmiko', 'median ms', 'worst ms', 'median CPU ms', 'goal'],
    [
      [
        `${refreshMs.length} times`,
        ms.toFixed(1),
        worst.toFixed(1),
        median(refreshCpuMs).toFixed(1),
        isMet ? `met (${refreshGoalMs} ms)` : 'MISSED',
      ],
    ],
  );
  if (!isMet) process.exitCode = 1;
}

function wholeTree(read: string): void {
  const tree = join(folder, 'drivers');
  const bytes = driverTree(tree, fileCount);
  const rows = [1, 2].map((time) => {
    const one = run(process.execPath, [read, 'tree', tree, join(folder, 'cache')]);
    const isMet = one.seconds < treeGoalS;
    if (!isMet) process.exitCode = 1;
    const lines = one.text.split('\r').filter((line) => line !== '').length;
    return [
      time === 1 ? 'nothing known' : 'all in the cache',
      fileCount,
      (bytes / 1e6).toFixed(1),
      one.classes,
      one.edges,
      one.seconds.toFixed(1),
      one.cpuS.toFixed(1),
      one.memoryMb.toFixed(0),
      lines,
      isMet ? `met (${treeGoalS} s)` : 'MISSED',
    ];
  });
  printTable(
    ['tree', 'files', 'MB', 'classes', 'inheritance', 'wall s', 'CPU s', 'peak MB', 'progress lines', 'goal'],
    rows,
  );
}

try {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const read = built();
  // Wall time says little on a machine that does other things: the load tells how much it does.
  console.log(`${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)} before the start`);
  beside(read);
  afterAChange(read);
  wholeTree(read);
} finally {
  rmSync(folder, { recursive: true });
}
