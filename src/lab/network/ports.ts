import type { Wire } from '../cabling.ts';
import type { SimulatedDevice } from '../device.ts';
import { mix } from '../facts.ts';
import type { Address } from './addresses.ts';
import { type ConfiguredPort, configuredPorts } from './configured-ports.ts';
import { portMac } from './mac-addresses.ts';

export { chassisMac, coloned, dashed, dotted } from './mac-addresses.ts';

/** One interface of a device, as its configuration and its cables make it. */
export interface Port {
  readonly name: string;
  readonly description: string;
  readonly isEnabled: boolean;
  readonly isUp: boolean;
  readonly mtu: number;
  /** Twelve hexadecimal digits. */
  readonly mac: string;
  readonly kbits: number;
  readonly kind: 'physical' | 'loopback' | 'virtual';
  /** The first of its addresses. */
  readonly address?: Address;
  readonly addresses: readonly Address[];
  /** Switches frames between ports; the VLAN of those that carry no tag. */
  readonly vlan?: number;
  /** What it stands on: the port of a sub-interface. */
  readonly parent?: string;
  readonly wire?: Wire;
  /** Bytes and packets, in and out, since the device was built. */
  readonly traffic: {
    readonly packetsIn: number;
    readonly packetsOut: number;
    readonly bytesIn: number;
    readonly bytesOut: number;
  };
  readonly errorsIn: number;
}

/** The interfaces of the running configuration, and the ports that are plugged in without being configured. */
export function portsOf(device: SimulatedDevice): readonly Port[] {
  const { facts } = device;
  const wired = new Map(facts.wires.map((wire) => [wire.port, wire]));
  const configured = configuredPorts(device);
  const names = new Set(configured.map(({ name }) => name));
  const bare = facts.wires
    .filter(({ port }) => !names.has(port))
    .map(({ port }): ConfiguredPort => ({ name: port, isShut: false, addresses: [], isSwitched: false }));
  const isSwitch = device.persona.kind === 'switch';
  return [...configured, ...bare].map((one, nth): Port => {
    const { name } = one;
    const wire = wired.get(name);
    const kind = kindOf(one);
    const addresses = [
      ...one.addresses,
      ...(wire?.isRouted === true && !one.addresses.some(({ ip }) => ip === wire.address)
        ? [{ ip: wire.address, length: 31 }]
        : []),
    ];
    const isEnabled = !one.isShut;
    const isSwitched = kind === 'physical' && addresses.length === 0 && (one.isSwitched || isSwitch);
    // Access ports are plugged in or not; everything else is up when it is enabled.
    const isPlugged = wire !== undefined || !isSwitched || mix(facts.seed, nth + 400) % 10 < 7;
    const isUp = isEnabled && isPlugged;
    const packetsIn = isUp ? mix(facts.seed, nth + 7_000) % 90_000_000 : 0;
    const packetsOut = Math.floor(packetsIn * 0.8);
    return {
      name,
      description: one.description ?? (wire === undefined ? '' : `to ${wire.peer}`),
      isEnabled,
      isUp,
      mtu: one.mtu ?? (kind === 'loopback' && device.persona.edit.style !== 'lines' ? 65_536 : 1500),
      mac: portMac(facts.seed, name),
      kbits: speedOf(name),
      kind,
      addresses,
      ...(addresses[0] !== undefined && { address: addresses[0] }),
      ...(isSwitched && { vlan: one.accessVlan ?? 1 }),
      ...(one.parent !== undefined && { parent: one.parent }),
      ...(wire !== undefined && { wire }),
      traffic: { packetsIn, packetsOut, bytesIn: packetsIn * 512, bytesOut: packetsOut * 640 },
      errorsIn: isUp ? mix(facts.seed, nth + 7_500) % 3 : 0,
    };
  });
}

function kindOf({ name, parent }: ConfiguredPort): Port['kind'] {
  if (/^(?:lo\d*$|loopback)/i.test(name)) return 'loopback';
  if (parent !== undefined || /^(?:vlan|ve |bridge|br\d|lag|port-channel|eth-trunk|[\w/-]+\.\d+$)/i.test(name))
    return 'virtual';
  return 'physical';
}

function speedOf(name: string): number {
  if (/^(?:sfp28|25GE|TwentyFive)/i.test(name)) return 25_000_000;
  if (/^(?:ten|xe-|10GE|xgigabit|sfp-sfpplus|ethernet(?:1\/)?\d|1\/1\/(?:49|5\d)|ethernet 1\/2\/)/i.test(name))
    return 10_000_000;
  return 1_000_000;
}

/** The cables that carry something: the port at this end is not shut down. */
export function liveWires(device: SimulatedDevice): readonly Wire[] {
  return portsOf(device).flatMap(({ isUp, wire }) => (isUp && wire !== undefined ? [wire] : []));
}

/** What a system calls itself in LLDP. */
export function systemOf(platform: string): string {
  const systems: Readonly<Record<string, string>> = {
    cisco_ios: 'Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version 15.9(3)M7, RELEASE SOFTWARE (fc2)',
    cisco_xe: 'Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.4a',
    cisco_nxos: 'Cisco Nexus Operating System (NX-OS) Software 9.3(10)',
    cisco_xr: 'Cisco IOS XR Software, Version 7.5.2',
    arista_eos: 'Arista Networks EOS version 4.29.2F running on an Arista Networks DCS-7050SX3-48YC8',
    juniper_junos: 'Juniper Networks, Inc. mx204 internet router, kernel JUNOS 22.4R3-S2.11',
    huawei_vrp: 'S5731-S48P4X Huawei Versatile Routing Platform Software VRP (R) software, Version 5.170',
    huawei_vrpv8:
      'Huawei Versatile Routing Platform Software VRP (R) software, Version 8.191 (CE6857EI V200R019C10SPC800)',
    hp_comware:
      'HPE Comware Platform Software, Software Version 7.1.070, Release 3507P18 HPE 5130 48G PoE+ 4SFP+ EI Switch',
    mikrotik_routeros: 'MikroTik RouterOS 7.16 (stable) CCR2004-1G-12S+2XS',
    brocade_fastiron: 'Ruckus Networks, Inc. Stacking System ICX7450-48-HPOE, IronWare Version 08.0.95dT213',
    aruba_aoscx: 'Aruba JL661A  FL.10.10.1050',
    vyos: 'VyOS 1.4.0',
    frr: 'Debian GNU/Linux 12 (bookworm) Linux 6.1.0-18-amd64',
    linux: 'Debian GNU/Linux 12 (bookworm) Linux 6.1.0-18-amd64',
  };
  return systems[platform] ?? platform.replace('_', ' ');
}

/** `Gi0/1/0`: as tables of Cisco's have it. */
export const shortPort = (name: string): string =>
  name
    .replace(/^GigabitEthernet/, 'Gi')
    .replace(/^(?:TenGigabitEthernet|TenGigE)/, 'Te')
    .replace(/^Ethernet(?=\d+\/)/, 'Eth');
