import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { peer } from '../peers.ts';

const run = promisify(execFile);

export interface Sshd extends AsyncDisposable {
  readonly port: number;
  /** Whom the authorized key logs in. */
  readonly user: string;
  /** PEM of the key that is let in. */
  readonly clientKey: string;
  readonly folder: string;
  /** Public host keys, one a line, as in `ssh_host_*.pub`. */
  readonly hostKeys: readonly string[];
  readonly pid: number;
  log(): string;
  /** Ends the daemon and the sessions that it has forked. */
  kill(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** A key pair made by ssh-keygen; resolves with the path of the private one. */
export async function makeKey(folder: string, name: string, type: string, ...more: string[]): Promise<string> {
  const path = join(folder, name);
  await run(peer('ssh-keygen').path!, ['-q', '-t', type, '-N', '', '-f', path, '-C', name, ...more]);
  return path;
}

/** Debian's OpenSSH server as a process of its own on a free port of the loopback, in the foreground, with a folder of its own. */
export async function startSshd(
  options: {
    readonly config?: readonly string[];
    readonly hostKeyTypes?: readonly string[];
    /** Default true. */
    readonly sftp?: boolean;
  } = {},
): Promise<Sshd> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-sshd-'));
  const keyTypes = options.hostKeyTypes ?? ['ed25519'];
  const hostKeyPaths: string[] = [];
  // Large RSA keys take seconds to make.
  for (const type of keyTypes)
    hostKeyPaths.push(await makeKey(folder, `host_${type}`, type, ...(type === 'rsa' ? ['-b', '2048'] : [])));
  const clientKeyPath = await makeKey(folder, 'client', 'ed25519');
  const authorized = join(folder, 'authorized_keys');
  await writeFile(authorized, await readFile(`${clientKeyPath}.pub`));
  const port = await freePort();
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...hostKeyPaths.map((path) => `HostKey ${path}`),
    `PidFile ${join(folder, 'pid')}`,
    `AuthorizedKeysFile ${authorized}`,
    // The folder belongs to whoever runs the tests; its parents are nobody's business.
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin yes',
    'LogLevel DEBUG1',
    'MaxStartups 500',
    ...(options.sftp === false ? [] : ['Subsystem sftp internal-sftp']),
    'PrintMotd no',
    'PrintLastLog no',
    'X11Forwarding no',
  ];
  // The first value counts in sshd_config.
  const configPath = join(folder, 'sshd_config');
  await writeFile(configPath, `${[...(options.config ?? []), ...config].join('\n')}\n`);
  // Debian's sshd wants its privilege separation folder even when run by hand.
  if (process.getuid?.() === 0) await run('mkdir', ['-p', '/run/sshd']);
  const logPath = join(folder, 'log');
  const log = (): string => (existsSync(logPath) ? readFileSync(logPath, 'utf8') : '');
  const child = spawn(peer('sshd').path!, ['-D', '-E', logPath, '-f', configPath], { stdio: 'ignore' });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await Promise.race([listening(port, child), exited.then(() => Promise.reject(new Error(`sshd ended: ${log()}`)))]);
  const hostKeys = await Promise.all(hostKeyPaths.map(async (path) => (await readFile(`${path}.pub`, 'utf8')).trim()));
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      // Each session leads a process group of its own, so that only their parentage tells what belongs here.
      for (const pid of [...(await descendants(child.pid!)), child.pid!]) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
        }
      }
      await exited;
    }
  };
  return {
    port,
    user: userInfo().username,
    clientKey: await readFile(clientKeyPath, 'utf8'),
    folder,
    hostKeys,
    pid: child.pid!,
    log,
    kill,
    async [Symbol.asyncDispose]() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt += 1) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`no sshd on port ${port}`);
}

/** The processes below a process, as /proc has them. */
async function descendants(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const children = text.split(' ').filter(Boolean).map(Number);
  return [...(await Promise.all(children.map(descendants))).flat(), ...children];
}
