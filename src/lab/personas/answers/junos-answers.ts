import { parseXml, renderXml, XmlElement, xml } from '#core';
import type { SimulatedDevice } from '../../device.ts';
import { junosState } from '../../netconf/junos-state.ts';
import { junosElements } from '../../netconf/junos-xml.ts';
import {
  addressIn,
  arpEntries,
  chassisMac,
  coloned,
  liveWires,
  portsOf,
  prefixText,
  routesIn,
  routesOf,
  routesTo,
} from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { sectionsOf } from '../../pipes.ts';
import { parseTree } from '../../section-tree.ts';
import { lined, weekClockOf } from './answer.ts';
import { ntpText } from './eos-answers.ts';
import { bsdPing, pingCommand } from './ping.ts';

/** The RPC that a command stands for; `*` of its words in place of `%`. */
const rpcs: Readonly<Record<string, string>> = {
  'show version': '<get-software-information/>',
  'show chassis hardware [detail]': '<get-chassis-inventory/>',
  'show chassis environment': '<get-environment-information/>',
  'show chassis routing-engine': '<get-route-engine-information/>',
  'show chassis temperature-thresholds': '<get-temperature-threshold-information/>',
  'show chassis power detail': '<get-power-usage-information-detail/>',
  'show system uptime': '<get-system-uptime-information/>',
  'show interfaces terse': '<get-interface-information><terse/></get-interface-information>',
  'show interfaces extensive': '<get-interface-information><extensive/></get-interface-information>',
  'show interfaces diagnostics optics': '<get-interface-optics-diagnostics-information/>',
  'show arp expiration-time no-resolve': '<get-arp-table-information/>',
  'show ipv6 neighbors': '<get-ipv6-nd-information/>',
  'show bridge mac-table extensive': '<get-bridge-mac-table/>',
  'show bridge domain': '<get-bridge-instance-information/>',
  'show lldp neighbors': '<get-lldp-neighbors-information/>',
  'show lldp neighbors interface *':
    '<get-lldp-interface-neighbors><interface-device>%</interface-device></get-lldp-interface-neighbors>',
  'show route instance': '<get-instance-information/>',
  'show bgp neighbor instance master': '<get-bgp-neighbor-information/>',
  'show bgp summary instance master': '<get-bgp-summary-information/>',
  'show services rpm probe-results': '<get-probe-results/>',
};

const printed: Readonly<Record<string, (device: SimulatedDevice) => string>> = {
  'show interfaces terse': (device) =>
    lined([
      'Interface               Admin Link Proto    Local                 Remote',
      ...portsOf(device).flatMap(({ name, isEnabled, isUp, addresses }) => [
        `${name.padEnd(23)} ${isEnabled ? 'up   ' : 'down '} ${isUp ? 'up' : 'down'}`,
        ...addresses.map(
          ({ ip, length }) =>
            `${`${name}.0`.padEnd(23)} ${isEnabled ? 'up   ' : 'down '} ${isUp ? 'up  ' : 'down'} inet     ${ip}/${length}`,
        ),
      ]),
    ]),
  'show lldp neighbors': (device) =>
    lined([
      'Local Interface    Parent Interface    Chassis Id          Port info          System Name',
      ...liveWires(device).map(
        ({ port, peerPort, peer, peerSeed }) =>
          `${port.padEnd(18)} -                   ${coloned(chassisMac(peerSeed)).padEnd(19)} ${peerPort.padEnd(18)} ${peer}`,
      ),
    ]),
  'show arp expiration-time no-resolve': (device) =>
    lined([
      'MAC Address       Address         Interface         Flags    TTE',
      ...arpEntries(device)
        .filter(({ isOwn }) => !isOwn)
        .map(
          ({ mac, ip, port, ageMin }) =>
            `${coloned(mac)} ${ip.padEnd(15)} ${`${port}.0`.padEnd(17)} none ${1_200 - ageMin * 60}`,
        ),
    ]),
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
      const operation = parseXml(rpc.replace('%', xml`${words.at(-1) ?? ''}`.toString()));
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
    pingCommand('ping *', bsdPing(0, '/stddev'), ['operational']),
    {
      words: 'show ntp associations [no-resolve]',
      in: ['operational'],
      run: ({ device }) => ({ text: ntpText(device) }),
    },
    {
      words: 'show configuration *',
      in: ['operational'],
      run({ device }, words, filters) {
        if (filters[0]?.trim() !== 'display xml')
          return { text: sectionsOf(device.running.text, words.join(' ')), isConfiguration: true };
        filters.shift();
        const top = new XmlElement({
          name: 'configuration',
          children: junosElements(parseTree(device.running.text, device.persona.edit)),
        });
        return { text: reply(rendered(within(top, words))) };
      },
    },
    ...more,
    {
      words: 'show route *',
      in: ['operational'],
      run({ device }, words, filters) {
        const [destination = ''] = words;
        const protocol = words[words.indexOf('protocol') + 1] ?? '';
        const rpc = xml`<get-route-information><destination>${destination}</destination>${words.includes('protocol') ? xml`<protocol>${protocol}</protocol>` : undefined}</get-route-information>`;
        if (filters[0]?.trim() !== 'display xml') return { text: routeLines(device, destination) };
        filters.shift();
        return { text: reply(junosState(device, parseXml(rpc.toString()))?.toString() ?? '') };
      },
    },
    ...commands.map((command) =>
      rpcs[command.words] === undefined ? command : withXml(command, rpcs[command.words]!),
    ),
  ];
}

const rendered = (element: XmlElement | undefined): string => (element === undefined ? '' : renderXml(element));

/** What stands at a path, with the elements around it; undefined where nothing is configured. */
function within(element: XmlElement, [step, ...rest]: readonly string[]): XmlElement | undefined {
  if (step === undefined) return element;
  const below = element.children.filter(({ name }) => name === step).flatMap((child) => within(child, rest) ?? []);
  return below.length === 0 ? undefined : new XmlElement({ name: element.name, children: below });
}

function routeLines(device: SimulatedDevice, destination: string): string {
  const asked = addressIn(destination);
  const all = routesOf(device);
  const found = asked === undefined ? all : destination.includes('/') ? routesIn(all, asked) : routesTo(all, asked);
  if (found.length === 0) return '';
  const words = { connected: 'Direct/0', local: 'Local/0', static: 'Static/5', bgp: 'BGP/170' } as const;
  return lined([
    '',
    `inet.0: ${all.length} destinations, ${all.length} routes (${all.length} active, 0 holddown, 0 hidden)`,
    '+ = Active Route, - = Last Active, * = Both',
    '',
    ...found.flatMap(({ prefix, protocol, ageS, nextHop, port }) => [
      `${prefixText(prefix).padEnd(18)} *[${words[protocol]}] ${weekClockOf(ageS)}`,
      nextHop === undefined
        ? `                    >  via ${port}.0`
        : `                    >  to ${nextHop} via ${port}.0`,
    ]),
    '',
  ]);
}
