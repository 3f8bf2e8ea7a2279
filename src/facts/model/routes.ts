import Type, { type Static } from 'typebox';
import { by, count, exactly, flag, text } from './shape.ts';

export const Route = exactly({
  protocol: text(),
  current_active: flag(),
  last_active: flag(),
  age: count('seconds; -1 unknown'),
  next_hop: text(),
  outgoing_interface: text(),
  selected_next_hop: flag(),
  preference: count('administrative distance'),
  inactive_reason: text(),
  routing_table: text(),
  protocol_attributes: Type.Record(Type.String(), Type.Unknown(), {
    description: 'BGP: local_as, remote_as, as_path, communities, local_preference, remote_address, …',
  }),
});
export type Route = Static<typeof Route>;
export const RoutesTo = by('prefix', Type.Array(Route));
export type RoutesTo = Static<typeof RoutesTo>;

export const NetworkInstance = exactly({
  name: text(),
  type: text('DEFAULT_INSTANCE, L3VRF, L2VSI, …'),
  state: exactly({ route_distinguisher: text() }),
  interfaces: exactly({ interface: by('interface', exactly({})) }),
});
export type NetworkInstance = Static<typeof NetworkInstance>;
export const NetworkInstances = by('name', NetworkInstance);
export type NetworkInstances = Static<typeof NetworkInstances>;

export const Vlans = by('number', exactly({ name: text(), interfaces: Type.Array(Type.String()) }));
export type Vlans = Static<typeof Vlans>;

const FirewallRule = exactly({
  position: count(),
  packet_hits: count(),
  byte_hits: count(),
  id: text(),
  enabled: flag(),
  schedule: text(),
  log: text(),
  l3_src: text(),
  l3_dst: text(),
  service: text(),
  src_zone: text(),
  dst_zone: text(),
  action: text(),
});
export const FirewallPolicies = by('policy', Type.Array(FirewallRule));
export type FirewallPolicies = Static<typeof FirewallPolicies>;
