/**
 * Ten thousand simulated devices with 25 KB each, one in twenty with a fault of any kind, the lab on the same machine:
 * all backed up and committed, then a second run in which one in a hundred has changed.
 *
 *     node --conditions=source bench/scale.bench.ts [devices] [bytes] [concurrency]
 */
import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { faultKinds, startLab } from '#lab';
import type { BackupFigures } from './backup-client.ts';
import { makeLabWorkspace } from './lab-workspace.ts';
import { printTable } from './table.ts';

const devices = Number(process.argv[2] ?? 10_000);
const configBytes = Number(process.argv[3] ?? 25_000);
const concurrency = process.argv[4] === undefined ? undefined : Number(process.argv[4]);
const faultyShare = 0.05;
const changedShare = 0.01;
const limits = { seconds: 90, megabytes: 500, stallMs: 50 };
/** A device that is well answers in a fraction of a second; one that says nothing must not be waited for long. */
const patience = {
  timeoutMs: 45_000,
  connection: {
    ...{ connectTimeoutMs: 10_000, authTimeoutMs: 10_000, promptTimeoutMs: 10_000, commandTimeoutMs: 15_000 },
    maxOutputBytes: 2_000_000,
  },
};

const startedAt = performance.now();
await using lab = await startLab({
  devices,
  configBytes,
  faults: Object.fromEntries(faultKinds.map((kind) => [kind, faultyShare / faultKinds.length])),
});
const labSeconds = (performance.now() - startedAt) / 1000;
await using workspace = await makeLabWorkspace(lab, patience);
const faulty = lab.devices.filter(({ fault }) => fault !== undefined).length;
console.log(
  `${devices} devices x ${configBytes / 1000} KB, ${faulty} with faults; the lab came up in ${labSeconds.toFixed(1)} s; ` +
    `load average ${loadavg()[0]!.toFixed(1)}`,
);

const first = await workspace.backUp(concurrency);
const healthy = lab.devices.filter(({ fault }) => fault === undefined);
const step = Math.round(1 / changedShare);
const moved = healthy.filter((_, at) => at % step === 0);
for (const { name } of moved) await lab.change(name);
const second = await workspace.backUp(concurrency);

const git = (...args: string[]): string =>
  execFileSync('git', ['--git-dir', join(workspace.folder, 'configs'), ...args], { encoding: 'utf8' });
const filesOf = (commit: string | undefined): number =>
  commit === undefined
    ? 0
    : git('show', '--name-only', '--format=', commit)
        .split('\n')
        .filter((line) => line !== '').length;

const row = (name: string, figures: BackupFigures): string[] => [
  name,
  figures.seconds.toFixed(1),
  (figures.total / figures.seconds).toFixed(0),
  String(filesOf(figures.commit)),
  String(Object.values(figures.failed).reduce((sum, count) => sum + count, 0)),
  figures.cpuSeconds.toFixed(1),
  figures.childCpuSeconds?.toFixed(1) ?? '-',
  figures.peakMegabytes.toFixed(0),
  figures.stalls.cpuMs.toFixed(0),
  figures.stalls.wallMs.toFixed(0),
];
const head = [
  'run',
  's',
  'devices/s',
  'committed',
  'failed',
  'CPU, s',
  'git CPU, s',
  'peak MB',
  'stall CPU, ms',
  'by clock, ms',
];
printTable(head, [row('first', first), row(`${moved.length} changed`, second)]);
printTable(
  ['failed with', 'first', 'second'],
  [...new Set([...Object.keys(first.failed), ...Object.keys(second.failed)])]
    .sort()
    .map((code) => [code, first.failed[code] ?? 0, second.failed[code] ?? 0]),
);
for (const warning of [...first.warnings, ...second.warnings]) console.log(warning);
if (second.commit !== undefined) {
  // What was committed though it did not change: A was not there after the first run, M came otherwise than in the first.
  const expected = new Set(moved.map(({ name }) => name));
  for (const line of git('show', '--name-status', '--format=', second.commit).split('\n').filter(Boolean)) {
    const [status, path] = line.split('\t');
    const device = lab.devices.find(({ name }) => name === basename(path ?? ''));
    if (!expected.has(device?.name ?? ''))
      console.log(`also committed: ${status} ${path}, fault: ${device?.fault ?? 'none'}`);
  }
}
git('fsck', '--strict');

const complaints = [
  first.seconds > limits.seconds ? `the first run took more than ${limits.seconds} s` : '',
  Math.max(first.peakMegabytes, second.peakMegabytes) > limits.megabytes ? `more than ${limits.megabytes} MB` : '',
  Math.max(first.stalls.cpuMs, second.stalls.cpuMs) > limits.stallMs ? `a stall above ${limits.stallMs} ms` : '',
  filesOf(second.commit) < moved.length ? `of ${moved.length} changed, ${filesOf(second.commit)} were committed` : '',
].filter((complaint) => complaint !== '');
if (complaints.length > 0) {
  console.error(complaints.join('; '));
  process.exitCode = 1;
}
