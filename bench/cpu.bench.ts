/** CPU of the client for the conversation with one device that has a configuration of 225 KB, side by side with netmiko. */
import { startLab } from '#lab';
import { createPlatformRegistry } from '#platforms';
import { benchDialer, readConfiguration } from './conversation.ts';
import { netmikoVersion, runNetmiko } from './netmiko.ts';
import { median, printTable } from './table.ts';

const warmUp = 30;
const rounds = 100;
const limitMs = 3;

await using lab = await startLab({
  devices: 1,
  platforms: ['cisco_nxos'],
  telnetShare: 0,
  configBytes: 225_000,
  processes: 1,
});
const device = lab.devices[0]!;
const platform = await createPlatformRegistry().get(device.platform);

const rows: [string, string, string, string][] = [];
await using dialer = benchDialer();
const ownMs: number[] = [];
let sizeBytes = 0;
for (let round = 0; round < warmUp + rounds; round++) {
  const before = process.cpuUsage();
  const read = await readConfiguration(dialer, device, platform);
  await read.closed;
  const { user, system } = process.cpuUsage(before);
  if (round >= warmUp) ownMs.push((user + system) / 1000);
  sizeBytes = read.sizeBytes;
}
const own = median(ownMs);
rows.push(['Netwright', (sizeBytes / 1000).toFixed(0), own.toFixed(2), '1.0']);

const version = netmikoVersion();
if (version === undefined) rows.push(['netmiko (not installed)', '-', '-', '-']);
else {
  const figures = await runNetmiko(
    'one',
    6,
    device.platform,
    device.host,
    device.port,
    device.user,
    device.password,
    '',
  );
  const theirs = median(figures.slice(1).map(({ cpu }) => cpu * 1000));
  rows.push([
    `netmiko ${version}`,
    (figures[0]!.bytes / 1000).toFixed(0),
    theirs.toFixed(2),
    (theirs / own).toFixed(1),
  ]);
}
printTable(['client', 'KB read', 'CPU a device, ms', 'ratio'], rows);
if (own > limitMs) {
  console.error(`more than ${limitMs} ms`);
  process.exitCode = 1;
}
