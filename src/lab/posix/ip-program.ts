import {
  type Address,
  addressIn,
  arpEntries,
  broadcastOf,
  coloned,
  type Port,
  portsOf,
  prefixText,
  type RouteEntry,
  routesAt,
  routesIn,
  routesOf,
  routesTo,
} from '../network/index.ts';
import type { PosixShell, Streams } from './evaluate.ts';

/**
 * `ip -j` with links, addresses, neighbours and routes, as the file of the interfaces and the cables have them.
 * @returns undefined for what it does not know
 */
export function ipProgram(shell: PosixShell, args: readonly string[], streams: Streams): number | undefined {
  if (!args.includes('-j')) return undefined;
  const [object = '', ...rest] = args.filter((word) => !word.startsWith('-'));
  const rows = rowsOf(shell, args, object, rest);
  if (rows === undefined) return undefined;
  streams.out(`${JSON.stringify(rows)}\n`);
  return 0;
}

function rowsOf(
  { device }: PosixShell,
  flags: readonly string[],
  object: string,
  words: readonly string[],
): readonly object[] | undefined {
  const [verb = 'show'] = words;
  const isV6 = flags.includes('-6');
  if (/^(?:n|neigh)/.test(object)) return isV6 || words.includes('vrf') ? [] : neighbors(device);
  if (/^(?:r|ro|route)/.test(object)) return isV6 ? [] : routes(device, words);
  const isAddress = /^a(?:d|dd|ddr|ddress)?$/.test(object);
  if (verb !== 'show' || (!isAddress && !/^l(?:i|in|ink)?$/.test(object))) return undefined;
  const ports = portsOf(device);
  return ports.map((port, nth) => ({
    ifindex: nth + 1,
    ...(port.parent !== undefined && { link: port.parent }),
    ...linkRow(port, ports),
    ...(flags.includes('-s') && { stats64: statsOf(port) }),
    ...(isAddress && { addr_info: addressesOf(port).map(addressRow) }),
  }));
}

function linkRow({ name, kind, mtu, isUp, isEnabled, mac, parent }: Port, ports: readonly Port[]): object {
  const isLoopback = kind === 'loopback';
  const state = [...(isEnabled ? ['UP'] : []), ...(isUp ? ['LOWER_UP'] : [])];
  // A subinterface has the address of its parent.
  const own = ports.find((port) => port.name === parent)?.mac ?? mac;
  return {
    ifname: name,
    flags: isLoopback ? ['LOOPBACK', ...state] : ['BROADCAST', 'MULTICAST', ...state],
    mtu,
    qdisc: isLoopback ? 'noqueue' : 'mq',
    operstate: isLoopback ? 'UNKNOWN' : isUp ? 'UP' : 'DOWN',
    linkmode: 'DEFAULT',
    group: 'default',
    txqlen: 1000,
    link_type: isLoopback ? 'loopback' : 'ether',
    address: isLoopback ? '00:00:00:00:00:00' : coloned(own),
    ...(parent !== undefined && {
      linkinfo: {
        info_kind: 'vlan',
        info_data: { protocol: '802.1Q', id: Number(name.split('.')[1]), flags: ['REORDER_HDR'] },
      },
    }),
  };
}

const addressesOf = ({ kind, addresses }: Port): readonly Address[] =>
  kind === 'loopback' ? [{ ip: '127.0.0.1', length: 8 }, ...addresses] : addresses;

const addressRow = (address: Address): object => ({
  family: 'inet',
  local: address.ip,
  prefixlen: address.length,
  ...(address.length < 31 && { broadcast: broadcastOf(address) }),
  scope: address.ip.startsWith('127.') ? 'host' : 'global',
});

const statsOf = ({ traffic, errorsIn }: Port): object => ({
  rx: {
    bytes: traffic.bytesIn,
    packets: traffic.packetsIn,
    errors: errorsIn,
    dropped: 0,
    over_errors: 0,
    multicast: 0,
  },
  tx: { bytes: traffic.bytesOut, packets: traffic.packetsOut, errors: 0, dropped: 0, carrier_errors: 0, collisions: 0 },
});

const neighbors = (device: PosixShell['device']): readonly object[] =>
  arpEntries(device)
    .filter(({ isOwn }) => !isOwn)
    .map(({ ip, mac, port, ageMin }) => ({
      dst: ip,
      dev: port,
      lladdr: coloned(mac),
      refcnt: 1,
      used: ageMin * 60,
      confirmed: ageMin * 60,
      updated: ageMin * 60,
      state: ['REACHABLE'],
    }));

/** `show table all exact 10.0.0.0/8`, `… match 10.0.0.1`, `… root 10.0.0.0/8`; without a destination all of them. */
function routes(device: PosixShell['device'], words: readonly string[]): readonly object[] {
  const all = routesOf(device).filter(({ protocol }) => protocol !== 'local');
  const at = words.findIndex((word) => /^(?:exact|match|root)$/.test(word));
  const asked = at === -1 ? undefined : addressIn((words[at + 1] ?? '').replace(/^default$/, '0.0.0.0/0'));
  if (asked === undefined) return all.map(routeRow);
  const found = { exact: routesAt, match: routesTo, root: routesIn }[words[at] as 'exact'](all, asked);
  return found.map(routeRow);
}

const routeRow = ({ prefix, nextHop, port, protocol }: RouteEntry): object => ({
  type: 'unicast',
  dst: prefix.length === 0 ? 'default' : prefixText(prefix),
  ...(nextHop !== undefined && { gateway: nextHop }),
  dev: port,
  table: 'main',
  protocol: protocol === 'connected' ? 'kernel' : protocol === 'static' ? 'static' : protocol,
  scope: nextHop === undefined ? 'link' : 'global',
  flags: [],
});
