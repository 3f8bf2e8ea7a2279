import type { SimulatedDevice } from '../../device.ts';
import { eosJson } from '../../http/eos-json.ts';
import { opticalPorts, opticalPower } from '../../http/eos-ports.ts';
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
  snmpSettings,
  systemOf,
  vlansOf,
} from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { clockOf, lined, rowsOf } from './answer.ts';
import { linuxPing, pingCommand } from './ping.ts';

/** A show command with its text; behind `| json` what eAPI gives. */
const answer = (
  words: string,
  print: (device: SimulatedDevice, words: readonly string[]) => string,
): PersonaCommand => ({
  words,
  in: ['privileged'],
  run({ device }, rest, filters) {
    const command = words.replace('*', rest.join(' '));
    const json = filters[0]?.trim() === 'json' ? eosJson(device, command) : undefined;
    if (json === undefined) return { text: print(device, rest) };
    filters.shift();
    return { text: `${JSON.stringify(json, null, 4)}\n` };
  },
});

/** `print` of another command of the persona, with its JSON; it is known before `enable` too. */
export const withJson = (command: PersonaCommand): PersonaCommand => ({
  ...answer(command.words, ({ facts }) => command.print?.(facts, []) ?? ''),
  in: command.in ?? ['exec', 'privileged'],
});

