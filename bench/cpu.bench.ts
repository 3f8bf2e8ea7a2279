/**
 * CPU of the client for the conversation with one device that has a configuration of 225 KB: beside ssh2 alone, which
 * knows what comes and checks nothing, beside netmiko, and beside RANCID's clogin. Each is a process of its own; ours
 * and ssh2 take turns, so that both meet the same machine.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startLab } from '#lab';
import type { CpuFigure, CpuOrder } from './cpu-client.ts';
import { netmikoVersion, runNetmiko } from './netmiko.ts';
import { rancidVersion, runClogin } from './rancid.ts';
import { median, printTable } from './table.ts';

const warmUp = 100;
const rounds = 200;
const atOnce = 20;
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
/** The same for all: what the netmiko script of `bench/peer` asks. */
const commands = ['show version', 'show running-config'];

interface Client extends AsyncDisposable {
  converse(rounds: number): Promise<readonly CpuFigure[]>;
}

function startClient(kind: 'netwright' | 'ssh2'): Client {
  const child = fork(fileURLToPath(new URL('cpu-client.ts', import.meta.url)), [kind], {
    execArgv: ['--conditions=source'],
  });
  return {
    async converse(rounds) {
      const answer = once(child, 'message', { signal: AbortSignal.timeout(120_000) });
      child.send({ device, commands, rounds } satisfies CpuOrder);
      return (await answer)[0] as CpuFigure[];
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

await using ours = startClient('netwright');
await using bare = startClient('ssh2');
const ownFigures: CpuFigure[] = [];
const bareFigures: CpuFigure[] = [];
for (let done = -warmUp; done < rounds; done += atOnce) {
  const [own, ssh2] = [await ours.converse(atOnce), await bare.converse(atOnce)];
  if (done < 0) continue;
  ownFigures.push(...own);
  bareFigures.push(...ssh2);
}
const own = median(ownFigures.map((one) => one.cpuMs));

type Row = [string, string, string, string];
const row = (name: string, bytes: number, cpu: number): Row => [
  name,
  (bytes / 1000).toFixed(0),
  cpu.toFixed(2),
  (cpu / own).toFixed(2),
];
const rows: Row[] = [
  row('Netwright', ownFigures[0]!.bytes, own),
  row('ssh2 alone', bareFigures[0]!.bytes, median(bareFigures.map((one) => one.cpuMs))),
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
