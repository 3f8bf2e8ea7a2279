import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Program {
  readonly program: string;
  readonly package: string;
  readonly for: 'tests' | 'benchmarks';
  /** Where to look beyond the PATH. */
  readonly folders?: readonly string[];
  /** Something to read, not to run: the sources of a package. */
  readonly isSource?: true;
}

/** Third-party software that tests and benchmarks talk to: the program, and the Debian package that brings it. */
export const peers = {
  sshd: { program: 'sshd', package: 'openssh-server', for: 'tests' },
  ssh: { program: 'ssh', package: 'openssh-client', for: 'tests' },
  'ssh-keygen': { program: 'ssh-keygen', package: 'openssh-client', for: 'tests' },
  'ssh-agent': { program: 'ssh-agent', package: 'openssh-client', for: 'tests' },
  'ssh-add': { program: 'ssh-add', package: 'openssh-client', for: 'tests' },
  telnetd: { program: 'telnetd', package: 'inetutils-telnetd', for: 'tests' },
  vtysh: { program: 'vtysh', package: 'frr', for: 'tests' },
  zebra: { program: 'zebra', package: 'frr', for: 'tests', folders: ['/usr/lib/frr'] },
  bgpd: { program: 'bgpd', package: 'frr', for: 'tests', folders: ['/usr/lib/frr'] },
  age: { program: 'age', package: 'age', for: 'tests' },
  'age-keygen': { program: 'age-keygen', package: 'age', for: 'tests' },
  netconfd: { program: 'netconfd', package: 'netconfd', for: 'tests' },
  'netconf-subsystem': { program: 'netconf-subsystem', package: 'netconfd', for: 'tests' },
  ncclient: {
    program: 'ncclient/__init__.py',
    package: 'python3-ncclient',
    for: 'tests',
    folders: ['/usr/lib/python3/dist-packages'],
    isSource: true,
  },
  git: { program: 'git', package: 'git', for: 'tests' },
  pyreverse: { program: 'pyreverse', package: 'pylint', for: 'tests' },
  netmiko: {
    program: 'netmiko/__init__.py',
    package: 'python3-netmiko',
    for: 'tests',
    folders: ['/usr/lib/python3/dist-packages'],
    isSource: true,
  },
  pyez: {
    program: 'jnpr/junos/__init__.py',
    package: 'python3-junos-eznc',
    for: 'tests',
    folders: ['/usr/lib/python3/dist-packages'],
    isSource: true,
  },
  textfsm: {
    program: 'textfsm/__init__.py',
    package: 'python3-textfsm',
    for: 'tests',
    folders: ['/usr/lib/python3/dist-packages'],
    isSource: true,
  },
  python3: { program: 'python3', package: 'python3-netmiko', for: 'benchmarks' },
  clogin: {
    program: 'clogin',
    package: 'rancid',
    for: 'benchmarks',
    folders: ['/usr/lib/rancid/bin', '/var/lib/rancid/bin'],
  },
  bgpdump: { program: 'bgpdump', package: 'bgpdump', for: 'tests' },
  mrtparse: {
    program: 'mrtparse/__init__.py',
    package: 'python3-mrtparse',
    for: 'tests',
    folders: ['/usr/lib/python3/dist-packages'],
    isSource: true,
  },
  bird: { program: 'bird', package: 'bird2', for: 'tests' },
  gobgpd: { program: 'gobgpd', package: 'gobgpd', for: 'tests' },
  dot: { program: 'dot', package: 'graphviz', for: 'tests' },
  ip: { program: 'ip', package: 'iproute2', for: 'tests' },
  chromium: { program: 'chromium', package: 'chromium', for: 'tests' },
} as const satisfies Record<string, Program>;

export type PeerName = keyof typeof peers;

export type Peer =
  | { readonly path: string; readonly isMissing: false; readonly reason: '' }
  | { readonly path: undefined; readonly isMissing: true; readonly reason: string };

/** Daemons are often outside the PATH of an ordinary user. */
const systemFolders = ['/usr/sbin', '/usr/local/sbin', '/sbin', '/usr/bin', '/usr/local/bin', '/bin'];
const said = new Set<string>();

/**
 * Finds a peer. Where it is missing, the tests that need it are skipped with the reason printed once;
 * with `CI=true` nothing may be skipped and it throws.
 *
 *     const sshd = peer('sshd');
 *     describe.skipIf(sshd.isMissing)('against OpenSSH', () => { spawn(sshd.path!, …) });
 */
export function peer(name: PeerName): Peer {
  const known: Program = peers[name];
  const path = findProgram(known);
  if (path !== undefined) return { path, isMissing: false, reason: '' };
  return missing(name, `${known.program} is not installed: apt-get install ${known.package}`);
}

/** Path of the program; undefined when it is not installed. */
export function findProgram({ program, folders = [], isSource }: Program): string | undefined {
  const all = isSource ? folders : [...(process.env['PATH'] ?? '').split(delimiter), ...systemFolders, ...folders];
  return all
    .map((folder) => join(folder, program))
    .find((path) => isThere(path, isSource ? constants.R_OK : constants.X_OK));
}

/** Whether this process may do what only root may (other users, network namespaces); judged like a missing peer. */
export function root(what: string): Peer {
  if (process.getuid?.() === 0) return { path: '/', isMissing: false, reason: '' };
  return missing('root', `only root may ${what}`);
}

/** Whether this process may mount file systems: root may, but not in most containers; judged like a missing peer. */
export function mounts(): Peer {
  // In a namespace of its own, so that nothing is left.
  const { status } = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', '/mnt']);
  if (status === 0) return { path: '/', isMissing: false, reason: '' };
  return missing('root', 'only root may mount a small file system');
}

function missing(name: string, reason: string): Peer {
  if (process.env['CI'] === 'true') throw new Error(`peer ${name}: ${reason}`);
  if (!said.has(reason)) process.stderr.write(`skipped, peer ${name}: ${reason}\n`);
  said.add(reason);
  return { path: undefined, isMissing: true, reason };
}

function isThere(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
