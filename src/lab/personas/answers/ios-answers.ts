import type { SimulatedDevice } from '../../device.ts';
import { chassisMac, dotted, liveWires, type Port, portsOf, shortPort, systemOf } from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { answer } from './answer.ts';
import { iosRouting } from './ios-bgp.ts';
import { iosTables } from './ios-tables.ts';
import { iosPing, pingCommand } from './ping.ts';

const stateOf = ({ isEnabled, isUp }: Port): string => (isEnabled ? (isUp ? 'up' : 'down') : 'administratively down');

/** Show commands of IOS and IOS XE about interfaces and neighbours, out of the configuration and the cables. */
export const iosAnswers: readonly PersonaCommand[] = [
  pingCommand('ping *', iosPing),
  answer('show interfaces', (device) => portsOf(device).map(interfaceText).join('')),
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
  ...iosTables,
  ...iosRouting,
];

function interfaceText(port: Port): string {
  const { packetsIn, packetsOut, bytesIn, bytesOut } = port.traffic;
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
    `     ${packetsIn} packets input, ${bytesIn} bytes, 0 no buffer`,
    `     Received ${Math.floor(packetsIn / 50)} broadcasts (${Math.floor(packetsIn / 80)} IP multicasts)`,
    `     ${port.errorsIn} input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored`,
    `     ${packetsOut} packets output, ${bytesOut} bytes, 0 underruns`,
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

function lldpTable(device: SimulatedDevice): string {
  const rows = liveWires(device).map(
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

function lldpDetail(device: SimulatedDevice): string {
  const entries = liveWires(device).map(({ peer, port, peerPort, peerPlatform, peerSeed }) =>
    [
      '------------------------------------------------',
      `Local Intf: ${shortPort(port)}`,
      `Chassis id: ${dotted(chassisMac(peerSeed))}`,
      `Port id: ${peerPort}`,
      `Port Description: to ${device.host}`,
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
