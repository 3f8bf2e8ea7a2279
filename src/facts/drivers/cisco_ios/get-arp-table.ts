import type { ReadFacts } from '../../define-facts.ts';
import type { ArpEntry } from '../../model/neighbors.ts';
import { readMac } from '../../values/mac.ts';
import { readIosLines } from './ios-lines.ts';

/** Minutes of age; our own addresses have none (-1). */
export const getArpTable: ReadFacts<'get_arp_table'> = async (ask, { vrf }) => {
  const command = `show arp ${vrf === '' ? '' : `vrf ${vrf} `}| exclude Incomplete`;
  const entries: ArpEntry[] = [];
  readIosLines(ask, command, await ask.text(command), (line) => {
    if (/^Protocol +Address/.test(line)) return true;
    const row = /^Internet +(\S+) +(-|\d{1,9}) +(\S+) +\S+(?: +(\S+))?$/.exec(line);
    const mac = readMac(row?.[3] ?? '');
    if (row === null || mac === undefined) return /^Internet .* Incomplete /.test(line);
    const [, ip = '', age = '-', , port = ''] = row;
    entries.push({ interface: port, mac, ip, age: age === '-' ? -1 : Number(age) });
    return true;
  });
  return entries;
};
