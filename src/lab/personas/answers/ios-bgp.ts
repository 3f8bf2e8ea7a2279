import type { SimulatedDevice } from '../../device.ts';
import {
  addressIn,
  type BgpSession,
  bgpSessions,
  localAsOf,
  ownRouterId,
  prefixText,
  type RouteEntry,
  routesAt,
  routesIn,
  routesOf,
  routesTo,
} from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { answer, lined, weekClockOf } from './answer.ts';

/** Routes and BGP of IOS and IOS XE. */
export const iosRouting: readonly PersonaCommand[] = [
  answer('show ip protocols', (device) =>
    lined(
      bgpSessions(device).length === 0
        ? ['*** IP Routing is NSF aware ***', '']
        : [
            '*** IP Routing is NSF aware ***',
            '',
            `Routing Protocol is "bgp ${localAsOf(device)}"`,
            '  Outgoing update filter list for all interfaces is not set',
            '  Incoming update filter list for all interfaces is not set',
            '',
          ],
    ),
  ),
  answer('show ip route *', routeText),
  answer('show ip route', (device) => routeTable(routesOf(device))),
  answer('show bgp all summary', bgpSummary),
  answer('show ip bgp *', ipBgp),
  answer('show bgp ipv4 unicast neighbors', (device) =>
    bgpSessions(device)
      .map((peer) => neighborText(device, peer))
      .join(''),
  ),
];

const letters = { connected: 'C', local: 'L', static: 'S', bgp: 'B' } as const;

function routeTable(routes: readonly RouteEntry[]): string {
  const fallback = routes.find(({ prefix }) => prefix.length === 0);
  return lined([
    'Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP',
    '       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area ',
    '       * - candidate default, U - per-user static route',
    '',
    `Gateway of last resort is ${fallback?.nextHop === undefined ? 'not set' : `${fallback.nextHop} to network 0.0.0.0`}`,
    '',
    ...routes.map(({ prefix, protocol, nextHop, port, distance, ageS }) =>
      nextHop === undefined
        ? `${letters[protocol]}        ${prefixText(prefix)} is directly connected, ${port}`
        : `${letters[protocol]}${prefix.length === 0 ? '*' : ' '}       ${prefixText(prefix)} [${distance}/0] via ${nextHop}${protocol === 'bgp' ? `, ${weekClockOf(ageS)}` : ''}`,
    ),
  ]);
}

function routeText(device: SimulatedDevice, words: readonly string[]): string {
  const [ip = '', mask] = words;
  const asked = addressIn(mask !== undefined && /^\d/.test(mask) ? `${ip} ${mask}` : ip);
  if (asked === undefined) return '% Invalid input detected\n';
  const routes = routesOf(device);
  if (words.includes('longer-prefixes')) return routeTable(routesIn(routes, asked));
  const found = mask === undefined ? routesTo(routes, asked) : routesAt(routes, asked);
  const [first] = found;
  if (first === undefined) return mask === undefined ? '% Network not in table\n' : '% Subnet not in table\n';
  const { protocol, distance, prefix } = first;
  const via = protocol === 'connected' || protocol === 'local';
  const known = protocol === 'bgp' ? `bgp ${localAsOf(device)}` : via ? 'connected' : protocol;
  return lined([
    `Routing entry for ${prefixText(prefix)}${prefix.length === 0 ? ', supernet' : ''}`,
    `  Known via "${known}", distance ${distance}, metric 0${prefix.length === 0 ? ', candidate default path' : via ? ` (${protocol === 'local' ? 'receive' : 'connected'}, via interface)` : ''}`,
    ...(protocol === 'bgp'
      ? [
          `  Tag ${first.asPath[0]}, type external`,
          `  Last update from ${first.nextHop} ${weekClockOf(first.ageS)} ago`,
        ]
      : []),
    '  Routing Descriptor Blocks:',
    ...found.flatMap(({ nextHop, port, ageS, session, asPath }, nth) => [
      `  ${nth === 0 ? '*' : ' '} ${nextHop === undefined ? `directly connected, via ${port}` : session === undefined ? nextHop : `${nextHop}, from ${session.address}, ${weekClockOf(ageS)} ago`}`,
      '      Route metric is 0, traffic share count is 1',
      ...(session === undefined
        ? []
        : [`      AS Hops ${asPath.length}`, `      Route tag ${asPath[0]}`, '      MPLS label: none']),
    ]),
  ]);
}

