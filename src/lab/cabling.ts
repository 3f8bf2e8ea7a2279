import { mix } from './facts.ts';

/** A cable as one of its ends has it. */
export interface Wire {
  /** The interface here, in full: `GigabitEthernet0/1/0`. */
  readonly port: string;
  readonly peer: string;
  readonly peerPort: string;
  /** The platform of the other end. */
  readonly peerPlatform: string;
  readonly peerSeed: number;
  /** Both ends route: there are addresses on it, and a BGP session. */
  readonly isRouted: boolean;
  /** Of a /31 (RFC 3021), here and at the other end. */
  readonly address: string;
  readonly peerAddress: string;
}

interface End {
  readonly name: string;
  readonly platform: string;
  readonly site: string;
  readonly role: string;
  readonly seed: number;
}

/** How a system calls the ports that cables go into, from 0. */
const portNames: Readonly<Record<string, (nth: number) => string>> = {
  cisco_ios: (nth) => `GigabitEthernet0/1/${nth}`,
  cisco_xe: (nth) => `TenGigabitEthernet1/1/${nth + 1}`,
  cisco_xr: (nth) => `TenGigE0/0/0/${nth}`,
  cisco_nxos: (nth) => `Ethernet1/${nth + 49}`,
  arista_eos: (nth) => `Ethernet${nth + 49}`,
  juniper_junos: (nth) => `xe-0/1/${nth}`,
  hp_comware: (nth) => `Ten-GigabitEthernet1/0/${nth + 49}`,
  huawei_vrp: (nth) => `XGigabitEthernet0/0/${nth + 1}`,
  huawei_vrpv8: (nth) => `10GE1/0/${nth + 1}`,
  aruba_aoscx: (nth) => `1/1/${nth + 49}`,
  brocade_fastiron: (nth) => `ethernet 1/2/${nth + 1}`,
  mikrotik_routeros: (nth) => `sfp-sfpplus${nth + 1}`,
  nokia_sros: (nth) => `1/1/${nth + 1}`,
  dell_os10: (nth) => `ethernet1/1/${nth + 49}`,
  extreme_exos: (nth) => `${nth + 49}`,
  hp_procurve: (nth) => `${nth + 49}`,
  fortinet: (nth) => `port${nth + 1}`,
  paloalto_panos: (nth) => `ethernet1/${nth + 1}`,
  cisco_asa: (nth) => `GigabitEthernet0/${nth}`,
  frr: (nth) => `ens6f${nth}`,
  linux: (nth) => `ens6f${nth}`,
};

const isRouter = ({ role }: End): boolean => /^(?:edge|core|pe|router)$/.test(role);

/**
 * Who is plugged into whom: in each site everybody into the first router (or the first device where there is none),
 * every third device into the second one too, some with two cables; the sites in a ring with a few cables across. The
 * same devices and seeds give the same cables, in every process of a lab.
 */
export function cableUp(devices: readonly End[]): ReadonlyMap<string, readonly Wire[]> {
  const wires = new Map<string, Wire[]>(devices.map(({ name }) => [name, []]));
  let cables = 0;
  const plug = (a: End, b: End): void => {
    const number = cables;
    cables += 1;
    const [portA, portB] = [nextPort(a, wires), nextPort(b, wires)];
    const isRouted = isRouter(a) && isRouter(b);
    const address = (side: number): string =>
      `172.${16 + ((number >> 15) & 15)}.${(number >> 7) & 255}.${(number & 127) * 2 + side}`;
    const wire = (end: End, port: string, peer: End, peerPort: string, side: number): void => {
      wires.get(end.name)?.push({
        port,
        peer: peer.name,
        peerPort,
        peerPlatform: peer.platform,
        peerSeed: peer.seed,
        isRouted,
        address: address(side),
        peerAddress: address(1 - side),
      });
    };
    wire(a, portA, b, portB, 0);
    wire(b, portB, a, portA, 1);
  };
  const hubs: End[] = [];
  for (const members of Map.groupBy(devices, ({ site }) => site).values()) {
    const order = [...members].sort((a, b) => Number(isRouter(b)) - Number(isRouter(a)));
    const [first, second, ...others] = order;
    if (first === undefined) continue;
    hubs.push(first);
    if (second !== undefined) plug(first, second);
    for (const [nth, other] of others.entries()) {
      plug(first, other);
      if (nth % 3 === 0) plug(second!, other);
      if (mix(other.seed, 5) % 5 === 0) plug(first, other);
    }
  }
  for (const [nth, hub] of hubs.entries()) {
    const next = hubs[(nth + 1) % hubs.length]!;
    if (next !== hub && !(hubs.length === 2 && nth === 1)) plug(hub, next);
    const across = hubs[(nth + 3) % hubs.length]!;
    if (hubs.length > 5 && nth % 3 === 0 && across !== hub) plug(hub, across);
  }
  return wires;
}

function nextPort({ name, platform }: End, wires: ReadonlyMap<string, readonly Wire[]>): string {
  const nth = wires.get(name)?.length ?? 0;
  return portNames[platform]?.(nth) ?? `eth${nth + 1}`;
}
