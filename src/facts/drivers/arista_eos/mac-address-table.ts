import type { ReadFacts } from '../../define-facts.ts';
import { macOr } from '../../values/mac.ts';
import { numberAt, rowsOf, sectionOf, textAt, wholeAt } from '../reading/json.ts';

const command = 'show mac address-table';

export const readMacAddressTable: ReadFacts<'get_mac_address_table'> = async (ask) => {
  const unicast = sectionOf(await ask.json(command), command, 'unicastTable');
  return rowsOf(unicast, command, 'tableEntries').map((entry) => ({
    mac: macOr(textAt(entry, 'macAddress')),
    interface: textAt(entry, 'interface'),
    vlan: wholeAt(entry, 'vlanId', 0),
    active: true,
    static: textAt(entry, 'entryType') === 'static',
    moves: wholeAt(entry, 'moves', 0),
    last_move: numberAt(entry, 'lastMove', 0),
  }));
};
