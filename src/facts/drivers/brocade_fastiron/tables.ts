import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { ArpEntry, MacEntry } from '../../model/neighbors.ts';
import { readAddress } from '../../values/address.ts';
import { readMac } from '../../values/mac.ts';
import { wordOf } from '../reading/argument.ts';
import { portNames } from './interfaces.ts';

const arpFurniture = /^(?:Total (?:number of )?ARP|Entries in |No\. +IP|Protocol +Address|-{5,})/i;
const macFurniture = /^(?:Total (?:active|static) entries|MAC[ -]Address +Port|-{5,})/i;

/** Minutes since the entry was learnt. What was not answered has no MAC address and is left out. */
export const getArpTable: ReadFacts<'get_arp_table'> = async (ask, { vrf }) => {
  const command = vrf === '' ? 'show arp' : `show arp vrf ${wordOf('vrf', vrf)}`;
  const [output, nameOf] = await Promise.all([ask.text(command), portNames(ask)]);
  const entries: ArpEntry[] = [];
  readLines(ask, command, output, (line) => {
    if (arpFurniture.test(line)) return true;
    // `Internet  192.0.2.9  94  0200.5e00.0009  ARPA  Vlan10`
    const cisco = /^Internet +(\S+) +(-|\d{1,6}) +(\S+) +\S+ +(\S.{0,40})$/.exec(line);
    // `1  192.0.2.9  0200.5e00.0009  Dynamic  0  1/1/3  Valid`
    const own = /^ *\d{1,6} +(\S+) +(\S+) +(\w+) +(\d{1,6}|None) +(\S+(?: \d\S*)?)(?: +\w+)?$/i.exec(line);
    const [ip, mac, age, port] =
      cisco === null ? [own?.[1], own?.[2], own?.[4], own?.[5]] : [cisco[1], cisco[3], cisco[2], cisco[4]];
    if (readAddress(ip ?? '') === undefined) return false;
    const hardware = readMac(mac ?? '');
    if (hardware === undefined) return /^(?:None|Pending|incomplete)$/i.test(mac ?? '');
    const minutes = /^\d+$/.test(age ?? '') ? Number(age) : -1;
    entries.push({ interface: nameOf(port ?? ''), mac: hardware, ip: readAddress(ip ?? '') ?? '', age: minutes });
    return true;
  });
  return entries;
};

const mac = 'show mac-address';

/** The columns differ from release to release; the heading names them. */
export const getMacAddressTable: ReadFacts<'get_mac_address_table'> = async (ask) => {
  const [output, nameOf] = await Promise.all([ask.text(mac, { timeoutMs: 120_000 }), portNames(ask)]);
  const entries: MacEntry[] = [];
  let columns: readonly string[] = [];
  readLines(ask, mac, output, (line) => {
    if (/^MAC[ -]Address +Port\b/i.test(line))
      columns = line.trim().toLowerCase().replace('mac address', 'mac').split(/\s+/);
    if (macFurniture.test(line)) return true;
    const words = line.trim().split(/\s+/, 10);
    const hardware = readMac(words[0] ?? '');
    const cell = (name: string): string => words[columns.indexOf(name)] ?? '';
    const vlan = cell('vlan').replace(/^[A-Z]/, '');
    if (hardware === undefined || !/^\d{1,4}$/.test(vlan)) return false;
    entries.push({
      mac: hardware,
      interface: nameOf(cell('port')),
      vlan: Number(vlan),
      static: /^static$/i.test(cell('type')),
      active: true,
      moves: -1,
      last_move: -1,
    });
    return true;
  });
  return entries;
};
