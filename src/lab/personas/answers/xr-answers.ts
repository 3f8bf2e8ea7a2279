import type { SimulatedDevice } from '../../device.ts';
import { type BgpSession, bgpSessions } from '../../network/bgp-sessions.ts';
import { chassisMac, dotted, portsOf, shortPort, systemOf } from '../../network/ports.ts';
import type { PersonaCommand } from '../../persona.ts';

const answer = (words: string, print: (device: SimulatedDevice) => string): PersonaCommand => ({
  words,
  in: ['exec'],
  run: ({ device }) => ({ text: print(device) }),
});

const legend = [
  'Capability codes:',
  '\t(R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device',
  '\t(W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other',
  '',
];

const bgpNeighbor =
  ({ facts }: SimulatedDevice) =>
  (peer: BgpSession): string =>
    [
      `BGP neighbor is ${peer.address}`,
      ` Remote AS ${peer.asn}, local AS ${facts.asn}, ${peer.asn === facts.asn ? 'internal' : 'external'} link`,
      ` Description: ${peer.description}`,
      ` Remote router ID ${peer.routerId}`,
      `  BGP state = ${peer.isUp ? `Established, up for ${Math.floor(peer.uptimeS / 604_800)}w0d` : 'Idle'}`,
      '',
      ' For Address Family: IPv4 Unicast',
      `  ${peer.prefixes} accepted prefixes, ${peer.prefixes} are bestpaths`,
      `  Prefix advertised ${peer.isUp ? 12 : 0}, suppressed 0, withdrawn 0`,
      '',
      '',
    ].join('\n');

/** Show commands of IOS-XR about its interfaces and neighbours. */
export const xrAnswers: readonly PersonaCommand[] = [
  answer('show interfaces', (device) =>
    portsOf(device)
      .map(({ name, isEnabled, isUp, mac, description, address, mtu, kbits }) =>
        [
          `${name} is ${isEnabled ? (isUp ? 'up' : 'down') : 'administratively down'}, line protocol is ${isUp ? 'up' : isEnabled ? 'down' : 'administratively down'}`,
          `  Hardware is TenGigE, address is ${dotted(mac)} (bia ${dotted(mac)})`,
          ...(description === '' ? [] : [`  Description: ${description}`]),
          `  Internet address is ${address === undefined ? 'Unknown' : `${address.ip}/${address.length}`}`,
          `  MTU ${mtu} bytes, BW ${kbits} Kbit (Max: ${kbits} Kbit)`,
          '     reliability 255/255, txload 0/255, rxload 0/255',
          '  Encapsulation ARPA,',
          '',
        ].join('\n'),
      )
      .join('\n'),
  ),
  answer('show bgp neighbors', (device) => bgpSessions(device).map(bgpNeighbor(device)).join('')),
  answer(
    'show bgp summary',
    ({ facts }) =>
      `BGP router identifier ${facts.ip(0)}, local AS number ${facts.asn}\nBGP generic scan interval 60 secs\n`,
  ),
  // No VRF has a session.
  answer('show bgp vrf all neighbors', () => ''),
  answer('show bgp vrf all summary', () => ''),
  answer('show lldp neighbors', ({ facts }) =>
    [
      ...legend,
      'Device ID       Local Intf          Hold-time  Capability     Port ID',
      ...facts.wires.map(
        ({ peer, port, peerPort }) =>
          `${peer.padEnd(15)} ${shortPort(port).padEnd(19)} 120        B,R            ${peerPort}`,
      ),
      '',
      `Total entries displayed: ${facts.wires.length}`,
      '',
    ].join('\n'),
  ),
  answer('show lldp neighbors detail', ({ facts }) =>
    [
      ...legend,
      ...facts.wires.flatMap(({ peer, port, peerPort, peerPlatform, peerSeed }) => [
        '------------------------------------------------',
        `Local Interface: ${port}`,
        `Chassis id: ${dotted(chassisMac(peerSeed))}`,
        `Port id: ${peerPort}`,
        `Port Description: to ${facts.host}`,
        `System Name: ${peer}`,
        '',
        'System Description: ',
        systemOf(peerPlatform),
        '',
        'Time remaining: 100 seconds',
        'Hold Time: 120 seconds',
        'System Capabilities: B,R',
        'Enabled Capabilities: R',
        'Management Addresses - not advertised',
        '',
      ]),
      `Total entries displayed: ${facts.wires.length}`,
      '',
    ].join('\n'),
  ),
];
