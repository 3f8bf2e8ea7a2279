import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { InterfaceCounters } from '../../model/interfaces.ts';
import { readMac } from '../../values/mac.ts';
import { prefixOf } from '../reading/addresses.ts';
import { InterfaceAddresses } from '../reading/interface-addresses.ts';

const command = 'show interfaces detail';

export interface VyosInterface {
  readonly name: string;
  readonly flags: readonly string[];
  readonly state: string;
  readonly mtu: number;
  readonly lines: readonly string[];
}

/** What `ip` prints of each interface, and descriptions and counters below it. */
export async function interfacesOf(ask: Ask): Promise<VyosInterface[]> {
  const interfaces: (VyosInterface & { lines: string[] })[] = [];
  for (const [index, raw] of (await ask.text(command)).split('\n').entries()) {
    const line = raw.trimEnd();
    const [, name, flags = '', mtu = '-1', state = ''] =
      /^([\w.-]{1,40})(?:@[\w.-]{1,40})?: <([A-Z0-9_,-]{0,200})> mtu (\d{1,6})(?:.{0,200}? state ([A-Z]{2,20})\b)?/.exec(
        line,
      ) ?? [];
    if (name !== undefined) interfaces.push({ name, flags: flags.split(','), state, mtu: Number(mtu), lines: [] });
    else if (/^\s/.test(line) && interfaces.length > 0) interfaces.at(-1)!.lines.push(line.trim());
    else if (line !== '') ask.warn({ command, line, number: index + 1, reason: 'unknown line' });
  }
  if (interfaces.length > 0) ask.understood(command);
  return interfaces;
}

export const readInterfaces: ReadFacts<'get_interfaces'> = async (ask) =>
  Object.fromEntries(
    (await interfacesOf(ask)).map(({ name, flags, state, mtu, lines }) => [
      name,
      {
        is_up: state === 'UP' || (state !== 'DOWN' && flags.includes('LOWER_UP')),
        is_enabled: flags.includes('UP'),
        description: found(lines, /^Description: (.*)$/) ?? '',
        last_flapped: -1,
        mtu,
        speed: -1,
        mac_address: readMac(found(lines, /^link\/ether (\S+)/) ?? '') ?? '',
      },
    ]),
  );

export const readInterfacesIp: ReadFacts<'get_interfaces_ip'> = async (ask) => {
  const addresses = new InterfaceAddresses();
  for (const { name, lines } of await interfacesOf(ask)) {
    for (const line of lines) {
      const [, local, peer] = /^inet6? (\S+)(?: peer (\S+))?/.exec(line) ?? [];
      // At a link between two points the length stands with the other end.
      const prefix = local === undefined ? undefined : prefixOf(local);
      const length = prefixOf(peer ?? local ?? '')?.length;
      if (prefix !== undefined) addresses.add(name, prefix.address, length);
    }
  }
  return addresses.value;
};

export const readInterfacesCounters: ReadFacts<'get_interfaces_counters'> = async (ask) =>
  Object.fromEntries(
    (await interfacesOf(ask)).flatMap(({ name, lines }) => {
      const rx = figuresBelow(lines, /^RX:\s+bytes\s+packets/);
      const tx = figuresBelow(lines, /^TX:\s+bytes\s+packets/);
      return rx === undefined || tx === undefined ? [] : [[name, countersOf(rx, tx)] as const];
    }),
  );

/** `bytes packets errors dropped overrun mcast`, or `… carrier collisions`. */
function countersOf(rx: readonly number[], tx: readonly number[]): InterfaceCounters {
  const multicast = rx[5] ?? -1;
  return {
    tx_octets: tx[0] ?? -1,
    rx_octets: rx[0] ?? -1,
    tx_unicast_packets: tx[1] ?? -1,
    rx_unicast_packets: rx[1] === undefined ? -1 : Math.max(0, rx[1] - Math.max(0, multicast)),
    tx_multicast_packets: -1,
    rx_multicast_packets: multicast,
    tx_broadcast_packets: -1,
    rx_broadcast_packets: -1,
    tx_discards: tx[3] ?? -1,
    rx_discards: rx[3] ?? -1,
    tx_errors: tx[2] ?? -1,
    rx_errors: rx[2] ?? -1,
  };
}

function figuresBelow(lines: readonly string[], heading: RegExp): number[] | undefined {
  const at = lines.findIndex((line) => heading.test(line));
  const figures = at < 0 ? undefined : lines[at + 1]?.split(/\s+/).map(Number);
  return figures?.every((one) => Number.isInteger(one)) ? figures : undefined;
}

function found(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const text = pattern.exec(line)?.[1];
    if (text !== undefined) return text;
  }
  return undefined;
}
