/**
 * CPU of the client for the whole backup of a device with 225 KB: conversation, guard, scrub, sealing, git. First
 * backups, where everything is new, are the worst case. The process warms up on one workspace, whose own figures stand in the
 * first row, and is measured on others: code that runs once in a backup is compiled for good after some hundreds of them.
 *
 *     node --conditions=source bench/backup-cpu.bench.ts [devices] [bytes]
 */
import { cp, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { startLab } from '#lab';
import type { BackupFigures } from './backup-client.ts';
import { backUpAll, makeLabWorkspace } from './lab-workspace.ts';
import { netmikoVersion, runNetmiko } from './netmiko.ts';
import { median, printTable } from './table.ts';

const devices = Number(process.argv[2] ?? 200);
const configBytes = Number(process.argv[3] ?? 225_000);
const rounds = 4;
const concurrency = 20;
/** Set on a machine on which netmiko takes 12 ms for the conversation alone; on a slower one, half of what it takes there. */
const limitMs = 6;

await using lab = await startLab({ devices, configBytes, platforms: ['cisco_nxos'], telnetShare: 0, processes: 1 });
await using workspace = await makeLabWorkspace(lab);
const copies = Array.from({ length: rounds + 1 }, (_, at) => `${workspace.folder}-${at}`);
for (const copy of copies) await cp(workspace.folder, copy, { recursive: true });

// The last one again: nothing is new then.
const figures = await backUpAll([...copies, copies.at(-1)!], concurrency, workspace.env);
const [cold, ...warm] = figures;
const first = warm.slice(0, -1);
const again = figures.at(-1)!;
const perDevice = (seconds: number): number => (seconds * 1000) / devices;
const own = median(first.map(({ cpuSeconds }) => perDevice(cpuSeconds)));
const row = (name: string, of: readonly BackupFigures[]): string[] => [
  name,
  ...[
    median(of.map(({ cpuSeconds }) => perDevice(cpuSeconds))),
    median(of.map(({ childCpuSeconds }) => perDevice(childCpuSeconds ?? Number.NaN))),
    Math.max(...of.map(({ stalls }) => stalls.cpuMs)),
    devices / median(of.map(({ seconds }) => seconds)),
  ].map((value) => value.toFixed(2)),
];
console.log(`${devices} devices x ${configBytes / 1000} KB; load average ${loadavg()[0]!.toFixed(1)}`);
const netmiko = netmikoVersion();
let netmikoMs: number | undefined;
if (netmiko !== undefined) {
  const { platform, host, port, user, password } = lab.devices[0]!;
  // Its first conversation loads code.
  const conversations = (await runNetmiko('one', 8, platform, host, port, user, password, '')).slice(1);
  netmikoMs = median(conversations.map(({ cpu }) => cpu * 1000));
}
printTable(
  ['backup', 'CPU a device, ms', 'git beside it, ms', 'worst stall, ms of CPU', 'devices/s'],
  [
    row('first, just started', [cold!]),
    row('first', first),
    row('nothing new', [again]),
    [`netmiko ${netmiko ?? '(not installed)'}, the conversation alone`, netmikoMs?.toFixed(2) ?? '-', '-', '-', '-'],
  ],
);
for (const copy of copies) await rm(copy, { recursive: true, force: true });
const failed = figures.flatMap(({ failed: codes }) => Object.keys(codes));
const bound = Math.max(limitMs, (netmikoMs ?? 0) / 2);
if (failed.length > 0 || own > bound) {
  console.error(
    failed.length > 0 ? `failed with ${[...new Set(failed)].join(', ')}` : `more than ${bound.toFixed(1)} ms`,
  );
  process.exitCode = 1;
}
