import type { ReadFacts } from '../../define-facts.ts';
import { macOr } from '../../values/mac.ts';
import { ipOrText } from '../reading/addresses.ts';
import { entriesAt, listAt, numberAt, sectionOf, textAt } from '../reading/json.ts';

const command = 'show arp vrf all';

export const readArpTable: ReadFacts<'get_arp_table'> = async (ask, { vrf }) => {
  const vrfs = entriesAt(sectionOf(await ask.json(command), command, 'vrfs'));
  return vrfs
    .filter(([name]) => vrf === '' || name === vrf)
    .flatMap(([, one]) => listAt(one, 'ipV4Neighbors'))
    .map((neighbor) => ({
      interface: textAt(neighbor, 'interface'),
      mac: macOr(textAt(neighbor, 'hwAddress')),
      ip: ipOrText(textAt(neighbor, 'address')),
      // A static entry has no age.
      age: numberAt(neighbor, 'age', -1),
    }));
};
