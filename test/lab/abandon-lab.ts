import { startLab } from '../../src/lab/index.ts';
import { childrenOf } from './children.ts';

/** Starts a lab, says where it is, and waits to be killed. */
const lab = await startLab({ devices: 2, processes: 1, platforms: ['cisco_ios'] });
process.stdout.write(JSON.stringify({ port: lab.devices[0]!.port, pids: childrenOf(process.pid) }));
setInterval(() => {}, 1_000);
