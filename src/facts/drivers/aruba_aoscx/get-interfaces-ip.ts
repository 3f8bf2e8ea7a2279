import type { ReadFacts } from '../../define-facts.ts';
import { InterfaceAddresses } from '../reading/interface-addresses.ts';
import { interfacesOf } from './show-interface.ts';

const address =
  /^IPv[46] (?:link.local )?address(?:\/[\w-]{1,20})?(?: secondary)? *:? *([0-9A-Fa-f:.]{2,45})\/(\d{1,3})\b/i;

export const getInterfacesIp: ReadFacts<'get_interfaces_ip'> = async (ask) => {
  const { ports, mgmt } = await interfacesOf(ask);
  const addresses = new InterfaceAddresses();
  for (const { name, lines } of mgmt === undefined ? ports : [...ports, mgmt]) {
    for (const line of lines) {
      const [, ip, length] = address.exec(line) ?? [];
      if (ip !== undefined) addresses.add(name, ip, Number(length));
    }
  }
  return addresses.value;
};
