import { defineFacts } from '../../define-facts.ts';
import { readBgpNeighbors, readBgpNeighborsDetail } from '../frr/bgp-neighbors.ts';
import { readFacts } from './facts.ts';
import { readInterfaces, readInterfacesCounters, readInterfacesIp } from './interfaces.ts';
import { readLldpNeighbors, readLldpNeighborsDetail } from './lldp.ts';
import { readArpTable, readIpv6NeighborsTable, readMacAddressTable, readVlans } from './neighbors.ts';
import { readNetworkInstances, readRouteTo } from './routes.ts';
import { readConfig, readEnvironment, readUsers } from './system.ts';

/** Linux: iproute2 4.13 and later in JSON, lldpd for LLDP, FRR for BGP. */
export const linux = defineFacts({
  platforms: ['linux'],
  getters: {
    get_facts: readFacts,
    get_interfaces: readInterfaces,
    get_interfaces_ip: readInterfacesIp,
    get_interfaces_counters: readInterfacesCounters,
    get_lldp_neighbors: readLldpNeighbors,
    get_lldp_neighbors_detail: readLldpNeighborsDetail,
    get_bgp_neighbors: readBgpNeighbors,
    get_bgp_neighbors_detail: readBgpNeighborsDetail,
    get_environment: readEnvironment,
    get_arp_table: readArpTable,
    get_ipv6_neighbors_table: readIpv6NeighborsTable,
    get_mac_address_table: readMacAddressTable,
    get_route_to: readRouteTo,
    get_users: readUsers,
    get_config: readConfig,
    get_network_instances: readNetworkInstances,
    get_vlans: readVlans,
  },
});
