/**
 * Round trips of one backup: the same device behind a relay with two different delays; the slope of the time over the delay is
 * the number of round trips, whatever the machines add.
 */
import { startLab } from '#lab';
import { createPlatformRegistry } from '#platforms';
import { benchDialer, readConfiguration } from './conversation.ts';
import { startLatencyProxy } from './latency-proxy.ts';
import { netmikoVersion, runNetmiko } from './netmiko.ts';
import { median, printTable } from './table.ts';

const oneWayMs = [50, 100] as const;
const rounds = 3;

await using lab = await startLab({
  devices: 1,
  platforms: ['cisco_nxos'],
  telnetShare: 0,
  configBytes: 225_000,
  processes: 1,
});
const device = lab.devices[0]!;
const platform = await createPlatformRegistry().get(device.platform);

async function secondsAt(delayMs: number, work: (port: number) => Promise<number>): Promise<number> {
  await using proxy = await startLatencyProxy({ host: device.host, port: device.port }, delayMs);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await work(proxy.port));
  return median(times);
}

async function measure(
  name: string,
  work: (port: number) => Promise<number>,
): Promise<[string, string, string, string]> {
  const [near, far] = [await secondsAt(oneWayMs[0], work), await secondsAt(oneWayMs[1], work)];
  const roundTrips = ((far - near) * 1000) / (2 * (oneWayMs[1] - oneWayMs[0]));
  const fixed = far - (roundTrips * 2 * oneWayMs[1]) / 1000;
  return [name, roundTrips.toFixed(1), fixed.toFixed(2), far.toFixed(2)];
}

const rows = [
  await measure('Netwright', async (port) => {
    await using dialer = benchDialer();
    const from = performance.now();
    const { closed } = await readConfiguration(dialer, device, platform, port);
    const seconds = (performance.now() - from) / 1000;
    await closed;
    return seconds;
  }),
];
const version = netmikoVersion();
if (version === undefined) rows.push(['netmiko (not installed)', '-', '-', '-']);
else {
  rows.push(
    await measure(`netmiko ${version}`, async (port) => {
      const [figures] = await runNetmiko(
        'one',
        1,
        device.platform,
        device.host,
        port,
        device.user,
        device.password,
        device.enable ?? '',
      );
      return figures!.seconds;
    }),
  );
}
printTable(['client', 'round trips', 'fixed, s', `whole backup at ${oneWayMs[1]} ms one way, s`], rows);
if (Number(rows[0]![1]) > 10) {
  console.error('more than 10 round trips');
  process.exitCode = 1;
}
