import { parseXml, xml } from '#core';
import type { SimulatedDevice } from '../../device.ts';
import { junosState } from '../../netconf/junos-state.ts';
import type { PersonaCommand } from '../../persona.ts';

/** The RPC that a command stands for; `*` of its words in place of `%`. */
const rpcs: Readonly<Record<string, string>> = {
  'show version': '<get-software-information/>',
  'show chassis hardware [detail]': '<get-chassis-inventory/>',
  'show system uptime': '<get-system-uptime-information/>',
  'show interfaces terse': '<get-interface-information><terse/></get-interface-information>',
  'show interfaces extensive': '<get-interface-information><extensive/></get-interface-information>',
  'show lldp neighbors': '<get-lldp-neighbors-information/>',
  'show lldp neighbors interface *':
    '<get-lldp-interface-neighbors><interface-device>%</interface-device></get-lldp-interface-neighbors>',
  'show route instance': '<get-instance-information/>',
  'show bgp neighbor instance master': '<get-bgp-neighbor-information/>',
  'show bgp summary instance master': '<get-bgp-summary-information/>',
};

const printed: Readonly<Record<string, (device: SimulatedDevice) => string>> = {
  'show interfaces terse': ({ facts }) =>
    `Interface               Admin Link Proto    Local                 Remote\n${facts.wires.map(({ port }) => `${port.padEnd(23)} up    up\n`).join('')}`,
  'show lldp neighbors': ({ facts }) =>
    `Local Interface    Parent Interface    Chassis Id          Port info          System Name\n${facts.wires.map(({ port, peerPort, peer }) => `${port.padEnd(18)} -                   -                   ${peerPort.padEnd(18)} ${peer}\n`).join('')}`,
  'show route instance': () =>
    'Instance             Type\n         Primary RIB                                     Active/holddown/hidden\nmaster               forwarding\n         inet.0                                          412/0/0\n',
};

/** Text as it was; behind `| display xml` what NETCONF gives. */
function withXml(command: PersonaCommand, rpc: string): PersonaCommand {
  return {
    ...command,
    run({ device }, words, filters) {
      if (filters[0]?.trim() !== 'display xml') {
        return { text: command.print?.(device.facts, words) ?? printed[command.words]?.(device) ?? '' };
      }
      filters.shift();
      const [operation] = [parseXml(rpc.replace('%', xml`${words.at(-1) ?? ''}`.toString()))];
      return { text: reply(junosState(device, operation)?.toString() ?? '') };
    },
  };
}

const reply = (inner: string): string =>
  `<rpc-reply xmlns:junos="http://xml.juniper.net/junos/22.4R3/junos">\n${inner}\n    <cli>\n        <banner></banner>\n    </cli>\n</rpc-reply>\n\n`;

/** The commands of the persona, those that stand for an RPC in XML too, and the ones about neighbours. */
export function withJunosAnswers(commands: readonly PersonaCommand[]): readonly PersonaCommand[] {
  const known = new Set(commands.map(({ words }) => words));
  const more = Object.entries(rpcs)
    .filter(([words]) => !known.has(words))
    .map(([words, rpc]) => withXml({ words, in: ['operational'] }, rpc));
  return [
    {
      words: 'show configuration system domain-name',
      in: ['operational'],
      run({ device }, _, filters) {
        const name = /^ {4}domain-name (\S+);$/m.exec(device.running.text)?.[1];
        if (filters[0]?.trim() !== 'display xml') return { text: name === undefined ? '' : `domain-name ${name};\n` };
        filters.shift();
        const inner = name === undefined ? '' : `<system><domain-name>${name}</domain-name></system>`;
        return { text: reply(`<configuration>${inner}</configuration>`) };
      },
    },
    ...more,
    ...commands.map((command) =>
      rpcs[command.words] === undefined ? command : withXml(command, rpcs[command.words]!),
    ),
  ];
}
