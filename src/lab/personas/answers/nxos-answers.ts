import type { SimulatedDevice } from '../../device.ts';
import { nxosJson } from '../../http/nxos-json.ts';
import type { PersonaCommand } from '../../persona.ts';
import { bgpSessions } from './bgp-sessions.ts';
import { chassisMac, dotted, portsOf, shortPort, systemOf } from './ports.ts';

/** A show command with its text; behind `| json` what NX-API gives. */
const answer = (words: string, print: (device: SimulatedDevice) => string): PersonaCommand => ({
  words,
  run({ device }, _, filters) {
    if (filters[0]?.trim() !== 'json') return { text: print(device) };
    const json = nxosJson(device, words.replaceAll(/[[\]]/g, ''));
    // What has no JSON is refused as such.
    if (json === undefined) return { text: print(device) };
    filters.shift();
    return { text: `${JSON.stringify(json)}\n` };
  },
});

/** Show commands of NX-OS about itself, its interfaces and its neighbours. */
export const nxosAnswers: readonly PersonaCommand[] = [
  answer('show hostname', ({ host }) => `${host}.lab.example.net \n`),
  answer('show interface', (device) =>
    portsOf(device)
      .map((port) =>
        [
          `${port.name} is ${port.isUp ? 'up' : port.isEnabled ? 'down (Link not connected)' : 'down (Administratively down)'}`,
          `admin state is ${port.isEnabled ? 'up' : 'down'}, Dedicated Interface`,
          `  Hardware: 1000/10000 Ethernet, address: ${dotted(port.mac)} (bia ${dotted(port.mac)})`,
          ...(port.description === '' ? [] : [`  Description: ${port.description}`]),
          `  MTU ${port.mtu} bytes, BW ${port.kbits} Kbit, DLY 10 usec`,
          '',
        ].join('\n'),
      )
      .join('\n'),
  ),
  answer('show interface status', (device) =>
    [
      '-'.repeat(80),
      'Port             Name            Status    Vlan      Duplex  Speed   Type',
      '-'.repeat(80),
      ...portsOf(device).map(
        (port) =>
          `${shortPort(port.name).padEnd(16)} ${(port.description || '--')
            .replaceAll(/[^ -~]/g, '?')
            .slice(0, 15)
            .padEnd(15)} ${port.isUp ? 'connected' : 'disabled '} 1         full    10G     10Gbase-LR`,
      ),
      '',
    ].join('\n'),
  ),
  answer('show ip interface vrf all', (device) =>
    [
      'IP Interface Status for VRF "default"',
      ...portsOf(device)
        .filter(({ address }) => address !== undefined)
        .map(
          ({ name, address, isUp }, nth) =>
            `${name}, Interface status: protocol-${isUp ? 'up' : 'down'}/link-${isUp ? 'up' : 'down'}/admin-up, iod: ${nth + 2},\n  IP address: ${address!.ip}, IP subnet: ${address!.ip.replace(/\d+$/, '0')}/${address!.length} route-preference: 0, tag: 0`,
        ),
      '',
    ].join('\n'),
  ),
  answer('show lldp neighbors detail', lldpDetail),
  answer('show bgp all summary vrf all', bgpSummary),
];

function lldpDetail({ facts }: SimulatedDevice): string {
  const entries = facts.wires.map(({ peer, port, peerPort, peerPlatform, peerSeed }) =>
    [
      `Chassis id: ${dotted(chassisMac(peerSeed))}`,
      `Port id: ${peerPort}`,
      `Local Port id: ${shortPort(port)}`,
      `Port Description: to ${facts.host}`,
      `System Name: ${peer}`,
      `System Description: ${systemOf(peerPlatform)}`,
      'Time remaining: 104 seconds',
      'System Capabilities: B, R',
      'Enabled Capabilities: B, R',
      'Management Address: not advertised',
      'Vlan ID: not advertised',
      '',
      '',
    ].join('\n'),
  );
  return [
    'Capability codes:',
    '  (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device',
    '  (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other',
    'Device ID            Local Intf      Hold-time  Capability  Port ID  ',
    '',
    `${entries.join('')}Total entries displayed: ${entries.length}`,
    '',
  ].join('\n');
}

function bgpSummary(device: SimulatedDevice): string {
  const { asn, ip } = device.facts;
  return [
    'BGP summary information for VRF default, address family IPv4 Unicast',
    `BGP router identifier ${ip(0)}, local AS number ${asn}`,
    'BGP table version is 41, IPv4 Unicast config peers 1, capable peers 1',
    '',
    'Neighbor        V    AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd',
    ...bgpSessions(device).map(
      (peer) =>
        `${peer.address.padEnd(15)} 4 ${peer.asn}   12041   12039       41    0    0 ${peer.isUp ? `${Math.floor(peer.uptimeS / 604_800)}w0d ${peer.prefixes}` : '00:10:44 Idle'}`,
    ),
    '',
  ].join('\n');
}
