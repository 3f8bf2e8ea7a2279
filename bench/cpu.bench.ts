/**
 * CPU of the client for the conversation with one device that has a configuration of 225 KB: beside ssh2 alone, which
 * knows what comes and checks nothing, beside netmiko, and beside RANCID's clogin. Ours and ssh2 take turns, so that
 * both meet the same machine.
 */
import { loadavg } from 'node:os';
import { startLab } from '#lab';
import { createPlatformRegistry } from '#platforms';
import { benchDialer, readConfiguration } from './conversation.ts';
import { netmikoVersion, runNetmiko } from './netmiko.ts';
import { rancidVersion, runClogin } from './rancid.ts';
import { readWithBareSsh2 } from './raw-ssh2.ts';
import { median, printTable } from './table.ts';

const warmUp = 100;
const rounds = 200;
const limitMs = 3;
const leastGain = 4;

await using lab = await startLab({
  devices: 1,
  platforms: ['cisco_nxos'],
  telnetShare: 0,
  configBytes: 225_000,
  processes: 1,
});
const device = lab.devices[0]!;
const platform = await createPlatformRegistry().get(device.platform);
/** The same for all: what the netmiko script of `bench/peer` asks. */
const commands = ['show version', 'show running-config'];

async function cpuMs(work: () => Promise<number>): Promise<{ cpu: number; bytes: number }> {
  const before = process.cpuUsage();
  const bytes = await work();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, bytes };
}

await using dialer = benchDialer();
const ours = async (): Promise<number> => {
  const { sizeBytes, closed } = await readConfiguration(dialer, device, platform, device.port, commands);
  await closed;
  return sizeBytes;
};
const bare = (): Promise<number> => readWithBareSsh2(device, ['terminal length 0', ...commands], /# $/);
const figures: { own: number; bare: number }[] = [];
let sizes = [0, 0];
for (let round = 0; round < warmUp + rounds; round++) {
  const [own, ssh2] = [await cpuMs(ours), await cpuMs(bare)];
  if (round >= warmUp) figures.push({ own: own.cpu, bare: ssh2.cpu });
  sizes = [own.bytes, ssh2.bytes];
}
const own = median(figures.map((one) => one.own));

type Row = [string, string, string, string];
const row = (name: string, bytes: number, cpu: number): Row => [
  name,
  (bytes / 1000).toFixed(0),
  cpu.toFixed(2),
  (cpu / own).toFixed(2),
];
const rows: Row[] = [
  row('Netwright', sizes[0]!, own),
  row('ssh2 alone', sizes[1]!, median(figures.map((one) => one.bare))),
];

let gain: number | undefined;
const netmiko = netmikoVersion();
if (netmiko === undefined) rows.push(['netmiko (not installed)', '-', '-', '-']);
else {
  const { platform: id, host, port, user, password } = device;
  const theirs = (await runNetmiko('one', 12, id, host, port, user, password, '')).slice(1);
  const cpu = median(theirs.map((one) => one.cpu * 1000));
  gain = cpu / own;
  rows.push(row(`netmiko ${netmiko}`, theirs[0]!.bytes, cpu));
}
const rancid = rancidVersion();
if (rancid === undefined) rows.push(['RANCID clogin (not installed)', '-', '-', '-']);
else {
  const theirs = await runClogin(device, commands, 5);
  rows.push(row(`RANCID ${rancid} clogin`, theirs[0]!.bytes, median(theirs.map((one) => one.cpuMs))));
}
console.log(`median of ${rounds} conversations; load average ${loadavg()[0]!.toFixed(1)}`);
printTable(['client', 'KB read', 'CPU a device, ms', 'times ours'], rows);
const complaints = [
  own > limitMs ? `more than ${limitMs} ms` : '',
  gain !== undefined && gain < leastGain ? `less than ${leastGain} times better than netmiko` : '',
].filter((complaint) => complaint !== '');
if (complaints.length > 0) {
  console.error(complaints.join('; '));
  process.exitCode = 1;
}
