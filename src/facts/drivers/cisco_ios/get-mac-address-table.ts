import type { ReadFacts } from '../../define-facts.ts';
import type { MacEntry } from '../../model/neighbors.ts';
import { longInterfaceName } from '../../values/interface-name.ts';
import { readMac } from '../../values/mac.ts';
import { readIosLines } from './ios-lines.ts';

const furniture =
  /^ *(?:Mac Address Table|Legend|Destination Address|Vlan\b|vlan\b|VLAN\b|Unicast Entries|Multicast Entries|Fwd Address|age - |\(T\)|R Vlan|Displaying|Total |Static|Dynamic|Secure|Self|System|Non-static Address Table|n\/a - |S - |Codes:|EHWIC|Slot|[* ]+- primary entry|-{3,})/;

/**
 * The MAC table in the forms of the switch families: VLAN first (2960, 3850), address first (routers with switch
 * modules), with a star and an age (6500), with protocols (4500). Every form has the address in one of the first two
 * columns and the port in the last.
 */
export const getMacAddressTable: ReadFacts<'get_mac_address_table'> = async (ask) => {
  // 12.1 and older have a hyphen between the first words.
  const newer = await ask.text('show mac address-table', { optional: true });
  const command = newer === undefined ? 'show mac-address-table' : 'show mac address-table';
  const output = newer ?? (await ask.text(command));
  const entries: MacEntry[] = [];
  readIosLines(ask, command, output, (line) => {
    const words = line.trim().split(/\s+/);
    if (/^[*+RP]$/.test(words[0] ?? '')) words.shift();
    const place = words.slice(0, 2).findIndex((word) => /^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$/i.test(word));
    if (place === -1) return furniture.test(line) || isContinued(entries, words);
    const vlan = words[place === 0 ? 2 : 0] ?? '';
    const kind = words[place + 1] ?? '';
    const ports = words.length > 3 || place === 1 ? (words.at(-1) ?? '') : '';
    if (!/^(?:\d{1,4}|All|N\/A|-{1,3})$/i.test(vlan) || !/^[A-Za-z]/.test(kind)) return false;
    for (const port of ports.split(',')) {
      entries.push({
        mac: readMac(words[place] ?? '') ?? '',
        interface: longInterfaceName(port),
        vlan: /^\d/.test(vlan) ? Number(vlan) : 0,
        static: !/^dynamic$/i.test(kind),
        active: true,
        moves: -1,
        last_move: -1,
      });
    }
    return true;
  });
  return entries;
};

/** The ports of a multicast entry go on in the next line: each is an entry of its own. */
function isContinued(entries: MacEntry[], words: readonly string[]): boolean {
  const last = entries.at(-1);
  if (last === undefined || words.length !== 1 || !/^[A-Z][a-z]{1,9}\d[\w/,]*$/.test(words[0] ?? '')) return false;
  for (const port of (words[0] ?? '').split(',')) {
    if (port !== '') entries.push({ ...last, interface: longInterfaceName(port) });
  }
  return true;
}
