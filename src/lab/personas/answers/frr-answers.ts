import type { SimulatedDevice } from '../../device.ts';
import {
  addressIn,
  type BgpSession,
  bgpSessions,
  coloned,
  localAsOf,
  ownRouterId,
  type Port,
  portsOf,
  prefixText,
  type RouteEntry,
  routesAt,
  routesIn,
  routesOf,
  routesTo,
} from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { lined, weekClockOf } from './answer.ts';

/** What zebra and bgpd answer to `vtysh`; undefined for a question that they do not know. */
export function vtyshAnswer(device: SimulatedDevice, command: string): string | undefined {
  const words = command.trim().split(/ +/);
  const isJson = words.at(-1) === 'json';
  const question = (isJson ? words.slice(0, -1) : words).join(' ');
  const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;
  if (question === 'show vrf') return '';
  if (question === 'show interface vrf all') return isJson ? json(interfacesJson(device)) : interfacesText(device);
  if (question === 'show bgp vrf all neighbors') return isJson ? json(neighborsJson(device)) : undefined;
  if (question === 'show bgp summary') return isJson ? json(summaryJson(device)) : summaryText(device);
  if (/^show evpn (?:mac|arp-cache) vni all$/.test(question)) return isJson ? json({}) : '';
  const [, text, rest = ''] = /^show ip route (\d\S*)(.*)$/.exec(question) ?? [];
  if (text !== undefined) {
    const found = wanted(device, text, rest.includes('longer-prefixes'));
    return isJson ? json(routesJson(found)) : routesText(found);
  }
  const [, prefix] = /^show bgp ipv4 unicast (\d\S*)$/.exec(question) ?? [];
  if (prefix !== undefined && isJson) return json(pathsJson(device, prefix));
  return undefined;
}

const heads = [
  'show vrf',
  'show interface vrf all',
  'show bgp vrf all neighbors',
  'show bgp summary',
  'show evpn mac vni all',
  'show evpn arp-cache vni all',
  'show ip route',
  'show bgp ipv4 unicast',
];

/** The commands of vtysh, each with its JSON. */
export const frrAnswers: readonly PersonaCommand[] = heads.flatMap((head) =>
  [head, `${head} *`].map(
    (words): PersonaCommand => ({
      words,
      run({ device }, rest) {
        const line = [head, ...rest].join(' ');
        return { text: vtyshAnswer(device, line) ?? `% Unknown command: ${line}\n` };
      },
    }),
  ),
);

const interfacesJson = (device: SimulatedDevice): object =>
  Object.fromEntries(
    portsOf(device).map(({ name, description, isEnabled, isUp, mtu, mac, kbits, addresses, kind }, nth) => [
      name,
      {
        administrativeStatus: isEnabled ? 'up' : 'down',
        operationalStatus: isUp ? 'up' : 'down',
        linkDetection: true,
        linkUps: 0,
        linkDowns: 0,
        vrfName: 'default',
        mplsEnabled: false,
        linkDown: false,
        ...(description !== '' && { description }),
        index: nth + 1,
        metric: 0,
        mtu,
        speed: kind === 'physical' ? kbits / 1_000 : 4_294_967_295,
        txqlen: 1000,
        type: kind === 'loopback' ? 'Loopback' : 'Ethernet',
        ...(kind !== 'loopback' && { hardwareAddress: coloned(mac) }),
        ipAddresses: addresses.map(({ ip, length }) => ({
          address: `${ip}/${length}`,
          secondary: false,
          unnumbered: false,
        })),
      },
    ]),
  );

const interfacesText = (device: SimulatedDevice): string =>
  portsOf(device)
    .map(({ name, isEnabled, isUp, description, mtu, kbits, mac, addresses }: Port, nth) =>
      lined([
        `Interface ${name} is ${isEnabled ? 'up' : 'down'}${isEnabled ? `, line protocol is ${isUp ? 'up' : 'down'}` : ''}`,
        '  Link ups:       0    last: (never)',
        '  Link downs:     0    last: (never)',
        '  vrf: default',
        ...(description === '' ? [] : [`  Description: ${description}`]),
        `  index ${nth + 1} metric 0 mtu ${mtu} speed ${kbits / 1_000} txqlen 1000`,
        `  flags: <${isEnabled ? 'UP,' : ''}BROADCAST${isUp ? ',RUNNING' : ''},MULTICAST>`,
        '  Type: Ethernet',
        `  HWaddr: ${coloned(mac)}`,
        ...addresses.map(({ ip, length }) => `  inet ${ip}/${length}`),
        '  Interface Type Other',
        '  Interface Slave Type None',
        '  protodown: off ',
      ]),
    )
    .join('');

