import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { NetworkInstance, NetworkInstances } from '../../model/routes.ts';
import { longInterfaceName } from '../../values/interface-name.ts';
import { interfacesOfBrief } from './get-facts.ts';

const command = 'show vrf detail';

/** VRFs and their interfaces; those that are in none belong to `default`. */
export const getNetworkInstances: ReadFacts<'get_network_instances'> = async (ask, { name }) => {
  const [brief, detail] = await Promise.all([
    ask.text('show ip interface brief'),
    ask.text(command, { optional: true }),
  ]);
  const vrfs = detail === undefined ? [] : vrfsIn(ask, detail);
  const taken = new Set(vrfs.flatMap((vrf) => vrf.interfaces));
  const free = interfacesOfBrief(ask, brief).filter((one) => !taken.has(one));
  const instances: Record<string, NetworkInstance> = {
    default: instanceOf('default', 'DEFAULT_INSTANCE', '', free),
  };
  for (const vrf of vrfs) instances[vrf.name] = instanceOf(vrf.name, 'L3VRF', vrf.distinguisher, vrf.interfaces);
  return only(instances, name);
};

const only = (instances: NetworkInstances, name: string): NetworkInstances =>
  name === '' ? instances : Object.fromEntries(Object.entries(instances).filter(([key]) => key === name));

const instanceOf = (
  name: string,
  type: string,
  distinguisher: string,
  interfaces: readonly string[],
): NetworkInstance => ({
  name,
  type,
  state: { route_distinguisher: distinguisher },
  interfaces: { interface: Object.fromEntries(interfaces.map((one) => [one, {}])) },
});

interface Vrf {
  readonly name: string;
  readonly distinguisher: string;
  readonly interfaces: string[];
}

/** Interfaces stand several in a line, abbreviated, below the line `Interfaces:`. */
function vrfsIn(ask: Ask, output: string): readonly Vrf[] {
  const vrfs: Vrf[] = [];
  let isInterfaces = false;
  let number = 0;
  for (const raw of output.split('\n')) {
    number += 1;
    const line = raw.slice(0, 2000).trimEnd();
    const [, name, distinguisher = ''] =
      /^VRF (\S{1,64})(?: \([^)]{0,80}\))?; default RD (\S+|<not set>);/.exec(line) ?? [];
    if (name !== undefined) {
      vrfs.push({ name, distinguisher: distinguisher.startsWith('<') ? '' : distinguisher, interfaces: [] });
      isInterfaces = false;
    } else if (/^ +Interfaces:$/.test(line)) isInterfaces = true;
    else if (isInterfaces && /^ {3,}[A-Z]/.test(line)) {
      for (const word of line.trim().split(/\s+/)) vrfs.at(-1)?.interfaces.push(longInterfaceName(word));
    } else {
      isInterfaces = false;
      if (/^\S/.test(line) && !/^(?:Address family |No VRF|Load for|Time source)/.test(line)) {
        ask.warn({ command, line, number, reason: 'unknown line' });
      }
    }
  }
  ask.understood(command);
  return vrfs;
}
