import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { NetworkInstances } from '../../model/routes.ts';
import { entriesAt, type JsonObject, sectionOf, textAt, textsAt } from '../reading/json.ts';

const command = 'show vrf';

/** The instances by name, as `show vrf` has them. */
export const vrfsOf = async (ask: Ask): Promise<[string, JsonObject][]> =>
  entriesAt(sectionOf(await ask.json(command), command, 'vrfs'));

export const readNetworkInstances: ReadFacts<'get_network_instances'> = async (ask, { name: only }) => {
  const instances: NetworkInstances = {};
  for (const [name, vrf] of await vrfsOf(ask)) {
    if (only !== '' && name !== only) continue;
    const interfaces = new Set(['interfaces', 'interfacesV4', 'interfacesV6'].flatMap((key) => textsAt(vrf, key)));
    instances[name] = {
      name,
      type: name === 'default' ? 'DEFAULT_INSTANCE' : 'L3VRF',
      state: { route_distinguisher: textAt(vrf, 'routeDistinguisher') },
      interfaces: { interface: Object.fromEntries([...interfaces].map((one) => [one, {}])) },
    };
  }
  return instances;
};