/** `show ip bgp` and what stands behind it; words may be cut short. */
function ipBgp(device: SimulatedDevice, words: readonly string[]): string {
  const [first = ''] = words;
  if (bgpSessions(device).length === 0) return '% BGP not active\n';
  if (first === 'all' || /^sum/.test(first)) return bgpSummary(device);
  const neighbors = words.findIndex((word) => /^neigh/.test(word));
  if (neighbors !== -1) {
    const only = words[neighbors + 1];
    const sessions = bgpSessions(device).filter(({ address }) => only === undefined || address === only);
    return sessions.length === 0
      ? '% No such neighbor or address family\n'
      : sessions.map((peer) => neighborText(device, peer)).join('');
  }
  const asked = addressIn(first);
  if (asked === undefined) return '% Invalid input detected\n';
  const bgp = routesOf(device).filter(({ session }) => session !== undefined);
  const found = first.includes('/') ? routesAt(bgp, asked) : routesTo(bgp, asked);
  if (found.length === 0) return '% Network not in table\n';
  return lined([
    `BGP routing table entry for ${prefixText(found[0]!.prefix)}, version 279621`,
    `Paths: (${found.length} available, best #1, table default)`,
    '  Not advertised to any peer',
    ...found.flatMap(({ asPath, nextHop, session }, nth) => [
      '  Refresh Epoch 1',
      `  ${asPath.join(' ')}`,
      `    ${nextHop} from ${session!.address} (${session!.routerId})`,
      `      Origin IGP, metric 0, localpref 100, valid, external${nth === 0 ? ', best' : ''}`,
      '      rx pathid: 0, tx pathid: 0x0',
    ]),
  ]);
}

/** `3w0d`. */
const since = ({ isUp, uptimeS }: BgpSession): string => (isUp ? weekClockOf(uptimeS) : 'never');

function bgpSummary(device: SimulatedDevice): string {
  const sessions = bgpSessions(device);
  if (sessions.length === 0) return '% BGP not active\n';
  return lined([
    'For address family: IPv4 Unicast',
    `BGP router identifier ${ownRouterId(device)}, local AS number ${localAsOf(device)}`,
    'BGP table version is 812, main routing table version 812',
    '',
    'Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd',
    ...sessions.map((peer) => {
      const messages = String(peer.messages);
      const state = peer.isUp ? String(peer.prefixes).padStart(8) : peer.isShut ? 'Idle (Admin)' : 'Active';
      return `${peer.address.padEnd(15)} 4 ${String(peer.asn).padStart(12)} ${messages.padStart(7)} ${messages.padStart(7)}      812    0    0 ${since(peer).padEnd(8)} ${state}`;
    }),
    '',
  ]);
}

function neighborText(device: SimulatedDevice, peer: BgpSession): string {
  const count = (name: string, sent: number, received: number): string =>
    `    ${`${name}:`.padEnd(16)}${String(sent).padStart(9)}${String(received).padStart(11)}`;
  const activity = (name: string, sent: number | string, received: number | string, more = ''): string =>
    `    ${`${name}:`.padEnd(25)}${String(sent).padStart(7)} ${String(received).padStart(10)}${more}`;
  const sent = peer.isUp ? 12 : 0;
  return lined([
    `BGP neighbor is ${peer.address},  remote AS ${peer.asn}, ${peer.asn === localAsOf(device) ? 'internal' : 'external'} link`,
    ...(peer.description === '' ? [] : [` Description: ${peer.description}`]),
    ...(peer.isShut ? [' Administratively shut down'] : []),
    `  BGP version 4, remote router ID ${peer.routerId}`,
    `  BGP state = ${peer.isUp ? `Established, up for ${since(peer)}` : peer.isShut ? 'Idle' : 'Active'}`,
    ...(peer.isUp
      ? ['  Last read 00:00:12, last write 00:00:20, hold time is 180, keepalive interval is 60 seconds']
      : []),
    '  Message statistics:',
    '    InQ depth is 0',
    '    OutQ depth is 0',
    '    ',
    '                         Sent       Rcvd',
    count('Opens', peer.isUp ? 1 : 0, peer.isUp ? 1 : 0),
    count('Notifications', 0, 0),
    count('Updates', sent, peer.prefixes),
    count('Keepalives', peer.messages, peer.messages),
    count('Route Refresh', 0, 0),
    count('Total', peer.messages + sent + (peer.isUp ? 1 : 0), peer.messages + peer.prefixes + (peer.isUp ? 1 : 0)),
    '  Default minimum time between advertisement runs is 30 seconds',
    '',
    ' For address family: IPv4 Unicast',
    `  Session: ${peer.address}`,
    '  BGP table version 812, neighbor version 812/0',
    '                                 Sent       Rcvd',
    '  Prefix activity:               ----       ----',
    activity('Prefixes Current', sent, peer.prefixes, ` (Consumes ${peer.prefixes * 136} bytes)`),
    activity('Prefixes Total', sent, peer.prefixes),
    activity('Implicit Withdraw', 0, 0),
    activity('Explicit Withdraw', 0, 0),
    activity('Used as bestpath', 'n/a', peer.prefixes),
    activity('Used as multipath', 'n/a', 0),
    '',
    '                                   Outbound    Inbound',
    '  Local Policy Denied Prefixes:    --------    -------',
    '    Total:                                0          0',
    '  Number of NLRIs in the update sent: max 6, min 0',
    '',
    `  Address tracking is enabled, the RIB does have a route to ${peer.address}`,
    `  Connections established ${peer.isUp ? 1 : 0}; dropped 0`,
    '  Last reset never',
    ...(peer.isUp
      ? [
          'Connection state is ESTAB, I/O status: 1, unread input bytes: 0            ',
          `Local host: ${peer.localAddress}, Local port: 179`,
          `Foreign host: ${peer.address}, Foreign port: ${40_000 + (peer.peerSeed % 20_000)}`,
        ]
      : ['  No active TCP connection']),
    '',
  ]);
}
