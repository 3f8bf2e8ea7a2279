import type { SimulatedDevice } from '../../device.ts';
import {
  type Address,
  addressIn,
  arpEntries,
  bgpSessions,
  chassisMac,
  coloned,
  liveWires,
  localAsOf,
  macEntries,
  ownRouterId,
  type Port,
  portsOf,
  prefixText,
  type RouteEntry,
  routesAt,
  routesOf,
  routesTo,
  systemOf,
  type Vlan,
  vlansOf,
} from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { answer, lined, rowsOf } from './answer.ts';
import { linuxPing, pingCommand } from './ping.ts';

const ruler = (width: number): string => '-'.repeat(width);

/** Show commands of AOS-CX about interfaces and neighbours. */
export const aoscxAnswers: readonly PersonaCommand[] = [
  pingCommand('ping *', linuxPing(100)),
  answer('show domain-name', () => 'lab.example.net\n'),
  answer('show interface', (device) =>
    portsOf(device)
      .filter(({ name }) => name !== 'mgmt')
      .map(portText)
      .join('\n'),
  ),
  answer('show interface mgmt', mgmtText),
  answer('show arp all-vrfs', arpTable),
  answer('show mac-address-table', macTable),
  answer('show lldp neighbor-info detail', lldpText),
  answer('show vlan', vlanTable),
  answer('show bgp all-vrfs all summary', bgpSummary),
  answer('show vrf', vrfText),
  answer('show ip route *', routeText),
  answer('show bgp ipv4 unicast *', bgpRoute),
];

function portText({
  name,
  isEnabled,
  isUp,
  description,
  mac,
  mtu,
  kbits,
  kind,
  vlan,
  addresses,
  wire,
  traffic,
  errorsIn,
}: Port): string {
  const count = (label: string, received: number, sent: number): string =>
    ` ${label.padEnd(16)} ${String(received).padStart(20)} ${String(sent).padStart(20)} ${String(received + sent).padStart(20)}`;
  return lined([
    `Interface ${name} is ${isUp ? 'up' : 'down'}${isEnabled ? '' : ' (Administratively down)'}`,
    ` Admin state is ${isEnabled ? 'up' : 'down'}`,
    ...(isUp || isEnabled ? [] : [' State information: Administratively down']),
    ...(kind === 'physical'
      ? [
          ` Link state: ${isUp ? 'up' : 'down'} for 5 weeks (since Mon Jan 05 00:02:00 UTC 2026)`,
          ` Link transitions: ${isUp ? 1 : 0}`,
        ]
      : []),
    ` Description: ${description}`,
    ...(kind === 'physical' ? [' Persona: '] : []),
    ` Hardware: Ethernet, MAC Address: ${coloned(mac)} `,
    ...(kind === 'physical'
      ? [
          ` MTU ${mtu} `,
          ` Type ${kbits > 1_000_000 ? 'SFP+LR' : '1GbT'}`,
          ' Full-duplex ',
          ' qos trust none',
          ` Speed ${isUp ? kbits / 1000 : 0} Mb/s `,
          ` Auto-negotiation is ${kbits > 1_000_000 ? 'off' : 'on'}`,
          ' Flow-control: off ',
          ' Error-control: off ',
          ' MDI mode: MDIX',
        ]
      : []),
    ...(vlan === undefined
      ? addresses.map(({ ip, length }) => ` IPv4 address ${ip}/${length}${''}`)
      : wire === undefined
        ? [' VLAN Mode: access', ` Access VLAN: ${vlan}`]
        : [' VLAN Mode: native-untagged', ' Native VLAN: 1', ' Allowed VLAN List: all']),
    ...(kind === 'physical'
      ? [
          ' Rate collection interval: 300 seconds',
          '',
          ' Rates                              RX                   TX        Total (RX+TX)',
          ` ${ruler(16)} ${ruler(20)} ${ruler(20)} ${ruler(20)}`,
          ' Mbits / sec                      0.00                 0.00                 0.00',
          ' KPkts / sec                      0.00                 0.00                 0.00',
          '   Unicast                        0.00                 0.00                 0.00',
          ' Utilization                      0.00                 0.00                 0.00',
          '',
          ' Statistic                          RX                   TX                Total',
          ` ${ruler(16)} ${ruler(20)} ${ruler(20)} ${ruler(20)}`,
          count('Packets', traffic.packetsIn, traffic.packetsOut),
          count('  Unicast', traffic.packetsIn, traffic.packetsOut),
          count('  Multicast', 0, 0),
          count('  Broadcast', 0, 0),
          count('Bytes', traffic.bytesIn, traffic.bytesOut),
          count('Jumbos', 0, 0),
          count('Dropped', 0, 0),
          count('Pause Frames', 0, 0),
          count('Errors', errorsIn, 0),
          count('  CRC/FCS', 0, 0),
          '  Collision                       n/a                    0                    0',
          count('  Runts', 0, 0),
          count('  Giants', 0, 0),
        ]
      : []),
  ]);
}

