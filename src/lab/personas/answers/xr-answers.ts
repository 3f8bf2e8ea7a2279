import type { SimulatedDevice } from '../../device.ts';
import {
  addressIn,
  arpEntries,
  type BgpSession,
  bgpSessions,
  chassisMac,
  dotted,
  liveWires,
  localAsOf,
  ntpSources,
  ownRouterId,
  type Port,
  portsOf,
  prefixText,
  routesAt,
  routesIn,
  routesOf,
  routesTo,
  shortPort,
  systemOf,
} from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { answer as answerIn, clockOf, lined, weekClockOf } from './answer.ts';
import { iosPing, pingCommand } from './ping.ts';

const answer = (words: string, print: (device: SimulatedDevice, words: readonly string[]) => string): PersonaCommand =>
  answerIn(words, print, ['exec']);

const legend = [
  'Capability codes:',
  '        (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device',
  '        (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other',
  '',
];

const bgpNeighbor =
  (device: SimulatedDevice) =>
  (peer: BgpSession): string => {
    const localAs = localAsOf(device);
    const count = (name: string, sent: number, received: number): string =>
      `    ${`${name}:`.padEnd(16)}${peer.isUp ? 'Jan  5 00:03:00.000' : '---'.padEnd(19)} ${String(sent).padStart(9)}  ${peer.isUp ? 'Jan  5 00:03:00.000' : '---'.padEnd(19)} ${String(received).padStart(9)}`;
    return lined([
      '',
      `BGP neighbor is ${peer.address}`,
      ` Remote AS ${peer.asn}, local AS ${localAs}, ${peer.asn === localAs ? 'internal' : 'external'} link`,
      ...(peer.description === '' ? [] : [` Description: ${peer.description}`]),
      ...(peer.isShut ? [' Administratively shut down'] : []),
      ` Remote router ID ${peer.routerId}`,
      `  BGP state = ${peer.isUp ? `Established, up for ${weekClockOf(peer.uptimeS)}` : 'Idle'}`,
      '  NSR State: None',
      '  Hold time is 180, keepalive interval is 60 seconds',
      '  Configured hold time: 180, keepalive: 60, min acceptable hold time: 3',
      '  Message stats:',
      '    InQ depth: 0, OutQ depth: 0',
      '                    Last_Sent               Sent  Last_Rcvd               Rcvd',
      count('Open', peer.isUp ? 1 : 0, peer.isUp ? 1 : 0),
      count('Update', peer.isUp ? 12 : 0, peer.prefixes),
      count('Keepalive', peer.messages, peer.messages),
      `    Total:                           ${String(peer.messages + (peer.isUp ? 13 : 0)).padStart(9)}                       ${String(peer.messages + peer.prefixes + (peer.isUp ? 1 : 0)).padStart(9)}`,
      '',
      ' For Address Family: IPv4 Unicast',
      '  BGP neighbor version 812',
      '  Route refresh request: received 0, sent 0',
      '  Policy for incoming advertisements is PASS',
      '  Policy for outgoing advertisements is PASS',
      `  ${peer.prefixes} accepted prefixes, ${peer.prefixes} are bestpaths`,
      '  Cumulative no. of prefixes denied: 0.',
      `  Prefix advertised ${peer.isUp ? 12 : 0}, suppressed 0, withdrawn 0`,
      '',
      `  Connections established ${peer.isUp ? 1 : 0}; dropped 0`,
      ...(peer.isUp
        ? [
            `  Local host: ${peer.localAddress}, Local port: 179, IF Handle: 0x00000000`,
            `  Foreign host: ${peer.address}, Foreign port: ${40_000 + (peer.peerSeed % 20_000)}`,
          ]
        : []),
      '  Last reset 00:00:00',
    ]);
  };

