import type { ReadFacts } from '../../define-facts.ts';
import { numberAt, objectAt, sectionOf, textAt } from '../reading/json.ts';
import { inNaturalOrder } from '../reading/order.ts';
import { unreadable } from '../reading/unreadable.ts';

export const readFacts: ReadFacts<'get_facts'> = async (ask) => {
  const [answer, names, interfaces] = await Promise.all([
    ask.json('show version'),
    ask.json('show hostname'),
    ask.json('show interfaces'),
  ]);
  const version = objectAt(answer);
  if (textAt(version, 'version') === '') {
    throw unreadable('show version', 'an object with "version"', JSON.stringify(version));
  }
  const bootedAt = numberAt(version, 'bootupTimestamp', -1);
  // Releases from 4.20 on say how long they are up; before, only when they were started.
  const sinceBoot = bootedAt < 0 ? -1 : Math.max(0, Math.trunc(ask.nowMs / 1000 - bootedAt));
  return {
    vendor: 'Arista',
    model: textAt(version, 'modelName'),
    hostname: textAt(objectAt(names), 'hostname'),
    fqdn: textAt(objectAt(names), 'fqdn'),
    os_version: textAt(version, 'internalVersion', textAt(version, 'version')),
    serial_number: textAt(version, 'serialNumber'),
    uptime: Math.trunc(numberAt(version, 'uptime', sinceBoot)),
    interface_list: inNaturalOrder(Object.keys(sectionOf(interfaces, 'show interfaces', 'interfaces'))),
  };
};
