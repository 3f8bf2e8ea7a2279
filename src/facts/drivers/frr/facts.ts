import type { ReadFacts } from '../../define-facts.ts';
import { inNaturalOrder } from '../reading/order.ts';
import { unreadable } from '../reading/unreadable.ts';
import { interfacesOf } from './interfaces.ts';

const command = 'show version';

/** vtysh tells neither hardware nor how long the host is up. */
export const readFacts: ReadFacts<'get_facts'> = async (ask) => {
  const [version, interfaces] = await Promise.all([ask.text(command), interfacesOf(ask)]);
  const [, release, hostname] = /^FRRouting (\S{1,40}) \(([^)\n]{0,80})\)/m.exec(version) ?? [];
  if (release === undefined || hostname === undefined)
    throw unreadable(command, '"FRRouting <release> (<name>)"', version);
  ask.understood(command);
  return {
    vendor: 'FRRouting',
    model: /\) on (\S{1,80}?)\.?$/m.exec(version)?.[1] ?? '',
    hostname,
    fqdn: hostname,
    os_version: release,
    serial_number: '',
    uptime: -1,
    interface_list: inNaturalOrder(Object.keys(interfaces)),
  };
};