function mgmtText(device: SimulatedDevice): string {
  const port = portsOf(device).find(({ name }) => name === 'mgmt');
  const isEnabled = port?.isEnabled === true;
  return lined([
    `  Address Mode                  : ${port?.address === undefined ? 'dhcp' : 'static'}`,
    `  Admin State                   : ${isEnabled ? 'up' : 'down'}`,
    `  Link State                    : ${isEnabled ? 'up' : 'down'}`,
    `  Mac Address                   : ${coloned(port?.mac ?? chassisMac(device.facts.seed))}`,
    `  IPv4 address/subnet-mask      : ${port?.address === undefined ? '' : `${port.address.ip}/${port.address.length}`}`,
    '  Default gateway IPv4          : ',
    '  IPv6 address/prefix           : ',
    '  IPv6 link local address/prefix: ',
    '  Default gateway IPv6          : ',
    '  Primary Nameserver            : ',
    '  Secondary Nameserver          : ',
  ]);
}

function arpTable(device: SimulatedDevice): string {
  const uplink = liveWires(device)[0]?.port ?? '';
  const rows = arpEntries(device)
    .filter(({ isOwn }) => !isOwn)
    .map(
      ({ ip, mac, port }) =>
        `${ip.padEnd(16)} ${coloned(mac)}  ${port.padEnd(12)} ${(port.startsWith('vlan') ? uplink : port).padEnd(26)} reachable  default`,
    );
  return lined([
    '',
    'IPv4 Address     MAC                Port         Physical Port              State      VRF     ',
    ruler(114),
    ...rows,
    ruler(114),
    `Total Number Of ARP Entries Listed- ${rows.length}.`,
    ruler(114),
  ]);
}

function macTable(device: SimulatedDevice): string {
  const entries = macEntries(device);
  return lined([
    'MAC age-time            : 300 seconds',
    `Number of MAC addresses : ${entries.length}`,
    '',
    'MAC Address          VLAN     Type                      Port                          ',
    ruler(62),
    ...entries.map(
      ({ mac, vlan, port }) => `${coloned(mac)}    ${String(vlan).padEnd(8)} dynamic                   ${port}`,
    ),
  ]);
}

function lldpText(device: SimulatedDevice): string {
  const wires = liveWires(device);
  return lined([
    '',
    'LLDP Neighbor Information ',
    '=========================',
    '',
    `Total Neighbor Entries          : ${wires.length}`,
    'Total Neighbor Entries Deleted  : 0',
    'Total Neighbor Entries Dropped  : 0',
    'Total Neighbor Entries Aged-Out : 0',
    '',
    ...wires.flatMap(({ port, peer, peerPort, peerPlatform, peerSeed, peerAddress }) => [
      ruler(80),
      '',
      `Port                           : ${port}`,
      'Neighbor Entries               : 1',
      'Neighbor Entries Deleted       : 0',
      'Neighbor Entries Dropped       : 0',
      'Neighbor Entries Aged-Out      : 0',
      `Neighbor System-Name           : ${peer}`,
      `Neighbor System-Description    : ${systemOf(peerPlatform)}`,
      `Neighbor Chassis-ID            : ${coloned(chassisMac(peerSeed))}`,
      `Neighbor Management-Address    : ${peerAddress}`,
      'Chassis Capabilities Available : Bridge, Router',
      'Chassis Capabilities Enabled   : Bridge, Router',
      `Neighbor Port-ID               : ${peerPort}`,
      `Neighbor Port-Desc             : to ${device.host}`,
      'Neighbor Port VLAN ID          : 1',
      'TTL                            : 120',
      '',
      'Neighbor Mac-Phy details',
      'Neighbor Auto-neg Supported    : true ',
      'Neighbor Auto-Neg Enabled      : true ',
      'Neighbor Auto-Neg Advertised   : 1000 BASE_TFD',
      'Neighbor MAU type              : 1000 BASETFD',
      '',
    ]),
  ]);
}

