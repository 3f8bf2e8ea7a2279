import type { SimulatedDevice } from '../../device.ts';
import { opticalPower } from '../../http/eos-ports.ts';
import { nxosJson } from '../../http/nxos-json.ts';
import {
  addressIn,
  arpEntries,
  bgpSessions,
  chassisMac,
  dotted,
  liveWires,
  localAsOf,
  macEntries,
  ntpSources,
  ownRouterId,
  type Port,
  portsOf,
  prefixText,
  routesAt,
  routesOf,
  routesTo,
  shortPort,
  systemOf,
  vlansOf,
} from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { lined, rowsOf, weekClockOf } from './answer.ts';
import { bsdPing, pingCommand } from './ping.ts';

/** A show command with its text; behind `| json` what NX-API gives. */
const answer = (
  words: string,
  print: (device: SimulatedDevice, words: readonly string[]) => string,
): PersonaCommand => ({
  words,
  run({ device }, rest, filters) {
    if (filters[0]?.trim() !== 'json') return { text: print(device, rest) };
    const json = nxosJson(device, words.replaceAll(/[[\]]/g, ''));
    // What has no JSON is refused as such.
    if (json === undefined) return { text: print(device, rest) };
    filters.shift();
    return { text: `${JSON.stringify(json)}\n` };
  },
});

/** Of commands that programs ask for JSON: the rows one below the other. */
const listed = (words: string): PersonaCommand =>
  answer(words, (device) => {
    const rows: string[] = [];
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(walk);
      else if (typeof value === 'object' && value !== null) {
        const flat = Object.values(value).filter((one) => typeof one !== 'object');
        if (flat.length > 0) rows.push(flat.join('  '));
        Object.values(value)
          .filter((one) => typeof one === 'object')
          .forEach(walk);
      }
    };
    walk(nxosJson(device, words));
    return lined(rows);
  });

