import { defineFacts } from '../../define-facts.ts';
import { getArpTable } from './get-arp-table.ts';
import { getBgpNeighbors } from './get-bgp-neighbors.ts';
import { getConfig } from './get-config.ts';
import { getFacts } from './get-facts.ts';
import { getInterfaces } from './get-interfaces.ts';
import { getInterfacesIp } from './get-interfaces-ip.ts';
import { getLldpNeighbors, getLldpNeighborsDetail } from './get-lldp-neighbors.ts';
import { getMacAddressTable } from './get-mac-address-table.ts';
import { getRouteTo } from './get-route-to.ts';
import { getUsers } from './get-users.ts';
import { getVlans } from './get-vlans.ts';

/**
 * AOS-CX 10.04 and later, by the text of its show commands: JSON it speaks over REST alone. The summary of BGP counts
 * no prefixes and does not describe its peers; there is no candidate, and the ARP table tells no ages.
 */
export const arubaAoscx = defineFacts({
  platforms: ['aruba_aoscx'],
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
    get_config: getConfig,
    get_vlans: getVlans,
  },
});
