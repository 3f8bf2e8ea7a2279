import type { SimulatedDevice } from '../../device.ts';
import {
  arpEntries,
  broadcastOf,
  chassisMac,
  dashed,
  liveWires,
  macEntries,
  type Port,
  portsOf,
  systemOf,
  type Vlan,
  vlansOf,
} from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { volatile } from '../../volatile.ts';
import { answer, lined, rowsOf } from './answer.ts';
import { pingCommand, vrpPing } from './ping.ts';
import { bgpDetail, bgpRoute, bgpTable, routeText } from './vrp-routing.ts';

const ruler = (width: number): string => '-'.repeat(width);

/** `GE0/0/1` in the tables of VRP 5; a CloudEngine has short names from the start. */
const short = (name: string): string =>
  name
    .replace(/^XGigabitEthernet/, 'XGE')
    .replace(/^GigabitEthernet/, 'GE')
    .replace(/^MEth(?=\d)/, 'MEth');

const stateOf = ({ isEnabled, isUp }: Port): string => (isUp ? 'UP' : isEnabled ? 'DOWN' : 'Administratively DOWN');

/** Display commands of VRP about interfaces and neighbours: of S switches with VRP 5, and of CloudEngine with VRP 8. */
export function vrpAnswers(kind: 'vrp5' | 'vrp8'): readonly PersonaCommand[] {
  const isCloudEngine = kind === 'vrp8';
  const modes = ['user', 'system'];
  const one = (words: string, print: (device: SimulatedDevice, words: readonly string[]) => string): PersonaCommand =>
    answer(words, print, modes);
  return [
    pingCommand('ping *', vrpPing, modes),
    one(
      'display esn',
      ({ facts }) => `ESN of slot ${isCloudEngine ? 1 : 0}: 21023598${facts.hex(3, 12).toUpperCase()}\n`,
    ),
    one('display interface', (device) =>
      portsOf(device)
        .map((port) => portText(port, isCloudEngine))
        .join('\n'),
    ),
    one('display ip interface', (device) =>
      portsOf(device)
        .filter(({ addresses }) => addresses.length > 0)
        .map(ipText)
        .join('\n'),
    ),
    one('display arp', (device) => (isCloudEngine ? arpTable8(device) : arpTable5(device))),
    one('display arp all', (device) => (isCloudEngine ? arpTable8(device) : arpTable5(device))),
    one('display mac-address', (device) => (isCloudEngine ? macTable8(device) : macTable5(device))),
    one('display lldp neighbor', (device) => lldpText(device, isCloudEngine)),
    one('display vlan', (device) => (isCloudEngine ? vlanTable8(device) : vlanTable5(device))),
    one('display bgp peer', bgpTable),
    one('display bgp peer verbose', bgpDetail),
    one('display ip vpn-instance', () => ' Total VPN-Instances configured : 0\n'),
    one('display ip routing-table *', routeText),
    one('display bgp routing-table *', bgpRoute),
  ];
}

