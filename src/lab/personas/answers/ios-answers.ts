import type { SimulatedDevice } from '../../device.ts';
import { type BgpSession, bgpSessions } from '../../network/bgp-sessions.ts';
import { chassisMac, dotted, type Port, portsOf, shortPort, systemOf } from '../../network/ports.ts';
import type { PersonaCommand } from '../../persona.ts';

type Print = (device: SimulatedDevice) => string;

const answer = (words: string, print: Print): PersonaCommand => ({
  words,
  run: ({ device }) => ({ text: print(device) }),
});

const stateOf = ({ isEnabled, isUp }: Port): string => (isEnabled ? (isUp ? 'up' : 'down') : 'administratively down');

/** Show commands of IOS and IOS XE about interfaces and neighbours, out of the configuration and the cables. */
export const iosAnswers: readonly PersonaCommand[] = [
  answer('show interfaces', (device) =>
    portsOf(device)
      .map((port, nth) => interfaceText(device, port, nth))
      .join(''),
  ),
  answer('show ip interface', (device) => portsOf(device).map(ipInterfaceText).join('')),
  answer('show ip interface brief', (device) =>
    [
      'Interface                  IP-Address      OK? Method Status                Protocol',
      ...portsOf(device).map(
        (port) =>
          `${port.name.padEnd(26)} ${(port.address?.ip ?? 'unassigned').padEnd(15)} YES NVRAM  ${stateOf(port).padEnd(21)} ${port.isUp ? 'up' : 'down'}`,
      ),
      '',
    ].join('\n'),
  ),
  answer('show hosts', () => 'Default domain is example.net\nName servers are 255.255.255.255\n'),
  answer('show lldp neighbors', lldpTable),
  answer('show lldp neighbors detail', lldpDetail),
  answer('show arp', (device) =>
    [
      'Protocol  Address          Age (min)  Hardware Addr   Type   Interface',
      ...portsOf(device)
        .filter(({ address }) => address !== undefined)
        .map(
          ({ address, mac, name }) => `Internet  ${address!.ip.padEnd(15)}         -   ${dotted(mac)}  ARPA   ${name}`,
        ),
      ...device.facts.wires
        .filter(({ isRouted }) => isRouted)
        .map(
          ({ peerAddress, peerSeed, port }, nth) =>
            `Internet  ${peerAddress.padEnd(15)} ${String(3 + nth * 7).padStart(9)}   ${dotted(chassisMac(peerSeed))}  ARPA   ${port}`,
        ),
      '',
    ].join('\n'),
  ),
  answer('show bgp all summary', bgpSummary),
  answer('show bgp ipv4 unicast neighbors', bgpNeighbors),
];

function interfaceText({ facts }: SimulatedDevice, port: Port, nth: number): string {
  const packets = facts.number(nth + 7_000, 90_000_000);
  const lines = [
    `${port.name} is ${stateOf(port)}, line protocol is ${port.isUp ? 'up' : 'down'}`,
    `  Hardware is iGbE, address is ${dotted(port.mac)} (bia ${dotted(port.mac)})`,
    ...(port.description === '' ? [] : [`  Description: ${port.description}`]),
    ...(port.address === undefined ? [] : [`  Internet address is ${port.address.ip}/${port.address.length}`]),
    `  MTU ${port.mtu} bytes, BW ${port.kbits} Kbit/sec, DLY 10 usec,`,
    '     reliability 255/255, txload 1/255, rxload 1/255',
    '  Encapsulation ARPA, loopback not set',
    '  Last clearing of "show interface" counters never',
    '  Input queue: 0/375/0/0 (size/max/drops/flushes); Total output drops: 0',
    `     ${packets} packets input, ${packets * 512} bytes, 0 no buffer`,
    `     Received ${Math.floor(packets / 50)} broadcasts (${Math.floor(packets / 80)} IP multicasts)`,
    `     ${facts.number(nth + 7_500, 3)} input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored`,
    `     ${Math.floor(packets * 0.8)} packets output, ${Math.floor(packets * 0.8) * 640} bytes, 0 underruns`,
    '     0 output errors, 0 collisions, 1 interface resets',
  ];
  return `${lines.join('\n')}\n`;
}

