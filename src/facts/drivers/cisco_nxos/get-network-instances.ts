import type { ReadFacts } from '../../define-facts.ts';
import type { NetworkInstance } from '../../model/routes.ts';
import { entryOf } from '../../values/entry.ts';
import { asText } from '../../values/json.ts';
import { rowsOf } from './nx-json.ts';

/** VRFs and their interfaces. */
export const getNetworkInstances: ReadFacts<'get_network_instances'> = async (ask, { name }) => {
  const [details, members] = await Promise.all([ask.json('show vrf detail'), ask.json('show vrf interface')]);
  const instances: Record<string, NetworkInstance> = {};
  for (const row of rowsOf(details, 'vrf')) {
    const vrf = asText(row['vrf_name']);
    if (name !== '' && vrf !== name) continue;
    entryOf(instances, vrf, () => ({
      name: vrf,
      type: vrf === 'default' ? 'DEFAULT_INSTANCE' : 'L3VRF',
      state: { route_distinguisher: asText(row['rd']) },
      interfaces: { interface: {} },
    }));
  }
  for (const row of rowsOf(members, 'if')) {
    const vrf = asText(row['vrf_name']);
    if (!Object.hasOwn(instances, vrf)) continue;
    const { interface: interfaces } = instances[vrf]!.interfaces;
    entryOf(interfaces, asText(row['if_name']), () => ({}));
  }
  return instances;
};
