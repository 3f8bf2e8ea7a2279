import Type, { type Static, type TProperties, type TSchema } from 'typebox';
import { didYouMean, NetwrightError } from '#core';
import { BgpConfig, BgpNeighbors, BgpNeighborsDetail } from './model/bgp.ts';
import { Configurations, DeviceFacts, Environment, SnmpInformation, Users } from './model/device.ts';
import { Interfaces, InterfacesCounters, InterfacesIp, Optics } from './model/interfaces.ts';
import { ArpTable, Ipv6Neighbors, LldpNeighbors, LldpNeighborsDetail, MacTable } from './model/neighbors.ts';
import { FirewallPolicies, NetworkInstances, RoutesTo, Vlans } from './model/routes.ts';
import { NtpPeers, NtpServers, NtpStats, ProbesConfig, ProbesResults } from './model/services.ts';

/** A question that every platform answers in one shape: NAPALM's name, arguments, fields and units. */
export interface Getter<V extends TSchema = TSchema, A extends TSchema = TSchema> {
  /** What it tells, as a phrase. */
  readonly tells: string;
  readonly value: V;
  readonly args: A;
  /**
   * The way from the value to the rows of a table, outermost first: what the keys of a mapping are called, or, behind an
   * `@`, the field that holds the rows.
   */
  readonly keys: readonly string[];
  /** Where secrets stand: a path with `*` for every key or element; `key` marks the keys there, `value` the values. */
  readonly secrets?: readonly { readonly path: readonly string[]; readonly at: 'key' | 'value' }[];
}

const args = <const P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false });
const getter = <const V extends TSchema, const A extends TSchema>(one: Getter<V, A>): Getter<V, A> => one;
const option = (description: string) => Type.String({ default: '', description });

const none = args({});

