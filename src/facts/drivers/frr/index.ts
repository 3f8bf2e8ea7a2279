import { defineFacts } from '../../define-facts.ts';
import { readBgpNeighbors, readBgpNeighborsDetail } from './bgp-neighbors.ts';
import { readConfig } from './config.ts';
import { readFacts } from './facts.ts';
import { readInterfaces, readInterfacesIp, readNetworkInstances } from './interfaces.ts';
import { readRouteTo } from './route-to.ts';

/**
 * FRR at its own command line, in JSON (8.0 and later; interfaces also from text). vtysh has no notion of ARP, LLDP,
 * bridges or users: where the account has a shell, `linux` tells them.
 */
export const frr = defineFacts({
  platforms: ['frr'],
  getters: {
    get_facts: readFacts,
    get_interfaces: readInterfaces,
    get_interfaces_ip: readInterfacesIp,
    get_bgp_neighbors: readBgpNeighbors,
    get_bgp_neighbors_detail: readBgpNeighborsDetail,
    get_route_to: readRouteTo,
    get_config: readConfig,
    get_network_instances: readNetworkInstances,
  },
});
