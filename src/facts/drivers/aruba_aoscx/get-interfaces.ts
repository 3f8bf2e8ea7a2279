import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { Interface, Interfaces } from '../../model/interfaces.ts';
import { readMac } from '../../values/mac.ts';
import { type Block, lineIn } from '../reading/blocks.ts';
import { interfacesOf } from './show-interface.ts';

export const getInterfaces: ReadFacts<'get_interfaces'> = async (ask) => {
  const { ports, mgmt } = await interfacesOf(ask);
  const interfaces: Interfaces = Object.fromEntries(ports.map((port) => [port.name, interfaceOf(ask, port)]));
  return mgmt === undefined ? interfaces : { ...interfaces, mgmt: managementOf(mgmt) };
};

const interfaceOf = (ask: Ask, port: Block): Interface => ({
  is_up: port.head[2] === 'up',
  is_enabled: lineIn(port, /^Admin state is (up|down)\b/) !== 'down' && !/admin/i.test(port.head[3] ?? ''),
  description: lineIn(port, /^Description ?: ?(.*)/) ?? '',
  last_flapped: flappedS(ask, lineIn(port, /^Link state: .{1,60} \(since (.{1,40})\)$/) ?? ''),
  speed: Number(lineIn(port, /^Speed (\d{1,7}) Mb\/s/) || -1) || -1,
  mtu: Number(lineIn(port, /^MTU (\d{1,6})\b/) ?? -1),
  mac_address: readMac(lineIn(port, /\bMAC Address {0,30}: (\S{12,17})/) ?? '') ?? '',
});

const managementOf = (mgmt: Block): Interface => ({
  is_up: lineIn(mgmt, /^Link State *: ?(\w+)/) === 'up',
  is_enabled: lineIn(mgmt, /^Admin State *: ?(\w+)/) === 'up',
  description: '',
  last_flapped: -1,
  speed: -1,
  mtu: -1,
  mac_address: readMac(lineIn(mgmt, /^Mac Address *: ?(\S{12,17})/i) ?? '') ?? '',
});

/** `Thu Mar 19 22:11:41 GMT 2026`; the names of other zones mean one thing here and another there. */
function flappedS(ask: Ask, since: string): number {
  const sinceMs = /^[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} [\d:]{8} (?:GMT|UTC) \d{4}$/.test(since)
    ? Date.parse(since)
    : Number.NaN;
  return Number.isNaN(sinceMs) ? -1 : Math.max(0, Math.floor((ask.nowMs - sinceMs) / 1000));
}
