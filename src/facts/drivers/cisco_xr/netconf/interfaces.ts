import type { XmlElement } from '#core';
import type { ReadFacts } from '../../../define-facts.ts';
import type { InterfaceCounters, Interfaces, InterfacesCounters } from '../../../model/interfaces.ts';
import { readMac } from '../../../values/mac.ts';
import { InterfaceAddresses } from '../../reading/interface-addresses.ts';
import { numberIn, textIn, wholeIn } from '../../reading/xml.ts';
import type { IfKnown } from '../either.ts';
import { model, operational, subtree } from './models.ts';

const pfi = model('pfi-im-cmd-oper');
const states = `<interfaces xmlns="${pfi}"><interfaces><interface><interface-name/><description/></interface></interfaces><interface-xr><interface><interface-name/><line-state/><state/><mac-address><address/></mac-address><bandwidth/><mtu/></interface></interface-xr></interfaces>`;
const counters = `<interfaces xmlns="${pfi}"><interface-xr><interface><interface-name/><interface-statistics><stats-type/><full-interface-stats/></interface-statistics></interface></interface-xr></interfaces>`;

export const readInterfaces: IfKnown<ReadFacts<'get_interfaces'>> = async (ask) => {
  const data = await operational(ask, 'show interfaces', states);
  if (data === undefined) return undefined;
  const descriptions = new Map(
    data
      .allAt('interfaces/interfaces/interface')
      .map((one) => [textIn(one, 'interface-name'), textIn(one, 'description')]),
  );
  const interfaces: Interfaces = {};
  for (const one of data.allAt('interfaces/interface-xr/interface')) {
    const name = textIn(one, 'interface-name');
    if (name === '') continue;
    interfaces[name] = {
      is_up: textIn(one, 'line-state') === 'im-state-up',
      is_enabled: textIn(one, 'state') !== 'im-state-admin-down',
      description: descriptions.get(name) ?? '',
      last_flapped: -1,
      mtu: wholeIn(one, 'mtu', -1),
      // Kilobits a second.
      speed: numberIn(one, 'bandwidth', 0) * 1e-3,
      mac_address: readMac(textIn(one, 'mac-address/address')) ?? '',
    };
  }
  return interfaces;
};

export const readInterfacesCounters: IfKnown<ReadFacts<'get_interfaces_counters'>> = async (ask) => {
  const data = await operational(ask, 'show interfaces', counters);
  if (data === undefined) return undefined;
  const all: InterfacesCounters = {};
  for (const one of data.allAt('interfaces/interface-xr/interface')) {
    const name = textIn(one, 'interface-name');
    const statistics = one.at('interface-statistics/full-interface-stats');
    // A loopback counts nothing.
    if (/^Loopback\d+$/.test(name) || statistics === undefined) continue;
    all[name] = countersOf(statistics);
  }
  return all;
};

function countersOf(statistics: XmlElement): InterfaceCounters {
  const of = (name: string): number => wholeIn(statistics, name, 0);
  return {
    tx_octets: of('bytes-sent'),
    rx_octets: of('bytes-received'),
    tx_unicast_packets: of('packets-sent'),
    rx_unicast_packets: of('packets-received'),
    tx_multicast_packets: of('multicast-packets-sent'),
    rx_multicast_packets: of('multicast-packets-received'),
    tx_broadcast_packets: of('broadcast-packets-sent'),
    rx_broadcast_packets: of('broadcast-packets-received'),
    tx_discards: of('output-drops'),
    rx_discards: of('input-drops'),
    tx_errors: of('output-errors'),
    rx_errors: of('input-errors'),
  };
}

const network = (version: 4 | 6, details: string): string =>
  subtree(
    `ipv${version}-network`,
    model(version === 4 ? 'ipv4-io-oper' : 'ipv6-ma-oper'),
    `nodes/node/interface-data/vrfs/vrf/${details}`,
  );
const addressFilter = network(4, 'details/detail') + network(6, 'global-details/global-detail');

export const readInterfacesIp: IfKnown<ReadFacts<'get_interfaces_ip'>> = async (ask) => {
  const data = await operational(ask, 'show ipv4 vrf all interface', addressFilter);
  if (data === undefined) return undefined;
  const addresses = new InterfaceAddresses();
  const add = (name: string, of: XmlElement, address: string): boolean =>
    addresses.add(name, textIn(of, address), wholeIn(of, 'prefix-length', -1));
  for (const vrf of data.allAt('ipv4-network/nodes/node/interface-data/vrfs/vrf')) {
    for (const detail of vrf.allAt('details/detail')) {
      const name = textIn(detail, 'interface-name');
      if (textIn(detail, 'primary-address') !== '0.0.0.0') add(name, detail, 'primary-address');
      for (const secondary of detail.all('secondary-address')) add(name, secondary, 'address');
    }
  }
  for (const vrf of data.allAt('ipv6-network/nodes/node/interface-data/vrfs/vrf')) {
    for (const detail of vrf.allAt('global-details/global-detail')) {
      for (const address of detail.all('address')) add(textIn(detail, 'interface-name'), address, 'address');
    }
  }
  return addresses.value;
};
