import type { ReadFacts } from '../../define-facts.ts';
import { InterfaceAddresses } from '../reading/interface-addresses.ts';
import { interfaceBlocks } from './display-interface.ts';

const ipv4 = 'display ip interface';
const ipv6 = 'display ipv6 interface';

/** Of VRP and of Comware, which print the same. */
export const getInterfacesIp: ReadFacts<'get_interfaces_ip'> = async (ask) => {
  const [four, six = ''] = await Promise.all([ask.text(ipv4), ask.text(ipv6, { optional: true })]);
  const addresses = new InterfaceAddresses();
  for (const { name, lines } of interfaceBlocks(ask, ipv4, four)) {
    for (const line of lines) {
      const [, address, length] = /^Internet Address is ([\d.]{7,15})\/(\d{1,2})\b/i.exec(line) ?? [];
      if (address !== undefined) addresses.add(name, address, Number(length));
    }
  }
  for (const { name, lines } of interfaceBlocks(ask, ipv6, six)) {
    for (const line of lines) {
      // Link-local addresses are printed without a length; all of them are in fe80::/10 (RFC 4291, 2.5.6).
      const local = /\blink-local address is ([0-9A-Fa-f:]{2,39})/.exec(line)?.[1];
      if (local !== undefined) addresses.add(name, local, 10);
      const [, address, length] = /^([0-9A-Fa-f:.]{2,45}), subnet is [0-9A-Fa-f:.]{2,45}\/(\d{1,3})/.exec(line) ?? [];
      if (address !== undefined) addresses.add(name, address, Number(length));
    }
  }
  return addresses.value;
};
