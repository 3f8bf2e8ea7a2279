import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { ArpEntry } from '../../model/neighbors.ts';
import { readAddress } from '../../values/address.ts';
import { readMac } from '../../values/mac.ts';
import { wordOf } from '../reading/argument.ts';

const furniture = /^(?:IPv4 Address +MAC|-{10,}|Total Number Of ARP|ARP (?:IPv4 )?Entries|=+$)/i;
const none = /^No ARP entries/i;

/** Of every instance, or of one. What was not answered has no MAC address and is left out. */
export const getArpTable: ReadFacts<'get_arp_table'> = async (ask, { vrf }) => {
  const command = vrf === '' ? 'show arp all-vrfs' : `show arp vrf ${wordOf('vrf', vrf)}`;
  const entries: ArpEntry[] = [];
  readLines(ask, command, await ask.text(command), (line) => {
    const [address = '', hardware = '', port = ''] = line.trim().split(/\s+/, 6);
    const ip = readAddress(address);
    if (none.test(line)) ask.note('there are no ARP entries');
    if (ip === undefined) return furniture.test(line) || none.test(line);
    const mac = readMac(hardware);
    if (mac === undefined) return / (?:failed|incomplete)\b/i.test(line);
    entries.push({ interface: port, mac, ip, age: -1 });
    return port !== '';
  });
  return entries;
};
