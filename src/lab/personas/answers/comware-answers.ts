import type { SimulatedDevice } from '../../device.ts';
import {
  arpEntries,
  bgpSessions,
  broadcastOf,
  chassisMac,
  dashed,
  liveWires,
  localAsOf,
  macEntries,
  maskText,
  ownRouterId,
  type Port,
  portsOf,
  prefixText,
  systemOf,
  type Vlan,
  vlansOf,
} from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { answer, clockOf, dayClockOf, lined, rowsOf } from './answer.ts';
import { comwarePing, pingCommand } from './ping.ts';
import { foundRoutes } from './vrp-routing.ts';

const modes = ['user', 'system'];

/** `GE1/0/1`, `XGE1/0/49`, `Vlan1` in tables. */
const short = (name: string): string =>
  name
    .replace(/^Ten-GigabitEthernet/, 'XGE')
    .replace(/^GigabitEthernet/, 'GE')
    .replace(/^Vlan-interface/, 'Vlan');

const stateOf = ({ isEnabled, isUp }: Port): string => (isUp ? 'UP' : isEnabled ? 'DOWN' : 'Administratively DOWN');

/** Display commands of Comware 7 about interfaces and neighbours. */
export const comwareAnswers: readonly PersonaCommand[] = [
  pingCommand('ping *', comwarePing, modes),
  answer('display interface', (device) => portsOf(device).map(portText).join('\n'), modes),
  answer(
    'display ip interface',
    (device) =>
      portsOf(device)
        .filter(({ addresses }) => addresses.length > 0)
        .map(ipText)
        .join('\n'),
    modes,
  ),
  answer('display arp', arpTable, modes),
  answer('display mac-address', macTable, modes),
  answer('display lldp neighbor-information verbose', lldpText, modes),
  answer(
    'display vlan all',
    (device) =>
      vlansOf(device)
        .map((vlan) => vlanText(device, vlan))
        .join('\n'),
    modes,
  ),
  answer('display bgp peer ipv4', bgpTable, modes),
  answer('display bgp peer ipv4 verbose', bgpDetail, modes),
  answer('display ip vpn-instance', () => '  Total VPN-Instances configured : 0\n', modes),
  answer('display ip routing-table *', routeText, modes),
  answer('display bgp routing-table ipv4 *', bgpRoute, modes),
];

