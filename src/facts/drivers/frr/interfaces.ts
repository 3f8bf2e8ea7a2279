import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { Interfaces } from '../../model/interfaces.ts';
import type { NetworkInstances } from '../../model/routes.ts';
import { entryOf } from '../../values/entry.ts';
import { readMac } from '../../values/mac.ts';
import { prefixOf } from '../reading/addresses.ts';
import { InterfaceAddresses } from '../reading/interface-addresses.ts';
import { entriesAt, isObject, type JsonObject, listAt, textAt, wholeAt } from '../reading/json.ts';
import { unreadable } from '../reading/unreadable.ts';
import { interfacesInText } from './interface-text.ts';

const command = 'show interface vrf all';

/** Speeds that zebra cannot find out are this. */
const unknownSpeed = 4_294_967_295;

/** All interfaces by name, in the words of FRR's JSON; releases before 8 have text only. */
export async function interfacesOf(ask: Ask): Promise<Readonly<Record<string, JsonObject>>> {
  const answer = await ask.json(command, { optional: true });
  if (answer === undefined) return interfacesInText(ask, command, await ask.text(command));
  if (!isObject(answer) || entriesAt(answer).length === 0) {
    throw unreadable(command, 'an object of interfaces', JSON.stringify(answer) ?? '');
  }
  return Object.fromEntries(entriesAt(answer).filter(([, one]) => 'administrativeStatus' in one));
}

export const readInterfaces: ReadFacts<'get_interfaces'> = async (ask) => {
  const interfaces: Interfaces = {};
  for (const [name, one] of Object.entries(await interfacesOf(ask))) {
    const speed = wholeAt(one, 'speed', -1);
    interfaces[name] = {
      is_up: textAt(one, 'operationalStatus') === 'up',
      is_enabled: textAt(one, 'administrativeStatus') === 'up',
      description: textAt(one, 'description') || textAt(one, 'OsDescription'),
      // When the link came up is told without the time zone.
      last_flapped: -1,
      mtu: wholeAt(one, 'mtu', -1),
      speed: speed === unknownSpeed ? -1 : speed,
      mac_address: readMac(textAt(one, 'hardwareAddress')) ?? '',
    };
  }
  return interfaces;
};

export const readInterfacesIp: ReadFacts<'get_interfaces_ip'> = async (ask) => {
  const addresses = new InterfaceAddresses();
  for (const [name, one] of Object.entries(await interfacesOf(ask))) {
    for (const ip of listAt(one, 'ipAddresses')) {
      const prefix = prefixOf(textAt(ip, 'address'));
      if (prefix !== undefined) addresses.add(name, prefix.address, prefix.length);
    }
  }
  return addresses.value;
};

export const readNetworkInstances: ReadFacts<'get_network_instances'> = async (ask, { name: only }) => {
  const members: Record<string, Record<string, Record<string, never>>> = { default: {} };
  const [interfaces, vrfs] = await Promise.all([interfacesOf(ask), ask.text('show vrf')]);
  for (const [, vrf] of vrfs.matchAll(/^vrf (\S+) /gm)) entryOf(members, vrf!, () => ({}));
  // With the default one alone, nothing is printed.
  ask.understood('show vrf');
  for (const [name, one] of Object.entries(interfaces)) {
    entryOf<Record<string, Record<string, never>>>(members, textAt(one, 'vrfName', 'default'), () => ({}))[name] = {};
  }
  const instances: NetworkInstances = {};
  for (const [name, of] of Object.entries(members)) {
    if (only !== '' && name !== only) continue;
    const type = name === 'default' ? 'DEFAULT_INSTANCE' : 'L3VRF';
    instances[name] = { name, type, state: { route_distinguisher: '' }, interfaces: { interface: of } };
  }
  return instances;
};
