import type { ReadFacts } from '../../define-facts.ts';
import type { LldpNeighborsDetail } from '../../model/neighbors.ts';
import { macOr } from '../../values/mac.ts';
import { wordOf } from '../reading/argument.ts';
import { entriesAt, listAt, objectAt, sectionOf, textAt } from '../reading/json.ts';

export const readLldpNeighborsDetail: ReadFacts<'get_lldp_neighbors_detail'> = async (ask, { interface: only }) => {
  const command =
    only === '' ? 'show lldp neighbors detail' : `show lldp neighbors ${wordOf('interface', only)} detail`;
  const detail: LldpNeighborsDetail = {};
  for (const [name, one] of entriesAt(sectionOf(await ask.json(command), command, 'lldpNeighbors'))) {
    const neighbors = listAt(one, 'lldpNeighborInfo');
    if (neighbors.length === 0) continue;
    detail[name] = neighbors.map((neighbor) => {
      const port = objectAt(neighbor, 'neighborInterfaceInfo');
      const capabilities = Object.entries(objectAt(neighbor, 'systemCapabilities'));
      return {
        parent_interface: name,
        // The first form is quoted where the id is a name; releases from 4.20 on add one that is not.
        remote_port: textAt(port, 'interfaceId_v2', textAt(port, 'interfaceId').replaceAll('"', '')),
        remote_port_description: textAt(port, 'interfaceDescription'),
        remote_system_name: textAt(neighbor, 'systemName'),
        remote_system_description: textAt(neighbor, 'systemDescription'),
        remote_chassis_id: macOr(textAt(neighbor, 'chassisId')),
        remote_system_capab: capabilities.map(([key]) => kebab(key)).sort(),
        remote_system_enable_capab: capabilities
          .filter(([, isEnabled]) => isEnabled === true)
          .map(([key]) => kebab(key))
          .sort(),
      };
    });
  }
  return detail;
};

/** `wlanAccessPoint` is `wlan-access-point` to NAPALM. */
const kebab = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
