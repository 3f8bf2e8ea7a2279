export { type Address, addressIn, broadcastOf, maskText, networkOf, prefixText, wildcardText } from './addresses.ts';
export { type BgpSession, bgpSessions, configuredPeers, localAsOf, ownRouterId } from './bgp-sessions.ts';
export type { Configured } from './configured.ts';
export { type ArpEntry, arpEntries, type MacEntry, macEntries } from './neighbor-tables.ts';
export { chassisMac, coloned, dashed, dotted, liveWires, type Port, portsOf, shortPort, systemOf } from './ports.ts';
export { reaches } from './reachability.ts';
export { type RouteEntry, routesAt, routesIn, routesOf, routesTo, staticRoutes } from './routes.ts';
export { ntpSources, type SnmpSettings, snmpSettings } from './services.ts';
export { type Vlan, vlansOf } from './vlans.ts';