function portText(port: Port, isCloudEngine: boolean): string {
  const { name, description, mac, mtu, addresses, kbits, kind, vlan, traffic, isUp, errorsIn } = port;
  const isRouted = vlan === undefined;
  const frame = isRouted
    ? `Route Port,The Maximum Transmit Unit is ${mtu}`
    : isCloudEngine
      ? `Switch Port, PVID : ${String(vlan).padStart(4)}, TPID : 8100(Hex), The Maximum Frame Length is 9216`
      : `Switch Port, Link-type : ${port.wire === undefined ? 'access' : 'trunk'}(configured),\nPVID : ${String(vlan).padStart(4)}, TPID : 8100(Hex), The Maximum Frame Length is 9216`;
  const internet = addresses.map(
    ({ ip, length }, nth) => `Internet Address is ${ip}/${length}${nth > 0 ? ' Sub' : ''}`,
  );
  return lined([
    `${name} current state : ${stateOf(port)}${isCloudEngine ? ' (ifindex: 5)' : ''}`,
    `Line protocol current state : ${isUp ? (kind === 'loopback' ? 'UP (spoofing)' : 'UP') : 'DOWN'}`,
    ...(isUp && isRouted ? [`Last line protocol up time : 2026-01-05 00:02:00`] : []),
    `Description:${isCloudEngine ? ' ' : ''}${description}`,
    frame,
    ...(isRouted && internet.length === 0 ? ['Internet protocol processing : disabled'] : internet),
    ...(kind === 'loopback'
      ? ['Physical is Loopback']
      : [`IP Sending Frames' Format is PKTFMT_ETHNT_2, Hardware address is ${dashed(mac)}`]),
    ...(kind === 'physical'
      ? [
          `Last physical up time   : ${isUp ? '2026-01-05 00:01:40' : '-'}`,
          `Last physical down time : 2026-01-05 00:01:22`,
        ]
      : []),
    `Current system time: ${volatile('iso')}`,
    ...(kind === 'physical'
      ? isCloudEngine
        ? [
            'Port Mode: COMMON FIBER, Port Split/Aggregate: -',
            `Speed:      ${String(kbits / 1000).padStart(5)},                Loopback: NONE`,
            'Duplex:       FULL,                Negotiation: DISABLE',
          ]
        : [
            `Port Mode: COMMON ${kbits > 1_000_000 ? 'FIBER' : 'COPPER'}`,
            `Speed : ${kbits / 1000},  Loopback: NONE`,
            'Duplex: FULL,  Negotiation: ENABLE',
            'Mdi   : AUTO,  Flow-control: DISABLE',
          ]
      : []),
    'Last 300 seconds input rate 1024 bits/sec, 1 packets/sec',
    'Last 300 seconds output rate 2048 bits/sec, 2 packets/sec',
    `Input:  ${traffic.packetsIn} packets, ${traffic.bytesIn} bytes`,
    `  Unicast:            ${traffic.packetsIn},  Multicast:                      0`,
    `  Total Error:        ${errorsIn}`,
    `Output:  ${traffic.packetsOut} packets, ${traffic.bytesOut} bytes`,
    '    Input bandwidth utilization  :    0%',
    '    Output bandwidth utilization :    0%',
  ]);
}

function ipText({ name, isUp, mtu, addresses, kind }: Port): string {
  return lined([
    `${name} current state : ${isUp ? 'UP' : 'DOWN'}`,
    `Line protocol current state : ${isUp ? (kind === 'loopback' ? 'UP (spoofing)' : 'UP') : 'DOWN'}`,
    `The Maximum Transmit Unit : ${mtu} bytes`,
    'input packets : 0, bytes : 0, multicasts : 0',
    'output packets : 0, bytes : 0, multicasts : 0',
    ...addresses.map(({ ip, length }, nth) => `Internet Address is ${ip}/${length}${nth > 0 ? ' Sub' : ''}`),
    `Broadcast address : ${broadcastOf(addresses[0]!)}`,
    'TTL being 1 packet number:         0',
  ]);
}

/** What was learned behind a VLAN interface is told at the port, with the VLAN on a line of its own. */
function arpTable5(device: SimulatedDevice): string {
  const entries = arpEntries(device);
  const uplink = liveWires(device)[0]?.port;
  const rows = entries.flatMap(({ ip, mac, port, isOwn, ageMin }) => {
    const vlan = isOwn ? undefined : /^Vlanif(\d+)$/.exec(port)?.[1];
    const place = vlan === undefined ? port : (uplink ?? port);
    return [
      `${ip.padEnd(15)} ${dashed(mac).padEnd(15)} ${(isOwn ? '' : String(ageMin)).padEnd(9)} ${(isOwn ? 'I -' : 'D-0').padEnd(11)} ${short(place)}`,
      ...(vlan === undefined ? [] : [`${' '.repeat(42)}${`${vlan}/-`.padStart(5)}`]),
    ];
  });
  const dynamic = entries.filter(({ isOwn }) => !isOwn).length;
  return lined([
    'IP ADDRESS      MAC ADDRESS     EXPIRE(M) TYPE        INTERFACE   VPN-INSTANCE',
    '                                          VLAN/CEVLAN PVC',
    ruler(78),
    ...rows,
    ruler(78),
    `Total:${String(entries.length).padEnd(10)}Dynamic:${String(dynamic).padEnd(8)}Static:0     Interface:${entries.length - dynamic}`,
  ]);
}

