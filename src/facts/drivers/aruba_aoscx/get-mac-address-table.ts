import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { MacEntry } from '../../model/neighbors.ts';
import { readMac } from '../../values/mac.ts';

const command = 'show mac-address-table';
const furniture = /^(?:MAC age-time|Number of MAC|MAC Address +VLAN|-{10,})/i;
const none = /^No MAC (?:entries|addresses)/i;

export const getMacAddressTable: ReadFacts<'get_mac_address_table'> = async (ask) => {
  const entries: MacEntry[] = [];
  readLines(ask, command, await ask.text(command, { timeoutMs: 120_000 }), (line) => {
    const [address = '', vlan = '', kind = '', port = ''] = line.trim().split(/\s+/, 5);
    const mac = readMac(address);
    if (none.test(line)) ask.note('the table is empty');
    if (mac === undefined) return furniture.test(line) || none.test(line);
    if (!/^\d{1,4}$/.test(vlan) || port === '') return false;
    entries.push({
      mac,
      interface: port,
      vlan: Number(vlan),
      static: /^static$/i.test(kind),
      active: true,
      moves: -1,
      last_move: -1,
    });
    return true;
  });
  return entries;
};
