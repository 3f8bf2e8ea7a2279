import { defineFacts } from '../../define-facts.ts';
import { readArpTable } from './arp-table.ts';
import { readBgpConfig } from './bgp-config.ts';
import { readBgpNeighbors } from './bgp-neighbors.ts';
import { readBgpNeighborsDetail } from './bgp-neighbors-detail.ts';
import { readConfig } from './config.ts';
import { readEnvironment } from './environment.ts';
import { readFacts } from './facts.ts';
import { readInterfaces } from './interfaces.ts';
import { readInterfacesCounters } from './interfaces-counters.ts';
import { readInterfacesIp } from './interfaces-ip.ts';
import { readLldpNeighbors } from './lldp-neighbors.ts';
import { readLldpNeighborsDetail } from './lldp-neighbors-detail.ts';
import { readMacAddressTable } from './mac-address-table.ts';
import { readNetworkInstances } from './network-instances.ts';
import { readNtpServers } from './ntp-servers.ts';
import { readNtpStats } from './ntp-stats.ts';
import { readOptics } from './optics.ts';
import { readRouteTo } from './route-to.ts';
import { readSnmpInformation } from './snmp-information.ts';
import { readUsers } from './users.ts';
import { readVlans } from './vlans.ts';

/** Arista EOS, in JSON wherever the switch has it: eAPI, or `| json` at the command line (4.15 and later). */
export const aristaEos = defineFacts({
  platforms: ['arista_eos'],
  getters: {
    get_facts: readFacts,
    get_interfaces: readInterfaces,
    get_interfaces_ip: readInterfacesIp,
    get_interfaces_counters: readInterfacesCounters,
    get_lldp_neighbors: readLldpNeighbors,
    get_lldp_neighbors_detail: readLldpNeighborsDetail,
    get_bgp_neighbors: readBgpNeighbors,
    get_bgp_neighbors_detail: readBgpNeighborsDetail,
    get_bgp_config: readBgpConfig,
    get_environment: readEnvironment,
    get_arp_table: readArpTable,
    get_mac_address_table: readMacAddressTable,
    get_route_to: readRouteTo,
    get_ntp_servers: readNtpServers,
    get_ntp_stats: readNtpStats,
    get_snmp_information: readSnmpInformation,
    get_users: readUsers,
    get_optics: readOptics,
    get_config: readConfig,
    get_network_instances: readNetworkInstances,
    get_vlans: readVlans,
  },
});
