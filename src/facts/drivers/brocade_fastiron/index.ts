import { defineFacts } from '../../define-facts.ts';
import { getBgpNeighbors } from './bgp-neighbors.ts';
import { getConfig, getInterfacesIp, getUsers, getVlans } from './configured.ts';
import { getFacts } from './facts.ts';
import { getInterfaces } from './interfaces.ts';
import { getLldpNeighbors, getLldpNeighborsDetail } from './lldp-neighbors.ts';
import { getRouteTo } from './route-to.ts';
import { getArpTable, getMacAddressTable } from './tables.ts';

/**
 * FastIron (ICX and its elders) 7.4 to 9.0, by the text of its show commands. Lengths of prefixes stand in the
 * configuration alone, so that addresses are those configured; routes and peers are those of the default VRF, without
 * the attributes of BGP; switch images know neither BGP nor routes. There is no candidate.
 */
export const brocadeFastiron = defineFacts({
  platforms: ['brocade_fastiron'],
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
