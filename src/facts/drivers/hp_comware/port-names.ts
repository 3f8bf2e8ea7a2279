const long: Readonly<Record<string, string>> = {
  BAGG: 'Bridge-Aggregation',
  RAGG: 'Route-Aggregation',
  Eth: 'Ethernet',
  FE: 'FastEthernet',
  GE: 'GigabitEthernet',
  XGE: 'Ten-GigabitEthernet',
  WGE: 'Twenty-FiveGigE',
  FGE: 'FortyGigE',
  HGE: 'HundredGigE',
  'M-E': 'M-Ethernet',
  'M-GE': 'M-GigabitEthernet',
  MGE: 'M-GigabitEthernet',
  Loop: 'LoopBack',
  InLoop: 'InLoopBack',
  Tun: 'Tunnel',
  Vlan: 'Vlan-interface',
  VSI: 'Vsi-interface',
};

/** The name that `display interface` has, for one that a table abbreviates. */
export function portName(name: string): string {
  const [, kind = '', number = ''] = /^([A-Za-z-]{2,6}?)(\d.*)$/.exec(name) ?? [];
  return Object.hasOwn(long, kind) ? `${long[kind]}${number}` : name;
}
