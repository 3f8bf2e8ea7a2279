import { readdirSync, readFileSync } from 'node:fs';
import { startLab } from '../../src/lab/index.ts';

/** Starts a lab, says where it is, and waits to be killed. */
const lab = await startLab({ devices: 2, processes: 1, platforms: ['cisco_ios'] });
const pids = readdirSync('/proc')
  .filter((name) => /^\d+$/.test(name))
  .filter((name) => readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]!.split(' ')[1] === String(process.pid))
  .map(Number);
process.stdout.write(JSON.stringify({ port: lab.devices[0]!.port, pids }));
setInterval(() => {}, 1_000);
