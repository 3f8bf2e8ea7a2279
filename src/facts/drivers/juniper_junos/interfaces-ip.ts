import type { ReadFacts } from '../../define-facts.ts';
import { prefixOf } from '../reading/addresses.ts';
import { InterfaceAddresses } from '../reading/interface-addresses.ts';
import { textIn } from '../reading/xml.ts';
import { nameOf, physicalInterfaces } from './interface-information.ts';

/** In the terse form an address has its length; one without is the only one of its network. */
export const readInterfacesIp: ReadFacts<'get_interfaces_ip'> = async (ask) => {
  const addresses = new InterfaceAddresses();
  for (const physical of await physicalInterfaces(ask, 'terse')) {
    for (const logical of physical.all('logical-interface')) {
      for (const family of logical.all('address-family')) {
        if (!/^inet6?$/.test(textIn(family, 'address-family-name'))) continue;
        for (const local of family.allAt('interface-address/ifa-local')) {
          const prefix = prefixOf(local.value);
          if (prefix !== undefined) addresses.add(nameOf(logical), prefix.address, prefix.length);
        }
      }
    }
  }
  return addresses.value;
};
