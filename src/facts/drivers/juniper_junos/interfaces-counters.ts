import type { XmlElement } from '#core';
import type { ReadFacts } from '../../define-facts.ts';
import type { InterfaceCounters, InterfacesCounters } from '../../model/interfaces.ts';
import { wholeIn } from '../reading/xml.ts';
import { nameOf, physicalInterfaces } from './interface-information.ts';

/** A logical interface counts octets only, a physical one that is no Ethernet no packets by kind. */
export const readInterfacesCounters: ReadFacts<'get_interfaces_counters'> = async (ask) => {
  const counters: InterfacesCounters = {};
  for (const physical of await physicalInterfaces(ask, 'extensive')) {
    for (const one of [physical, ...physical.all('logical-interface')]) counters[nameOf(one)] = countersOf(one);
  }
  return counters;
};

function countersOf(one: XmlElement): InterfaceCounters {
  const of = (path: string): number => wholeIn(one, path, -1);
  return {
    tx_octets: of('traffic-statistics/output-bytes'),
    rx_octets: of('traffic-statistics/input-bytes'),
    tx_unicast_packets: of('ethernet-mac-statistics/output-unicasts'),
    rx_unicast_packets: of('ethernet-mac-statistics/input-unicasts'),
    tx_multicast_packets: of('ethernet-mac-statistics/output-multicasts'),
    rx_multicast_packets: of('ethernet-mac-statistics/input-multicasts'),
    tx_broadcast_packets: of('ethernet-mac-statistics/output-broadcasts'),
    rx_broadcast_packets: of('ethernet-mac-statistics/input-broadcasts'),
    tx_discards: of('output-error-list/output-drops'),
    rx_discards: of('input-error-list/input-discards'),
    tx_errors: of('output-error-list/output-errors'),
    rx_errors: of('input-error-list/input-errors'),
  };
}