/** Show commands of EOS about itself, its interfaces and its neighbours. */
export const eosAnswers: readonly PersonaCommand[] = [
  pingCommand('ping *', linuxPing(72), ['privileged']),
  answer('show hostname', ({ host }) => `Hostname: ${host}\nFQDN:     ${host}.lab.example.net\n`),
  answer('show interfaces', (device) => portsOf(device).map(portText).join('')),
  answer('show interfaces transceiver', (device) =>
    lined([
      'If device is externally calibrated, only calibrated values are printed.',
      'N/A: not applicable, Tx: transmit, Rx: receive.',
      'mA: milliamperes, dBm: decibels (milliwatts).',
      '                        Bias      Optical   Optical',
      'Port   Temp     Voltage  Current   Tx Power  Rx Power Last Update',
      ...opticalPorts(device).map((port) => {
        const { rx, tx, bias } = opticalPower(device, port);
        return `${shortPort(port.name).padEnd(8)} 34.20    3.29   ${bias.toFixed(2).padStart(8)} ${tx.toFixed(2).padStart(9)} ${rx.toFixed(2).padStart(9)} 0:00:02 ago`;
      }),
    ]),
  ),
  answer('show ip interface', (device) =>
    portsOf(device)
      .filter(({ address }) => address !== undefined)
      .map(({ name, isUp, address, mtu }) =>
        lined([
          `${name} is ${isUp ? 'up' : 'down'}, line protocol is ${isUp ? 'up (connected)' : 'down (notconnect)'}`,
          `  Internet address is ${address!.ip}/${address!.length}`,
          '  Broadcast address is 255.255.255.255',
          `  IP MTU ${mtu} bytes`,
        ]),
      )
      .join(''),
  ),
  answer('show ipv6 interface', () => ''),
  answer('show vlan', (device) =>
    lined([
      'VLAN  Name                             Status    Ports',
      '----- -------------------------------- --------- -------------------------------',
      ...vlansOf(device).flatMap(({ id, name, untagged, tagged }) => {
        const rows = rowsOf(
          [...untagged, ...tagged].map((port) => shortPort(port.name)),
          4,
        ).map((row) => row.join(', '));
        const head = `${String(id).padEnd(5)} ${(name || (id === 1 ? 'default' : `VLAN${String(id).padStart(4, '0')}`)).padEnd(32)} active   `;
        return [`${head} ${rows[0] ?? ''}`.trimEnd(), ...rows.slice(1).map((row) => `${' '.repeat(49)}${row}`)];
      }),
    ]),
  ),
  answer('show mac address-table', (device) => {
    const entries = macEntries(device);
    return lined([
      '          Mac Address Table',
      '-'.repeat(66),
      '',
      'Vlan    Mac Address       Type        Ports      Moves   Last Move',
      '----    -----------       ----        -----      -----   ---------',
      ...entries.map(
        ({ mac, vlan, port }) =>
          `${String(vlan).padStart(4)}    ${dotted(mac)}    DYNAMIC     ${shortPort(port).padEnd(10)} 1       35 days, 0:02:11 ago`,
      ),
      `Total Mac Addresses for this criterion: ${entries.length}`,
    ]);
  }),
  answer('show arp vrf all', (device) =>
    lined([
      'VRF: default',
      'Address         Age (sec)  Hardware Addr   Interface',
      ...arpEntries(device)
        .filter(({ isOwn }) => !isOwn)
        .map(
          ({ ip, mac, port, ageMin }) =>
            `${ip.padEnd(15)} ${clockOf(ageMin * 60)
              .slice(1)
              .padStart(9)}  ${dotted(mac)}  ${port}`,
        ),
    ]),
  ),
  answer('show lldp neighbors', (device) => {
    const wires = liveWires(device);
    return lined([
      'Last table change time   : 35 days, 0:02:11 ago',
      `Number of table inserts  : ${wires.length}`,
      'Number of table deletes  : 0',
      'Number of table drops    : 0',
      'Number of table age-outs : 0',
      '',
      'Port          Neighbor Device ID       Neighbor Port ID    TTL',
      '---------- ------------------------ ---------------------- ---',
      ...wires.map(
        ({ port, peer, peerPort }) => `${shortPort(port).padEnd(10)} ${peer.padEnd(24)} ${peerPort.padEnd(22)} 120`,
      ),
    ]);
  }),
  answer('show lldp neighbors detail', (device) => lldpDetail(device)),
  answer('show lldp neighbors * detail', (device, [port = '']) => lldpDetail(device, port)),
  answer('show ip bgp summary vrf all', (device) =>
    lined([
      'BGP summary information for VRF default',
      `Router identifier ${ownRouterId(device)}, local AS number ${localAsOf(device)}`,
      'Neighbor Status Codes: m - Under maintenance',
      '  Neighbor         V  AS           MsgRcvd   MsgSent  InQ OutQ  Up/Down State   PfxRcd PfxAcc',
      ...bgpSessions(device).map(
        ({ address, asn, messages, uptimeS, isUp, isShut, prefixes }) =>
          `  ${address.padEnd(16)} 4  ${String(asn).padEnd(12)} ${String(messages).padStart(7)} ${String(messages + 2).padStart(9)}    0    0 ${`${Math.floor(uptimeS / 86_400)}d00h`.padStart(8)} ${isUp ? `Estab   ${String(prefixes).padEnd(6)} ${prefixes}` : isShut ? 'Idle(Admin)' : 'Active'}`,
      ),
    ]),
  ),
  answer('show ipv6 bgp summary vrf all', (device) =>
    lined([
      'BGP summary information for VRF default',
      `Router identifier ${ownRouterId(device)}, local AS number ${localAsOf(device)}`,
      'Neighbor Status Codes: m - Under maintenance',
    ]),
  ),
  answer('show ip bgp neighbors vrf all', bgpNeighbors),
  answer('show ipv6 bgp peers vrf all', () => ''),
  answer('show vrf', (device) =>
    lined([
      'Maximum number of VRFs allowed: 1023',
      '   VRF           Protocols       State         Interfaces  ',
      '------------- --------------- ---------------- -----------',
      `   default       IPv4            routing       ${portsOf(device)
        .filter(({ vlan }) => vlan === undefined)
        .map(({ name }) => shortPort(name))
        .join(', ')}`,
    ]),
  ),
  answer(
    'show system environment cooling',
    () => 'System cooling status is: Ok\nAmbient temperature: 22C\nAirflow: front-to-back\n',
  ),
  answer('show system environment temperature', () => 'System temperature status is: Ok\n'),
  answer('show system environment power', () =>
    lined([
      'Power                            Input  Output  Output',
      'Supply Model           Capacity Current Current Power   Status',
      '------ --------------- -------- ------- ------- ------- ------',
      '1      PWR-500AC-R         500W   0.40A   7.10A   85.0W Ok',
      '2      PWR-500AC-R         500W   0.40A   7.10A   85.0W Ok',
    ]),
  ),
  answer('show processes top once', ({ facts }) =>
    lined([
      'top - 14:03:41 up 131 days, 21:26,  1 user,  load average: 0.39, 0.29, 0.32',
      'Tasks: 283 total,   1 running, 282 sleeping,   0 stopped,   0 zombie',
      `%Cpu(s):  ${(3 + facts.number(9_800, 40) / 10).toFixed(1)} us,  0.5 sy,  0.0 ni, ${(95 - facts.number(9_800, 40) / 10).toFixed(1)} id,  0.0 wa,  0.2 hi,  0.1 si,  0.0 st`,
      'KiB Mem :  8099732 total,  4580692 free,  2431608 used,  1087432 buff/cache',
      'KiB Swap:        0 total,        0 free,        0 used.  5395436 avail Mem',
      '',
      '  PID USER      PR  NI    VIRT    RES    SHR S %CPU %MEM     TIME+ COMMAND',
      ' 2416 root      20   0  662320 105112  37212 S  3.0  1.3   3592:55 Strata',
      ' 1606 root      20   0  562110  88240  23120 S  1.0  1.1   3237:39 Sysdb',
    ]),
  ),
  answer('show users accounts', ({ running }) =>
    [...running.text.matchAll(/^username (\S+)(?: privilege (\d+))?(?: role (\S+))?/gm)]
      .map(([, name, level = '1', role = '']) =>
        lined([`user: ${name}`, `       role: ${role}`, `       privilege level: ${level}`]),
      )
      .join(''),
  ),
  answer('show snmp v2-mib chassis', ({ facts }) => `Chassis: SSJ${facts.hex(3, 8).toUpperCase()}\n`),
  answer('show snmp v2-mib contact', (device) => `Contact: ${snmpSettings(device).contact}\n`),
  answer('show snmp v2-mib location', (device) => `Location: ${snmpSettings(device).location}\n`),
  answer('show ntp associations', (device) => ntpText(device)),
  answer('show ip route *', (device, words) => routeText(device, words)),
  answer('show ip bgp *', (device, words) => routeText(device, words)),
];

