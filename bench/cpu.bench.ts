/**
 * CPU of the client for the conversation with one device that has a configuration of 225 KB: beside ssh2 alone, which
 * knows what comes and checks nothing, beside netmiko, and beside RANCID's clogin. Ours and ssh2 hold it ten at once, as in
 * a run over a fleet, and one after the other, when the processor falls asleep between two packets. Each is a process of
 * its own; they take turns, so that all meet the same machine.
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

/** Code that runs once in a conversation is compiled for good after some hundreds of them. */
const warmUpRounds = 50;
const ways = [
  { name: 'ten at once', atOnce: 10, rounds: 40, batch: 4 },
  { name: 'one by one', atOnce: 1, rounds: 160, batch: 16 },
] as const;
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
  converse(rounds: number, atOnce: number): Promise<readonly CpuFigure[]>;
}

function startClient(kind: 'netwright' | 'ssh2'): Client {
  const child = fork(fileURLToPath(new URL('cpu-client.ts', import.meta.url)), [kind], {
    execArgv: ['--conditions=source'],
  });
  return {
    async converse(rounds, atOnce) {
      const answer = once(child, 'message', { signal: AbortSignal.timeout(120_000) });
      child.send({ device, commands, rounds, atOnce } satisfies CpuOrder);
      return (await answer)[0] as CpuFigure[];
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

type Row = [string, string, string, string, string];
const row = (name: string, way: string, bytes: number, cpu: number, own: number): Row => [
  name,
  way,
  (bytes / 1000).toFixed(0),
  cpu.toFixed(2),
  (cpu / own).toFixed(2),
];
const middle = (figures: readonly { readonly cpuMs: number }[]): number => median(figures.map((one) => one.cpuMs));

await using ours = startClient('netwright');
await using bare = startClient('ssh2');
for (const client of [ours, bare]) await client.converse(warmUpRounds, 10);
const netmiko = netmikoVersion();
const { platform: id, host, port, user, password } = device;
const rows: Row[] = [];
const complaints: string[] = [];
for (const { name, atOnce, rounds, batch } of ways) {
  const own: CpuFigure[] = [];
  const ssh2: CpuFigure[] = [];
  const theirs: CpuFigure[] = [];
  for (let done = 0; done < rounds; done += batch) {
    own.push(...(await ours.converse(batch, atOnce)));
    ssh2.push(...(await bare.converse(batch, atOnce)));
    if (netmiko === undefined || done % (4 * batch) !== 0) continue;
    // Its first conversation loads code.
    const some = (await runNetmiko('one', 5, id, host, port, user, password, '')).slice(1);
    theirs.push(...some.map(({ cpu, bytes }) => ({ cpuMs: cpu * 1000, bytes })));
  }
  const ownMs = middle(own);
  rows.push(row('Netwright', name, own[0]!.bytes, ownMs, ownMs));
  rows.push(row('ssh2 alone', name, ssh2[0]!.bytes, middle(ssh2), ownMs));
  if (atOnce > 1 && ownMs > limitMs) complaints.push(`${name}: more than ${limitMs} ms`);
  if (theirs.length === 0) continue;
  rows.push(row(`netmiko ${netmiko}`, 'one by one', theirs[0]!.bytes, middle(theirs), ownMs));
  if (middle(theirs) < leastGain * ownMs) complaints.push(`${name}: less than ${leastGain} times better than netmiko`);
}
if (netmiko === undefined) rows.push(['netmiko (not installed)', '-', '-', '-', '-']);
const ownMs = Number(rows.findLast(([name]) => name === 'Netwright')![3]);
const rancid = rancidVersion();
if (rancid === undefined) rows.push(['RANCID clogin (not installed)', '-', '-', '-', '-']);
else {
  const theirs = await runClogin(device, commands, 5);
  rows.push(row(`RANCID ${rancid} clogin`, 'one by one', theirs[0]!.bytes, middle(theirs), ownMs));
}
console.log(`medians; load average ${loadavg()[0]!.toFixed(1)}`);
printTable(['client', 'how', 'KB read', 'CPU a device, ms', 'times ours'], rows);
if (complaints.length > 0) {
  console.error(complaints.join('; '));
  process.exitCode = 1;
}
