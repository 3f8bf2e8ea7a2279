import { defineFacts } from '../../define-facts.ts';
import { readCdp } from '../../values/cdp.ts';
import { getArpTable } from './get-arp-table.ts';
import { getBgpConfig } from './get-bgp-config.ts';
import { getBgpNeighbors } from './get-bgp-neighbors.ts';
import { getBgpNeighborsDetail } from './get-bgp-neighbors-detail.ts';
import { getConfig } from './get-config.ts';
import { getEnvironment } from './get-environment.ts';
import { getFacts } from './get-facts.ts';
import { getInterfaces } from './get-interfaces.ts';
import { getInterfacesCounters } from './get-interfaces-counters.ts';
import { getInterfacesIp } from './get-interfaces-ip.ts';
import { getIpv6NeighborsTable } from './get-ipv6-neighbors-table.ts';
import { getLldpNeighbors, getLldpNeighborsDetail } from './get-lldp-neighbors.ts';
import { getMacAddressTable } from './get-mac-address-table.ts';
import { getNetworkInstances } from './get-network-instances.ts';
import { getOptics } from './get-optics.ts';
import { getProbesConfig } from './get-probes-config.ts';
import { getRouteTo } from './get-route-to.ts';
import { getSnmpInformation } from './get-snmp-information.ts';
import { getUsers } from './get-users.ts';
import { getVlans } from './get-vlans.ts';
import { getNtpPeers, getNtpServers, getNtpStats } from './ntp.ts';

/** IOS and IOS XE, by the text of their show commands: the same on every release that is in use. */
export const ciscoIos = defineFacts({
  platforms: ['cisco_ios', 'cisco_xe'],
  cdp: readCdp,
  getters: {
    get_facts: getFacts,
    get_interfaces: getInterfaces,
    get_interfaces_ip: getInterfacesIp,
    get_interfaces_counters: getInterfacesCounters,
    get_lldp_neighbors: getLldpNeighbors,
    get_lldp_neighbors_detail: getLldpNeighborsDetail,
    get_bgp_neighbors: getBgpNeighbors,
    get_bgp_neighbors_detail: getBgpNeighborsDetail,
    get_bgp_config: getBgpConfig,
    get_environment: getEnvironment,
    get_arp_table: getArpTable,
    get_ipv6_neighbors_table: getIpv6NeighborsTable,
    get_mac_address_table: getMacAddressTable,
    get_route_to: getRouteTo,
    get_ntp_peers: getNtpPeers,
    get_ntp_servers: getNtpServers,
    get_ntp_stats: getNtpStats,
    get_snmp_information: getSnmpInformation,
    get_probes_config: getProbesConfig,
    get_users: getUsers,
    get_optics: getOptics,
    get_config: getConfig,
    get_network_instances: getNetworkInstances,
    get_vlans: getVlans,
  },
});
