import { execFile, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface PeerFigures {
  readonly seconds: number;
  readonly cpu: number;
  readonly bytes: number;
}

const script = join(dirname(fileURLToPath(import.meta.url)), 'peer/netmiko_backup.py');
/** Debian's own Python: the one that python3-netmiko belongs to. */
const python = '/usr/bin/python3';

/** The version of the installed netmiko, or undefined: then its rows say so. */
export function netmikoVersion(): string | undefined {
  const { status, stdout } = spawnSync(python, ['-c', 'import netmiko; print(netmiko.__version__)'], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}

export async function runNetmiko(...args: readonly (string | number)[]): Promise<PeerFigures[]> {
  const { stdout } = await promisify(execFile)(python, [script, ...args.map(String)], { maxBuffer: 1 << 26 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
