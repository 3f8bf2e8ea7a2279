/**
 * Two real FRR routers in network namespaces, speaking BGP with each other, each behind a real OpenSSH server whose
 * only shell is vtysh. Everything is made below one temporary folder and two namespaces, and removed by `stop()`.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface FrrRouter {
  readonly name: string;
  readonly address: string;
  /** This machine, as the router sees it. */
  readonly gateway: string;
  readonly port: number;
  /** Commands on the router itself, past Netwright. */
  vtysh(...commands: readonly string[]): Promise<string>;
}

export interface FrrNetwork {
  readonly routers: readonly [FrrRouter, FrrRouter];
  /** OpenSSH private key that logs in as root on both. */
  readonly privateKey: string;
  stop(): Promise<void>;
}

const sshPort = 2222;

async function waitFor(what: string, isTrue: () => Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  for (const until = Date.now() + timeoutMs; Date.now() < until; await sleep(100)) {
    if (await isTrue().catch(() => false)) return;
  }
  throw new Error(`${what} did not happen within ${timeoutMs} ms`);
}

const namespaces = '/run/netns';
const isMounted = async (path: string): Promise<boolean> =>
  (await readFile('/proc/self/mounts', 'utf8')).split('\n').some((line) => line.split(' ')[1] === path);

/** `ip netns add` leaves a mount behind that its `del` does not take away. */
async function unmountNamespaces(): Promise<void> {
  if ((await readdir(namespaces)).length > 0) return;
  await run('umount', [namespaces]);
  await rmdir(namespaces);
}

const accepts = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 500 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });

interface FrrNetworkOptions {
  /** Default 65001 and 65002. */
  readonly asns?: readonly [number, number];
  /** Of bgpd: `bmp`. */
  readonly modules?: readonly string[];
}

