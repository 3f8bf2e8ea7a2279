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
import { readIpv6NeighborsTable } from './ipv6-neighbors-table.ts';
import { readLldpNeighbors } from './lldp-neighbors.ts';
import { readLldpNeighborsDetail } from './lldp-neighbors-detail.ts';
import { readMacAddressTable } from './mac-address-table.ts';
import { readNetworkInstances } from './network-instances.ts';
import { readNtpPeers, readNtpServers, readNtpStats } from './ntp.ts';
import { readOptics } from './optics.ts';
import { readProbesConfig, readProbesResults } from './probes.ts';
import { readRouteTo } from './route-to.ts';
import { readSnmpInformation } from './snmp-information.ts';
import { readUsers } from './users.ts';
import { readVlans } from './vlans.ts';

/** Junos: everything in XML, over NETCONF or as `| display xml`; only NTP associations and configurations are text. */
export const juniperJunos = defineFacts({
  platforms: ['juniper_junos'],
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
    get_ipv6_neighbors_table: readIpv6NeighborsTable,
    get_mac_address_table: readMacAddressTable,
    get_route_to: readRouteTo,
    get_ntp_peers: readNtpPeers,
    get_ntp_servers: readNtpServers,
    get_ntp_stats: readNtpStats,
    get_snmp_information: readSnmpInformation,
    get_probes_config: readProbesConfig,
    get_probes_results: readProbesResults,
    get_users: readUsers,
    get_optics: readOptics,
    get_config: readConfig,
    get_network_instances: readNetworkInstances,
    get_vlans: readVlans,
  },
});
