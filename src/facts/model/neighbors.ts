import Type, { type Static } from 'typebox';
import { by, count, exactly, flag, real, text } from './shape.ts';

export const ArpEntry = exactly({
  interface: text(),
  mac: text('AA:BB:CC:DD:EE:FF'),
  ip: text(),
  age: real('minutes or seconds, as the device counts; -1.0 unknown'),
});
export type ArpEntry = Static<typeof ArpEntry>;
export const ArpTable = Type.Array(ArpEntry);
export type ArpTable = Static<typeof ArpTable>;

export const Ipv6Neighbor = exactly({ interface: text(), mac: text(), ip: text(), age: real(), state: text() });
export type Ipv6Neighbor = Static<typeof Ipv6Neighbor>;
export const Ipv6Neighbors = Type.Array(Ipv6Neighbor);
export type Ipv6Neighbors = Static<typeof Ipv6Neighbors>;

export const MacEntry = exactly({
  mac: text('AA:BB:CC:DD:EE:FF'),
  interface: text(),
  vlan: Type.Integer({ minimum: 0, description: '0 where the entry belongs to all' }),
  static: flag(),
  active: flag(),
  moves: count('-1 where the device does not say'),
  last_move: real('seconds; -1.0 where the device does not say'),
});
export type MacEntry = Static<typeof MacEntry>;
export const MacTable = Type.Array(MacEntry);
export type MacTable = Static<typeof MacTable>;

export const LldpNeighbors = by('interface', Type.Array(exactly({ hostname: text(), port: text() })));
export type LldpNeighbors = Static<typeof LldpNeighbors>;

/** The capabilities of IEEE 802.1AB, 8.5.8, in NAPALM's words. */
export const lldpCapabilities = [
  'other',
  'repeater',
  'bridge',
  'wlan-access-point',
  'router',
  'telephone',
  'docsis-cable-device',
  'station',
] as const;

export const LldpNeighborDetail = exactly({
  parent_interface: text('the bundle that the interface is part of, or empty'),
  remote_port: text(),
  remote_chassis_id: text(),
  remote_port_description: text(),
  remote_system_name: text(),
  remote_system_description: text(),
  remote_system_capab: Type.Array(Type.String()),
  remote_system_enable_capab: Type.Array(Type.String()),
});
export type LldpNeighborDetail = Static<typeof LldpNeighborDetail>;
export const LldpNeighborsDetail = by('interface', Type.Array(LldpNeighborDetail));
export type LldpNeighborsDetail = Static<typeof LldpNeighborsDetail>;