/** Starts both routers; resolves when their BGP session is up and both log-ins are possible. Needs root. */
export async function startFrrNetwork({
  asns = [65_001, 65_002],
  modules = [],
}: FrrNetworkOptions = {}): Promise<FrrNetwork> {
  const tag = `nw${process.pid.toString(36)}`;
  // A third octet of the benchmarking range (RFC 2544), so that two runs on one machine keep apart.
  const octet = (process.pid % 120) * 2;
  const folder = await mkdtemp(join(tmpdir(), 'netwright-frr-'));
  await chmod(folder, 0o755);
  const uid = Number((await run('id', ['-u', 'frr'])).stdout);
  const gid = Number((await run('id', ['-g', 'frr'])).stdout);
  const servers: ChildProcess[] = [];
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  if (!(await isMounted(namespaces))) undo.push(unmountNamespaces);
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step().catch(() => {});
  };
  try {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'id')]);
    const routers: FrrRouter[] = [];
    for (const index of [0, 1] as const) {
      const namespace = `${tag}${index}`;
      await run('ip', ['netns', 'add', namespace]);
      undo.push(() => run('ip', ['netns', 'del', namespace]));
      await run('ip', ['-n', namespace, 'link', 'set', 'lo', 'up']);
      // Management link between this machine and the router.
      const [here, there] = [`198.18.${octet}.${index * 4 + 1}`, `198.18.${octet}.${index * 4 + 2}`];
      await run('ip', ['link', 'add', `${tag}m${index}`, 'type', 'veth', 'peer', 'name', 'mgmt', 'netns', namespace]);
      await run('ip', ['addr', 'add', `${here}/30`, 'dev', `${tag}m${index}`]);
      await run('ip', ['link', 'set', `${tag}m${index}`, 'up']);
      await run('ip', ['-n', namespace, 'addr', 'add', `${there}/30`, 'dev', 'mgmt']);
      await run('ip', ['-n', namespace, 'link', 'set', 'mgmt', 'up']);
    }
    await run('ip', [
      'link',
      'add',
      'bgp0',
      'netns',
      `${tag}0`,
      'type',
      'veth',
      'peer',
      'name',
      'bgp0',
      'netns',
      `${tag}1`,
    ]);
    for (const index of [0, 1] as const) {
      const namespace = `${tag}${index}`;
      await run('ip', ['-n', namespace, 'addr', 'add', `198.18.${octet + 1}.${index + 1}/30`, 'dev', 'bgp0']);
      await run('ip', ['-n', namespace, 'link', 'set', 'bgp0', 'up']);
      routers.push(await startRouter({ folder, namespace, index, octet, uid, gid, servers, undo, asns, modules }));
    }
    const [one, two] = routers as [FrrRouter, FrrRouter];
    await waitFor(
      'the BGP session',
      async () => {
        const summary = JSON.parse(await one.vtysh('show bgp summary json'));
        return Object.values<{ state: string }>(summary.ipv4Unicast.peers).every(
          ({ state }) => state === 'Established',
        );
      },
      60_000,
    );
    return { routers: [one, two], privateKey: await readFile(join(folder, 'id'), 'utf8'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startRouter(given: {
  folder: string;
  namespace: string;
  index: 0 | 1;
  octet: number;
  uid: number;
  gid: number;
  servers: ChildProcess[];
  undo: (() => Promise<unknown>)[];
  asns: readonly [number, number];
  modules: readonly string[];
}): Promise<FrrRouter> {
  const { folder, namespace, index, octet, uid, gid, undo, asns, modules } = given;
  const name = `frr${index + 1}`;
  const home = join(folder, name);
  await mkdir(home);
  await chown(home, uid, gid);
  await writeFile(join(home, 'vtysh.conf'), `hostname ${name}\nservice integrated-vtysh-config\n`);
  await writeFile(
    join(home, 'frr.conf'),
    `hostname ${name}
router bgp ${asns[index]}
 no bgp ebgp-requires-policy
 neighbor 198.18.${octet + 1}.${2 - index} remote-as ${asns[1 - index]}
 neighbor 198.18.${octet + 1}.${2 - index} description القاهرة – Gîza
 neighbor 198.18.${octet + 1}.${2 - index} password Bgp-Secret-${index}0
 address-family ipv4 unicast
  network 203.0.113.${index * 16}/28
 exit-address-family
`.replaceAll(`Bgp-Secret-${index}0`, 'Bgp-Secret-Both'),
  );
  const inside = (command: string, ...args: string[]) => run('ip', ['netns', 'exec', namespace, command, ...args]);
  for (const daemon of ['zebra', 'bgpd']) {
    const pidFile = join(home, `${daemon}.pid`);
    await inside(
      `/usr/lib/frr/${daemon}`,
      '-d',
      '--vty_socket',
      home,
      '-z',
      join(home, 'zserv.api'),
      '-i',
      pidFile,
      '-P',
      '0',
      ...(daemon === 'bgpd' ? modules.flatMap((module) => ['-M', module]) : []),
    );
    undo.push(async () => {
      const pid = Number(await readFile(pidFile, 'utf8'));
      process.kill(pid);
      await waitFor(`the end of ${daemon}`, async () => !existsSync(`/proc/${pid}`));
    });
  }
  const shell = ['/usr/bin/vtysh', '--vty_socket', home, '--config_dir', home];
  const vtysh = async (...commands: readonly string[]): Promise<string> =>
    (await run(shell[0]!, [...shell.slice(1), ...commands.flatMap((one) => ['-c', one])])).stdout;
  await run(shell[0]!, [...shell.slice(1), '-f', join(home, 'frr.conf')]);

  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(home, 'hostkey')]);
  const address = `198.18.${octet}.${index * 4 + 2}`;
  await writeFile(
    join(home, 'sshd_config'),
    [
      `ListenAddress ${address}:${sshPort}`,
      `HostKey ${join(home, 'hostkey')}`,
      `AuthorizedKeysFile ${join(folder, 'id.pub')}`,
      'PermitRootLogin prohibit-password',
      'StrictModes no',
      'UsePAM no',
      'PidFile none',
      `ForceCommand ${shell.join(' ')}`,
      '',
    ].join('\n'),
  );
  await mkdir('/run/sshd', { recursive: true });
  const server = spawn(
    'ip',
    ['netns', 'exec', namespace, '/usr/sbin/sshd', '-D', '-e', '-f', join(home, 'sshd_config')],
    {
      stdio: 'ignore',
    },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  undo.push(async () => {
    server.kill();
    await ended;
  });
  await waitFor(`sshd of ${name}`, () => accepts(address, sshPort));
  const gateway = `198.18.${octet}.${index * 4 + 1}`;
  return { name, address, gateway, port: sshPort, vtysh };
}
