import { NetwrightError } from '#core';
import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { LldpNeighborsDetail } from '../../model/neighbors.ts';
import { readAddress } from '../../values/address.ts';
import { lldpSummary, ofInterface } from '../../values/lldp-summary.ts';
import { macOr, readMac } from '../../values/mac.ts';
import { addTo } from '../reading/group.ts';
import { capabilityOfName } from '../reading/lldp-capabilities.ts';
import { itemsOf } from './items.ts';

/** @throws NetwrightError `NW_NOT_SUPPORTED` for the table of one VRF, which RouterOS does not tell apart */
export const getArpTable: ReadFacts<'get_arp_table'> = async (ask, { vrf }) => {
  if (vrf !== '') {
    throw new NetwrightError('NW_NOT_SUPPORTED', `${ask.device}: arp_table: RouterOS has one ARP table for all VRFs`);
  }
  return (await itemsOf(ask, '/ip arp')).flatMap(({ flags, fields }) => {
    const mac = readMac(fields.get('mac-address') ?? '');
    const ip = readAddress(fields.get('address') ?? '');
    if (mac === undefined || ip === undefined || flags.includes('X')) return [];
    return [{ interface: fields.get('interface') ?? '', mac, ip, age: -1 }];
  });
};

export const getMacAddressTable: ReadFacts<'get_mac_address_table'> = async (ask) =>
  (await itemsOf(ask, '/interface bridge host')).flatMap(({ flags, fields }) => {
    const mac = readMac(fields.get('mac-address') ?? '');
    if (mac === undefined) return [];
    return [
      {
        mac,
        interface: fields.get('on-interface') ?? fields.get('interface') ?? '',
        vlan: Number(/^\d{1,4}$/.exec(fields.get('vid') ?? '')?.[0] ?? 0),
        static: !flags.includes('D'),
        active: !flags.includes('X') && !flags.includes('I'),
        moves: -1,
        last_move: -1,
      },
    ];
  });

export const getLldpNeighbors: ReadFacts<'get_lldp_neighbors'> = async (ask) => lldpSummary(await neighborsOf(ask));

export const getLldpNeighborsDetail: ReadFacts<'get_lldp_neighbors_detail'> = async (ask, args) =>
  ofInterface(await neighborsOf(ask), args.interface);

/** RouterOS discovers by LLDP, CDP and its own protocol; 7 tells which, and what LLDP did not tell is left out. */
async function neighborsOf(ask: Ask): Promise<LldpNeighborsDetail> {
  const neighbors: LldpNeighborsDetail = {};
  let others = 0;
  for (const { fields } of await itemsOf(ask, '/ip neighbor')) {
    const field = (name: string): string => fields.get(name) ?? '';
    const by = field('discovered-by');
    if (by !== '' && !by.split(',').includes('lldp')) {
      others += 1;
      continue;
    }
    // `ether2,bridge1`: the port, then the bridge that it is part of.
    const [port = '', parent = ''] = field('interface').split(',');
    if (port === '') continue;
    addTo(neighbors, port, {
      parent_interface: parent,
      remote_port: field('interface-name'),
      remote_chassis_id: macOr(field('mac-address')),
      remote_port_description: '',
      remote_system_name: field('identity'),
      remote_system_description: field('system-description'),
      remote_system_capab: capabilitiesIn(field('system-caps')),
      remote_system_enable_capab: capabilitiesIn(field('system-caps-enabled')),
    });
  }
  if (others > 0) ask.note(`${others} neighbours were found by other protocols than LLDP`);
  return neighbors;
}

const capabilitiesIn = (text: string): string[] =>
  text
    .split(',')
    .filter(Boolean)
    .map((name) => (name === 'wlan-ap' ? 'wlan-access-point' : capabilityOfName(name)));
