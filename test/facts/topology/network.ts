import type { Observer } from '#facts';

type Neighbor = Observer['neighbors'][string][number];

export const neighbor = (name: string, port: string, more: Partial<Neighbor> = {}): Neighbor => ({
  parent_interface: '',
  remote_port: port,
  remote_chassis_id: '',
  remote_port_description: '',
  remote_system_name: name,
  remote_system_description: '',
  remote_system_capab: [],
  remote_system_enable_capab: [],
  ...more,
});

export const observer = (name: string, neighbors: Observer['neighbors'], more: Partial<Observer> = {}): Observer => ({
  name,
  protocol: 'lldp',
  neighbors,
  ...more,
});

/** Two cores, sites with two edge routers each, and switches below them. */
export function network(sites: number, switches: number): readonly Observer[] {
  const observers = new Map<string, { -readonly [K in keyof Observer]: Observer[K] }>();
  const ports = new Map<string, number>();
  const add = (name: string, role: string, platform: string, site?: string): void => {
    observers.set(name, observer(name, {}, { role, platform, ...(site !== undefined && { site }) }));
  };
  const portOf = (name: string): string => {
    const number = (ports.get(name) ?? 0) + 1;
    ports.set(name, number);
    return name.startsWith('pe')
      ? `xe-0/0/${number}`
      : name.startsWith('core')
        ? `Ethernet1/${number}`
        : `GigabitEthernet1/0/${number}`;
  };
  const link = (a: string, b: string): void => {
    const [portA, portB] = [portOf(a), portOf(b)];
    observers.get(a)!.neighbors = { ...observers.get(a)!.neighbors, [portA]: [neighbor(b, portB)] };
    observers.get(b)!.neighbors = { ...observers.get(b)!.neighbors, [portB]: [neighbor(a, portA)] };
  };
  add('core1', 'core', 'cisco_nxos');
  add('core2', 'core', 'cisco_nxos');
  link('core1', 'core2');
  link('core1', 'core2');
  for (let site = 1; site <= sites; site += 1) {
    const [one, other] = [`pe1-site${site}`, `pe2-site${site}`];
    add(one, 'pe', 'juniper_junos', `site${site}`);
    add(other, 'pe', 'juniper_junos', `site${site}`);
    link(one, other);
    link('core1', one);
    link('core2', other);
    for (let number = 1; number <= switches; number += 1) {
      const name = `sw${number}-site${site}`;
      add(name, 'access', 'arista_eos', `site${site}`);
      link(name, one);
      if (number % 4 !== 0) link(name, other);
      if (number % 6 === 0) link(name, other);
    }
  }
  return [...observers.values()];
}