function arpTable8(device: SimulatedDevice): string {
  const entries = arpEntries(device);
  const dynamic = entries.filter(({ isOwn }) => !isOwn).length;
  return lined([
    'ARP Entry Types: D - Dynamic, S - Static, I - Interface, O - OpenFlow, RD - Redirect',
    'EXP: Expire-time          VLAN:VLAN or Bridge Domain',
    '',
    'IP ADDRESS      MAC ADDRESS    EXP(M) TYPE/VLAN       INTERFACE        VPN-INSTANCE',
    ruler(82),
    ...entries.map(
      ({ ip, mac, port, isOwn, ageMin }) =>
        `${ip.padEnd(15)} ${dashed(mac)} ${(isOwn ? '' : String(ageMin)).padStart(6)} ${(isOwn ? 'I' : 'D').padEnd(15)} ${port}`,
    ),
    ruler(82),
    `Total:${String(entries.length).padEnd(10)}Dynamic:${String(dynamic).padEnd(8)}Static:0     Interface:${entries.length - dynamic}    OpenFlow:0`,
    'Redirect:0',
  ]);
}

function macTable5(device: SimulatedDevice): string {
  const entries = macEntries(device);
  return lined([
    ruler(79),
    'MAC Address    VLAN/VSI                          Learned-From        Type      ',
    ruler(79),
    ...entries.map(
      ({ mac, vlan, port }) => `${dashed(mac)} ${`${vlan}/-`.padEnd(33)} ${short(port).padEnd(19)} dynamic   `,
    ),
    '',
    ruler(79),
    `Total items displayed = ${entries.length} `,
    '',
  ]);
}

function macTable8(device: SimulatedDevice): string {
  const entries = macEntries(device);
  return lined([
    'Flags: * - Backup',
    '       # - forwarding logical interface, operations cannot be performed based',
    '           on the interface.',
    'BD   : bridge-domain   Age : dynamic MAC learned time in seconds',
    ruler(79),
    'MAC Address    VLAN/VSI/BD   Learned-From        Type                Age',
    ruler(79),
    ...entries.map(
      ({ mac, vlan, port }, nth) =>
        `${dashed(mac)} ${`${vlan}/-/-`.padEnd(13)} ${port.padEnd(19)} ${'dynamic'.padEnd(19)} ${device.facts.number(nth + 640, 9_000)}`,
    ),
    ruler(79),
    `Total items: ${entries.length}`,
  ]);
}

function lldpText(device: SimulatedDevice, isCloudEngine: boolean): string {
  const wires = new Map(liveWires(device).map((wire) => [wire.port, wire]));
  const ports = portsOf(device).filter(({ kind }) => kind === 'physical');
  if (isCloudEngine) {
    return [...wires.values()]
      .map((wire) => {
        const field = (name: string, value: string): string => `${name.padEnd(35)}:${value}`;
        return lined([
          `${wire.port} has 1 neighbor(s):`,
          '',
          field('Neighbor index', '1'),
          field('Chassis type', 'MAC Address'),
          field('Chassis ID', dashed(chassisMac(wire.peerSeed))),
          field('Port ID subtype', 'Interface Name'),
          field('Port ID', wire.peerPort),
          field('Port description', `to ${device.host}`),
          field('System name', wire.peer),
          field('System description', systemOf(wire.peerPlatform)),
          field('System capabilities supported', 'bridge router'),
          field('System capabilities enabled', 'bridge router'),
          field('Management address type', 'ipv4'),
          field('Management address', wire.peerAddress),
          field('Expired time', '104s'),
          '',
        ]);
      })
      .join('');
  }
  return ports
    .map(({ name }) => {
      const wire = wires.get(name);
      if (wire === undefined) return `${name} has 0 neighbor(s)\n\n`;
      return lined([
        `${name} has 1 neighbor(s):`,
        '',
        'Neighbor index :1',
        'Chassis type   :MAC address ',
        `Chassis ID     :${dashed(chassisMac(wire.peerSeed))} `,
        'Port ID type   :Interface name ',
        `Port ID        :${wire.peerPort} `,
        `Port description    :to ${device.host}`,
        `System name         :${wire.peer}`,
        `System description  :${systemOf(wire.peerPlatform)}`,
        'System capabilities supported   :bridge router ',
        'System capabilities enabled     :bridge router ',
        'Management address type  :ipV4',
        `Management address       : ${wire.peerAddress}`,
        'Expired time   :104s',
        '',
        'Port VLAN ID(PVID)  :1',
        'VLAN name of VLAN  1:VLAN 0001',
        'Protocol identity   :-- ',
        'Auto-negotiation supported    :Yes ',
        'Auto-negotiation enabled      :Yes ',
        'OperMau   :speed(1000)/duplex(Full)',
        '',
      ]);
    })
    .join('');
}