function portText({ name, isUp, isEnabled, mac, description, mtu, kbits, traffic }: Port): string {
  return lined([
    `${name} is ${isUp ? 'up' : isEnabled ? 'down' : 'administratively down'}, line protocol is ${isUp ? 'up (connected)' : isEnabled ? 'down (notconnect)' : 'down (disabled)'}`,
    `  Hardware is Ethernet, address is ${dotted(mac)} (bia ${dotted(mac)})`,
    ...(description === '' ? [] : [`  Description: ${description}`]),
    `  Ethernet MTU ${mtu} bytes, BW ${kbits} kbit`,
    `  Full-duplex, ${kbits >= 1_000_000 ? `${kbits / 1_000_000}Gb/s` : `${kbits / 1000}Mb/s`}, auto negotiation: off, uni-link: n/a`,
    '  Loopback Mode : None',
    `     ${traffic.packetsIn} packets input, ${traffic.bytesIn} bytes`,
    '     Received 0 broadcasts, 0 multicast',
    `     ${traffic.packetsOut} packets output, ${traffic.bytesOut} bytes`,
  ]);
}

const lldpDetail = (device: SimulatedDevice, only?: string): string =>
  liveWires(device)
    .filter(({ port }) => only === undefined || port === only || shortPort(port) === only)
    .map(({ port, peer, peerPort, peerSeed, peerPlatform }) =>
      lined([
        `Interface ${port} detected 1 LLDP neighbors:`,
        '',
        `  Neighbor ${dotted(chassisMac(peerSeed))}/"${peerPort}", age 11 seconds`,
        '  Discovered 35 days, 0:02:11 ago; Last changed 35 days, 0:02:11 ago',
        '  - Chassis ID type: MAC address (4)',
        `    Chassis ID     : ${dotted(chassisMac(peerSeed))}`,
        '  - Port ID type: Interface name(5)',
        `    Port ID     : "${peerPort}"`,
        '  - Time To Live: 120 seconds',
        `  - Port Description: "to ${device.host}"`,
        `  - System Name: "${peer}"`,
        `  - System Description: "${systemOf(peerPlatform)}"`,
        '  - System Capabilities : Bridge, Router',
        '    Enabled Capabilities: Bridge, Router',
        '',
      ]),
    )
    .join('');