function portText(port: Port): string {
  const { name, isEnabled, isUp, mac, description, kbits, kind, vlan, mtu, addresses, traffic, wire } = port;
  const speed = kbits >= 1_000_000 ? `${kbits / 1_000_000}Gbps` : `${kbits / 1000}Mbps`;
  return lined([
    name,
    `Current state: ${stateOf(port)}`,
    `Line protocol state: ${isUp ? 'UP' : 'DOWN'}`,
    ...(kind === 'physical' ? [`IP packet frame type: Ethernet II, hardware address: ${dashed(mac)}`] : []),
    `Description: ${description || `${name} Interface`}`,
    `Bandwidth: ${kbits} kbps`,
    ...(kind === 'physical'
      ? [
          'Loopback is not set',
          kbits > 1_000_000
            ? 'Media type is optical fiber, Port hardware type is 10G_BASE_LR_SFP'
            : 'Media type is twisted pair',
          isUp ? `${speed}-speed mode, full-duplex mode` : 'Unknown-speed mode, unknown-duplex mode',
          'Link speed type is autonegotiation, link duplex type is autonegotiation',
          'Flow-control is not enabled',
          'Maximum frame length: 10000',
          'Allow jumbo frames to pass',
          'Broadcast max-ratio: 100%',
          'Multicast max-ratio: 100%',
          'Unicast max-ratio: 100%',
          `PVID: ${vlan ?? 1}`,
          'MDI type: Automdix',
          `Port link-type: ${wire === undefined ? 'Access' : 'Trunk'}`,
          ...(wire === undefined
            ? [' Tagged VLANs:   None', ` Untagged VLANs: ${vlan ?? 1}`]
            : [
                ' VLAN Passing:   1(default vlan)',
                ' VLAN permitted: 1(default vlan), 2-4094',
                ' Trunk port encapsulation: IEEE 802.1q',
              ]),
          'Port priority: 0',
          `Last link flapping: ${isUp ? '5 weeks 0 days 2 hours 11 minutes' : isEnabled ? 'Never' : '6 hours 39 minutes 25 seconds'}`,
          'Last clearing of counters: Never',
        ]
      : [
          `Maximum transmission unit: ${mtu}`,
          ...(addresses.length === 0 ? ['Internet protocol processing: Disabled'] : []),
          ...addresses.map(
            ({ ip, length }, nth) => `Internet address: ${ip}/${length} (${nth === 0 ? 'Primary' : 'Sub'})`,
          ),
          ...(kind === 'loopback'
            ? ['Physical: Loopback']
            : [
                `IP packet frame type: Ethernet II, hardware address: ${dashed(mac)}`,
                `IPv6 packet frame type: Ethernet II, hardware address: ${dashed(mac)}`,
              ]),
          'Last clearing of counters: Never',
        ]),
    'Last 300 seconds input: 0 packets/sec 12 bytes/sec 0%',
    'Last 300 seconds output: 0 packets/sec 40 bytes/sec 0%',
    ...(kind === 'physical'
      ? [
          ` Input (total):  ${traffic.packetsIn} packets, ${traffic.bytesIn} bytes`,
          `          ${traffic.packetsIn} unicasts, 0 broadcasts, 0 multicasts, 0 pauses`,
          ` Input:  ${port.errorsIn} input errors, 0 runts, 0 giants, 0 throttles`,
          '          0 CRC, 0 frame, - overruns, 0 aborts',
          ` Output (total): ${traffic.packetsOut} packets, ${traffic.bytesOut} bytes`,
          `          ${traffic.packetsOut} unicasts, 0 broadcasts, 0 multicasts, 0 pauses`,
          ' Output: 0 output errors, - underruns, - buffer failures',
        ]
      : []),
  ]);
}

function ipText({ name, isUp, isEnabled, mtu, addresses }: Port): string {
  return lined([
    `${name} current state: ${isUp ? 'UP' : isEnabled ? 'DOWN' : 'Administratively DOWN'}`,
    `Line protocol current state: ${isUp ? 'UP' : 'DOWN'}`,
    ...addresses.map(({ ip, length }, nth) => `Internet address is ${ip}/${length} ${nth === 0 ? 'Primary' : 'Sub'}`),
    `Broadcast address: ${broadcastOf(addresses[0]!)}`,
    `The maximum transmit unit: ${mtu} bytes`,
    'input packets : 0, bytes : 0, multicasts : 0',
    'output packets : 0, bytes : 0, multicasts : 0',
    'TTL invalid packet number:         0',
    'ICMP packet input number:          0',
    '  Echo reply:                      0',
    '  Unreachable:                     0',
  ]);
}

/** What it has learned: its own addresses are in no table. */
function arpTable(device: SimulatedDevice): string {
  return lined([
    '  Type: S-Static   D-Dynamic   O-Openflow   R-Rule   M-Multiport  I-Invalid',
    'IP address      MAC address    VLAN/VSI name Interface                Aging Type ',
    ...arpEntries(device)
      .filter(({ isOwn }) => !isOwn)
      .map(({ ip, mac, port, ageMin }) => {
        const uplink = /^Vlan-interface(\d+)/.exec(port)?.[1];
        const way = uplink === undefined ? port : (liveWires(device)[0]?.port ?? port);
        return `${ip.padEnd(15)} ${dashed(mac)} ${(uplink ?? '--').padEnd(13)} ${short(way).padEnd(24)} ${String(ageMin).padEnd(5)} D    `;
      }),
  ]);
}

function macTable(device: SimulatedDevice): string {
  return lined([
    'MAC Address      VLAN ID    State            Port/Nickname            Aging',
    ...macEntries(device).map(
      ({ mac, vlan, port }) =>
        `${dashed(mac)}   ${String(vlan).padEnd(10)} Learned          ${short(port).padEnd(24)} Y    `,
    ),
  ]);
}

