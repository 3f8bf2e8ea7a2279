import type { SimulatedDevice } from '../../device.ts';
import type { PersonaCommand } from '../../persona.ts';
import { chassisMac, dotted, portsOf, shortPort, systemOf } from './ports.ts';

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
