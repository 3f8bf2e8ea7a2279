import type { ReadFacts } from '../../define-facts.ts';
import { prefixOf } from '../reading/addresses.ts';
import { InterfaceAddresses } from '../reading/interface-addresses.ts';
import { entriesAt, type JsonObject, listAt, objectAt, sectionOf, textAt, wholeAt } from '../reading/json.ts';

const v4 = 'show ip interface';
const v6 = 'show ipv6 interface';

export const readInterfacesIp: ReadFacts<'get_interfaces_ip'> = async (ask) => {
  // Switches without IPv6 routing refuse the second; that is no fault.
  const [four, six] = await Promise.all([ask.json(v4), ask.json(v6, { optional: true })]);
  const addresses = new InterfaceAddresses();
  for (const [name, one] of entriesAt(sectionOf(four, v4, 'interfaces'))) {
    for (const [address, length] of ipv4Of(one)) if (address !== '0.0.0.0') addresses.add(name, address, length);
  }
  for (const [name, one] of entriesAt(six, 'interfaces')) {
    for (const address of [...listAt(one, 'addresses'), objectAt(one, 'linkLocal')]) {
      addresses.add(name, textAt(address, 'address'), prefixOf(textAt(address, 'subnet'))?.length);
    }
  }
  return addresses.value;
};

/** Primary and secondary addresses; the field is an object or, in some releases, a list of one. */
function ipv4Of(one: JsonObject): [string, number][] {
  const listed = listAt(one, 'interfaceAddress');
  const blocks = listed.length > 0 ? listed : [objectAt(one, 'interfaceAddress')];
  return blocks.flatMap((block) => [
    ...[objectAt(block, 'primaryIp'), ...listAt(block, 'secondaryIpsOrderedList')].map((ip): [string, number] => [
      textAt(ip, 'address'),
      wholeAt(ip, 'maskLen', -1),
    ]),
    ...entriesAt(block, 'secondaryIps').map(([address, ip]): [string, number] => [address, wholeAt(ip, 'maskLen', -1)]),
  ]);
}
