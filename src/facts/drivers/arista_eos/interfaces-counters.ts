import type { ReadFacts } from '../../define-facts.ts';
import type { InterfacesCounters } from '../../model/interfaces.ts';
import { entriesAt, objectAt, sectionOf, wholeAt } from '../reading/json.ts';

const command = 'show interfaces';

export const readInterfacesCounters: ReadFacts<'get_interfaces_counters'> = async (ask) => {
  const all: InterfacesCounters = {};
  for (const [name, one] of entriesAt(sectionOf(await ask.json(command), command, 'interfaces'))) {
    // Loopbacks, VLAN interfaces and subinterfaces count nothing.
    if (!('interfaceCounters' in one)) continue;
    const counters = objectAt(one, 'interfaceCounters');
    const of = (key: string): number => wholeAt(counters, key, -1);
    all[name] = {
      tx_octets: of('outOctets'),
      rx_octets: of('inOctets'),
      tx_unicast_packets: of('outUcastPkts'),
      rx_unicast_packets: of('inUcastPkts'),
      tx_multicast_packets: of('outMulticastPkts'),
      rx_multicast_packets: of('inMulticastPkts'),
      tx_broadcast_packets: of('outBroadcastPkts'),
      rx_broadcast_packets: of('inBroadcastPkts'),
      tx_discards: of('outDiscards'),
      rx_discards: of('inDiscards'),
      tx_errors: of('totalOutErrors'),
      rx_errors: of('totalInErrors'),
    };
  }
  return all;
};