/** `1/1/1-1/1/3,1/1/7`: neighbours of a module are joined. */
function portRanges(ports: readonly Port[]): string[] {
  const ranges: { from: string; to: string }[] = [];
  const split = (name: string): [string, number] => [name.replace(/\d+$/, ''), Number(/\d+$/.exec(name)?.[0])];
  for (const { name } of ports) {
    const last = ranges.at(-1);
    const [stem, number] = split(name);
    const [lastStem, lastNumber] = split(last?.to ?? '');
    if (last !== undefined && stem === lastStem && number === lastNumber + 1) last.to = name;
    else ranges.push({ from: name, to: name });
  }
  return ranges.map(({ from, to }) => (from === to ? from : `${from}-${to}`));
}

function vlanTable(device: SimulatedDevice): string {
  const row = ({ id, name, untagged, tagged }: Vlan): string[] => {
    const members = [...untagged, ...tagged];
    const isUp = members.some((port) => port.isUp);
    const [first = [], ...others] = rowsOf(portRanges(members), 3);
    const head = [
      String(id).padEnd(5),
      (name || (id === 1 ? 'DEFAULT_VLAN_1' : `VLAN${id}`)).padEnd(33),
      (isUp ? 'up' : 'down').padEnd(7),
      (isUp ? 'ok' : 'no_member_forwarding').padEnd(23),
      (id === 1 ? 'default' : 'static').padEnd(11),
    ].join(' ');
    const lines = [first, ...others].map((part, nth) => part.join(',') + (nth < others.length ? ',' : ''));
    return lines.map((line, nth) => (nth === 0 ? `${head} ${line}` : `${' '.repeat(84)}${line}`));
  };
  return lined([
    '',
    ruler(99),
    'VLAN  Name                              Status  Reason                  Type        Interfaces',
    ruler(99),
    ...vlansOf(device).flatMap(row),
  ]);
}

/** `02m:02w:06d` beyond a day. */
function bgpClock(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  return days === 0
    ? `${two(seconds / 3600)}h:${two((seconds / 60) % 60)}m:${two(seconds % 60)}s`
    : `${two(days / 30)}m:${two((days % 30) / 7)}w:${two((days % 30) % 7)}d`;
}

function bgpSummary(device: SimulatedDevice): string {
  const sessions = bgpSessions(device);
  if (sessions.length === 0) return 'No BGP configuration found.\n';
  return lined([
    'VRF : default',
    'BGP Summary',
    ruler(11),
    ` Local AS               : ${String(localAsOf(device)).padEnd(12)} BGP Router Identifier  : ${ownRouterId(device)}`,
    ` Peers                  : ${String(sessions.length).padEnd(12)} Log Neighbor Changes   : No`,
    ' Cfg. Hold Time         : 180          Cfg. Keep Alive        : 60',
    ' Confederation Id       : 0',
    '',
    'Address-family : IPv4 Unicast',
    ruler(29),
    ' Neighbor        Remote-AS MsgRcvd MsgSent   Up/Down Time State        AdminStatus',
    ...sessions.map(
      ({ address, asn, messages, isUp, isShut, uptimeS }) =>
        ` ${address.padEnd(15)} ${String(asn).padEnd(9)} ${String(messages).padStart(7)} ${String(messages + 2).padStart(7)}   ${bgpClock(uptimeS)}  ${(isUp ? 'Established' : 'Active').padEnd(12)} ${isShut ? 'Down' : 'Up'}`,
    ),
    '',
    'Address-family : IPv6 Unicast',
    ruler(29),
    '',
    'Address-family : L2VPN EVPN',
    ruler(27),
  ]);
}

