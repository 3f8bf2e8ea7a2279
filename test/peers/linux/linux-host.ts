/**
 * A Linux host in a network namespace of its own: OpenSSH with a shell behind one link, which the host can take down
 * itself. Everything is made below one temporary folder and one namespace, and removed by `stop()`.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const sshPort = 2222;

export interface LinuxHost {
  readonly address: string;
  readonly port: number;
  /** OpenSSH private key that logs in as root. */
  readonly privateKey: string;
  /** A folder that the host sees as we do. */
  readonly folder: string;
  /** Runs a command on the host itself, past Netwright. */
  inside(command: string, ...args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Needs root. */
export async function startLinuxHost(): Promise<LinuxHost> {
  const name = `nwl${process.pid.toString(36)}`;
  // Of the benchmarking range (RFC 2544), beside that of the routers.
  const network = `198.19.${process.pid % 250}`;
  const folder = await mkdtemp(join(tmpdir(), 'netwright-host-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step().catch(() => {});
  };
  const inside = async (command: string, ...args: readonly string[]): Promise<string> =>
    (await run('ip', ['netns', 'exec', name, command, ...args])).stdout;
  try {
    await run('ip', ['netns', 'add', name]);
    undo.push(() => run('ip', ['netns', 'del', name]));
    await run('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', 'mgmt', 'netns', name]);
    await run('ip', ['addr', 'add', `${network}.1/30`, 'dev', name]);
    await run('ip', ['link', 'set', name, 'up']);
    await run('ip', ['-n', name, 'addr', 'add', `${network}.2/30`, 'dev', 'mgmt']);
    await run('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
    await run('ip', ['-n', name, 'link', 'set', 'mgmt', 'up']);
    for (const key of ['host', 'client']) {
      await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, key)]);
    }
    const config = [
      `ListenAddress ${network}.2:${sshPort}`,
      `HostKey ${join(folder, 'host')}`,
      `AuthorizedKeysFile ${join(folder, 'client.pub')}`,
      'PermitRootLogin prohibit-password',
      'StrictModes no',
      'UsePAM no',
      'PidFile none',
      'Subsystem sftp internal-sftp',
      '',
    ];
    await writeFile(join(folder, 'sshd_config'), config.join('\n'));
    await mkdir('/run/sshd', { recursive: true });
    const server = spawn(
      'ip',
      ['netns', 'exec', name, '/usr/sbin/sshd', '-D', '-e', '-f', join(folder, 'sshd_config')],
      { stdio: 'ignore' },
    );
    const ended = new Promise((resolve) => server.once('exit', resolve));
    undo.push(async () => {
      server.kill();
      await ended;
    });
    await answers(`${network}.2`);
    const privateKey = await readFile(join(folder, 'client'), 'utf8');
    return { address: `${network}.2`, port: sshPort, privateKey, folder, inside, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answers(host: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect({ host, port: sshPort, timeout: 500 });
      const end = (answer: boolean): void => {
        socket.destroy();
        resolve(answer);
      };
      socket.once('connect', () => end(true));
      socket.once('error', () => end(false));
      socket.once('timeout', () => end(false));
    });
    if (isUp) return;
    await sleep(50);
  }
  throw new Error(`no sshd on ${host}`);
}
