import Type, { type Static } from 'typebox';
import { by, count, exactly, flag, real, text } from './shape.ts';

export const DeviceFacts = exactly({
  uptime: real('seconds; -1.0 where the device does not say'),
  vendor: text(),
  model: text(),
  hostname: text(),
  fqdn: text(),
  os_version: text(),
  serial_number: text(),
  interface_list: Type.Array(Type.String()),
});
export type DeviceFacts = Static<typeof DeviceFacts>;

export const Environment = exactly({
  fans: by('name', exactly({ status: flag() })),
  temperature: by('sensor', exactly({ temperature: real('°C'), is_alert: flag(), is_critical: flag() })),
  power: by('supply', exactly({ status: flag(), capacity: real('W; -1.0 unknown'), output: real('W; -1.0 unknown') })),
  cpu: by('cpu', exactly({ '%usage': real('percent') })),
  memory: exactly({ available_ram: count(), used_ram: count() }, 'in the unit of the device: bytes or kilobytes'),
});
export type Environment = Static<typeof Environment>;

const User = exactly({
  level: Type.Integer({ minimum: 0, description: '0 to 15, 15 may do everything; 20 for the root of Junos' }),
  password: text('as the device stores it'),
  sshkeys: Type.Array(Type.String()),
});
export const Users = by('user', User);
export type Users = Static<typeof Users>;

export const SnmpInformation = exactly({
  chassis_id: text(),
  community: by('community', exactly({ acl: text(), mode: text('ro, rw, or the role that NX-OS names') })),
  contact: text(),
  location: text(),
});
export type SnmpInformation = Static<typeof SnmpInformation>;

export const Configurations = exactly({ running: text(), candidate: text(), startup: text() });
export type Configurations = Static<typeof Configurations>;