function portText(port: Port): string {
  const { name, isEnabled, isUp, mac, description, addresses, mtu, kbits, kind, traffic, errorsIn } = port;
  const [address] = addresses;
  return lined([
    `${name} is ${isEnabled ? (isUp ? 'up' : 'down') : 'administratively down'}, line protocol is ${isUp ? 'up' : isEnabled ? 'down' : 'administratively down'} `,
    `  Interface state transitions: ${isUp ? 1 : 0}`,
    kind === 'loopback'
      ? '  Hardware is Loopback interface(s)'
      : `  Hardware is TenGigE, address is ${dotted(mac)} (bia ${dotted(mac)})`,
    ...(description === '' ? [] : [`  Description: ${description}`]),
    `  Internet address is ${address === undefined ? 'Unknown' : `${address.ip}/${address.length}`}`,
    `  MTU ${mtu} bytes, BW ${kind === 'loopback' ? 0 : kbits} Kbit${kind === 'loopback' ? '' : ` (Max: ${kbits} Kbit)`}`,
    '     reliability 255/255, txload 0/255, rxload 0/255',
    `  Encapsulation ${kind === 'loopback' ? 'Loopback,  loopback not set,' : 'ARPA,'}`,
    ...(kind === 'loopback'
      ? [
          '  Last link flapped 5w0d',
          '  Last input Unknown, output Unknown',
          '  Last clearing of "show interface" counters Unknown',
          '  Input/output data rate is unknown.',
        ]
      : [
          '  Full-duplex, 10000Mb/s, LR, link type is force-up',
          '  output flow control is off, input flow control is off',
          '  loopback not set,',
          `  Last link flapped ${isUp ? '5w0d' : 'never'}`,
          '  ARP type ARPA, ARP timeout 04:00:00',
          '  Last input 00:00:00, output 00:00:00',
          '  Last clearing of "show interface" counters never',
          '  5 minute input rate 1000 bits/sec, 1 packets/sec',
          '  5 minute output rate 2000 bits/sec, 2 packets/sec',
          `     ${traffic.packetsIn} packets input, ${traffic.bytesIn} bytes, 0 total input drops`,
          '     0 drops for unrecognized upper-level protocol',
          '     Received 0 broadcast packets, 0 multicast packets',
          '              0 runts, 0 giants, 0 throttles, 0 parity',
          `     ${errorsIn} input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored, 0 abort`,
          `     ${traffic.packetsOut} packets output, ${traffic.bytesOut} bytes, 0 total output drops`,
          '     Output 0 broadcast packets, 0 multicast packets',
          '     0 output errors, 0 underruns, 0 applique, 0 resets',
          '     0 output buffer failures, 0 output buffers swapped out',
          '     1 carrier transitions',
        ]),
  ]);
}