/** Long texts are cut and go on below their beginning. */
function folded(name: string, value: string): string[] {
  const room = 80 - 24;
  const pieces = Array.from({ length: Math.max(1, Math.ceil(value.length / room)) }, (_, nth) =>
    value.slice(nth * room, (nth + 1) * room),
  );
  return pieces.map((piece, nth) => (nth === 0 ? ` ${name.padEnd(20)}: ${piece}` : `${' '.repeat(23)}${piece}`));
}

function lldpText(device: SimulatedDevice): string {
  const ports = portsOf(device);
  return liveWires(device)
    .map(({ port, peer, peerPort, peerPlatform, peerSeed, peerAddress }) =>
      lined([
        `LLDP neighbor-information of port ${ports.findIndex(({ name }) => name === port) + 1}[${port}]:`,
        'LLDP agent nearest-bridge:',
        ' LLDP neighbor index : 1',
        ' Update time         : 34 days, 22 hours, 2 minutes, 15 seconds',
        ' Chassis type        : MAC address',
        ` Chassis ID          : ${dashed(chassisMac(peerSeed))}`,
        ' Port ID type        : Interface name',
        ` Port ID             : ${peerPort}`,
        ' Time to live        : 120',
        ` Port description    : to ${device.host}`,
        ` System name         : ${peer}`,
        ...folded('System description', systemOf(peerPlatform)),
        ' System capabilities supported : Bridge, Router',
        ' System capabilities enabled   : Bridge, Router',
        ' Management address type           : IPv4',
        ` Management address                : ${peerAddress}`,
        ' Management address interface type : IfIndex',
        ' Management address interface ID   : 13',
        ' Management address OID            : 0',
        ' Port VLAN ID(PVID)  : 1',
        ' Link aggregation supported   : Yes',
        ' Link aggregation enabled     : No',
        ' Aggregation port ID          : 0',
        ' Maximum frame size           : 9416',
        '',
      ]),
    )
    .join('');
}

function vlanText(device: SimulatedDevice, { id, name, untagged, tagged }: Vlan): string {
  const way = portsOf(device).find((port) => port.name === `Vlan-interface${id}`);
  const list = (word: string, ports: readonly Port[]): string[] =>
    ports.length === 0
      ? [` ${`${word} ports:`.padEnd(16)}None`]
      : [
          ` ${word} ports:`,
          ...rowsOf(ports, 2).map((row) =>
            `    ${row.map((port) => `${port.name}${port.isUp ? '(U)' : ''}`.padEnd(30)).join('')}`.trimEnd(),
          ),
        ];
  return lined([
    ` VLAN ID: ${id}`,
    ' VLAN type: Static',
    ` Route interface: ${way === undefined ? 'Not configured' : 'Configured'}`,
    ...(way?.address === undefined
      ? []
      : [` IPv4 address: ${way.address.ip}`, ` IPv4 subnet mask: ${maskText(way.address.length)}`]),
    ` Description: VLAN ${String(id).padStart(4, '0')}`,
    ` Name: ${name || `VLAN ${String(id).padStart(4, '0')}`}`,
    ...list('Tagged', tagged),
    ...list('Untagged', untagged),
  ]);
}

function bgpTable(device: SimulatedDevice): string {
  const sessions = bgpSessions(device);
  if (sessions.length === 0) return '';
  return lined([
    '',
    ` BGP local router ID: ${ownRouterId(device)}`,
    ` Local AS number: ${localAsOf(device)}`,
    ` Total number of peers: ${String(sessions.length).padEnd(17)} Peers in established state: ${sessions.filter(({ isUp }) => isUp).length}`,
    '',
    '  * - Dynamically created peer',
    '  Peer                    AS  MsgRcvd  MsgSent OutQ PrefRcv Up/Down  State',
    '',
    ...sessions.map(({ address, asn, messages, prefixes, uptimeS, isUp }) => {
      const hours = Math.floor(uptimeS / 3600);
      const time =
        hours < 24
          ? clockOf(uptimeS)
          : `${String(hours).padStart(4, '0')}h${String(Math.floor((uptimeS / 60) % 60)).padStart(2, '0')}m`;
      return `  ${address.padEnd(15)} ${String(asn).padStart(10)} ${String(messages).padStart(8)} ${String(messages + 2).padStart(8)}    0 ${String(prefixes).padStart(7)} ${time} ${isUp ? 'Established' : 'Active'}`;
    }),
  ]);
}