/** NAPALM's 26 getters. */
export const getters = {
  get_facts: getter({
    tells: 'vendor, model, version, serial number, uptime, names of interfaces',
    keys: [],
    value: DeviceFacts,
    args: none,
  }),
  get_interfaces: getter({
    tells: 'state, speed, MTU, MAC address of every interface',
    keys: ['interface'],
    value: Interfaces,
    args: none,
  }),
  get_interfaces_ip: getter({
    tells: 'IPv4 and IPv6 addresses of interfaces',
    keys: ['interface', 'family', 'address'],
    value: InterfacesIp,
    args: none,
  }),
  get_interfaces_counters: getter({
    tells: 'octets, packets, errors and discards',
    keys: ['interface'],
    value: InterfacesCounters,
    args: none,
  }),
  get_lldp_neighbors: getter({
    tells: 'who is at the other end, by LLDP',
    keys: ['interface'],
    value: LldpNeighbors,
    args: none,
  }),
  get_lldp_neighbors_detail: getter({
    tells: 'everything LLDP says of the other end',
    keys: ['interface'],
    value: LldpNeighborsDetail,
    args: args({ interface: option('only this interface') }),
  }),
  get_bgp_neighbors: getter({
    tells: 'BGP peers: up or down, since when, prefixes',
    keys: ['vrf', '@peers', 'peer'],
    value: BgpNeighbors,
    args: none,
  }),
  get_bgp_neighbors_detail: getter({
    tells: 'BGP peers with timers, messages and policies',
    keys: ['vrf', 'as'],
    value: BgpNeighborsDetail,
    args: args({ neighbor_address: option('only this peer') }),
  }),
  get_bgp_config: getter({
    tells: 'BGP groups and neighbours as configured',
    keys: ['group', '@neighbors', 'neighbor'],
    value: BgpConfig,
    args: args({ group: option('only this group'), neighbor: option('only this neighbour') }),
    secrets: [{ path: ['*', 'neighbors', '*', 'authentication_key'], at: 'value' }],
  }),
  get_environment: getter({
    tells: 'fans, temperatures, power, CPU, memory',
    keys: ['part', 'name'],
    value: Environment,
    args: none,
  }),
  get_arp_table: getter({
    tells: 'the ARP table',
    keys: [],
    value: ArpTable,
    args: args({ vrf: option('of this instance') }),
  }),
  get_ipv6_neighbors_table: getter({
    tells: 'the IPv6 neighbour cache',
    keys: [],
    value: Ipv6Neighbors,
    args: none,
  }),
  get_mac_address_table: getter({ tells: 'the MAC address table', keys: [], value: MacTable, args: none }),
  get_route_to: getter({
    tells: 'routes to a destination',
    keys: ['prefix'],
    value: RoutesTo,
    args: args({
      destination: option('address or prefix'),
      protocol: option('only routes of this protocol: bgp, ospf, static, …'),
      longer: Type.Boolean({ default: false, description: 'longer prefixes inside the destination too' }),
    }),
  }),
  get_ntp_peers: getter({ tells: 'NTP peers as configured', keys: ['peer'], value: NtpPeers, args: none }),
  get_ntp_servers: getter({ tells: 'NTP servers as configured', keys: ['server'], value: NtpServers, args: none }),
  get_ntp_stats: getter({ tells: 'NTP associations and how well they do', keys: [], value: NtpStats, args: none }),
  get_snmp_information: getter({
    tells: 'SNMP contact, location, chassis id, communities',
    keys: [],
    value: SnmpInformation,
    args: none,
    secrets: [{ path: ['community', '*'], at: 'key' }],
  }),
  get_probes_config: getter({
    tells: 'IP SLA and RPM probes as configured',
    keys: ['probe', 'test'],
    value: ProbesConfig,
    args: none,
  }),
  get_probes_results: getter({
    tells: 'what IP SLA and RPM probes measured',
    keys: ['probe', 'test'],
    value: ProbesResults,
    args: none,
  }),
  get_users: getter({
    tells: 'local users, their level and public keys',
    keys: ['user'],
    value: Users,
    args: none,
    secrets: [{ path: ['*', 'password'], at: 'value' }],
  }),
  get_optics: getter({
    tells: 'optical power and laser bias of transceivers',
    keys: ['interface', '@physical_channels', '@channel'],
    value: Optics,
    args: none,
  }),
  get_config: getter({
    tells: 'running, candidate and start-up configuration',
    keys: [],
    value: Configurations,
    args: args({
      retrieve: Type.Unsafe<'all' | 'running' | 'candidate' | 'startup'>({
        type: 'string',
        enum: ['all', 'running', 'candidate', 'startup'],
        default: 'all',
        description: 'which of them',
      }),
      full: Type.Boolean({ default: false, description: 'defaults included' }),
      sanitized: Type.Boolean({ default: false, description: 'secrets taken out' }),
      format: Type.String({ default: 'text', description: 'text; others where the platform has them' }),
    }),
  }),
  get_network_instances: getter({
    tells: 'VRFs and their interfaces',
    keys: ['instance'],
    value: NetworkInstances,
    args: args({ name: option('only this instance') }),
  }),
  get_firewall_policies: getter({
    tells: 'firewall policies and their hits',
    keys: ['policy'],
    value: FirewallPolicies,
    args: none,
  }),
  get_vlans: getter({ tells: 'VLANs and their interfaces', keys: ['vlan'], value: Vlans, args: none }),
} as const;

export type GetterName = keyof typeof getters;
export const getterNames = Object.keys(getters) as GetterName[];
/** What a getter gives. */
export type FactsOf<G extends GetterName> = Static<(typeof getters)[G]['value']>;
/** What a getter asks for, every field present: `''` or the default where the caller says nothing. */
export type ArgsOf<G extends GetterName> = Static<(typeof getters)[G]['args']>;

/**
 * The getter of that name, with or without `get_`.
 * @throws NetwrightError `NW_USAGE` with the nearest name.
 */
export function getterNamed(name: string): GetterName {
  const found = getterNames.find((known) => known === name || known === `get_${name}`);
  if (found !== undefined) return found;
  const short = getterNames.map(shortName);
  throw new NetwrightError('NW_USAGE', `There is no getter "${name}".${didYouMean(name.replace(/^get_/, ''), short)}`, {
    hint: 'netwright facts list',
  });
}

/** As the command line calls it: `interfaces_ip`. */
export const shortName = (name: string): string => name.replace(/^get_/, '');
