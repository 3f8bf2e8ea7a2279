/**
 * The nine routers of the well-known blog post: one after the other against all at once, ours and netmiko's with
 * multiprocessing, each device answering after 50 ms.
 */
import { type LabDevice, startLab } from '#lab';
import { createPlatformRegistry } from '#platforms';
import { benchDialer, readConfiguration } from './conversation.ts';
import { netmikoVersion, runNetmiko } from './netmiko.ts';
import { median, printTable } from './table.ts';

await using lab = await startLab({
  devices: 9,
  platforms: ['cisco_nxos'],
  telnetShare: 0,
  latencyMs: 50,
  processes: 1,
});
const platform = await createPlatformRegistry().get('cisco_nxos');

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const from = performance.now();
    await work();
    times.push((performance.now() - from) / 1000);
  }
  return median(times);
}

const readAll = async (devices: readonly LabDevice[]): Promise<void> => {
  await using dialer = benchDialer();
  const read = await Promise.all(devices.map((device) => readConfiguration(dialer, device, platform)));
  await Promise.all(read.map(({ closed }) => closed));
};

const serial = await seconds(async () => {
  for (const device of lab.devices) await readAll([device]);
});
const parallel = await seconds(() => readAll(lab.devices));
const rows: [string, string, string, string][] = [
  ['Netwright', serial.toFixed(2), parallel.toFixed(2), (serial / parallel).toFixed(1)],
];

const version = netmikoVersion();
if (version === undefined) rows.push(['netmiko (not installed)', '-', '-', '-']);
else {
  const { user, password } = lab.devices[0]!;
  const addresses = lab.devices.map(({ host, port }) => `${host}:${port}`);
  const [one] = await runNetmiko('many', 'serial', 'cisco_nxos', user, password, '', ...addresses);
  const [all] = await runNetmiko('many', 'parallel', 'cisco_nxos', user, password, '', ...addresses);
  rows.push([
    `netmiko ${version}`,
    one!.seconds.toFixed(2),
    all!.seconds.toFixed(2),
    (one!.seconds / all!.seconds).toFixed(1),
  ]);
}
printTable(['client', 'serial, s', 'parallel, s', 'gain'], rows);