function bgpNeighbors(device: SimulatedDevice): string {
  const localAs = localAsOf(device);
  return bgpSessions(device)
    .map((peer) =>
      lined([
        `BGP neighbor is ${peer.address}, remote AS ${peer.asn}, ${peer.asn === localAs ? 'internal' : 'external'} link`,
        ...(peer.description === '' ? [] : [`  Description: ${peer.description}`]),
        `  BGP version 4, remote router ID ${peer.routerId}, VRF default`,
        '  Negotiated BGP version 4',
        '  Last read 00:00:06, last write 00:00:06',
        '  Hold time is 180, keepalive interval is 60 seconds',
        '  Configured hold time is 180, keepalive interval is 60 seconds',
        `  BGP state is ${peer.isUp ? `Established, up for ${Math.floor(peer.uptimeS / 86_400)}d00h` : peer.isShut ? 'Idle, Administratively shut down' : 'Active'}`,
        `  Number of transitions to established: ${peer.isUp ? 1 : 0}`,
        `  Last state was ${peer.isUp ? 'OpenConfirm' : 'Connect'}`,
        `  Last event was ${peer.isUp ? 'RecvKeepAlive' : 'ConnectRetryTimerExpired'}`,
        '  Message statistics:',
        '    InQ depth is 0',
        '    OutQ depth is 0',
        '                         Sent      Rcvd',
        `    Opens:         ${String(peer.isUp ? 1 : 0).padStart(10)}${String(peer.isUp ? 1 : 0).padStart(10)}`,
        `    Updates:       ${String(peer.isUp ? 12 : 0).padStart(10)}${String(peer.prefixes).padStart(10)}`,
        `    Keepalives:    ${String(peer.messages).padStart(10)}${String(peer.messages).padStart(10)}`,
        `    Total messages:${String(peer.messages + 13).padStart(10)}${String(peer.messages + peer.prefixes + 1).padStart(10)}`,
        '  Prefix statistics:',
        '                         Sent      Rcvd',
        `    IPv4 Unicast:  ${String(peer.isUp ? 12 : 0).padStart(10)}${String(peer.prefixes).padStart(10)}`,
        `    IPv6 Unicast:  ${'0'.padStart(10)}${'0'.padStart(10)}`,
        `Local AS is ${localAs}, local router ID ${ownRouterId(device)}`,
        'TTL is 1',
        ...(peer.isUp
          ? [
              `Local TCP address is ${peer.localAddress}, local port is 179`,
              `Remote TCP address is ${peer.address}, remote port is ${40_000 + (peer.peerSeed % 20_000)}`,
            ]
          : []),
        '',
      ]),
    )
    .join('');
}

/** The table of ntpq, as EOS and others print it. */
export function ntpText(device: SimulatedDevice): string {
  const servers = ntpSources(device);
  if (servers.length === 0) return 'NTP is disabled.\n';
  return lined([
    '     remote           refid      st t when poll reach   delay   offset  jitter',
    '==============================================================================',
    ...servers.map(
      (server, nth) =>
        `${nth === 0 ? '*' : '+'}${server.padEnd(15)} .GPS.            1 u   24   64  377    0.512    0.031   0.017`,
    ),
  ]);
}

function routeText(device: SimulatedDevice, words: readonly string[]): string {
  const text = words.find((word) => /^\d+\.\d+\.\d+\.\d+/.test(word)) ?? '0.0.0.0/0';
  const all = routesOf(device).filter(({ protocol }) => protocol !== 'local');
  const asked = addressIn(text);
  const found = asked === undefined ? all : text.includes('/') ? routesAt(all, asked) : routesTo(all, asked);
  const letters = { connected: 'C', local: 'C', static: 'S', bgp: 'B E' } as const;
  return lined([
    '',
    'VRF: default',
    'Codes: C - connected, S - static, K - kernel,',
    '       B - Other BGP Routes, B I - iBGP, B E - eBGP,',
    '       NG - Nexthop Group Static Route',
    '',
    ...found.map(({ prefix, protocol, nextHop, port, distance }) =>
      nextHop === undefined
        ? ` ${letters[protocol].padEnd(8)} ${prefixText(prefix)} is directly connected, ${port}`
        : ` ${letters[protocol].padEnd(8)} ${prefixText(prefix)} [${protocol === 'bgp' ? 200 : distance}/0] via ${nextHop}, ${port}`,
    ),
    '',
  ]);
}
