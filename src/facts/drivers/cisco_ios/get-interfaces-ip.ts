import type { ReadFacts } from '../../define-facts.ts';
import type { InterfacesIp } from '../../model/interfaces.ts';
import { readAddress } from '../../values/address.ts';
import { entryOf } from '../../values/entry.ts';
import { interfaceParagraphs } from './show-interfaces.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export const getInterfacesIp: ReadFacts<'get_interfaces_ip'> = async (ask) => {
  const [ipv4, ipv6] = await Promise.all([
    ask.text('show ip interface'),
    ask.text('show ipv6 interface', { optional: true }),
  ]);
  const value: Record<string, Writable<InterfacesIp[string]>> = {};
  const add = (name: string, family: 'ipv4' | 'ipv6', text: string, length: number): void => {
    const address = readAddress(text);
    if (address === undefined) return;
    const one = entryOf<Writable<InterfacesIp[string]>>(value, name, () => ({}));
    one[family] = { ...one[family], [address]: { prefix_length: length } };
  };
  for (const { name, lines } of interfaceParagraphs(ask, 'show ip interface', ipv4)) {
    for (const line of lines) {
      const [, address, length] =
        /^(?:Internet address is|Secondary address) ([\d.]{7,15})\/(\d{1,2})\b/.exec(line) ?? [];
      if (address !== undefined) add(name, 'ipv4', address, Number(length));
    }
  }
  for (const { name, lines } of interfaceParagraphs(ask, 'show ipv6 interface', ipv6 ?? '')) {
    for (const line of lines) {
      // Link-local addresses are printed without a length; all of them are in fe80::/10 (RFC 4291, 2.5.6).
      const local = /\blink-local address is ([0-9A-Fa-f:]{2,39})/.exec(line)?.[1];
      if (local !== undefined) add(name, 'ipv6', local, 10);
      const [, address, length] = /^([0-9A-Fa-f:.]{2,45}), subnet is [0-9A-Fa-f:.]{2,45}\/(\d{1,3})/.exec(line) ?? [];
      if (address !== undefined) add(name, 'ipv6', address, Number(length));
    }
  }
  return value;
};
