import type { XmlElement } from '#core';
import type { Ask } from '../../../ask.ts';
import type { ReadFacts } from '../../../define-facts.ts';
import type { LldpNeighbors, LldpNeighborsDetail } from '../../../model/neighbors.ts';
import { lldpLetters } from '../../../values/lldp.ts';
import { macOr } from '../../../values/mac.ts';
import { ipOrText } from '../../reading/addresses.ts';
import { addTo } from '../../reading/group.ts';
import { numberIn, textIn } from '../../reading/xml.ts';
import type { IfKnown } from '../either.ts';
import { model, operational, subtree } from './models.ts';

const arp = subtree('arp', model('ipv4-arp-oper'), 'nodes/node/entries/entry');
const lldp = subtree('lldp', model('ethernet-lldp-oper'), 'nodes/node/neighbors/details/detail/lldp-neighbor');
const learned = subtree('l2vpn-forwarding', model('l2vpn-oper'), 'nodes/node/l2fibmac-details');

export const readArpTable: IfKnown<ReadFacts<'get_arp_table'>> = async (ask, { vrf }) => {
  // The model does not tell which VRF an entry is of.
  if (vrf !== '') return undefined;
  const data = await operational(ask, 'show arp', arp);
  return data?.allAt('arp/nodes/node/entries/entry').map((entry) => ({
    interface: textIn(entry, 'interface-name'),
    mac: macOr(textIn(entry, 'hardware-address')),
    ip: ipOrText(textIn(entry, 'address')),
    age: numberIn(entry, 'age', 0),
  }));
};

/** The neighbours on all nodes, each with our end first. */
async function neighborsIn(ask: Ask): Promise<[end: string, neighbor: XmlElement][] | undefined> {
  const data = await operational(ask, 'show lldp neighbors detail', lldp);
  return data
    ?.allAt('lldp/nodes/node/neighbors/details/detail/lldp-neighbor')
    .map((neighbor) => [textIn(neighbor, 'receiving-interface-name'), neighbor]);
}

export const readLldpNeighbors: IfKnown<ReadFacts<'get_lldp_neighbors'>> = async (ask) => {
  const found = await neighborsIn(ask);
  if (found === undefined) return undefined;
  const neighbors: LldpNeighbors = {};
  for (const [end, neighbor] of found) {
    const one = { hostname: textIn(neighbor, 'detail/system-name'), port: textIn(neighbor, 'port-id-detail') };
    addTo(neighbors, end, one);
  }
  return neighbors;
};

export const readLldpNeighborsDetail: IfKnown<ReadFacts<'get_lldp_neighbors_detail'>> = async (
  ask,
  { interface: only },
) => {
  const found = await neighborsIn(ask);
  if (found === undefined) return undefined;
  const detail: LldpNeighborsDetail = {};
  for (const [end, neighbor] of found) {
    if (only !== '' && end !== only) continue;
    addTo(detail, end, {
      // NAPALM's word for an interface that is in no bundle.
      parent_interface: textIn(neighbor, 'receiving-parent-interface-name', 'None'),
      remote_chassis_id: macOr(textIn(neighbor, 'chassis-id')),
      remote_port: textIn(neighbor, 'port-id-detail'),
      remote_port_description: textIn(neighbor, 'detail/port-description'),
      remote_system_name: textIn(neighbor, 'detail/system-name'),
      remote_system_description: textIn(neighbor, 'detail/system-description'),
      remote_system_capab: lldpLetters(textIn(neighbor, 'detail/system-capabilities')),
      remote_system_enable_capab: lldpLetters(textIn(neighbor, 'detail/enabled-capabilities')),
    });
  }
  return detail;
};

export const readMacAddressTable: IfKnown<ReadFacts<'get_mac_address_table'>> = async (ask) => {
  const data = await operational(ask, 'show l2vpn forwarding bridge-domain mac-address', learned);
  return data?.allAt('l2vpn-forwarding/nodes/node/l2fibmac-details/l2fibmac-detail').map((entry) => {
    // IOS XR has bridge domains; one that is named after its VLAN tells it.
    const [, vlan = '0'] = /^(?:vlan)?(\d{1,4})$/.exec(textIn(entry, 'name')) ?? [];
    return {
      mac: macOr(textIn(entry, 'address')),
      interface: textIn(entry, 'segment/ac/interface-handle'),
      vlan: Number(vlan),
      static: false,
      active: true,
      moves: 0,
      last_move: 0,
    };
  });
};
