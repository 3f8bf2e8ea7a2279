/**
 * A change to 500 simulated devices of all systems that can be changed, in waves of 50, each proven over a new
 * connection and confirmed, then all of it rolled back: how long it takes, and whether every running configuration is
 * byte for byte what it was. The lab runs on the same machine.
 *
 *     node --conditions=source bench/change.bench.ts [devices] [wave]
 */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { openWorkspace } from 'netwright';
import type { Outcome } from '#core';
import { startLab } from '#lab';
import { makeLabWorkspace } from './lab-workspace.ts';
import { watchStalls } from './stall-probe.ts';
import { printTable } from './table.ts';

const devices = Number(process.argv[2] ?? 500);
const wave = Number(process.argv[3] ?? 50);
const limitSeconds = 30;

/** A line that is new to every lab device of a platform. */
const lines: Readonly<Record<string, string>> = {
  arista_eos: 'ntp server 192.0.2.99',
  aruba_aoscx: 'ntp server 192.0.2.99',
  brocade_fastiron: 'ip route 198.51.100.0 255.255.255.0 192.0.2.1',
  cisco_asa: 'ntp server 192.0.2.99',
  cisco_ios: 'ntp server 192.0.2.99',
  cisco_nxos: 'ntp server 192.0.2.99',
  cisco_xe: 'ntp server 192.0.2.99',
  cisco_xr: 'ntp server 192.0.2.99',
  frr: 'ip route 198.51.100.0/24 192.0.2.1',
  hp_comware: 'ntp-service unicast-server 192.0.2.99',
  hp_procurve: 'ip route 198.51.100.0 255.255.255.0 192.0.2.1',
  huawei_vrpv8: 'ntp-service unicast-server 192.0.2.99',
  huawei_vrp: 'ntp-service unicast-server 192.0.2.99',
  juniper_junos: 'set system ntp server 192.0.2.99',
  vyos: 'set system ntp server 192.0.2.99',
};
const platforms = Object.keys(lines);

await using lab = await startLab({ devices, platforms, telnetShare: 0 });
await using made = await makeLabWorkspace(lab);
await using workspace = await openWorkspace({ folder: made.folder, env: made.env });
console.log(
  `${devices} devices of ${platforms.length} systems in waves of ${wave}; load average ${loadavg()[0]!.toFixed(1)}`,
);

const { mkdir, writeFile } = await import('node:fs/promises');
const intended = join(made.folder, 'intended');
await mkdir(intended);
for (const { name, platform } of lab.devices) await writeFile(join(intended, `${name}.cfg`), `${lines[platform]}\n`);
const runningNow = async (): Promise<ReadonlyMap<string, string>> =>
  new Map(await Promise.all(lab.devices.map(async ({ name }) => [name, await lab.device(name).running()] as const)));

const rows: (string | number)[][] = [];
async function timed<T, R>(
  what: string,
  run: AsyncIterable<Outcome<T>> & { readonly report: Promise<R> },
): Promise<{ readonly report: R; readonly seconds: number; readonly ok: ReadonlySet<string> }> {
  const stalls = watchStalls();
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  const ok = new Set<string>();
  const failed = new Map<string, number>();
  for await (const { device, ok: isOk, error } of run) {
    if (isOk) ok.add(device);
    else failed.set(`${error.code}`, (failed.get(error.code) ?? 0) + 1);
  }
  const report = await run.report;
  const seconds = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const { cpuMs } = stalls();
  const said = [...failed].map(([code, count]) => `${count} ${code}`).join(', ');
  rows.push([
    what,
    seconds.toFixed(1),
    (devices / seconds).toFixed(0),
    ((user + system) / 1e6).toFixed(1),
    cpuMs.toFixed(0),
    ok.size,
    said,
  ]);
  return { report, seconds, ok };
}

const before = await runningNow();
const { report: plan } = await timed('plan', workspace.change.plan({ intent: { folder: intended } }));
const options = { serial: [wave], maxFailures: '100%' as const, guard: false };
const bare = await timed('apply, confirm, save', workspace.change.apply(plan.id, { ...options, backup: false }));
const changed = await runningNow();
const back = await timed('roll back', workspace.change.rollback(plan.id));
const after = await runningNow();
await timed('the same with backups before and after', workspace.change.apply(plan.id, options));

printTable(['step', 's', 'devices/s', 'CPU, s', 'stall, ms of CPU', 'done', 'failed with'], rows);
printTable(
  ['system', 'method', 'claims', 'changed', 'rolled back', 'byte-equal'],
  await Promise.all(
    platforms.map(async (platform) => {
      const names = lab.devices.filter((device) => device.platform === platform).map(({ name }) => name);
      const records = (await workspace.change.show(plan.id)).devices.filter(({ device }) => names.includes(device));
      const { promise } = records[0] ?? {};
      const equal = names.filter((name) => back.ok.has(name) && before.get(name) === after.get(name)).length;
      return [
        platform,
        promise?.method ?? '-',
        promise?.rollback ?? '-',
        names.filter((name) => bare.ok.has(name) && before.get(name) !== changed.get(name)).length,
        names.filter((name) => back.ok.has(name)).length,
        `${equal} of ${names.length}`,
      ];
    }),
  ),
);
const unequal = lab.devices.filter(({ name }) => before.get(name) !== after.get(name)).length;
const complaints = [
  bare.seconds > limitSeconds ? `the change took more than ${limitSeconds} s` : '',
  bare.ok.size < devices ? `${devices - bare.ok.size} devices were not changed` : '',
  unequal > 0 ? `${unequal} devices are not what they were` : '',
].filter((complaint) => complaint !== '');
if (complaints.length > 0) {
  console.error(complaints.join('; '));
  process.exitCode = 1;
}