/** Show commands of NX-OS about itself, its interfaces and its neighbours. */
export const nxosAnswers: readonly PersonaCommand[] = [
  pingCommand('ping *', bsdPing(2, '')),
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
  answer('show ipv6 interface vrf all', () => 'IPv6 Interface Status for VRF "default"\n'),
  answer('show ip arp vrf all', (device) => {
    const learned = arpEntries(device).filter(({ isOwn }) => !isOwn);
    return lined([
      'Flags: * - Adjacencies learnt on non-active FHRP router',
      '       + - Adjacencies synced via CFSoE',
      '       # - Adjacencies Throttled for Glean',
      '       CP - Added via L2RIB, Control plane Adjacencies',
      '       D - Static Adjacencies attached to down interface',
      '',
      'IP ARP Table for all contexts',
      `Total number of entries: ${learned.length}`,
      'Address         Age       MAC Address     Interface       Flags',
      ...learned.map(
        ({ ip, ageMin, mac, port }) =>
          `${ip.padEnd(15)} 00:${String(ageMin).padStart(2, '0')}:07  ${dotted(mac)}  ${port}`,
      ),
    ]);
  }),
  answer('show mac address-table', (device) =>
    lined([
      'Legend: ',
      '        * - primary entry, G - Gateway MAC, (R) - Routed MAC, O - Overlay MAC',
      '        age - seconds since last seen,+ - primary entry using vPC Peer-Link,',
      '        (T) - True, (F) - False, C - ControlPlane MAC, ~ - vsan',
      '   VLAN     MAC Address      Type      age     Secure NTFY Ports',
      '---------+-----------------+--------+---------+------+----+------------------',
      ...macEntries(device).map(
        ({ mac, vlan, port }) =>
          `*${String(vlan).padStart(5)}     ${dotted(mac)}   dynamic  0         F      F    ${shortPort(port)}`,
      ),
    ]),
  ),
  answer('show vlan brief', (device) =>
    lined([
      '',
      'VLAN Name                             Status    Ports',
      '---- -------------------------------- --------- -------------------------------',
      ...vlansOf(device).flatMap(({ id, name, untagged, tagged }) => {
        const rows = rowsOf(
          [...untagged, ...tagged].map((port) => shortPort(port.name)),
          4,
        ).map((row) => row.join(', '));
        const head = `${String(id).padEnd(4)} ${(name || (id === 1 ? 'default' : `VLAN${String(id).padStart(4, '0')}`)).padEnd(32)} active   `;
        return [`${head} ${rows[0] ?? ''}`.trimEnd(), ...rows.slice(1).map((row) => `${' '.repeat(48)}${row}`)];
      }),
      '',
    ]),
  ),
  listed('show interface counters detailed'),
  listed('show vrf detail'),
  listed('show vrf interface'),
  listed('show environment'),
  listed('show processes cpu'),
  listed('show processes memory shared'),
  answer('show ntp peers', (device) =>
    lined([
      '--------------------------------------------------',
      '  Peer IP Address               Serv/Peer          ',
      '--------------------------------------------------',
      ...ntpSources(device).map((address) => `  ${address.padEnd(29)} Server (configured)`),
      ...ntpSources(device, 'peer').map((address) => `  ${address.padEnd(29)} Peer (configured)`),
    ]),
  ),
  answer('show ntp peer-status', (device) =>
    lined([
      `Total peers : ${ntpSources(device).length}`,
      '* - selected for sync, + -  peer mode(active), ',
      '- - peer mode(passive), = - polled in client mode ',
      '    remote               local                 st   poll   reach delay   vrf',
      '-'.repeat(79),
      ...ntpSources(device).map(
        (remote, nth) =>
          `${nth === 0 ? '*' : '='}${remote.padEnd(23)}0.0.0.0                 3   64     377   0.00104 management`,
      ),
    ]),
  ),
  answer('show interface transceiver details', (device) =>
    portsOf(device)
      .filter(({ wire }) => wire !== undefined)
      .map((port) => transceiverText(device, port))
      .join('\n'),
  ),
  answer('show bgp process', (device) =>
    lined([
      '',
      'BGP Process Information',
      'BGP Process ID                 : 12041',
      `BGP Protocol Started, reason:  : configuration`,
      `BGP Protocol Tag               : ${localAsOf(device)}`,
      'BGP Protocol State             : Running',
      'BGP MMODE                      : Not Initialized',
    ]),
  ),
  answer('show ip bgp neighbors vrf *', (device) =>
    bgpSessions(device)
      .map((peer) =>
        lined([
          `BGP neighbor is ${peer.address}, remote AS ${peer.asn}, ebgp link, Peer index 1`,
          `  BGP version 4, remote router ID ${peer.routerId}`,
          `  BGP state = ${peer.isUp ? `Established, up for ${weekClockOf(peer.uptimeS)}` : 'Idle, down for 00:10:44'}`,
          '',
        ]),
      )
      .join(''),
  ),
  answer('show ip route vrf all *', routeText),
  answer('show ip bgp vrf *', bgpPath),
  answer('show lldp neighbors detail', lldpDetail),
  answer('show bgp all summary vrf all', bgpSummary),
];

