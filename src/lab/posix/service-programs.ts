import type { PosixShell, Streams } from './evaluate.ts';

export const servicePrograms: readonly string[] = [
  'systemctl',
  'service',
  'sshd',
  'ifup',
  'ifdown',
  'ifreload',
  'ifquery',
  'visudo',
  'netplan',
  'sysctl',
  'journalctl',
];

interface Service {
  readonly names: readonly string[];
  readonly file: string;
  /** What is wrong with a line; undefined for a good one. */
  readonly complaint: (line: string) => string | undefined;
}

const sshWords =
  /^(?:Port|AddressFamily|ListenAddress|HostKey|PermitRootLogin|PasswordAuthentication|PubkeyAuthentication|KbdInteractiveAuthentication|ChallengeResponseAuthentication|UsePAM|X11Forwarding|AllowUsers|AllowGroups|DenyUsers|Subsystem|Match|Include|Banner|ClientAliveInterval|ClientAliveCountMax|MaxAuthTries|LogLevel|SyslogFacility|AuthorizedKeysFile|AcceptEnv|PrintMotd|UseDNS|LoginGraceTime|Ciphers|MACs|KexAlgorithms)\b/i;
const interfaceWords = /^(?:auto|allow-\w+|iface|mapping|source|source-directory|no-auto-down|rename|template)\b/;

const services: readonly Service[] = [
  {
    names: ['networking', 'ifupdown', 'ifupdown2'],
    file: '/etc/network/interfaces',
    complaint: (line) => {
      if (/^\s/.test(line) || interfaceWords.test(line)) return undefined;
      return `misplaced option or unknown word: ${line.trim()}`;
    },
  },
  {
    names: ['ssh', 'sshd'],
    file: '/etc/ssh/sshd_config',
    complaint: (line) =>
      sshWords.test(line.trim()) ? undefined : `Bad configuration option: ${line.trim().split(/\s/)[0]}`,
  },
  {
    names: ['snmpd'],
    file: '/etc/snmp/snmpd.conf',
    complaint: (line) =>
      /^\s*(?:ro|rw)community6?\b|^\s*(?:sys\w+|agent\w+|view|access|group|com2sec|includeDir|master|proc|disk|load|trap\w*|create\w*|rouser|rwuser|extend|pass)\b/i.test(
        line,
      )
        ? undefined
        : `Unknown token: ${line.trim().split(/\s/)[0]}`,
  },
  {
    names: ['systemd-resolved', 'resolvconf'],
    file: '/etc/resolv.conf',
    complaint: (line) =>
      /^\s*(?:nameserver|search|domain|options|sortlist)\b/.test(line) ? undefined : `unknown: ${line.trim()}`,
  },
];

/** The first bad line of a service's file. */
function badLine(shell: PosixShell, service: Service): { readonly number: number; readonly says: string } | undefined {
  const text = shell.host.disk.read(service.file)?.toString('utf8') ?? '';
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const says = service.complaint(line);
    if (says !== undefined) return { number: at + 1, says };
  }
  return undefined;
}

const find = (name: string): Service | undefined =>
  services.find(({ names }) => names.includes(name.replace(/\.service$/, '')));

/** Starting and checking services: what is wrong with their files shows when they are started. */
export function serviceProgram(shell: PosixShell, program: string, args: readonly string[], streams: Streams): number {
  const verbs = args.filter((word) => !word.startsWith('-'));
  if (program === 'systemctl')
    return control(shell, verbs[0] ?? '', verbs[1] ?? '', args.includes('--quiet') || args.includes('-q'), streams);
  if (program === 'service') return control(shell, verbs[1] ?? '', verbs[0] ?? '', false, streams);
  if (program === 'sshd') return checkSsh(shell, args, streams);
  if (program === 'ifup' || program === 'ifreload' || program === 'ifquery' || program === 'ifdown') {
    const bad = badLine(shell, services[0]!);
    if (bad !== undefined) {
      streams.error(
        `${program}: /etc/network/interfaces:${bad.number}: ${bad.says}\n${program}: couldn't read interfaces file "/etc/network/interfaces"\n`,
      );
      return 1;
    }
    if (!args.includes('--no-act') && program !== 'ifquery') applyNetwork(shell);
    return 0;
  }
  return 0;
}

function control(shell: PosixShell, verb: string, name: string, isQuiet: boolean, streams: Streams): number {
  const service = find(name);
  const unit = name.replace(/\.service$/, '');
  if (verb === 'daemon-reload' || verb === 'reset-failed') return 0;
  if (service === undefined) {
    streams.error(`Failed to ${verb} ${unit}.service: Unit ${unit}.service not found.\n`);
    return 5;
  }
  const key = service.names[0]!;
  const state = shell.host.services.get(key) ?? 'active';
  switch (verb) {
    case 'is-active':
      if (!isQuiet) streams.out(`${state}\n`);
      return state === 'active' ? 0 : 3;
    case 'status':
      streams.out(
        `● ${unit}.service\n     Loaded: loaded (/lib/systemd/system/${unit}.service; enabled)\n     Active: ${state === 'active' ? 'active (running)' : 'failed (Result: exit-code)'}\n`,
      );
      return state === 'active' ? 0 : 3;
    case 'stop':
      shell.host.services.set(key, 'failed');
      return 0;
    case 'start':
    case 'restart':
    case 'reload':
    case 'reload-or-restart':
    case 'try-restart': {
      const isBad = badLine(shell, service) !== undefined || shell.device.faults.takeCommitFailure();
      shell.host.services.set(key, isBad ? 'failed' : 'active');
      if (isBad) {
        streams.error(
          `Job for ${unit}.service failed because the control process exited with error code.\nSee "systemctl status ${unit}.service" and "journalctl -xeu ${unit}.service" for details.\n`,
        );
        return 1;
      }
      if (key === 'networking') applyNetwork(shell);
      return 0;
    }
    default:
      streams.error(`Unknown command verb '${verb}'.\n`);
      return 1;
  }
}

function checkSsh(shell: PosixShell, args: readonly string[], streams: Streams): number {
  if (!args.includes('-t') && !args.includes('-T')) return 0;
  const at = args.indexOf('-f');
  const file = at < 0 ? '/etc/ssh/sshd_config' : (args[at + 1] ?? '');
  const bad = badLine(shell, { ...services[1]!, file: shell.path(file) });
  if (bad === undefined) return 0;
  streams.error(`${file}: line ${bad.number}: ${bad.says}\r\n${file}: terminating, 1 bad configuration options\r\n`);
  return 255;
}

/** The network as its file says: without an address on the first interface nobody gets in any more. */
function applyNetwork(shell: PosixShell): void {
  const text = shell.host.disk.read('/etc/network/interfaces')?.toString('utf8') ?? '';
  const stanza = /^iface eth0 inet (?:static|dhcp)\n?((?:[ \t]+.*\n?)*)/m.exec(text);
  const isUp = /^(?:auto|allow-hotplug)\b.*\beth0\b/m.test(text) && stanza !== null;
  const hasAddress = stanza !== null && (/inet dhcp/.test(stanza[0]) || /^[ \t]+address \S+/m.test(stanza[1] ?? ''));
  shell.device.shutOff(!(isUp && hasAddress));
}
