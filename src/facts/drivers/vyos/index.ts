import { defineFacts } from '../../define-facts.ts';
import { readBgpNeighbors, readBgpNeighborsDetail } from '../frr/bgp-neighbors.ts';
import { readRouteTo } from '../frr/route-to.ts';
import { readMacAddressTable } from '../linux/neighbors.ts';
import {
  readConfig,
  readNetworkInstances,
  readNtpServers,
  readSnmpInformation,
  readUsers,
  readVlans,
} from './configured.ts';
import { readFacts } from './facts.ts';
import { readInterfaces, readInterfacesCounters, readInterfacesIp } from './interfaces.ts';
import { readLldpNeighbors, readLldpNeighborsDetail } from './lldp.ts';
import { readArpTable, readIpv6NeighborsTable } from './neighbors.ts';

/** VyOS 1.2 to 1.4: its own commands, and those of the shell below for what FRR and bridges know. */
export const vyos = defineFacts({
  platforms: ['vyos'],
  getters: {
    get_facts: readFacts,
    get_interfaces: readInterfaces,
    get_interfaces_ip: readInterfacesIp,
    get_interfaces_counters: readInterfacesCounters,
    get_lldp_neighbors: readLldpNeighbors,
    get_lldp_neighbors_detail: readLldpNeighborsDetail,
    get_bgp_neighbors: readBgpNeighbors,
    get_bgp_neighbors_detail: readBgpNeighborsDetail,
    get_arp_table: readArpTable,
    get_ipv6_neighbors_table: readIpv6NeighborsTable,
    get_mac_address_table: readMacAddressTable,
    get_route_to: readRouteTo,
    get_ntp_servers: readNtpServers,
    get_snmp_information: readSnmpInformation,
    get_users: readUsers,
    get_config: readConfig,
    get_network_instances: readNetworkInstances,
    get_vlans: readVlans,
  },
});
