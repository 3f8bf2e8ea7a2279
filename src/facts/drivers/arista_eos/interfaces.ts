import type { ReadFacts } from '../../define-facts.ts';
import type { Interfaces } from '../../model/interfaces.ts';
import { readMac } from '../../values/mac.ts';
import { entriesAt, numberAt, sectionOf, textAt, wholeAt } from '../reading/json.ts';

const command = 'show interfaces';

export const readInterfaces: ReadFacts<'get_interfaces'> = async (ask) => {
  const interfaces: Interfaces = {};
  for (const [name, one] of entriesAt(sectionOf(await ask.json(command), command, 'interfaces'))) {
    interfaces[name] = {
      is_up: textAt(one, 'lineProtocolStatus') === 'up',
      is_enabled: textAt(one, 'interfaceStatus') !== 'disabled',
      description: textAt(one, 'description'),
      last_flapped: numberAt(one, 'lastStatusChangeTimestamp', -1),
      mtu: wholeAt(one, 'mtu', -1),
      speed: 'bandwidth' in one ? numberAt(one, 'bandwidth', -1_000_000) / 1_000_000 : -1,
      mac_address: readMac(textAt(one, 'physicalAddress')) ?? '',
    };
  }
  return interfaces;
};
