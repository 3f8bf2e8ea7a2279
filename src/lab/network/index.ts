export { type Address, addressIn, broadcastOf, maskText, networkOf, prefixText } from './addresses.ts';
export { type BgpSession, bgpSessions, configuredPeers, localAsOf, ownRouterId } from './bgp-sessions.ts';
export type { Configured } from './configured.ts';
export { arpEntries, macEntries } from './neighbor-tables.ts';
export { chassisMac, coloned, dashed, dotted, liveWires, type Port, portsOf, shortPort, systemOf } from './ports.ts';
export { reaches } from './reachability.ts';
export { type RouteEntry, routesAt, routesIn, routesOf, routesTo } from './routes.ts';
export { ntpSources, snmpSettings } from './services.ts';
export { type Vlan, vlansOf } from './vlans.ts';
