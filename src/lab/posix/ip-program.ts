import { mix } from '../facts.ts';
import type { PosixShell, Streams } from './evaluate.ts';

interface Link {
  readonly name: string;
  readonly addresses: { readonly ip: string; readonly length: number }[];
}

/**
 * `ip -j link` and `ip -j addr`, as the file of the interfaces has them.
 * @returns undefined for what it does not know
 */
export function ipProgram(shell: PosixShell, args: readonly string[], streams: Streams): number | undefined {
  const [object = '', verb = 'show'] = args.filter((word) => !word.startsWith('-'));
  const isAddress = /^a(?:d|dd|ddr|ddress)?$/.test(object);
  if (!args.includes('-j') || verb !== 'show' || (!isAddress && !/^l(?:i|in|ink)?$/.test(object))) return undefined;
  const text = shell.host.disk.read('/etc/network/interfaces')?.toString('utf8') ?? '';
  const rows = linksIn(text).map(({ name, addresses }, at) => {
    const isLoopback = name === 'lo';
    return {
      ifindex: at + 1,
      ifname: name,
      flags: isLoopback ? ['LOOPBACK', 'UP', 'LOWER_UP'] : ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'],
      mtu: isLoopback ? 65_536 : 1_500,
      operstate: isLoopback ? 'UNKNOWN' : 'UP',
      link_type: isLoopback ? 'loopback' : 'ether',
      address: isLoopback ? '00:00:00:00:00:00' : macOf(shell.device.facts.seed),
      ...(isAddress && {
        addr_info: addresses.map(({ ip, length }) => ({ family: 'inet', local: ip, prefixlen: length })),
      }),
    };
  });
  streams.out(`${JSON.stringify(rows)}\n`);
  return 0;
}

/** A subinterface has the address of its parent. */
const macOf = (seed: number): string =>
  `02:00:5e${mix(seed, 90).toString(16).padStart(8, '0').slice(0, 6).replaceAll(/../g, ':$&')}`;

function linksIn(text: string): readonly Link[] {
  const links = new Map<string, Link>();
  let last: Link | undefined;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const [, name] = /^(?:auto|allow-hotplug|iface) (\S+)/.exec(line) ?? [];
    if (name !== undefined) {
      last = links.get(name) ?? { name, addresses: name === 'lo' ? [{ ip: '127.0.0.1', length: 8 }] : [] };
      links.set(name, last);
    }
    const [, ip, length] = /^address (\d[\d.]+)(?:\/(\d{1,2}))?$/.exec(line) ?? [];
    if (ip !== undefined) last?.addresses.push({ ip, length: Number(length ?? 24) });
  }
  return [...links.values()];
}
