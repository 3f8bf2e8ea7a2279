import { defineFacts } from '../../define-facts.ts';
import { configurations } from '../huawei_vrp/get-config.ts';
import { getInterfacesIp } from '../huawei_vrp/get-interfaces-ip.ts';
import { getArpTable } from './get-arp-table.ts';
import { getBgpNeighbors } from './get-bgp-neighbors.ts';
import { getFacts } from './get-facts.ts';
import { getInterfaces } from './get-interfaces.ts';
import { getLldpNeighbors, getLldpNeighborsDetail } from './get-lldp-neighbors.ts';
import { getMacAddressTable } from './get-mac-address-table.ts';
import { getRouteTo } from './get-route-to.ts';
import { getUsers } from './get-users.ts';
import { getVlans } from './get-vlans.ts';

/**
 * Comware 5 and 7 of HPE and H3C, by the text of their display commands: a cousin of VRP, with which it shares what
 * both print alike. There is no candidate; keys of SSH users are bound to them elsewhere and are not told.
 */
export const hpComware = defineFacts({
  platforms: ['hp_comware'],
  getters: {
    get_facts: getFacts,
    get_interfaces: getInterfaces,
    get_interfaces_ip: getInterfacesIp,
    get_lldp_neighbors: getLldpNeighbors,
    get_lldp_neighbors_detail: getLldpNeighborsDetail,
    get_bgp_neighbors: getBgpNeighbors,
    get_arp_table: getArpTable,
    get_mac_address_table: getMacAddressTable,
    get_route_to: getRouteTo,
    get_users: getUsers,
    get_config: async (ask, args) => await configurations(ask, args),
    get_vlans: getVlans,
  },
});