/** Show commands of IOS-XR about its interfaces and neighbours. */
export const xrAnswers: readonly PersonaCommand[] = [
  pingCommand('ping *', iosPing, ['exec']),
  answer('show interfaces', (device) => portsOf(device).map(portText).join('\n')),
  answer('show ipv4 vrf all interface', (device) =>
    portsOf(device)
      .map(({ name, isUp, isEnabled, addresses, mtu }) => {
        const [first, ...others] = addresses;
        return lined([
          `${name} is ${isUp ? 'Up' : isEnabled ? 'Down' : 'Shutdown'}, ipv4 protocol is ${isUp ? 'Up' : 'Down'} `,
          '  Vrf is default (vrfid 0x60000000)',
          first === undefined
            ? '  Internet protocol processing disabled'
            : `  Internet address is ${first.ip}/${first.length}`,
          ...others.map(({ ip, length }) => `  Secondary address ${ip}/${length}`),
          ...(first === undefined
            ? []
            : [
                `  MTU is ${mtu} (${mtu - 14} is available to IP)`,
                '  Helper address is not set',
                '  Directed broadcast forwarding is disabled',
                '  Proxy ARP is disabled',
              ]),
        ]);
      })
      .join(''),
  ),
  answer('show ipv6 vrf all interface', () => ''),
  answer('show arp', (device) =>
    lined([
      '',
      '-------------------------------------------------------------------------------',
      '0/0/CPU0',
      '-------------------------------------------------------------------------------',
      'Address         Age        Hardware Addr   State      Type  Interface',
      ...arpEntries(device).map(
        ({ ip, mac, port, isOwn, ageMin }) =>
          `${ip.padEnd(15)} ${(isOwn ? '-' : clockOf(ageMin * 60)).padEnd(10)} ${dotted(mac)}  ${(isOwn ? 'Interface' : 'Dynamic').padEnd(10)} ARPA  ${port}`,
      ),
    ]),
  ),
  answer('show l2vpn forwarding bridge-domain mac-address location *', () =>
    lined([
      'To Resynchronize MAC table from the Network Processors, use the command...',
      '    l2vpn resynchronize forwarding mac-address-table location <r/s/i>',
      '',
      'Mac Address    Type    Learned from/Filtered on    LC learned Resync Age/Last Change Mapped to',
      '-------------- ------- --------------------------- ---------- ---------------------- --------------',
    ]),
  ),
  answer('show bgp neighbors', (device) => bgpSessions(device).map(bgpNeighbor(device)).join('')),
  answer('show bgp summary', (device) =>
    lined([
      `BGP router identifier ${ownRouterId(device)}, local AS number ${localAsOf(device)}`,
      'BGP generic scan interval 60 secs',
      'Non-stop routing is enabled',
      'BGP table state: Active',
      'BGP main routing table version 812',
      'BGP scan interval 60 secs',
      '',
      'BGP is operating in STANDALONE mode.',
      '',
      '',
      'Process       RcvTblVer   bRIB/RIB   LabelVer  ImportVer  SendTblVer  StandbyVer',
      'Speaker             812        812        812        812         812           0',
      '',
      'Neighbor        Spk    AS MsgRcvd MsgSent   TblVer  InQ OutQ  Up/Down  St/PfxRcd',
      ...bgpSessions(device).map(
        ({ address, asn, messages, uptimeS, isUp, isShut, prefixes }) =>
          `${address.padEnd(15)}   0 ${String(asn).padStart(5)} ${String(messages).padStart(7)} ${String(messages).padStart(7)}      812    0    0 ${weekClockOf(uptimeS).padStart(8)} ${isUp ? String(prefixes).padStart(10) : isShut ? 'Idle (Admin)' : 'Idle'}`,
      ),
    ]),
  ),
  // No VRF has a session.
  answer('show bgp vrf all neighbors', () => ''),
  answer('show bgp vrf all summary', () => ''),
  answer('show route *', routeText),
  answer('show ntp associations', (device) => {
    const servers = ntpSources(device);
    if (servers.length === 0) return '% NTP is not enabled.\n';
    return lined([
      '',
      '      address         ref clock       st  when  poll reach  delay  offset    disp',
      ...servers.map(
        (server, nth) =>
          `${nth === 0 ? '*' : ' '}~${server.padEnd(16)} .GPS.            1    24    64  377   0.51   0.031   1.017`,
      ),
      ' * sys_peer, # selected, + candidate, - outlayer, x falseticker, ~ configured',
    ]);
  }),
  answer('show processes cpu', ({ facts }) => {
    const load = 3 + facts.number(9_830, 20);
    return lined([
      `CPU utilization for one minute: ${load}%; five minutes: ${load}%; fifteen minutes: ${load}%`,
      ' ',
      'PID    1Min    5Min    15Min Process',
      '1        0%      0%       0% init',
      '1641     1%      1%       1% bgp',
    ]);
  }),
  answer('show memory summary', ({ facts }) =>
    lined([
      '',
      'node:      node0_RSP0_CPU0',
      '------------------------------------------------------------------',
      '',
      `Physical Memory: 12288M total (${8000 + facts.number(9_820, 1500)}M available)`,
      ` Application Memory : 11926M (${8000 + facts.number(9_820, 1500)}M available)`,
      ' Image: 74M (bootram: 74M)',
      ' Reserved: 384M, IOMem: 0, flashfsys: 0',
      ' Total shared window: 226M',
    ]),
  ),
  answer('show environment', environmentText),
  answer('show lldp neighbors', (device) => {
    const wires = liveWires(device);
    return lined([
      ...legend,
      'Device ID       Local Intf          Hold-time  Capability     Port ID',
      ...wires.map(
        ({ peer, port, peerPort }) =>
          `${peer.padEnd(15)} ${shortPort(port).padEnd(19)} 120        B,R            ${peerPort}`,
      ),
      '',
      `Total entries displayed: ${wires.length}`,
      '',
    ]);
  }),
  answer('show lldp neighbors detail', (device) => {
    const wires = liveWires(device);
    return lined([
      ...legend,
      ...wires.flatMap(({ peer, port, peerPort, peerPlatform, peerSeed, peerAddress }) => [
        '------------------------------------------------',
        `Local Interface: ${port}`,
        `Chassis id: ${dotted(chassisMac(peerSeed))}`,
        `Port id: ${peerPort}`,
        `Port Description: to ${device.host}`,
        `System Name: ${peer}`,
        '',
        'System Description: ',
        systemOf(peerPlatform),
        '',
        'Time remaining: 100 seconds',
        'Hold Time: 120 seconds',
        'System Capabilities: B,R',
        'Enabled Capabilities: R',
        'Management Addresses:',
        `  IPv4 address: ${peerAddress}`,
        '',
        `Peer MAC Address: ${[...Array(6).keys()].map((at) => chassisMac(peerSeed).slice(at * 2, at * 2 + 2)).join(':')}`,
        '',
      ]),
      `Total entries displayed: ${wires.length}`,
      '',
    ]);
  }),
];

