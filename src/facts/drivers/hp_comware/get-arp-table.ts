import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { ArpEntry } from '../../model/neighbors.ts';
import { readAddress } from '../../values/address.ts';
import { readMac } from '../../values/mac.ts';
import { wordOf } from '../reading/argument.ts';
import { portName } from './port-names.ts';

const furniture = /^ *(?:Type: |IP address +MAC address|S-Static|I-Invalid|-{3,})/i;

/** Minutes until the entry ends; static ones have none (-1). */
export const getArpTable: ReadFacts<'get_arp_table'> = async (ask, { vrf }) => {
  const command = vrf === '' ? 'display arp' : `display arp vpn-instance ${wordOf('vrf', vrf)}`;
  const entries: ArpEntry[] = [];
  readLines(ask, command, await ask.text(command, { timeoutMs: 120_000 }), (line) => {
    const words = line.trim().split(/\s+/, 8);
    const [address = '', hardware = '', vlan = '', port = '', age = '', kind = ''] = words;
    const ip = readAddress(address);
    if (ip === undefined) return furniture.test(line);
    const mac = readMac(hardware);
    if (mac === undefined || !/^(?:\d{1,5}|N\/A|-{1,2})$/i.test(vlan) || !/^[A-Z]{1,3}$/i.test(kind)) return false;
    entries.push({ interface: portName(port), mac, ip, age: /^\d{1,6}$/.test(age) ? Number(age) : -1 });
    return true;
  });
  return entries;
};
