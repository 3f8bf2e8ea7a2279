import type { SimulatedDevice } from '../../device.ts';
import {
  arpEntries,
  broadcastOf,
  chassisMac,
  coloned,
  liveWires,
  type Port,
  portsOf,
  systemOf,
} from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { answer, lined } from './answer.ts';
import { vtyshAnswer } from './frr-answers.ts';
import { linuxPing, pingCommand } from './ping.ts';

function portText({ name, kind, isEnabled, isUp, mtu, mac, addresses, description, traffic, errorsIn }: Port): string {
  const isLoopback = kind === 'loopback';
  const flags = isLoopback
    ? 'LOOPBACK,UP,LOWER_UP'
    : `BROADCAST,MULTICAST${isEnabled ? ',UP' : ''}${isUp ? ',LOWER_UP' : ''}`;
  const state = isLoopback ? 'UNKNOWN' : isUp ? 'UP' : 'DOWN';
  const local = isLoopback
    ? ['    inet 127.0.0.1/8 scope host lo', '       valid_lft forever preferred_lft forever']
    : [];
  return lined([
    `${name}: <${flags}> mtu ${mtu} qdisc ${isLoopback ? 'noqueue' : 'mq'} state ${state} group default qlen 1000`,
    `    link/${isLoopback ? 'loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00' : `ether ${coloned(mac)} brd ff:ff:ff:ff:ff:ff`}`,
    ...local,
    ...addresses.flatMap((address) => [
      `    inet ${address.ip}/${address.length}${address.length < 31 ? ` brd ${broadcastOf(address)}` : ''} scope global ${name}`,
      '       valid_lft forever preferred_lft forever',
    ]),
    ...(description === '' ? [] : [`    Description: ${description}`]),
    '',
    '    RX:  bytes    packets  errors  dropped  overrun       mcast',
    `         ${traffic.bytesIn}  ${traffic.packetsIn}       ${errorsIn}        0        0           0`,
    '    TX:  bytes    packets  errors  dropped  carrier  collisions',
    `         ${traffic.bytesOut}  ${traffic.packetsOut}       0        0        0           0`,
  ]);
}

const ruler = '-'.repeat(79);

function lldpText(device: SimulatedDevice): string {
  if (!/^ {4}lldp \{/m.test(device.running.text)) return 'LLDP service is not configured\n';
  return lined([
    ruler,
    'LLDP neighbors:',
    ruler,
    ...liveWires(device).flatMap(({ port, peer, peerPort, peerPlatform, peerSeed, peerAddress, isRouted }, nth) => [
      `Interface:    ${port}, via: LLDP, RID: ${nth + 1}, Time: 35 days, 00:02:11`,
      '  Chassis:     ',
      `    ChassisID:    mac ${coloned(chassisMac(peerSeed))}`,
      `    SysName:      ${peer}`,
      `    SysDescr:     ${systemOf(peerPlatform)}`,
      ...(isRouted ? [`    MgmtIP:       ${peerAddress}`] : []),
      '    Capability:   Bridge, on',
      '    Capability:   Router, on',
      '    Capability:   Wlan, off',
      '  Port:        ',
      `    PortID:       ifname ${peerPort}`,
      `    PortDescr:    to ${device.host}`,
      '    TTL:          120',
      '    PMD autoneg:  supported: yes, enabled: yes',
      ruler,
    ]),
  ]);
}

function arpText(device: SimulatedDevice): string {
  const rows = arpEntries(device)
    .filter(({ isOwn }) => !isOwn)
    .map(({ ip, mac, port }) => `${ip.padEnd(15)}  ${port.padEnd(11)}  ${coloned(mac).padEnd(20)}  REACHABLE`);
  return lined([
    'Address          Interface    Link layer address    State',
    '---------------  -----------  --------------------  ---------',
    ...rows,
  ]);
}

/** `"show bgp summary json"` between quotes. */
const vtysh = (device: SimulatedDevice, words: readonly string[]): string =>
  vtyshAnswer(device, words.join(' ').replaceAll('"', '')) ?? `% Unknown command: ${words.join(' ')}\n`;

/** What VyOS tells of itself, its interfaces and its neighbours. */
export const vyosAnswers: readonly PersonaCommand[] = [
  pingCommand('ping *', linuxPing(56), ['operational']),
  answer('show host name', ({ host }) => `${host}\n`, ['operational']),
  answer('show host domain', () => 'lab.example.net\n', ['operational']),
  answer('show interfaces detail', (device) => portsOf(device).map(portText).join('\n'), ['operational']),
  answer('show arp', arpText, ['operational']),
  answer(
    'show ipv6 neighbors',
    () =>
      'Address    Interface    Link layer address    State\n---------  -----------  --------------------  -------\n',
    ['operational'],
  ),
  answer('show lldp neighbors detail', lldpText, ['operational']),
  answer('vtysh -c *', vtysh, ['operational']),
  answer('sudo -n vtysh -c *', vtysh, ['operational']),
  // No bridge is configured.
  answer('path=$path:/usr/sbin:/sbin bridge -j fdb show', () => '[]\n', ['operational']),
  answer('cat /config/config.boot', ({ startup }) => startup, ['operational']),
];
