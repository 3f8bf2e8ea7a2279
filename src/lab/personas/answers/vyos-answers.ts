import type { SimulatedDevice } from '../../device.ts';
import { chassisMac, coloned } from '../../network/ports.ts';
import type { PersonaCommand } from '../../persona.ts';

interface Port {
  readonly name: string;
  readonly description: string;
  readonly addresses: readonly string[];
  readonly isEnabled: boolean;
}

/** The interfaces of a configuration in braces. */
function portsOf(text: string): readonly Port[] {
  const [, section = ''] = /^interfaces \{\n([\s\S]*?)^\}/m.exec(text) ?? [];
  return [...section.matchAll(/^ {4}(?:ethernet|loopback) (\S+) \{\n([\s\S]*?)^ {4}\}/gm)].map(
    ([, name = '', body = '']) => ({
      name,
      description: /^ {8}description "?([^"\n]*)"?$/m.exec(body)?.[1] ?? '',
      addresses: [...body.matchAll(/^ {8}address (\S+)$/gm)].map(([, address = '']) => address),
      isEnabled: !/^ {8}disable\b/m.test(body),
    }),
  );
}

function detail({ running, facts }: SimulatedDevice): string {
  return portsOf(running.text)
    .map(({ name, description, addresses, isEnabled }, nth) => {
      const isLoopback = name === 'lo';
      const flags = isLoopback ? 'LOOPBACK,UP,LOWER_UP' : `BROADCAST,MULTICAST${isEnabled ? ',UP,LOWER_UP' : ''}`;
      const state = isLoopback ? 'UNKNOWN' : isEnabled ? 'UP' : 'DOWN';
      const packets = facts.number(nth + 7_000, 90_000_000);
      const mac = isLoopback ? '00:00:00:00:00:00' : coloned(chassisMac(facts.seed + nth));
      return [
        `${name}: <${flags}> mtu ${isLoopback ? 65_536 : 1_500} qdisc mq state ${state} group default qlen 1000`,
        `    link/${isLoopback ? 'loopback' : 'ether'} ${mac} brd ff:ff:ff:ff:ff:ff`,
        ...addresses
          .filter((address) => address !== 'dhcp')
          .flatMap((address) => [
            `    inet ${address} scope global ${name}`,
            '       valid_lft forever preferred_lft forever',
          ]),
        ...(description === '' ? [] : [`    Description: ${description}`]),
        '',
        '    RX:  bytes    packets  errors  dropped  overrun       mcast',
        `         ${packets * 512}  ${packets}       0        0        0           0`,
        '    TX:  bytes    packets  errors  dropped  carrier  collisions',
        `         ${packets * 640}  ${packets}       0        0        0           0`,
        '',
      ].join('\n');
    })
    .join('\n');
}

/** What VyOS tells of itself and its interfaces. */
export const vyosAnswers: readonly PersonaCommand[] = [
  { words: 'show host name', run: ({ device }) => ({ text: `${device.host}\n` }) },
  { words: 'show host domain', print: () => 'lab.example.net\n' },
  { words: 'show interfaces detail', run: ({ device }) => ({ text: detail(device) }) },
];
