import type { SimulatedDevice } from '../../device.ts';
import { mix } from '../../facts.ts';
import { interfaceLines, setting } from '../../http/lines-interfaces.ts';

/** One interface of a device, as its configuration and its cables make it. */
export interface Port {
  readonly name: string;
  readonly description: string;
  readonly isEnabled: boolean;
  readonly isUp: boolean;
  readonly mtu: number;
  /** `0011.2233.4455` without the dots: six pairs of hexadecimal digits. */
  readonly mac: string;
  readonly kbits: number;
  readonly address?: { readonly ip: string; readonly length: number };
  /** The other end, as a person would describe it. */
  readonly peer?: string;
}

/** The interfaces of an IOS-like configuration, and the ports that are plugged in without being configured. */
export function portsOf(device: SimulatedDevice): readonly Port[] {
  const { facts } = device;
  const wired = new Map(facts.wires.map((wire) => [wire.port, wire]));
  const configured = interfaceLines(device.running.text);
  const names = new Set(configured.map(({ name }) => name));
  const bare = facts.wires.filter(({ port }) => !names.has(port)).map(({ port }) => ({ name: port, lines: [] }));
  return [...configured, ...bare].map((one, nth): Port => {
    const { name, lines } = one;
    const wire = wired.get(name);
    const isEnabled = !lines.includes('shutdown');
    const address =
      addressIn(setting(one, 'ip address')) ?? (wire?.isRouted ? { ip: wire.address, length: 31 } : undefined);
    // Access ports are plugged in or not; everything else is up when it is enabled.
    const isPlugged =
      wire !== undefined || !lines.some((line) => line.startsWith('switchport')) || mix(facts.seed, nth + 400) % 10 < 7;
    return {
      name,
      description: setting(one, 'description') ?? (wire === undefined ? '' : `to ${wire.peer}`),
      isEnabled,
      isUp: isEnabled && isPlugged,
      mtu: Number(setting(one, 'mtu') ?? 1500),
      mac: `02005e${mix(facts.seed, nth + 90)
        .toString(16)
        .padStart(8, '0')
        .slice(0, 6)}`,
      kbits: /^(?:Ten|TenGig|Ethernet)/.test(name) ? 10_000_000 : 1_000_000,
      ...(address !== undefined && { address }),
      ...(wire !== undefined && { peer: wire.peer }),
    };
  });
}

function addressIn(text: string | undefined): Port['address'] | undefined {
  const [ip = '', mask = ''] = (text ?? '').split(/[ /]/);
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(ip)) return undefined;
  if (/^\d+$/.test(mask)) return { ip, length: Number(mask) };
  const bits = mask
    .split('.')
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('');
  return { ip, length: bits.replaceAll('0', '').length };
}

/** `0200.5e00.0001`. */
export const dotted = (mac: string): string => mac.replace(/^(.{4})(.{4})(.{4})$/, '$1.$2.$3');
/** `02:00:5e:00:00:01`. */
export const coloned = (mac: string): string => mac.replaceAll(/(..)(?=.)/g, '$1:');

/** The MAC address that a device tells of its chassis. */
export const chassisMac = (seed: number): string => `02005e${mix(seed, 91).toString(16).padStart(8, '0').slice(0, 6)}`;

/** What a system calls itself in LLDP. */
export function systemOf(platform: string): string {
  const systems: Readonly<Record<string, string>> = {
    cisco_ios: 'Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version 15.9(3)M7, RELEASE SOFTWARE (fc2)',
    cisco_xe: 'Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.4a',
    cisco_nxos: 'Cisco Nexus Operating System (NX-OS) Software 9.3(10)',
    cisco_xr: 'Cisco IOS XR Software, Version 7.5.2',
    arista_eos: 'Arista Networks EOS version 4.29.2F running on an Arista Networks DCS-7050SX3-48YC8',
    juniper_junos: 'Juniper Networks, Inc. mx204 internet router, kernel JUNOS 22.4R3-S2.11',
  };
  return systems[platform] ?? `${platform} in the lab`;
}

/** `Gi0/1/0`: as tables have it. */
export const shortPort = (name: string): string =>
  name
    .replace(/^GigabitEthernet/, 'Gi')
    .replace(/^(?:TenGigabitEthernet|TenGigE)/, 'Te')
    .replace(/^Ethernet(?=\d+\/)/, 'Eth');
