import { defineFacts } from '../../define-facts.ts';
import { getBgpConfig } from '../cisco_ios/get-bgp-config.ts';
import { readBgpNeighbors, readBgpNeighborsDetail } from './bgp-neighbors.ts';
import { readConfig } from './config.ts';
import { readArpTable, readIpv6NeighborsTable, readMacAddressTable } from './evpn.ts';
import { readFacts } from './facts.ts';
import { readInterfaces, readInterfacesIp, readNetworkInstances } from './interfaces.ts';
import { readRouteTo } from './route-to.ts';

/**
 * FRR at its own command line, in JSON (8.0 and later; interfaces also from text). Of ARP and MAC addresses zebra keeps
 * those of EVPN; of counters, LLDP, VLANs and users it has no notion: where the account has a shell, `linux` tells them.
 */
export const frr = defineFacts({
  platforms: ['frr'],
  getters: {
    get_facts: readFacts,
    get_interfaces: readInterfaces,
    get_interfaces_ip: readInterfacesIp,
    get_arp_table: readArpTable,
    get_ipv6_neighbors_table: readIpv6NeighborsTable,
    get_mac_address_table: readMacAddressTable,
    get_bgp_neighbors: readBgpNeighbors,
    get_bgp_neighbors_detail: readBgpNeighborsDetail,
    get_bgp_config: getBgpConfig,
    get_route_to: readRouteTo,
    get_config: readConfig,
    get_network_instances: readNetworkInstances,
  },
});
