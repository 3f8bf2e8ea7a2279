import type { SimulatedDevice } from '../../device.ts';
import { eosJson } from '../../http/eos-json.ts';
import type { PersonaCommand } from '../../persona.ts';
import { bgpSessions } from './bgp-sessions.ts';
import { coloned, portsOf, shortPort } from './ports.ts';

/** A show command with its text; behind `| json` what eAPI gives. */
const answer = (words: string, print: (device: SimulatedDevice) => string): PersonaCommand => ({
  words,
  in: ['privileged'],
  run({ device }, _, filters) {
    const json = filters[0]?.trim() === 'json' ? eosJson(device, words) : undefined;
    if (json === undefined) return { text: print(device) };
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
  answer('show hostname', ({ host }) => `Hostname: ${host}\nFQDN:     ${host}.lab.example.net\n`),
  answer('show interfaces', (device) =>
    portsOf(device)
      .map(
        (port) =>
          `${port.name} is ${port.isUp ? 'up' : 'down'}, line protocol is ${port.isUp ? 'up (connected)' : 'down (notconnect)'}\n  Hardware is Ethernet, address is ${coloned(port.mac)}\n  Description: ${port.description}\n`,
      )
      .join(''),
  ),
  answer('show ip interface', (device) =>
    portsOf(device)
      .filter(({ address }) => address !== undefined)
      .map(
        ({ name, address }) =>
          `${name} is up, line protocol is up (connected)\n  Internet address is ${address!.ip}/${address!.length}\n`,
      )
      .join(''),
  ),
  answer('show lldp neighbors', ({ facts }) =>
    [
      `Number of table inserts: ${facts.wires.length}`,
      '',
      'Port          Neighbor Device ID       Neighbor Port ID    TTL',
      ...facts.wires.map(
        ({ port, peer, peerPort }) => `${shortPort(port).padEnd(13)} ${peer.padEnd(24)} ${peerPort.padEnd(19)} 120`,
      ),
      '',
    ].join('\n'),
  ),
  answer('show lldp neighbors detail', ({ facts }) =>
    facts.wires
      .map(
        ({ port, peer, peerPort }) =>
          `Interface ${port} detected 1 LLDP neighbors:\n\n  Neighbor ${peer}, port "${peerPort}"\n`,
      )
      .join(''),
  ),
  answer('show ip bgp summary vrf all', (device) =>
    [
      'BGP summary information for VRF default',
      `Router identifier ${device.facts.ip(0)}, local AS number ${device.facts.asn}`,
      '  Neighbor         V  AS           State   PfxRcd',
      ...bgpSessions(device).map(
        (peer) =>
          `  ${peer.address.padEnd(16)} 4  ${String(peer.asn).padEnd(12)} ${peer.isUp ? 'Estab' : 'Active'}   ${peer.prefixes}`,
      ),
      '',
    ].join('\n'),
  ),
];
