import type { SimulatedDevice } from '../device.ts';
import { mix } from '../facts.ts';
import { chassisMac, portMac, stationMac } from './mac-addresses.ts';
import { type Port, portsOf } from './ports.ts';
import { staticRoutes } from './routes.ts';

export interface ArpEntry {
  readonly ip: string;
  /** Twelve hexadecimal digits. */
  readonly mac: string;
  readonly port: string;
  /** Its own address. */
  readonly isOwn: boolean;
  readonly ageMin: number;
}

/** Its own addresses, the other ends of its cables, and the gateway that it was given. */
export function arpEntries(device: SimulatedDevice): readonly ArpEntry[] {
  const ports = portsOf(device).filter(({ isUp, kind }) => isUp && kind !== 'loopback');
  const age = (nth: number): number => 1 + (mix(device.facts.seed, nth + 600) % 18);
  const own = ports.flatMap(({ addresses, mac, name }) =>
    addresses.map(({ ip }): ArpEntry => ({ ip, mac, port: name, isOwn: true, ageMin: 0 })),
  );
  const peers = ports.flatMap(({ wire, name }, nth): ArpEntry[] =>
    wire?.isRouted === true
      ? [
          {
            ip: wire.peerAddress,
            mac: portMac(wire.peerSeed, wire.peerPort),
            port: name,
            isOwn: false,
            ageMin: age(nth),
          },
        ]
      : [],
  );
  return [...own, ...peers, ...gatewayEntry(device, ports)];
}

/** A switch reaches its gateway behind its first cable. */
function gatewayEntry(device: SimulatedDevice, ports: readonly Port[]): ArpEntry[] {
  const uplink = ports.find(({ wire }) => wire !== undefined)?.wire;
  const gateway = staticRoutes(device).find(({ prefix }) => prefix.length === 0)?.nextHop;
  const port = ports.find(({ address, wire }) => address !== undefined && wire === undefined)?.name ?? uplink?.port;
  if (device.persona.kind === 'router' || uplink === undefined || gateway === undefined || port === undefined)
    return [];
  return [{ ip: gateway, mac: chassisMac(uplink.peerSeed), port, isOwn: false, ageMin: 4 }];
}

export interface MacEntry {
  readonly mac: string;
  readonly vlan: number;
  readonly port: string;
}

/** What a switch has learned: the other ends of its cables, and one machine behind each access port that is up. */
export function macEntries(device: SimulatedDevice): readonly MacEntry[] {
  return portsOf(device).flatMap(({ vlan, isUp, wire, name }) =>
    vlan === undefined || !isUp
      ? []
      : [
          {
            mac: wire === undefined ? stationMac(device.facts.seed, name) : portMac(wire.peerSeed, wire.peerPort),
            vlan,
            port: name,
          },
        ],
  );
}
