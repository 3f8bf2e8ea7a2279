import type { SimulatedDevice } from '../../device.ts';
import { opticalPower } from '../../http/eos-ports.ts';
import {
  arpEntries,
  chassisMac,
  dotted,
  liveWires,
  macEntries,
  ntpSources,
  portsOf,
  shortPort,
  systemOf,
  vlansOf,
} from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { answer, lined, rowsOf } from './answer.ts';

/** Tables of IOS and IOS XE: what was learned, and how the box is. */
export const iosTables: readonly PersonaCommand[] = [
  answer('show arp', arpTable),
  answer('show ip arp', arpTable),
  answer('show mac address-table', macTable),
  answer(
    'show ipv6 neighbors',
    () => 'IPv6 Address                              Age Link-layer Addr State Interface\n',
  ),
  answer('show ipv6 interface', () => ''),
  answer('show ntp associations', ntpTable),
  answer('show interfaces transceiver', transceivers),
  answer('show memory statistics', ({ facts }) => {
    const used = 120_000_000 + facts.number(9_820, 40_000_000);
    const pool = (name: string, head: string, total: number, taken: number): string =>
      `${name.padStart(9)}  ${head.padStart(8)} ${String(total).padStart(11)} ${String(taken).padStart(11)} ${String(total - taken).padStart(11)} ${String(total - taken - 4096).padStart(11)} ${String(total - taken - 90_000).padStart(11)}`;
    return lined([
      '                Head    Total(b)     Used(b)     Free(b)   Lowest(b)  Largest(b)',
      pool('Processor', '6B9A8040', 367_312_000, used),
      pool('I/O', '1DC00000', 41_943_040, 22_104_312),
    ]);
  }),
  answer('show processes cpu', ({ facts }) => {
    const load = 3 + facts.number(9_830, 20);
    return lined([
      `CPU utilization for five seconds: ${load}%/0%; one minute: ${load + 1}%; five minutes: ${load}%`,
      ' PID Runtime(ms)     Invoked      uSecs   5Sec   1Min   5Min TTY Process',
      '   1           9         193         46  0.00%  0.00%  0.00%   0 Chunk Manager',
      '   2        5032     3335727          1  0.00%  0.00%  0.00%   0 Load Meter',
      '  12      356620     1375208        259  0.00%  0.00%  0.00%   0 ARP Input',
    ]);
  }),
  answer('show vrf', () => '  Name                             Default RD            Protocols   Interfaces\n'),
  answer('show vrf detail', () => ''),
  answer('show cdp neighbors detail', cdpText),
];

/** Of a router with four slots; Celsius. */
export const iosRouterEnvironment: readonly PersonaCommand[] = [
  answer('show environment all', ({ facts }) =>
    lined([
      'SYSTEM POWER SUPPLY STATUS',
      '==========================',
      ' Internal Power Supply Type: AC',
      ' Internal Power Supply 12V Output Status: Normal',
      ' External Redundant Power Supply is absent or powered off',
      '',
      'SYSTEM FAN STATUS',
      '=================',
      ' Fan 1 OK, Low speed setting',
      ' Fan 2 OK, Low speed setting',
      ' Fan 3 OK, Low speed setting',
      '',
      'SYSTEM TEMPERATURE STATUS',
      '=========================',
      ` Intake Left temperature: ${20 + facts.number(9_700, 8)} Celsius, Normal`,
      ` Intake Left(Bezel) temperature: ${21 + facts.number(9_701, 8)} Celsius, Normal`,
      ` Exhaust Right temperature: ${26 + facts.number(9_702, 8)} Celsius, Normal`,
      ` CPU temperature: ${48 + facts.number(9_703, 10)} Celsius, Normal`,
      ' Power Supply Unit temperature: 31 Celsius, Normal',
      '',
      'REAL TIME CLOCK BATTERY STATUS',
      '==============================',
      ' Battery OK (checked at power up)',
      '',
    ]),
  ),
];

/** Of a Catalyst 9300, and its VLANs. */
export const iosSwitchTables: readonly PersonaCommand[] = [
  answer('show environment all', ({ facts, spec }) =>
    lined([
      'Switch   FAN     Speed   State   Airflow direction',
      '---------------------------------------------------',
      '  1       1     5600     OK     Front to Back',
      '  1       2     5600     OK     Front to Back',
      '  1       3     5600     OK     Front to Back',
      'FAN PS-1 is OK',
      'FAN PS-2 is NOT PRESENT',
      'Switch 1: SYSTEM TEMPERATURE is OK',
      ...temperatures(facts.number(9_700, 8)),
      'SW  PID                 Serial#     Status           Sys Pwr  PoE Pwr  Watts',
      '--  ------------------  ----------  ---------------  -------  -------  -----',
      `1A  PWR-C1-715WAC       LIT${String(spec.seed % 10_000_000).padStart(7, '0')}  OK               Good     Good     715  `,
      '1B  Not Present',
      '',
    ]),
  ),
  answer('show environment temperature status', ({ facts }) => lined(temperatures(facts.number(9_700, 8)))),
  answer('show vlan all-ports', (device) => vlanTable(device, true)),
  answer('show vlan brief', (device) => vlanTable(device, false)),
  answer('show vlan', (device) => vlanTable(device, false)),
];

