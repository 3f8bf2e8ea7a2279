import type { ReadFacts } from '../../define-facts.ts';
import type { Ipv6Neighbor } from '../../model/neighbors.ts';
import { readAddress } from '../../values/address.ts';
import { readMac } from '../../values/mac.ts';
import { readIosLines } from './ios-lines.ts';

const command = 'show ipv6 neighbors';

/** Minutes of age; the interface as IOS abbreviates it. */
export const getIpv6NeighborsTable: ReadFacts<'get_ipv6_neighbors_table'> = async (ask) => {
  const neighbors: Ipv6Neighbor[] = [];
  readIosLines(ask, command, await ask.text(command), (line) => {
    if (/^IPv6 Address +Age/.test(line)) return true;
    const [, address = '', age = '', mac = '', state = '', port = ''] =
      /^([0-9A-Fa-f:.]{2,45}) +(-|\d{1,9}) +(\S+) +(\S+) +(\S+)$/.exec(line) ?? [];
    const ip = readAddress(address);
    if (ip === undefined) return false;
    neighbors.push({
      interface: port,
      mac: mac === '-' ? '' : (readMac(mac) ?? mac),
      ip,
      age: age === '-' ? -1 : Number(age),
      state,
    });
    return true;
  });
  return neighbors;
};