function lldpDetail(device: SimulatedDevice): string {
  const entries = liveWires(device).map(({ peer, port, peerPort, peerPlatform, peerSeed }) =>
    [
      `Chassis id: ${dotted(chassisMac(peerSeed))}`,
      `Port id: ${peerPort}`,
      `Local Port id: ${shortPort(port)}`,
      `Port Description: to ${device.host}`,
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

const letters = { connected: 'direct', local: 'local', static: 'static', bgp: 'bgp' } as const;

function routeText(device: SimulatedDevice, [text = '']: readonly string[]): string {
  const asked = addressIn(text);
  const all = routesOf(device);
  const found = asked === undefined ? [] : text.includes('/') ? routesAt(all, asked) : routesTo(all, asked);
  const head = (vrf: string): string[] => [
    `IP Route Table for VRF "${vrf}"`,
    "'*' denotes best ucast next-hop",
    "'**' denotes best mcast next-hop",
    "'[x/y]' denotes [preference/metric]",
    "'%<string>' in via output denotes VRF <string>",
    '',
  ];
  const rows = [...Map.groupBy(found, ({ prefix }) => prefixText(prefix))].flatMap(([prefix, routes]) => [
    `${prefix}, ubest/mbest: ${routes.length}/0${routes[0]!.nextHop === undefined ? ', attached' : ''}`,
    ...routes.map(({ nextHop, port, protocol, distance, ageS, prefix: { ip } }) => {
      const kind =
        protocol === 'bgp' ? `bgp-${localAsOf(device)}, external, tag ${localAsOf(device)}` : letters[protocol];
      const out = protocol === 'bgp' || protocol === 'static' ? '' : ` ${shortPort(port)},`;
      return `    *via ${nextHop ?? ip},${out} [${distance}/0], ${weekClockOf(ageS)}, ${kind}`;
    }),
  ]);
  return lined([
    ...head('default'),
    ...(rows.length === 0 ? ['Route not found'] : rows),
    '',
    ...head('management'),
    'Route not found',
  ]);
}

function bgpPath(device: SimulatedDevice, [, text = '']: readonly string[]): string {
  const asked = addressIn(text);
  const found =
    asked === undefined ? [] : routesAt(routesOf(device), asked).filter(({ session }) => session !== undefined);
  if (found.length === 0) return '';
  return lined([
    'BGP routing table information for VRF default, address family IPv4 Unicast',
    `BGP routing table entry for ${text}, version 11`,
    `Paths: (${found.length} available, best #1)`,
    'Flags: (0x8008001a) (high32 00000000) on xmit-list, is in urib, is best urib route, is in HW',
    '',
    ...found.flatMap(({ asPath, nextHop, session }) => [
      '  Advertised path-id 1',
      '  Path type: external, path is valid, is best path, no labeled nexthop, in rib',
      `  AS-Path: ${asPath.join(' ')} , path sourced external to AS`,
      `    ${nextHop} (metric 0) from ${session!.address} (${session!.routerId})`,
      '      Origin IGP, MED 0, localpref 100, weight 0',
      '',
    ]),
    '  Path-id 1 not advertised to any peer',
  ]);
}

function transceiverText(device: SimulatedDevice, port: Port): string {
  const { rx, tx, bias } = opticalPower(device, port);
  const row = (name: string, value: string, unit: string, high: number, low: number): string =>
    `  ${name.padEnd(12)} ${`${value} ${unit}`.padEnd(15)} ${`${high.toFixed(2)} ${unit}`.padEnd(12)} ${`${low.toFixed(2)} ${unit}`.padEnd(12)} ${`${(high - 1).toFixed(2)} ${unit}`.padEnd(12)} ${(low + 1).toFixed(2)} ${unit}`;
  return lined([
    port.name,
    '    transceiver is present',
    '    type is 10Gbase-LR',
    '    name is CISCO-FINISAR   ',
    '    part number is FTLX1474D3BCL-CS',
    '    revision is A   ',
    `    serial number is FNS${port.mac.slice(4).toUpperCase()}     `,
    '    nominal bitrate is 10300 MBit/sec',
    '    Link length supported for 9/125um fiber is 10 km',
    '    cisco id is 3',
    '    cisco extended id number is 4',
    '    cisco part number is 10-2457-02',
    '    cisco product id is SFP-10G-LR',
    '    cisco version id is V02 ',
    '',
    '           SFP Detail Diagnostics Information (internal calibration)',
    `  ${'-'.repeat(76)}`,
    '                Current              Alarms                  Warnings',
    '                Measurement     High        Low         High          Low',
    `  ${'-'.repeat(76)}`,
    row('Temperature', '34.20', 'C', 75, -5),
    row('Voltage', '3.29', 'V', 3.63, 2.97),
    row('Current', bias.toFixed(2), 'mA', 70, 2),
    row('Tx Power', tx.toFixed(2), 'dBm', 3.49, -12.19),
    row('Rx Power', rx.toFixed(2), 'dBm', 3.49, -18.38),
    '  Transmit Fault Count = 0',
    `  ${'-'.repeat(76)}`,
    '  Note: ++  high-alarm; +  high-warning; --  low-alarm; -  low-warning',
  ]);
}

function bgpSummary(device: SimulatedDevice): string {
  const sessions = bgpSessions(device);
  return lined([
    'BGP summary information for VRF default, address family IPv4 Unicast',
    `BGP router identifier ${ownRouterId(device)}, local AS number ${localAsOf(device)}`,
    `BGP table version is 41, IPv4 Unicast config peers ${sessions.length}, capable peers ${sessions.filter(({ isUp }) => isUp).length}`,
    '',
    'Neighbor        V    AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd',
    ...sessions.map(
      ({ address, asn, messages, uptimeS, isUp, isShut, prefixes }) =>
        `${address.padEnd(15)} 4 ${asn} ${String(messages).padStart(7)} ${String(messages + 2).padStart(7)}       41    0    0 ${weekClockOf(uptimeS).padEnd(8)} ${isUp ? prefixes : isShut ? 'Shut (Admin)' : 'Idle'}`,
    ),
  ]);
}
