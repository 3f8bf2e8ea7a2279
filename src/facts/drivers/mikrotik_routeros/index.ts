import { defineFacts } from '../../define-facts.ts';
import { getBgpNeighbors } from './bgp-neighbors.ts';
import { getConfig, getUsers, getVlans } from './configured.ts';
import { getFacts } from './facts.ts';
import { getInterfaces, getInterfacesIp } from './interfaces.ts';
import { getArpTable, getLldpNeighbors, getLldpNeighborsDetail, getMacAddressTable } from './neighbors.ts';
import { getRouteTo } from './route-to.ts';

/**
 * RouterOS 6 and 7. Lists are asked with `print detail`, where values with blanks stand in quotes: `terse` leaves open
 * where a comment ends. There is no start-up configuration; hashes of passwords, ages of ARP entries and of routes are
 * not told.
 */
export const mikrotikRouteros = defineFacts({
  platforms: ['mikrotik_routeros'],
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
