import { defineFacts } from '../../define-facts.ts';
import * as cliBgp from './cli/bgp-neighbors.ts';
import * as cliEnvironment from './cli/environment.ts';
import * as cliFacts from './cli/facts.ts';
import * as cliInterfaces from './cli/interfaces.ts';
import * as cliLldp from './cli/lldp-detail.ts';
import * as cliNeighbors from './cli/neighbors.ts';
import * as cliRoutes from './cli/route-to.ts';
import * as cliServices from './cli/services.ts';
import { either, onlyNetconf } from './either.ts';
import { readBgpConfig } from './netconf/bgp-config.ts';
import { readBgpNeighbors } from './netconf/bgp-neighbors.ts';
import { readBgpNeighborsDetail } from './netconf/bgp-neighbors-detail.ts';
import { readConfig } from './netconf/config.ts';
import { readEnvironment } from './netconf/environment.ts';
import { readFacts } from './netconf/facts.ts';
import { readInterfaces, readInterfacesCounters, readInterfacesIp } from './netconf/interfaces.ts';
import { readArpTable, readLldpNeighbors, readLldpNeighborsDetail, readMacAddressTable } from './netconf/neighbors.ts';
import { readProbesConfig, readProbesResults } from './netconf/probes.ts';
import { readRouteTo } from './netconf/route-to.ts';
import { readNtpPeers, readNtpServers, readNtpStats, readSnmpInformation, readUsers } from './netconf/services.ts';

/** IOS XR: Cisco's models over NETCONF (6.2 and later), and what the command line prints where that is all there is. */
export const ciscoXr = defineFacts({
  platforms: ['cisco_xr'],
  getters: {
    get_facts: either(readFacts, cliFacts.readFacts),
    get_interfaces: either(readInterfaces, cliInterfaces.readInterfaces),
    get_interfaces_ip: either(readInterfacesIp, cliInterfaces.readInterfacesIp),
    get_interfaces_counters: either(readInterfacesCounters, cliInterfaces.readInterfacesCounters),
    get_lldp_neighbors: either(readLldpNeighbors, cliNeighbors.readLldpNeighbors),
    get_lldp_neighbors_detail: either(readLldpNeighborsDetail, cliLldp.readLldpNeighborsDetail),
    get_bgp_neighbors: either(readBgpNeighbors, cliBgp.readBgpNeighbors),
    get_bgp_neighbors_detail: either(readBgpNeighborsDetail, cliBgp.readBgpNeighborsDetail),
    get_bgp_config: onlyNetconf('bgp_config', readBgpConfig),
    get_environment: either(readEnvironment, cliEnvironment.readEnvironment),
    get_arp_table: either(readArpTable, cliNeighbors.readArpTable),
    get_mac_address_table: either(readMacAddressTable, cliNeighbors.readMacAddressTable),
    get_route_to: either(readRouteTo, cliRoutes.readRouteTo),
    get_ntp_peers: either(readNtpPeers, cliServices.readNtpPeers),
    get_ntp_servers: either(readNtpServers, cliServices.readNtpServers),
    get_ntp_stats: either(readNtpStats, cliServices.readNtpStats),
    get_snmp_information: either(readSnmpInformation, cliServices.readSnmpInformation),
    get_probes_config: onlyNetconf('probes_config', readProbesConfig),
    get_probes_results: onlyNetconf('probes_results', readProbesResults),
    get_users: either(readUsers, cliServices.readUsers),
    get_config: either(readConfig, cliServices.readConfig),
  },
});
