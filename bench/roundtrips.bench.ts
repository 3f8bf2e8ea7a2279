/**
 * Round trips of one backup: the same device behind a relay with two different delays; the slope of the time over the delay is
 * the number of round trips, whatever the machines add.
 */
import { type LabDevice, startLab } from '#lab';
import { createPlatformRegistry } from '#platforms';
import { benchDialer, readConfiguration } from './conversation.ts';
import { startLatencyProxy } from './latency-proxy.ts';
import { netmikoVersion, runNetmiko } from './netmiko.ts';
import { median, printTable } from './table.ts';

const oneWayMs = [50, 100] as const;
const rounds = 3;
const most = 10;
/** netmiko 2.4 waits 0.1 s for a prompt, times this: with less than 4 it finds none behind 100 ms one way. */
const delayFactor = '4';

// The second needs an enable secret, which is one more question and answer.
await using lab = await startLab({
  devices: 2,
  platforms: ['cisco_nxos', 'cisco_ios'],
  telnetShare: 0,
  configBytes: 225_000,
  processes: 1,
});
const platforms = createPlatformRegistry();

type Work = (device: LabDevice, port: number) => Promise<number>;

async function secondsAt(delayMs: number, device: LabDevice, times: number, work: Work): Promise<number> {
  await using proxy = await startLatencyProxy({ host: device.host, port: device.port }, delayMs);
  const seconds: number[] = [];
  for (let round = 0; round < times; round++) seconds.push(await work(device, proxy.port));
  return median(seconds);
}

async function measure(name: string, device: LabDevice, times: number, work: Work): Promise<string[]> {
  const near = await secondsAt(oneWayMs[0], device, times, work);
  const far = await secondsAt(oneWayMs[1], device, times, work);
  const roundTrips = ((far - near) * 1000) / (2 * (oneWayMs[1] - oneWayMs[0]));
  const fixed = far - (roundTrips * 2 * oneWayMs[1]) / 1000;
  return [name, device.platform, roundTrips.toFixed(1), fixed.toFixed(2), far.toFixed(2)];
}

const rows: string[][] = [];
for (const device of lab.devices) {
  const platform = await platforms.get(device.platform);
  const row = await measure('Netwright', device, rounds, async (_, port) => {
    await using dialer = benchDialer();
    const from = performance.now();
    const { closed } = await readConfiguration(dialer, device, platform, port);
    const seconds = (performance.now() - from) / 1000;
    await closed;
    return seconds;
  });
  rows.push(row);
}
const isWithin = rows.every((row) => Number(row[2]) <= most);
const version = netmikoVersion();
if (version === undefined) rows.push(['netmiko (not installed)', '-', '-', '-', '-']);
else {
  process.env['NETMIKO_DELAY_FACTOR'] = delayFactor;
  for (const device of lab.devices) {
    const { platform, host, user, password, enable } = device;
    const row = await measure(`netmiko ${version}`, device, 1, async (_, port) => {
      const [figures] = await runNetmiko('one', 1, platform, host, port, user, password, enable ?? '');
      return figures!.seconds;
    }).catch((error: Error) => [
      `netmiko ${version}`,
      platform,
      'failed',
      '-',
      error.message.trim().split('\n').at(-1)!.slice(0, 60),
    ]);
    rows.push(row);
  }
}
printTable(['client', 'platform', 'round trips', 'fixed, s', `whole backup at ${oneWayMs[1]} ms one way, s`], rows);
if (!isWithin) {
  console.error(`more than ${most} round trips`);
  process.exitCode = 1;
}
