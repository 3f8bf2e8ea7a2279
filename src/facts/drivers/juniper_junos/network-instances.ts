import type { ReadFacts } from '../../define-facts.ts';
import type { NetworkInstances } from '../../model/routes.ts';
import { textIn } from '../reading/xml.ts';
import { configurationAt } from './configuration.ts';
import { nameOf, physicalInterfaces } from './interface-information.ts';

/** In the words of OpenConfig; a type that is not among them stays as Junos calls it. */
const types: Readonly<Record<string, string>> = {
  default: 'DEFAULT_INSTANCE',
  l2vpn: 'L2VPN',
  vrf: 'L3VRF',
  evpn: 'BGP_EVPN',
  vpls: 'BGP_VPLS',
  forwarding: 'L2P2P',
};

/** An interface that no instance has is in the default one. */
export const readNetworkInstances: ReadFacts<'get_network_instances'> = async (ask, { name: only }) => {
  const [configured, physical] = await Promise.all([
    configurationAt(ask, 'routing-instances/instance'),
    physicalInterfaces(ask, 'terse'),
  ]);
  const free = new Set(physical.flatMap((one) => [nameOf(one), ...one.all('logical-interface').map(nameOf)]));
  const instances: NetworkInstances = {};
  const add = (name: string, type: string, distinguisher: string, members: Iterable<string>): void => {
    instances[name] = {
      name,
      type: types[type] ?? type,
      state: { route_distinguisher: distinguisher },
      interfaces: { interface: Object.fromEntries([...members].map((one) => [one, {}])) },
    };
  };
  for (const instance of configured) {
    const members = instance.all('interface').map(nameOf);
    for (const member of members) free.delete(member);
    const distinguisher = textIn(instance, 'route-distinguisher/rd-type');
    add(nameOf(instance), textIn(instance, 'instance-type', 'default'), distinguisher, members);
  }
  if (instances['default'] === undefined) add('default', 'default', '', free);
  if (only === '') return instances;
  const one = instances[only];
  return one === undefined ? {} : { [only]: one };
};
