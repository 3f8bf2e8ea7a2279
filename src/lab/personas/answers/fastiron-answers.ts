import type { SimulatedDevice } from '../../device.ts';
import {
  arpEntries,
  chassisMac,
  dotted,
  liveWires,
  macEntries,
  type Port,
  portsOf,
  systemOf,
} from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { answer, lined } from './answer.ts';
import { fastironPing, pingCommand } from './ping.ts';

/** `1/1/1`, `ve 10`: how tables and the configuration call a port. */
const short = (name: string): string => name.replace(/^ethernet /, '');
/** `GigabitEthernet1/1/1`, `10GigabitEthernet1/2/1`: how `show interfaces` calls it. */
const long = ({ name, kbits }: Port): string =>
  name
    .replace(/^ethernet /, kbits > 1_000_000 ? `${kbits / 1_000_000}GigabitEthernet` : 'GigabitEthernet')
    .replace(/^ve (?=\d)/, 'Ve')
    .replace(/^loopback (?=\d)/, 'Loopback')
    .replace(/^management (?=\d)/, 'GigEthernetmgmt');

/** Show commands of FastIron's switch image about interfaces and neighbours. */
export const fastironAnswers: readonly PersonaCommand[] = [
  pingCommand('ping *', fastironPing),
  answer('show interfaces', (device) => portsOf(device).map(portText).join('')),
  answer('show arp', arpTable),
  answer('show mac-address', macTable),
  answer('show lldp neighbors detail', lldpText),
];

function portText(port: Port): string {
  const { isEnabled, isUp, mac, kbits, description, mtu, vlan, addresses, traffic, errorsIn, kind } = port;
  const speed = `${kbits / 1_000_000}Gbit`;
  return lined([
    `${long(port)} is ${isUp ? 'up' : isEnabled ? 'down' : 'disabled'}, line protocol is ${isUp ? 'up' : 'down'}`,
    ...(isUp
      ? ['  Port up for 35 day(s) 2 hour(s) 4 minute(s) 5 second(s)']
      : ['  Port down for 35 day(s) 2 hour(s) 4 minute(s) 5 second(s)']),
    `  Hardware is ${kind === 'virtual' ? 'Virtual Ethernet' : kbits > 1_000_000 ? '10GigabitEthernet' : 'GigabitEthernet'}, address is ${dotted(mac)} (bia ${dotted(mac)})`,
    ...(kind === 'virtual'
      ? []
      : [
          `  Configured speed auto, actual ${isUp ? speed : 'unknown'}, configured duplex fdx, actual ${isUp ? 'fdx' : 'unknown'}`,
          '  Configured mdi mode AUTO, actual MDIX',
        ]),
    ...(vlan === undefined
      ? []
      : [
          port.wire === undefined
            ? `  Member of L2 VLAN ID ${vlan}, port is untagged, port state is ${isUp ? 'FORWARDING' : 'BLOCKING'}`
            : '  Member of 20 L2 VLANs, port is dual mode in Vlan 1, port state is FORWARDING',
          '  BPDU guard is Disabled, ROOT protect is Disabled, Designated protect is Disabled',
          '  Link Error Dampening is Disabled',
          '  STP configured to ON, priority is level0, mac-learning is enabled',
          '  Flow Control is config enabled, oper enabled, negotiation disabled',
          '  Mirror disabled, Monitor disabled',
          '  Not member of any active trunks',
          '  Not member of any configured trunks',
        ]),
    description === '' ? '  No port name' : `  Port name is ${description}`,
    ...(vlan === undefined
      ? addresses.map(
          ({ ip, length }) => `  Internet address is ${ip}/${length}, IP MTU ${mtu} bytes, encapsulation ethernet`,
        )
      : []),
    ...(vlan === undefined
      ? []
      : [`  IPG MII 96 bits-time, IPG GMII 96 bits-time`, `  MTU ${mtu} bytes, encapsulation ethernet`]),
    '  300 second input rate: 1024 bits/sec, 1 packets/sec, 0.00% utilization',
    '  300 second output rate: 2048 bits/sec, 2 packets/sec, 0.00% utilization',
    `  ${traffic.packetsIn} packets input, ${traffic.bytesIn} bytes, 0 no buffer`,
    `  Received 0 broadcasts, 0 multicasts, ${traffic.packetsIn} unicasts`,
    `  ${errorsIn} input errors, 0 CRC, 0 frame, 0 ignored`,
    '  0 runts, 0 giants',
    `  ${traffic.packetsOut} packets output, ${traffic.bytesOut} bytes, 0 underruns`,
    `  Transmitted 0 broadcasts, 0 multicasts, ${traffic.packetsOut} unicasts`,
    '  0 output errors, 0 collisions',
    '  Relay Agent Information option: Disabled',
    '',
  ]);
}

function arpTable(device: SimulatedDevice): string {
  const uplink = liveWires(device)[0]?.port ?? '';
  const entries = arpEntries(device).filter(({ isOwn }) => !isOwn);
  return lined([
    `Total number of ARP entries: ${entries.length}`,
    'Entries in default routing instance:',
    'No.   IP Address       MAC Address    Type     Age Port               Status',
    ...entries.map(
      ({ ip, mac, port, ageMin }, nth) =>
        `${String(nth + 1).padEnd(5)} ${ip.padEnd(16)} ${dotted(mac)} Dynamic  ${String(ageMin).padEnd(3)} ${short(/^management/.test(port) ? uplink : port).padEnd(18)} Valid`,
    ),
  ]);
}

function macTable(device: SimulatedDevice): string {
  const entries = macEntries(device);
  return lined([
    `Total active entries from all ports = ${entries.length}`,
    'MAC-Address     Port           Type          Index  VLAN',
    ...entries.map(
      ({ mac, port, vlan }, nth) =>
        `${dotted(mac)}  ${short(port).padEnd(14)} Dynamic       ${String(2048 + nth * 4).padEnd(6)} ${vlan}`,
    ),
  ]);
}

/** Texts longer than the line are cut, with a backslash, and go on below. */
function folded(name: string, value: string): string[] {
  const room = 48;
  const pieces = Array.from({ length: Math.max(1, Math.ceil(value.length / room)) }, (_, nth) =>
    value.slice(nth * room, (nth + 1) * room),
  );
  return pieces.map((piece, nth) => {
    const tail = nth === pieces.length - 1 ? '"' : '\\';
    return nth === 0 ? `    + ${name.padEnd(20)}: "${piece}${tail}` : `${' '.repeat(29)}${piece}${tail}`;
  });
}

function lldpText(device: SimulatedDevice): string {
  return liveWires(device)
    .map(({ port, peer, peerPort, peerPlatform, peerSeed, peerAddress }) =>
      lined([
        `Local port: ${short(port)}`,
        `  Neighbor: ${dotted(chassisMac(peerSeed))}, TTL 101 seconds`,
        `    + Chassis ID (MAC address): ${dotted(chassisMac(peerSeed))}`,
        `    + Port ID (interface name): ${peerPort}`,
        '    + Time to live: 120 seconds',
        `    + System name         : "${peer}"`,
        `    + Port description    : "to ${device.host}"`,
        ...folded('System description', systemOf(peerPlatform)),
        '    + System capabilities : bridge, router',
        '      Enabled capabilities: bridge, router',
        '    + 802.3 MAC/PHY          : auto-negotiation enabled',
        '      Operational MAU type   : 10GigBaseLR',
        '    + Link aggregation: not capable',
        '    + Maximum frame size: 1522 octets',
        `    + Management address (IPv4): ${peerAddress}`,
        '',
      ]),
    )
    .join('');
}