const neighborsJson = (device: SimulatedDevice): object => ({
  default: {
    vrfId: 0,
    vrfName: 'default',
    ...Object.fromEntries(bgpSessions(device).map((peer) => [peer.address, neighborJson(device, peer)])),
  },
});

function neighborJson(device: SimulatedDevice, peer: BgpSession): object {
  const localAs = localAsOf(device);
  const sent = peer.isUp ? 12 : 0;
  return {
    remoteAs: peer.asn,
    localAs,
    [peer.asn === localAs ? 'nbrInternalLink' : 'nbrExternalLink']: true,
    localRouterId: ownRouterId(device),
    ...(peer.description !== '' && { nbrDesc: peer.description }),
    hostname: 'Unknown',
    ...(peer.isShut && { adminShutDown: true }),
    bgpVersion: 4,
    remoteRouterId: peer.routerId,
    bgpState: peer.isUp ? 'Established' : peer.isShut ? 'Idle' : 'Active',
    ...(peer.isUp && { bgpTimerUpMsec: peer.uptimeS * 1_000, bgpTimerUpString: weekClockOf(peer.uptimeS) }),
    bgpTimerConfiguredHoldTimeMsecs: 180_000,
    bgpTimerConfiguredKeepAliveIntervalMsecs: 60_000,
    bgpTimerHoldTimeMsecs: 180_000,
    bgpTimerKeepAliveIntervalMsecs: 60_000,
    messageStats: {
      depthInq: 0,
      depthOutq: 0,
      opensSent: peer.isUp ? 1 : 0,
      opensRecv: peer.isUp ? 1 : 0,
      updatesSent: sent,
      updatesRecv: peer.prefixes,
      keepalivesSent: peer.messages,
      keepalivesRecv: peer.messages,
      totalSent: peer.messages + sent,
      totalRecv: peer.messages + peer.prefixes,
    },
    addressFamilyInfo: {
      ipv4Unicast: {
        ...(peer.isUp && { updateGroupId: 1, subGroupId: 1 }),
        commAttriSentToNbr: 'extendedAndStandard',
        acceptedPrefixCounter: peer.prefixes,
        sentPrefixCounter: sent,
      },
    },
    connectionsEstablished: peer.isUp ? 1 : 0,
    connectionsDropped: 0,
    lastResetTimerMsecs: 644_000,
    lastResetDueTo: peer.isUp ? 'Waiting for NHT' : 'No AFI/SAFI activated for peer',
    externalBgpNbrMaxHopsAway: 1,
    ...(peer.isUp && {
      hostLocal: peer.localAddress,
      portLocal: 179,
      hostForeign: peer.address,
      portForeign: 40_000 + (peer.peerSeed % 20_000),
    }),
  };
}

const summaryJson = (device: SimulatedDevice): object => {
  const sessions = bgpSessions(device);
  return {
    ipv4Unicast: {
      routerId: ownRouterId(device),
      as: localAsOf(device),
      vrfId: 0,
      vrfName: 'default',
      peerCount: sessions.length,
      peers: Object.fromEntries(
        sessions.map(({ address, asn, isUp, prefixes, uptimeS, messages }) => [
          address,
          {
            remoteAs: asn,
            version: 4,
            msgRcvd: messages,
            msgSent: messages,
            peerUptime: isUp ? weekClockOf(uptimeS) : 'never',
            peerUptimeMsec: isUp ? uptimeS * 1000 : 0,
            pfxRcd: prefixes,
            pfxSnt: isUp ? 12 : 0,
            state: isUp ? 'Established' : 'Active',
            idType: 'ipv4',
          },
        ]),
      ),
      failedPeers: sessions.filter(({ isUp }) => !isUp).length,
      totalPeers: sessions.length,
    },
  };
};