function bgpDetail(device: SimulatedDevice): string {
  return bgpSessions(device)
    .map(({ address, localAddress, asn, routerId, isUp, uptimeS, description }) =>
      lined([
        '',
        `         Peer: ${address.padEnd(16)} Local: ${localAddress || ownRouterId(device)}`,
        `         Type: ${asn === localAsOf(device) ? 'IBGP' : 'EBGP'} link`,
        ...(description === '' ? [] : [`         Description: ${description}`]),
        `         BGP version 4, remote router ID ${routerId}`,
        '         Update group ID: 0',
        `         BGP current state: ${isUp ? `Established, Up for ${dayClockOf(uptimeS)}` : 'Active'}`,
      ]),
    )
    .join('');
}

const protocols = { connected: 'Direct', local: 'Direct', static: 'Static', bgp: 'BGP' } as const;
const preferences = { connected: 0, local: 0, static: 60, bgp: 255 } as const;

function routeText(device: SimulatedDevice, words: readonly string[]): string {
  const found = foundRoutes(device, words);
  return lined([
    '',
    `Summary count : ${found.length}`,
    ...found.flatMap(({ prefix, protocol, nextHop, port, ageS, session, asPath }) => {
      const pair = (one: string, value: string, other: string, second: string): string =>
        `${one.padStart(11)}: ${value.padEnd(17)}${other.padStart(11)}: ${second}`;
      return [
        '',
        `Destination: ${prefixText(prefix)}`,
        `   Protocol: ${protocols[protocol]}`,
        ' Process ID: 0',
        pair('SubProtID', '0x1', 'Age', dayClockOf(ageS)),
        pair('Cost', '0', 'Preference', String(preferences[protocol])),
        pair('IpPre', 'N/A', 'QosLocalID', 'N/A'),
        pair('Tag', '0', 'State', 'Active Adv'),
        pair('OrigTblID', '0x0', 'OrigVrf', 'default-vrf'),
        pair('TableID', '0x2', 'OrigAs', String(asPath.at(-1) ?? 0)),
        pair('NibID', '0x16000000', 'LastAs', String(asPath[0] ?? 0)),
        pair('AttrID', '0xffffffff', 'Neighbor', session?.address ?? '0.0.0.0'),
        pair('Flags', '0x1008c', 'OrigNextHop', nextHop ?? '0.0.0.0'),
        pair('Label', 'NULL', 'RealNextHop', nextHop ?? '0.0.0.0'),
        pair('BkLabel', 'NULL', 'BkNextHop', 'N/A'),
        pair('Tunnel ID', 'Invalid', 'Interface', port),
        pair('BkTunnel ID', 'Invalid', 'BkInterface', 'N/A'),
        '   FtnIndex: 0x0              TrafficIndex: N/A',
        '  Connector: N/A                    PathID: 0x0',
      ];
    }),
  ]);
}

function bgpRoute(device: SimulatedDevice, words: readonly string[]): string {
  const found = foundRoutes(device, words).filter(({ session }) => session !== undefined);
  const [first] = found;
  if (first === undefined) return '';
  return lined([
    '',
    ` BGP local router ID: ${ownRouterId(device)}`,
    ` Local AS number: ${localAsOf(device)}`,
    '',
    ` Paths:   ${found.length} available, 1 best`,
    '',
    ` BGP routing table information of ${prefixText(first.prefix)}:`,
    ...found.flatMap(({ session, nextHop, asPath }) => [
      ` From            : ${session!.address} (${session!.routerId})`,
      ` Rely nexthop    : ${nextHop}`,
      ` Original nexthop: ${nextHop}`,
      ' OutLabel        : NULL',
      ` AS-path         : ${asPath.join(' ')}`,
      ' Origin          : igp',
      ' Attribute value : MED 0, localpref 100, pref-val 0, pre 255',
      ' State           : valid, external, best',
      ' IP precedence   : N/A',
      ' QoS local ID    : N/A',
      ' Traffic index   : N/A',
      '',
    ]),
  ]);
}
