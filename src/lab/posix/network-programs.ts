import type { SimulatedDevice } from '../device.ts';
import { chassisMac, coloned, liveWires, portsOf, reaches, systemOf } from '../network/index.ts';
import { linuxPing } from '../personas/answers/ping.ts';

const bootedMs = Date.UTC(2026, 0, 5);

/** Programs that tell of the host and its neighbours; undefined for one that is none of them. */
export function networkProgram(device: SimulatedDevice, name: string, args: readonly string[]): string | undefined {
  switch (name) {
    case 'lldpctl':
    case 'lldpcli':
      return args.join(' ') === '-f json' || args.includes('json')
        ? `${JSON.stringify(lldp(device), undefined, 2)}\n`
        : undefined;
    case 'bridge':
      // No bridge is configured.
      return args.includes('-j') ? '[]\n' : '';
    case 'getent':
      return accounts(device, args);
    case 'ping': {
      const target = args.find((word) => /^\d+\.\d+\.\d+\.\d+$/.test(word)) ?? args.at(-1) ?? '';
      return `${linuxPing(56)(target, reaches(device, target)).join('\n')}\n`;
    }
    case 'top':
      return load(device);
    default:
      return undefined;
  }
}

/** What the kernel shows as files; undefined for one that it does not. */
export function kernelFile(device: SimulatedDevice, path: string): string | undefined {
  if (path === '/proc/uptime') {
    const seconds = (device.time.now() - bootedMs) / 1000;
    return `${seconds.toFixed(2)} ${(seconds * 3.9).toFixed(2)}\n`;
  }
  const [, name] = /^\/sys\/class\/net\/([^/]{1,40})\/speed$/.exec(path) ?? [];
  if (name !== undefined) {
    const port = portsOf(device).find((one) => one.name === name && one.kind === 'physical');
    return port === undefined ? undefined : `${port.kbits / 1000}\n`;
  }
  const hardware: Readonly<Record<string, string>> = {
    '/sys/class/dmi/id/sys_vendor': 'QEMU\n',
    '/sys/class/dmi/id/product_name': 'Standard PC (Q35 + ICH9, 2009)\n',
  };
  return hardware[path];
}

/** The speeds of all ports, where a star stands for their names; anything else as it is. */
export const kernelFiles = (device: SimulatedDevice, word: string): readonly string[] =>
  word === '/sys/class/net/*/speed'
    ? portsOf(device)
        .filter(({ kind }) => kind === 'physical')
        .map(({ name }) => `/sys/class/net/${name}/speed`)
    : [word];

/** As `lldpctl -f json` has it: one thing stands for itself, several are a list. */
function lldp(device: SimulatedDevice): object {
  const interfaces = liveWires(device).map(
    ({ port, peer, peerPort, peerPlatform, peerSeed, peerAddress, isRouted }, nth) => ({
      [port]: {
        via: 'LLDP',
        rid: String(nth + 1),
        age: '35 days, 00:02:11',
        chassis: {
          [peer]: {
            id: { type: 'mac', value: coloned(chassisMac(peerSeed)) },
            descr: systemOf(peerPlatform),
            ...(isRouted && { 'mgmt-ip': peerAddress }),
            capability: [
              { type: 'Bridge', enabled: true },
              { type: 'Router', enabled: true },
            ],
          },
        },
        port: { id: { type: 'ifname', value: peerPort }, descr: `to ${device.host}`, ttl: '120' },
      },
    }),
  );
  return { lldp: interfaces.length === 0 ? {} : { interface: interfaces.length === 1 ? interfaces[0] : interfaces } };
}

function accounts({ spec }: SimulatedDevice, [database, ...names]: readonly string[]): string | undefined {
  if (database === 'group') return names.includes('sudo') ? `sudo:x:27:${spec.user}\n` : '';
  if (database !== 'passwd') return undefined;
  return [
    'root:x:0:0:root:/root:/bin/bash',
    'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
    'sshd:x:101:65534::/run/sshd:/usr/sbin/nologin',
    `${spec.user}:x:1000:1000:${spec.user},,,:/home/${spec.user}:/bin/bash`,
    '',
  ].join('\n');
}

/** Two rounds of the head of `top`. */
function load({ facts }: SimulatedDevice): string {
  const busy = 1 + facts.number(9_830, 30) / 10;
  const used = 900 + facts.number(9_820, 900);
  const round = [
    'top - 10:02:11 up 35 days, 10:02,  1 user,  load average: 0.05, 0.10, 0.05',
    'Tasks:  98 total,   1 running,  97 sleeping,   0 stopped,   0 zombie',
    `%Cpu(s):  ${busy.toFixed(1)} us,  0.4 sy,  0.0 ni, ${(99.6 - busy).toFixed(1)} id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st`,
    `MiB Mem :   3915.4 total,   ${(3915.4 - used - 600).toFixed(1)} free,   ${used.toFixed(1)} used,    600.0 buff/cache`,
    'MiB Swap:    975.0 total,    975.0 free,      0.0 used.   2800.1 avail Mem',
    '',
  ];
  return `${[...round, ...round].join('\n')}\n`;
}
