import Type, { type Static } from 'typebox';
import { by, count, exactly, flag, real, text } from './shape.ts';

export const Interface = exactly({
  is_up: flag(),
  is_enabled: flag(),
  description: text(),
  last_flapped: real('seconds; -1.0 where the device does not say'),
  speed: real('Mbit/s; -1.0 unknown'),
  mtu: count('bytes; -1 unknown'),
  mac_address: text('AA:BB:CC:DD:EE:FF, or empty'),
});
export type Interface = Static<typeof Interface>;
export const Interfaces = by('interface', Interface);
export type Interfaces = Static<typeof Interfaces>;

const addresses = by('address', exactly({ prefix_length: Type.Integer({ minimum: 0, maximum: 128 }) }));
export const InterfacesIp = by(
  'interface',
  exactly({ ipv4: Type.Optional(addresses), ipv6: Type.Optional(addresses) }),
);
export type InterfacesIp = Static<typeof InterfacesIp>;

export const InterfaceCounters = exactly({
  tx_errors: count(),
  rx_errors: count(),
  tx_discards: count(),
  rx_discards: count(),
  tx_octets: count(),
  rx_octets: count(),
  tx_unicast_packets: count(),
  rx_unicast_packets: count(),
  tx_multicast_packets: count(),
  rx_multicast_packets: count(),
  tx_broadcast_packets: count(),
  rx_broadcast_packets: count(),
});
export type InterfaceCounters = Static<typeof InterfaceCounters>;
export const InterfacesCounters = by('interface', InterfaceCounters);
export type InterfacesCounters = Static<typeof InterfacesCounters>;

const reading = exactly({ instant: real(), avg: real(), min: real(), max: real() });
export const OpticChannel = exactly({
  index: Type.Integer({ minimum: 0 }),
  state: exactly({ input_power: reading, output_power: reading, laser_bias_current: reading }, 'dBm, dBm, mA'),
});
export type OpticChannel = Static<typeof OpticChannel>;
/** What NX-OS says of the module itself; NAPALM gives it there and nowhere else. */
const opticModule = exactly({
  vendor: text(),
  vendor_part: text(),
  vendor_rev: text(),
  serial_no: text(),
  connector_type: text("OpenConfig's name: LC_CONNECTOR, DAC_CONNECTOR, …"),
});
export const Optics = by(
  'interface',
  exactly({
    physical_channels: exactly({ channel: Type.Array(OpticChannel) }),
    state: Type.Optional(opticModule),
  }),
);
export type Optics = Static<typeof Optics>;