const summaryText = (device: SimulatedDevice): string =>
  lined([
    '',
    'IPv4 Unicast Summary (VRF default):',
    `BGP router identifier ${ownRouterId(device)}, local AS number ${localAsOf(device)} vrf-id 0`,
    '',
    'Neighbor        V         AS   MsgRcvd   MsgSent   TblVer  InQ OutQ  Up/Down State/PfxRcd   PfxSnt Desc',
    ...bgpSessions(device).map(
      ({ address, asn, messages, isUp, uptimeS, prefixes, description }) =>
        `${address.padEnd(15)} 4 ${String(asn).padStart(10)} ${String(messages).padStart(9)} ${String(messages).padStart(9)}        0    0    0 ${(isUp ? weekClockOf(uptimeS) : 'never').padStart(8)} ${String(isUp ? prefixes : 'Active').padStart(12)} ${String(isUp ? 12 : 0).padStart(8)} ${description || 'N/A'}`,
    ),
    '',
    `Total number of neighbors ${bgpSessions(device).length}`,
  ]);

function wanted(device: SimulatedDevice, text: string, isLonger: boolean): readonly RouteEntry[] {
  const asked = addressIn(text);
  // FRR 8 keeps no local routes in the tables that it shows.
  const all = routesOf(device).filter(({ protocol }) => protocol !== 'local');
  if (asked === undefined) return [];
  return isLonger ? routesIn(all, asked) : text.includes('/') ? routesAt(all, asked) : routesTo(all, asked);
}

const grouped = (routes: readonly RouteEntry[]): readonly (readonly [string, readonly RouteEntry[]])[] => [
  ...Map.groupBy(routes, ({ prefix }) => prefixText(prefix)),
];

const routesJson = (found: readonly RouteEntry[]): object =>
  Object.fromEntries(
    grouped(found).map(([prefix, routes]) => [
      prefix,
      routes.map(({ protocol, nextHop, port, distance, ageS, prefix: { length } }) => ({
        prefix,
        prefixLen: length,
        protocol,
        vrfId: 0,
        vrfName: 'default',
        selected: true,
        destSelected: true,
        distance,
        metric: 0,
        installed: true,
        table: 254,
        uptime: weekClockOf(ageS),
        nexthops: [
          {
            flags: 3,
            fib: true,
            ...(nextHop === undefined ? { directlyConnected: true } : { ip: nextHop, afi: 'ipv4' }),
            interfaceName: port,
            active: true,
            weight: 1,
          },
        ],
      })),
    ]),
  );

const routesText = (found: readonly RouteEntry[]): string =>
  found.length === 0
    ? '% Network not in table\n'
    : lined(
        grouped(found).flatMap(([prefix, routes]) =>
          routes.flatMap(({ protocol, distance, ageS, nextHop, port }) => [
            `Routing entry for ${prefix}`,
            `  Known via "${protocol}", distance ${distance}, metric 0, best`,
            `  Last update ${weekClockOf(ageS)} ago`,
            nextHop === undefined ? `  * directly connected, ${port}` : `  * ${nextHop}, via ${port}, weight 1`,
            '',
          ]),
        ),
      );

function pathsJson(device: SimulatedDevice, text: string): object {
  const asked = addressIn(text);
  const found =
    asked === undefined ? [] : routesAt(routesOf(device), asked).filter(({ session }) => session !== undefined);
  if (found.length === 0) return {};
  return {
    prefix: text,
    version: 812,
    paths: found.map(({ asPath, nextHop, session }, nth) => ({
      aspath: { string: asPath.join(' '), segments: [{ type: 'as-sequence', list: asPath }], length: asPath.length },
      origin: 'IGP',
      metric: 0,
      valid: true,
      version: 812,
      ...(nth === 0 && { bestpath: { overall: true } }),
      nexthops: [{ ip: nextHop, afi: 'ipv4', metric: 0, accessible: true, used: true }],
      peer: { peerId: session!.address, routerId: session!.routerId, type: 'external' },
    })),
  };
}