function vrfText(device: SimulatedDevice): string {
  const routed = portsOf(device).filter(({ vlan, name }) => vlan === undefined && name !== 'mgmt');
  return lined([
    'VRF Configuration:',
    ruler(18),
    'VRF Name   : default',
    '        Interfaces             Status',
    `        ${ruler(29)}`,
    ...routed.map(({ name, isUp }) => `        ${name.padEnd(24)} ${isUp ? 'up' : 'down'}`),
    '',
    'VRF Name   : mgmt',
    '        Interfaces             Status',
    `        ${ruler(29)}`,
    '        mgmt                     up',
  ]);
}

const letters = { connected: 'C', local: 'L', static: 'S', bgp: 'B/E' } as const;

function foundFor(
  device: SimulatedDevice,
  words: readonly string[],
): { readonly asked?: Address; readonly found: readonly RouteEntry[] } {
  const [text = ''] = words;
  const asked = addressIn(text);
  if (asked === undefined || words.includes('mgmt')) return { found: [] };
  const routes = routesOf(device);
  return { asked, found: text.includes('/') ? routesAt(routes, asked) : routesTo(routes, asked) };
}

function routeText(device: SimulatedDevice, words: readonly string[]): string {
  const { found } = foundFor(device, words);
  if (found.length === 0) return `No ipv4 routes configured\n`;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return lined([
    '',
    'Displaying ipv4 routes selected for forwarding',
    '',
    'Origin Codes: C - connected, S - static, L - local',
    '              R - RIP, B - BGP, O - OSPF, D - DHCP',
    'Type Codes:   E - External BGP, I - Internal BGP, V - VPN, EV - EVPN',
    '              IA - OSPF internal area, E1 - OSPF external type 1',
    '              E2 - OSPF external type 2',
    '',
    'VRF: default',
    '',
    'Prefix              Nexthop          Interface     VRF(egress)       Origin/   Distance/    Age',
    '                                                                     Type      Metric',
    ruler(95),
    ...found.map(({ prefix, nextHop, port, protocol, distance, ageS }, nth) => {
      const age =
        protocol === 'bgp' || protocol === 'static'
          ? `${two(ageS / 86_400)}d:${two((ageS / 3600) % 24)}h:${two((ageS / 60) % 60)}m`
          : '-';
      return `${(nth === 0 ? prefixText(prefix) : '').padEnd(19)} ${(nextHop ?? '-').padEnd(16)} ${port.padEnd(13)} ${'-'.padEnd(17)} ${letters[protocol].padEnd(9)} ${`[${distance}/0]`.padEnd(12)} ${age}`;
    }),
    '',
    'Total Route Count : 1',
  ]);
}

function bgpRoute(device: SimulatedDevice, words: readonly string[]): string {
  const found = foundFor(device, words).found.filter(({ session }) => session !== undefined);
  if (found.length === 0) return 'No matching routes found.\n';
  return lined([
    'VRF : default',
    `BGP Local AS ${localAsOf(device)}      BGP Router-id ${ownRouterId(device)}`,
    '',
    ...found.flatMap(({ prefix, nextHop, session, asPath }, nth) => {
      const pair = (one: string, value: string, other: string, second: string): string =>
        ` ${one.padEnd(17)} : ${value.padEnd(21)} ${other.padEnd(15)} : ${second}`;
      return [
        pair('Network', prefixText(prefix), 'Nexthop', nextHop ?? ''),
        pair('Peer', session!.address, 'Origin', 'IGP'),
        pair('Metric', '0', 'Local Pref', '100'),
        pair('Weight', '0', 'Calc. Local Pref', '100'),
        pair('Best', nth === 0 ? 'Yes' : 'No', 'Valid', 'Yes'),
        pair('Type', 'external', 'Stale', 'No'),
        pair('Originator ID', '0.0.0.0', '', '').replace(/ +: $/, ''),
        '',
        ` AS-Path           : ${asPath.join(' ')}`,
        ' Cluster List      : ',
        ' Communities       : ',
        ' Ext-Communities   : ',
        '',
      ];
    }),
  ]);
}