const temperatures = (offset: number): string[] => [
  `Inlet Temperature Value: ${22 + offset} Degree Celsius`,
  'Temperature State: GREEN',
  'Yellow Threshold : 46 Degree Celsius',
  'Red Threshold    : 56 Degree Celsius',
  '',
  `Hotspot Temperature Value: ${44 + offset} Degree Celsius`,
  'Temperature State: GREEN',
  'Yellow Threshold : 105 Degree Celsius',
  'Red Threshold    : 125 Degree Celsius',
];

function arpTable(device: SimulatedDevice): string {
  return lined([
    'Protocol  Address          Age (min)  Hardware Addr   Type   Interface',
    ...arpEntries(device).map(
      ({ ip, mac, port, isOwn, ageMin }) =>
        `Internet  ${ip.padEnd(15)} ${(isOwn ? '-' : String(ageMin)).padStart(9)}   ${dotted(mac)}  ARPA   ${port}`,
    ),
  ]);
}

function macTable(device: SimulatedDevice): string {
  const entries = macEntries(device);
  return lined([
    '          Mac Address Table',
    '-------------------------------------------',
    '',
    'Vlan    Mac Address       Type        Ports',
    '----    -----------       --------    -----',
    ...entries.map(
      ({ mac, vlan, port }) => `${String(vlan).padStart(4)}    ${dotted(mac)}    DYNAMIC     ${shortPort(port)}`,
    ),
    `Total Mac Addresses for this criterion: ${entries.length}`,
  ]);
}

function vlanTable(device: SimulatedDevice, withTrunks: boolean): string {
  const vlans = vlansOf(device);
  return lined([
    '',
    'VLAN Name                             Status    Ports',
    '---- -------------------------------- --------- -------------------------------',
    ...vlans.flatMap(({ id, name, untagged, tagged }) => {
      // Trunks are in the longer form alone, in every VLAN that they carry.
      const access = untagged.filter(({ wire }) => wire === undefined);
      const trunks = withTrunks ? [...untagged.filter(({ wire }) => wire !== undefined), ...tagged] : [];
      const rows = rowsOf(
        [...access, ...trunks].map((port) => shortPort(port.name)),
        4,
      ).map((row) => row.join(', '));
      const shown = name || (id === 1 ? 'default' : `VLAN${String(id).padStart(4, '0')}`);
      const head = `${String(id).padEnd(4)} ${shown.slice(0, 32).padEnd(32)} active   `;
      return [`${head} ${rows[0] ?? ''}`, ...rows.slice(1).map((row) => `${' '.repeat(48)}${row}`)];
    }),
    ...['1002 fddi-default', '1003 token-ring-default', '1004 fddinet-default', '1005 trnet-default'].map(
      (line) => `${line.padEnd(37)} act/unsup `,
    ),
  ]);
}

function ntpTable(device: SimulatedDevice): string {
  const servers = ntpSources(device);
  if (servers.length === 0) return '%NTP is not enabled.\n';
  return lined([
    '',
    '  address         ref clock       st   when   poll reach  delay  offset   disp',
    ...servers.map(
      (server, nth) =>
        `${nth === 0 ? '*' : '+'}~${server.padEnd(15)} .GPS.            1     24     64   377  0.512   0.031  1.017`,
    ),
    ' * sys.peer, # selected, + candidate, - outlyer, x falseticker, ~ configured',
  ]);
}

function transceivers(device: SimulatedDevice): string {
  const ports = portsOf(device).filter(({ wire }) => wire !== undefined);
  return lined([
    '',
    'If device is externally calibrated, only calibrated values are printed.',
    '++ : high alarm, +  : high warning, -  : low warning, -- : low alarm.',
    'NA or N/A: not applicable, Tx: transmit, Rx: receive.',
    'mA: milliamperes, dBm: decibels (milliwatts).',
    '',
    '                                 Optical   Optical',
    '           Temperature  Voltage  Tx Power  Rx Power',
    'Port       (Celsius)    (Volts)  (dBm)     (dBm)',
    '---------  -----------  -------  --------  --------',
    ...ports.map((port) => {
      const { rx, tx } = opticalPower(device, port);
      return `${shortPort(port.name).padEnd(9)}    34.6       3.29      ${tx.toFixed(1).padStart(4)}      ${rx.toFixed(1).padStart(4)}   `;
    }),
    '',
  ]);
}

/** CDP is spoken among Cisco's own. */
function cdpText(device: SimulatedDevice): string {
  const wires = liveWires(device).filter(({ peerPlatform }) => peerPlatform.startsWith('cisco_'));
  return lined([
    ...wires.flatMap(({ port, peer, peerPort, peerPlatform, peerSeed }) => [
      '-------------------------',
      `Device ID: ${peer}`,
      'Entry address(es): ',
      `Platform: ${peerPlatform === 'cisco_xe' ? 'cisco C9300-48P' : 'Cisco CISCO2911/K9'},  Capabilities: Router Switch `,
      `Interface: ${port},  Port ID (outgoing port): ${peerPort}`,
      'Holdtime : 149 sec',
      '',
      'Version :',
      systemOf(peerPlatform),
      '',
      'advertisement version: 2',
      `Duplex: full`,
      `Unidirectional Mode: off, chassis ${dotted(chassisMac(peerSeed))}`,
      '',
    ]),
    '',
    `Total cdp entries displayed : ${wires.length}`,
  ]);
}
