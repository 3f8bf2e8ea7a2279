import type { ReadFacts } from '../../define-facts.ts';
import { macOr } from '../../values/mac.ts';
import { ipOrText } from '../reading/addresses.ts';
import { askXml, numberIn, textIn } from '../reading/xml.ts';

const question = { command: 'show ipv6 neighbors', rpc: '<get-ipv6-nd-information/>' };

export const readIpv6NeighborsTable: ReadFacts<'get_ipv6_neighbors_table'> = async (ask) => {
  const tables = await askXml(ask, question, 'ipv6-nd-information');
  return tables
    .flatMap((table) => table.all('ipv6-nd-entry'))
    .map((entry) => ({
      interface: textIn(entry, 'ipv6-nd-interface-name'),
      mac: macOr(textIn(entry, 'ipv6-nd-neighbor-l2-address')),
      ip: ipOrText(textIn(entry, 'ipv6-nd-neighbor-address')),
      age: numberIn(entry, 'ipv6-nd-expire', -1),
      state: textIn(entry, 'ipv6-nd-state'),
    }));
};
