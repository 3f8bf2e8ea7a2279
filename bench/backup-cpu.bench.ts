/**
 * CPU of the client for the whole backup of a device with 225 KB: conversation, guard, scrub, sealing, git. First
 * backups, where everything is new, are the worst case. The process warms up on one workspace and is measured on others.
 *
 *     node --conditions=source bench/backup-cpu.bench.ts [devices] [bytes]
 */
import { cp, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { startLab } from '#lab';
import { backUpAll, makeLabWorkspace } from './lab-workspace.ts';
import { median, printTable } from './table.ts';

const devices = Number(process.argv[2] ?? 60);
const configBytes = Number(process.argv[3] ?? 225_000);
const rounds = 5;
const concurrency = 20;
const limitMs = 6;

await using lab = await startLab({ devices, configBytes, platforms: ['cisco_nxos'], telnetShare: 0, processes: 1 });
await using workspace = await makeLabWorkspace(lab);
const copies = Array.from({ length: rounds + 1 }, (_, at) => `${workspace.folder}-${at}`);
for (const copy of copies) await cp(workspace.folder, copy, { recursive: true });

// The last one again: nothing is new then.
const figures = await backUpAll([...copies, copies.at(-1)!], concurrency, workspace.env);
const first = figures.slice(1, -1);
const again = figures.at(-1)!;
const perDevice = (seconds: number): number => (seconds * 1000) / devices;
const own = median(first.map(({ cpuSeconds }) => perDevice(cpuSeconds)));
const children = median(first.map(({ childCpuSeconds }) => perDevice(childCpuSeconds ?? Number.NaN)));
console.log(`${devices} devices x ${configBytes / 1000} KB; load average ${loadavg()[0]!.toFixed(1)}`);
printTable(
  ['backup', 'CPU a device, ms', 'git beside it, ms', 'worst stall, ms of CPU', 'devices/s'],
  [
    [
      'first',
      own,
      children,
      Math.max(...first.map(({ stalls }) => stalls.cpuMs)),
      devices / median(first.map(({ seconds }) => seconds)),
    ],
    [
      'nothing new',
      perDevice(again.cpuSeconds),
      perDevice(again.childCpuSeconds ?? Number.NaN),
      again.stalls.cpuMs,
      devices / again.seconds,
    ],
  ].map(([name, ...values]) => [String(name), ...values.map((value) => Number(value).toFixed(2))]),
);
for (const copy of copies) await rm(copy, { recursive: true, force: true });
const failed = figures.flatMap(({ failed: codes }) => Object.keys(codes));
if (failed.length > 0 || own > limitMs) {
  console.error(failed.length > 0 ? `failed with ${[...new Set(failed)].join(', ')}` : `more than ${limitMs} ms`);
  process.exitCode = 1;
}