function environmentText({ facts }: SimulatedDevice): string {
  const line = '================================================================================';
  const rule = '--------------------------------------------------------------------------------';
  const sensor = (name: string, value: number, high: number): string =>
    `          ${name.padEnd(25)} ${String(value).padStart(7)}     -10    -5     0    ${high}    ${high + 5}    ${high + 10}`;
  return lined([
    line,
    'Location  TEMPERATURE                 Value   Crit Minor Major Minor Major  Crit',
    '          Sensor                    (deg C)   (Lo) (Lo)  (Lo)  (Hi)  (Hi)   (Hi)',
    rule,
    '0/RSP0/CPU0',
    sensor('Inlet_Temp', 24 + facts.number(9_700, 8), 45),
    sensor('Hotspot', 52 + facts.number(9_701, 8), 90),
    '0/0/CPU0',
    sensor('Inlet_Temp', 26 + facts.number(9_702, 8), 45),
    line,
    'Location   FAN Type          Fan speed (rpm)',
    '                             FAN_0   FAN_1   FAN_2   FAN_3',
    rule,
    '0/FT0      ASR-9010-FAN       5200    5300    5250    5280',
    '0/FT1      ASR-9010-FAN       5210    5290    5240    5270',
    line,
    'CHASSIS LEVEL POWER INFO: 0',
    line,
    '   Total output power capacity (N + 1)             :    6000W +    6000W',
    '   Total output power required                     :    3950W',
    '',
    line,
    '   Power   Supply     ------Input----   ------Output---     Status',
    '   Module  Type       Volts     Amps    Volts     Amps',
    line,
    '   0/PT0-PM0  6kW-AC   206.2     10.4    53.6      37.6    OK',
    '   0/PT0-PM1  6kW-AC   206.0     10.2    53.6      36.9    OK',
  ]);
}

const kinds = { connected: 'connected', local: 'local', static: 'static', bgp: 'bgp' } as const;
const codes = { connected: 'C', local: 'L', static: 'S', bgp: 'B' } as const;

function routeText(device: SimulatedDevice, words: readonly string[]): string {
  const text = words.find((word) => /^\d/.test(word)) ?? '';
  const asked = addressIn(text);
  if (asked === undefined) return '% Network not in table\n';
  const all = routesOf(device);
  if (words.includes('longer-prefixes')) {
    return lined([
      'Codes: C - connected, S - static, R - RIP, B - BGP, (>) - Diversion path',
      '       L - local, G - DAGR, l - LISP, A - access/subscriber, a - Application route',
      '',
      'Gateway of last resort is not set',
      '',
      ...routesIn(all, asked).map(({ prefix, protocol, nextHop, port, distance, ageS }) =>
        nextHop === undefined
          ? `${codes[protocol]}    ${prefixText(prefix)} is directly connected, ${weekClockOf(ageS)}, ${port}`
          : `${codes[protocol]}    ${prefixText(prefix)} [${distance}/0] via ${nextHop}, ${weekClockOf(ageS)}`,
      ),
    ]);
  }
  const found = text.includes('/') ? routesAt(all, asked) : routesTo(all, asked);
  const [first] = found;
  if (first === undefined) return '% Network not in table\n';
  return lined([
    '',
    `Routing entry for ${prefixText(first.prefix)}`,
    `  Known via "${first.protocol === 'bgp' ? `bgp ${localAsOf(device)}` : kinds[first.protocol]}", distance ${first.distance}, metric 0${first.nextHop === undefined ? ' (connected)' : first.prefix.length === 0 ? ', candidate default path' : ''}`,
    ...(first.protocol === 'bgp' ? [`  Tag ${first.asPath[0]}, type external`] : []),
    `  Installed Jan  5 00:03:00.000 for ${weekClockOf(first.ageS)}`,
    '  Routing Descriptor Blocks',
    ...found.flatMap(({ nextHop, port, session }) => [
      nextHop === undefined
        ? `    directly connected, via ${port}`
        : session === undefined
          ? `    ${nextHop}`
          : `    ${nextHop}, from ${session.address}, BGP external`,
      '      Route metric is 0',
    ]),
    '  No advertising protos. ',
  ]);
}
