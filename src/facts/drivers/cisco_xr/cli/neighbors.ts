import type { Ask } from '../../../ask.ts';
import type { ReadFacts } from '../../../define-facts.ts';
import { readLines } from '../../../lines.ts';
import type { ArpTable, LldpNeighbors, MacTable } from '../../../model/neighbors.ts';
import { readDuration } from '../../../values/duration.ts';
import { macOr, readMac } from '../../../values/mac.ts';
import { ipOrText } from '../../reading/addresses.ts';
import { wordOf } from '../../reading/argument.ts';
import { addTo } from '../../reading/group.ts';
import { printed, printedIfKnown } from './text.ts';

/** A node and the rule around it, which stand before each part of a table. */
const nodeHeading = /^-{5,}$|^\d{1,3}\/\w{1,8}\/\w{1,8}$/;

export const readArpTable: ReadFacts<'get_arp_table'> = async (ask, { vrf }) => {
  const command = vrf === '' ? 'show arp' : `show arp vrf ${wordOf('vrf', vrf)}`;
  const table: ArpTable = [];
  readLines(ask, command, await printed(ask, command), (line) => {
    if (nodeHeading.test(line) || /^Address\s+Age\s+Hardware/.test(line)) return true;
    const [, ip, age, mac, end] = /^([\d.]+)\s+(\S+)\s+(\S+)\s+\S+\s+\S+\s+(\S+)$/.exec(line) ?? [];
    if (ip === undefined || age === undefined || mac === undefined || end === undefined) return false;
    // A neighbour that does not answer has no address yet.
    const address = readMac(mac);
    if (address !== undefined) {
      table.push({ interface: end, mac: address, ip: ipOrText(ip), age: readDuration(age) ?? -1 });
    }
    return true;
  });
  return table;
};

const lldp = 'show lldp neighbors';
const isOff = /^% ?LLDP is not enabled/;

export const readLldpNeighbors: ReadFacts<'get_lldp_neighbors'> = async (ask) => {
  const neighbors: LldpNeighbors = {};
  let isTable = false;
  readLines(ask, lldp, await printed(ask, lldp, isOff), (line) => {
    if (isOff.test(line)) ask.note('LLDP is not enabled');
    if (isOff.test(line) || /^Capability codes|^\s+\([A-Z]\) |^Total entries/.test(line)) return true;
    if (/^Device ID\s+Local Intf/.test(line)) isTable = true;
    if (/^Device ID\s+Local Intf/.test(line)) return true;
    if (!isTable) return false;
    const [, hostname, end, port] = row.exec(line) ?? [];
    if (hostname === undefined || end === undefined || port === undefined) return false;
    addTo(neighbors, end, { hostname: hostname.trim(), port });
    return true;
  });
  return neighbors;
};

/** Name, our end, hold time, capabilities or none, the other end. A long name touches the next column. */
const row =
  /^(.{1,60}?)\s*((?:[A-Z][a-z]{1,20}(?:-[A-Z][a-z]{1,10})?|BE|TF|FH|TH)\d[\w/.]{0,30})\s+\d+\s+(?:\S+\s+)?(\S+)$/;

const platformCommand = 'show platform';

export const readMacAddressTable: ReadFacts<'get_mac_address_table'> = async (ask) => {
  const table: MacTable = [];
  const places = forwardingNodes(await printed(ask, platformCommand));
  if (places.length > 0) ask.understood(platformCommand);
  const commands = places.map((place) => `show l2vpn forwarding bridge-domain mac-address location ${place}`);
  const outputs = await Promise.all(commands.map(async (command) => await printedIfKnown(ask, command)));
  const known = new Set<string>();
  for (const [index, output] of outputs.entries()) {
    for (const entry of output === undefined ? [] : learnedIn(ask, commands[index]!, output)) {
      // Every card has learned what one of them did.
      const key = `${entry.mac} ${entry.interface}`;
      if (!known.has(key)) table.push(entry);
      known.add(key);
    }
  }
  return table;
};

/** The nodes that forward: line cards, or the processor of a router without. */
function forwardingNodes(platform: string): string[] {
  const running = [...platform.matchAll(/^(\d{1,3}\/(?:\d{1,3}|R?S?P\d)\/CPU\d)\b.{0,120}\bIOS XR RUN\b/gm)];
  const nodes = running.map(([, node]) => node!);
  const cards = nodes.filter((node) => /^\d+\/\d+\//.test(node));
  return cards.length > 0 ? cards : nodes;
}

function learnedIn(ask: Ask, command: string, output: string): MacTable {
  const entries: MacTable = [];
  readLines(ask, command, output, (line) => {
    if (/^To Resynchronize|^\s+l2vpn resynchronize|^Mac Address\s|^-{5,}|^GENERAL|^\s+\S.*:$/.test(line)) return true;
    const [, mac, kind, end] = /^([0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})\s+(\S+)\s+(\S+)/i.exec(line) ?? [];
    if (mac === undefined || kind === undefined || end === undefined) return false;
    entries.push({
      mac: macOr(mac),
      interface: end,
      // IOS XR learns within bridge domains, not VLANs.
      vlan: 0,
      static: kind === 'static',
      active: true,
      moves: 0,
      last_move: 0,
    });
    return true;
  });
  return entries;
}