const vlanName = ({ id, name }: Vlan): string => name || `VLAN ${String(id).padStart(4, '0')}`;

const vlanLegend = [
  ruler(80),
  'U: Up;         D: Down;         TG: Tagged;         UT: Untagged;',
  'MP: Vlan-mapping;               ST: Vlan-stacking;',
  '#: ProtocolTransparent-vlan;    *: Management-vlan;',
];

/** Four ports a line, the first of each kind behind its tag. */
function members({ untagged, tagged }: Vlan, shortName: (name: string) => string): string[] {
  const shown = (ports: readonly Port[], tag: string): string[] =>
    rowsOf(ports, 4).map(
      (row, nth) =>
        `${nth === 0 ? tag : '   '}${row.map(({ name, isUp }) => `${shortName(name)}(${isUp ? 'U' : 'D'})`.padEnd(16)).join('')}`,
    );
  return [...shown(untagged, 'UT:'), ...shown(tagged, 'TG:')];
}

function vlanTable5(device: SimulatedDevice): string {
  const vlans = vlansOf(device);
  return lined([
    `The total number of vlans is : ${vlans.length}`,
    ...vlanLegend,
    ruler(80),
    '',
    'VID  Type    Ports                                                          ',
    ruler(80),
    ...vlans.flatMap((vlan) => {
      const [head = '', ...others] = members(vlan, short);
      return [`${String(vlan.id).padEnd(4)} common  ${head}`, ...others.map((line) => `             ${line}`), ''];
    }),
    'VID  Status  Property      MAC-LRN Statistics Description      ',
    ruler(80),
    '',
    ...vlans.map((vlan) => `${String(vlan.id).padEnd(4)} enable  default       enable  disable    ${vlanName(vlan)}`),
  ]);
}

function vlanTable8(device: SimulatedDevice): string {
  const vlans = vlansOf(device);
  return lined([
    `The total number of vlans is : ${vlans.length}`,
    ...vlanLegend,
    'MAC-LRN: MAC-address learning;  STAT: Statistic;',
    'BC: Broadcast; MC: Multicast;   UC: Unknown-unicast;',
    'FWD: Forward;  DSD: Discard;',
    ruler(80),
    '',
    'VID          Ports                                                          ',
    ruler(80),
    ...vlans.flatMap((vlan) => {
      const [head = '', ...others] = members(vlan, (name) => name);
      return [`${String(vlan.id).padStart(4)}         ${head}`, ...others.map((line) => `             ${line}`)];
    }),
    '',
    'VID  Type     Status  Property  MAC-LRN STAT    BC  MC  UC  Description',
    ruler(80),
    ...vlans.map(
      (vlan) =>
        `${String(vlan.id).padStart(4)} common   enable  default   enable  disable FWD FWD FWD ${vlanName(vlan)}`,
    ),
  ]);
}
