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
 * Huawei's VRP 5 (S switches, AR routers, USG) and VRP 8 (CloudEngine, NE), by the text of their display commands.
 * Routers know neither VLANs nor a MAC table where they do not switch: what they refuse is `NW_COMMAND_REJECTED`.
 * Keys of SSH users are bound to them by name elsewhere in the configuration and are not told.
 */
export const huaweiVrp = defineFacts({
  platforms: ['huawei_vrp', 'huawei_vrpv8'],
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
