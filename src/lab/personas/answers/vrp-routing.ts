import type { SimulatedDevice } from '../../device.ts';
import {
  type Address,
  addressIn,
  type BgpSession,
  bgpSessions,
  configuredPeers,
  localAsOf,
  ownRouterId,
  prefixText,
  type RouteEntry,
  routesAt,
  routesIn,
  routesOf,
  routesTo,
} from '../../network/index.ts';
import { clockOf, dayClockOf, lined } from './answer.ts';

const ruler = (width: number): string => '-'.repeat(width);

const runsBgp = (device: SimulatedDevice): boolean =>
  bgpSessions(device).length > 0 || configuredPeers(device).length > 0 || /^bgp \d/m.test(device.running.text);

const upDown = ({ uptimeS }: BgpSession): string =>
  uptimeS < 86_400
    ? clockOf(uptimeS)
    : `${String(Math.floor(uptimeS / 3600)).padStart(4, '0')}h${String(Math.floor((uptimeS / 60) % 60)).padStart(2, '0')}m`;

export function bgpTable(device: SimulatedDevice): string {
  if (!runsBgp(device)) return '';
  const sessions = bgpSessions(device);
  return lined([
    '',
    ` BGP local router ID : ${ownRouterId(device)}`,
    ` Local AS number : ${localAsOf(device)}`,
    ` Total number of peers : ${String(sessions.length).padEnd(17)} Peers in established state : ${sessions.filter(({ isUp }) => isUp).length}`,
    '',
    '  Peer            V          AS  MsgRcvd  MsgSent  OutQ  Up/Down       State PrefRcv',
    '',
    ...sessions.map(
      (peer) =>
        `  ${peer.address.padEnd(15)} 4 ${String(peer.asn).padStart(11)} ${String(peer.messages).padStart(8)} ${String(peer.messages + 3).padStart(8)}     0 ${upDown(peer)} ${(peer.isUp ? 'Established' : peer.isShut ? 'Idle(Admin)' : 'Active').padStart(11)} ${String(peer.prefixes).padStart(7)}`,
    ),
  ]);
}

export function bgpDetail(device: SimulatedDevice): string {
  return bgpSessions(device)
    .map((peer) =>
      lined([
        '',
        `         BGP Peer is ${peer.address},  remote AS ${peer.asn}`,
        `         Type: ${peer.asn === localAsOf(device) ? 'IBGP' : 'EBGP'} link`,
        `         BGP version 4, Remote router ID ${peer.routerId}`,
        '         Update-group ID: 1',
        `         BGP current state: ${peer.isUp ? `Established, Up for ${dayClockOf(peer.uptimeS)}` : peer.isShut ? 'Idle(Admin)' : 'Active'}`,
        '         BGP current event: RecvKeepalive',
        `         Received total routes: ${peer.prefixes}`,
        `         Received active routes total: ${peer.prefixes}`,
        `         Advertised total routes: ${peer.isUp ? 12 : 0}`,
        `         Peer's description: "${peer.description}"`,
      ]),
    )
    .join('');
}

/** `0.0.0.0 0 verbose`, `10.0.0.0 8 longer-match verbose`. */
function askedOf(words: readonly string[]): Address | undefined {
  const [ip = '', length] = words.filter((word) => /^[\d./]+$/.test(word));
  return addressIn(ip.includes('/') || length === undefined ? ip : `${ip} ${length}`);
}

const protocols = { connected: 'Direct', local: 'Direct', static: 'Static', bgp: 'EBGP' } as const;
const preferences = { connected: 0, local: 0, static: 60, bgp: 255 } as const;

/** What is asked for: that prefix, all inside it, or the longest that holds an address. */
export function foundRoutes(device: SimulatedDevice, words: readonly string[]): readonly RouteEntry[] {
  const asked = askedOf(words);
  if (asked === undefined) return [];
  const routes = routesOf(device);
  if (words.includes('longer-match')) return routesIn(routes, asked);
  return words.filter((word) => /^[\d./]+$/.test(word)).length > 1 ? routesAt(routes, asked) : routesTo(routes, asked);
}

export function routeText(device: SimulatedDevice, words: readonly string[]): string {
  const found = foundRoutes(device, words);
  return lined([
    'Route Flags: R - relay, D - download to fib, T - to vpn-instance, B - black hole route',
    ruler(78),
    'Routing Table : Public',
    `Summary Count : ${found.length}`,
    ...found.flatMap(({ prefix, protocol, nextHop, port, ageS, session }) => [
      '',
      `Destination: ${prefixText(prefix)}`,
      `     Protocol: ${protocols[protocol].padEnd(16)} Process ID: 0              `,
      `   Preference: ${String(preferences[protocol]).padEnd(20)}   Cost: 0              `,
      `      NextHop: ${(nextHop ?? '127.0.0.1').padEnd(16)} Neighbour: ${session?.address ?? '0.0.0.0'}`,
      `        State: ${(protocol === 'bgp' ? 'Active Adv Relied' : 'Active Adv').padEnd(22)}  Age: ${dayClockOf(ageS)}   `,
      '          Tag: 0                  Priority: low            ',
      '        Label: NULL                QoSInfo: 0x0           ',
      '   IndirectID: 0x0              ',
      ` RelayNextHop: 0.0.0.0           Interface: ${port}`,
      '     TunnelID: 0x0                   Flags:  D',
    ]),
  ]);
}

export function bgpRoute(device: SimulatedDevice, words: readonly string[]): string {
  const found = foundRoutes(device, words).filter(({ session }) => session !== undefined);
  const [first] = found;
  if (first === undefined) return ' Info: The network does not exist.\n';
  return lined([
    '',
    ` BGP local router ID : ${ownRouterId(device)}`,
    ` Local AS number : ${localAsOf(device)}`,
    ` Paths:   ${found.length} available, 1 best, 1 select`,
    ` BGP routing table entry information of ${prefixText(first.prefix)}:`,
    ...found.flatMap(({ session, nextHop, port, asPath, ageS }) => [
      ` From: ${session!.address} (${session!.routerId})`,
      ` Route Duration: ${dayClockOf(ageS)}`,
      ` Direct Out-interface: ${port}`,
      ` Original nexthop: ${nextHop}`,
      ' Qos information : 0x0',
      ` AS-path ${asPath.join(' ')}, origin igp, MED 0, localpref 100, pref-val 0, valid, external, best, select, active, pre 255`,
      ' Not advertised to any peer yet',
      '',
    ]),
  ]);
}
