import type { ReadFacts } from '../../../define-facts.ts';
import type { Interface, InterfaceCounters, Interfaces, InterfacesCounters } from '../../../model/interfaces.ts';
import { readDuration } from '../../../values/duration.ts';
import { readMac } from '../../../values/mac.ts';
import { prefixOf } from '../../reading/addresses.ts';
import { InterfaceAddresses } from '../../reading/interface-addresses.ts';
import { foundIn, type InterfaceBlock, interfaceBlocks } from './interface-blocks.ts';
import { printed, printedIfKnown } from './text.ts';

const command = 'show interfaces';

export const readInterfaces: ReadFacts<'get_interfaces'> = async (ask) => {
  const interfaces: Interfaces = {};
  for (const block of interfaceBlocks(ask, command, await printed(ask, command))) {
    interfaces[block.name] = interfaceOf(block);
  }
  return interfaces;
};

function interfaceOf({ state, protocol, lines }: InterfaceBlock): Interface {
  const kilobits = foundIn(lines, /^\s+MTU \d+ bytes, BW (\d+) Kbit/);
  const flapped = foundIn(lines, /^\s+Last link flapped (\S.{0,40})$/);
  return {
    is_up: protocol === 'up',
    is_enabled: !state.startsWith('administratively'),
    description: foundIn(lines, /^\s+Description: (.*)$/) ?? '',
    // Seconds ago.
    last_flapped: flapped === undefined ? -1 : (readDuration(flapped) ?? -1),
    mtu: Number(foundIn(lines, /^\s+MTU (\d+) bytes/) ?? -1),
    speed: kilobits === undefined ? -1 : Number(kilobits) / 1000,
    mac_address: readMac(foundIn(lines, /\baddress is (\S+)/) ?? '') ?? '',
  };
}

export const readInterfacesCounters: ReadFacts<'get_interfaces_counters'> = async (ask) => {
  const all: InterfacesCounters = {};
  for (const { name, lines } of interfaceBlocks(ask, command, await printed(ask, command))) {
    // A loopback counts nothing.
    if (lines.some((line) => / packets input, /.test(line))) all[name] = countersOf(lines);
  }
  return all;
};

function countersOf(lines: readonly string[]): InterfaceCounters {
  const of = (pattern: RegExp): number => Number(foundIn(lines, pattern) ?? -1);
  return {
    tx_octets: of(/^\s+\d+ packets output, (\d+) bytes/),
    rx_octets: of(/^\s+\d+ packets input, (\d+) bytes/),
    tx_unicast_packets: of(/^\s+(\d+) packets output,/),
    rx_unicast_packets: of(/^\s+(\d+) packets input,/),
    tx_multicast_packets: of(/^\s+Output \d+ broadcast packets, (\d+) multicast/),
    rx_multicast_packets: of(/^\s+Received \d+ broadcast packets, (\d+) multicast/),
    tx_broadcast_packets: of(/^\s+Output (\d+) broadcast packets/),
    rx_broadcast_packets: of(/^\s+Received (\d+) broadcast packets/),
    tx_discards: of(/\b(\d+) total output drops/),
    rx_discards: of(/\b(\d+) total input drops/),
    tx_errors: of(/^\s+(\d+) output errors/),
    rx_errors: of(/^\s+(\d+) input errors/),
  };
}

const v4 = 'show ipv4 vrf all interface';
const v6 = 'show ipv6 vrf all interface';

export const readInterfacesIp: ReadFacts<'get_interfaces_ip'> = async (ask) => {
  const [four, six] = await Promise.all([printed(ask, v4), printedIfKnown(ask, v6)]);
  const addresses = new InterfaceAddresses();
  for (const { name, lines } of interfaceBlocks(ask, v4, four)) {
    for (const line of lines) {
      const [, text] = /^\s+(?:Internet address is|Secondary address) (\S+)$/.exec(line) ?? [];
      const prefix = text === undefined ? undefined : prefixOf(text);
      if (prefix !== undefined) addresses.add(name, prefix.address, prefix.length);
    }
  }
  for (const { name, lines } of six === undefined ? [] : interfaceBlocks(ask, v6, six)) {
    for (const line of lines) {
      const [, text, length] = /^\s+(\S+), subnet is \S+\/(\d{1,3})\b/.exec(line) ?? [];
      if (text !== undefined) addresses.add(name, text, Number(length));
    }
  }
  return addresses.value;
};
