import type { SimulatedDevice } from '../../device.ts';
import { nxosJson } from '../../http/nxos-json.ts';
import type { PersonaCommand } from '../../persona.ts';
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

/** The transit that its configuration names. */
function bgpSummary({ facts }: SimulatedDevice): string {
  const { asn, ip } = facts;
  return [
    'BGP summary information for VRF default, address family IPv4 Unicast',
    `BGP router identifier ${ip(0)}, local AS number ${asn}`,
    'BGP table version is 41, IPv4 Unicast config peers 1, capable peers 1',
    '',
    'Neighbor        V    AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd',
    `${ip(501).padEnd(15)} 4 ${asn + 1}   12041   12039       41    0    0     2w3d 118`,
    '',
  ].join('\n');
}