function ipInterfaceText(port: Port): string {
  const address =
    port.address === undefined
      ? '  Internet protocol processing disabled'
      : `  Internet address is ${port.address.ip}/${port.address.length}\n  Broadcast address is 255.255.255.255\n  MTU is ${port.mtu} bytes`;
  return `${port.name} is ${stateOf(port)}, line protocol is ${port.isUp ? 'up' : 'down'}\n${address}\n`;
}

function lldpTable({ facts }: SimulatedDevice): string {
  const rows = facts.wires.map(
    ({ peer, port, peerPort }) =>
      `${peer.slice(0, 20).padEnd(20)}${shortPort(port).padEnd(15)}120        R               ${peerPort}`,
  );
  return [
    'Capability codes:',
    '    (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device',
    '    (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other',
    '',
    'Device ID           Local Intf     Hold-time  Capability      Port ID',
    ...rows,
    '',
    `Total entries displayed: ${rows.length}`,
    '',
  ].join('\n');
}

function lldpDetail({ facts }: SimulatedDevice): string {
  const entries = facts.wires.map(({ peer, port, peerPort, peerPlatform, peerSeed }) =>
    [
      '------------------------------------------------',
      `Local Intf: ${shortPort(port)}`,
      `Chassis id: ${dotted(chassisMac(peerSeed))}`,
      `Port id: ${peerPort}`,
      `Port Description: to ${facts.host}`,
      `System Name: ${peer}`,
      '',
      'System Description:',
      systemOf(peerPlatform),
      '',
      'Time remaining: 101 seconds',
      'System Capabilities: B,R',
      'Enabled Capabilities: R',
      'Management Addresses - not advertised',
      'Auto Negotiation - not supported',
      'Vlan ID: - not advertised',
      '',
    ].join('\n'),
  );
  return `${entries.join('')}\nTotal entries displayed: ${entries.length}\n`;
}

/** `3w0d`. */
const since = ({ isUp, uptimeS }: BgpSession): string => (isUp ? `${Math.floor(uptimeS / 604_800)}w0d` : 'never');

function bgpSummary(device: SimulatedDevice): string {
  const { asn, ip, number } = device.facts;
  return [
    'For address family: IPv4 Unicast',
    `BGP router identifier ${ip(0)}, local AS number ${asn}`,
    'BGP table version is 812, main routing table version 812',
    '',
    'Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd',
    ...bgpSessions(device).map((peer, nth) => {
      const messages = String(100 + number(nth + 8_100, 90_000));
      const state = peer.isUp ? String(peer.prefixes).padStart(9) : 'Active';
      return `${peer.address.padEnd(15)} 4 ${String(peer.asn).padStart(12)} ${messages.padStart(7)} ${messages.padStart(7)}      812    0    0 ${since(peer).padEnd(8)} ${state}`;
    }),
    '',
  ].join('\n');
}

function bgpNeighbors(device: SimulatedDevice): string {
  const { asn } = device.facts;
  return bgpSessions(device)
    .map((peer, nth) =>
      [
        `BGP neighbor is ${peer.address},  remote AS ${peer.asn}, ${peer.asn === asn ? 'internal' : 'external'} link`,
        ` Description: ${peer.description}`,
        `  BGP version 4, remote router ID ${peer.routerId}`,
        `  BGP state = ${peer.isUp ? `Established, up for ${since(peer)}` : 'Active'}`,
        '',
        ' For address family: IPv4 Unicast',
        '                                 Sent       Rcvd',
        '  Prefix activity:               ----       ----',
        `    Prefixes Current:     ${String(12 + nth).padStart(11)} ${String(peer.prefixes).padStart(10)} (Consumes ${peer.prefixes * 136} bytes)`,
        '',
        '',
      ].join('\n'),
    )
    .join('');
}
