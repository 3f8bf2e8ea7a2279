import { defineFacts } from '../../define-facts.ts';
import { readCdp } from '../../values/cdp.ts';
import { getArpTable } from './get-arp-table.ts';
import { getBgpNeighbors } from './get-bgp-neighbors.ts';
import { getConfig } from './get-config.ts';
import { getEnvironment } from './get-environment.ts';
import { getFacts } from './get-facts.ts';
import { getInterfaces } from './get-interfaces.ts';
import { getInterfacesCounters } from './get-interfaces-counters.ts';
import { getInterfacesIp } from './get-interfaces-ip.ts';
import { getMacAddressTable } from './get-mac-address-table.ts';
import { getNetworkInstances } from './get-network-instances.ts';
import { getOptics } from './get-optics.ts';
import { getRouteTo } from './get-route-to.ts';
import { getVlans } from './get-vlans.ts';
import { getLldpNeighbors, getLldpNeighborsDetail } from './lldp.ts';
import { getNtpPeers, getNtpServers, getNtpStats } from './ntp.ts';
import { getSnmpInformation, getUsers } from './running-config.ts';

/**
 * NX-OS: in JSON where the switch has it, by NX-API or with `| json`, and by text where it has not (before 7.0(3)I2 on
 * Nexus 9000, 8.x on 7000). Names of interfaces are the device's in JSON and long ones in text, as NAPALM's two drivers
 * have them.
 */
export const ciscoNxos = defineFacts({
  platforms: ['cisco_nxos'],
  cdp: readCdp,
  getters: {
    get_facts: getFacts,
    get_interfaces: getInterfaces,
    get_interfaces_ip: getInterfacesIp,
    get_interfaces_counters: getInterfacesCounters,
    get_lldp_neighbors: getLldpNeighbors,
    get_lldp_neighbors_detail: getLldpNeighborsDetail,
    get_bgp_neighbors: getBgpNeighbors,
    get_environment: getEnvironment,
    get_arp_table: getArpTable,
    get_mac_address_table: getMacAddressTable,
    get_route_to: getRouteTo,
    get_ntp_peers: getNtpPeers,
    get_ntp_servers: getNtpServers,
    get_ntp_stats: getNtpStats,
    get_snmp_information: getSnmpInformation,
    get_users: getUsers,
    get_optics: getOptics,
    get_config: getConfig,
    get_network_instances: getNetworkInstances,
    get_vlans: getVlans,
  },
});
