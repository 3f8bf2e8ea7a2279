import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { MacEntry } from '../../model/neighbors.ts';
import { readMac } from '../../values/mac.ts';
import { portName } from './port-names.ts';

const command = 'display mac-address';
const furniture = /^ *(?:MAC ADDR|-{3,}|\d{1,9} mac address|No mac address|Total |--- )/i;

export const getMacAddressTable: ReadFacts<'get_mac_address_table'> = async (ask) => {
  const entries: MacEntry[] = [];
  readLines(ask, command, await ask.text(command, { timeoutMs: 120_000 }), (line) => {
    const [address = '', vlan = '', ...rest] = line.trim().split(/\s+/, 12);
    const mac = readMac(address);
    if (mac === undefined) return furniture.test(line);
    // `Config static`, `Config dynamic` and `Security-mac` in Comware 5 are two words or one.
    const state = /^Config$/i.test(rest[0] ?? '') ? rest.splice(0, 2).join(' ') : (rest.shift() ?? '');
    const port = rest[0] ?? '';
    if (!/^\d{1,4}$/.test(vlan) || !/^[A-Za-z]/.test(state) || port === '') return false;
    entries.push({
      mac,
      interface: /^N\/A$/i.test(port) ? '' : portName(port),
      vlan: Number(vlan),
      static: !/^(?:learned|dynamic|config dynamic)$/i.test(state),
      active: !/^blackhole$/i.test(state),
      moves: -1,
      last_move: -1,
    });
    return true;
  });
  return entries;
};
