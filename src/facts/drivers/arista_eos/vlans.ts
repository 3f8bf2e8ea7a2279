import type { ReadFacts } from '../../define-facts.ts';
import type { Vlans } from '../../model/routes.ts';
import { entriesAt, objectAt, sectionOf, textAt } from '../reading/json.ts';

const command = 'show vlan';

export const readVlans: ReadFacts<'get_vlans'> = async (ask) => {
  const vlans: Vlans = {};
  for (const [id, vlan] of entriesAt(sectionOf(await ask.json(command), command, 'vlans'))) {
    vlans[id] = { name: textAt(vlan, 'name'), interfaces: Object.keys(objectAt(vlan, 'interfaces')) };
  }
  return vlans;
};
