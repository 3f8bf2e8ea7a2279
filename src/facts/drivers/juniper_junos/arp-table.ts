import type { ReadFacts } from '../../define-facts.ts';
import { macOr } from '../../values/mac.ts';
import { ipOrText } from '../reading/addresses.ts';
import { wordOf } from '../reading/argument.ts';
import { askXml, numberIn, textIn } from '../reading/xml.ts';

export const readArpTable: ReadFacts<'get_arp_table'> = async (ask, { vrf }) => {
  const vpn = vrf === '' ? undefined : wordOf('vrf', vrf);
  const question = {
    command: `show arp expiration-time no-resolve${vpn === undefined ? '' : ` vpn ${vpn}`}`,
    rpc: `<get-arp-table-information><expiration-time/><no-resolve/>${vpn === undefined ? '' : `<vpn>${vpn}</vpn>`}</get-arp-table-information>`,
  };
  const tables = await askXml(ask, question, 'arp-table-information');
  return tables
    .flatMap((table) => table.all('arp-table-entry'))
    .map((entry) => ({
      interface: textIn(entry, 'interface-name'),
      mac: macOr(textIn(entry, 'mac-address')),
      ip: ipOrText(textIn(entry, 'ip-address')),
      // Seconds until it expires; a permanent entry has none.
      age: numberIn(entry, 'time-to-expire', -1),
    }));
};
