import { longInterfaceName } from '../values/interface-name.ts';

/** Two names of a port are of one port when this is equal: `Gi1/0/1` and `GigabitEthernet1/0/1`, `Eth1/1` and `Ethernet1/1`. */
export const portKey = (name: string): string =>
  longInterfaceName(name)
    .toLowerCase()
    .replaceAll(/\s+/g, '')
    // Management ports have as many names as systems: mgmt0, Management0, Management1.
    .replace(/^(?:mgmt|management)(?:ethernet)?/, 'management')
    // Units of Junos: LLDP speaks of the port.
    .replace(/^([a-z]{2}-\d+\/\d+\/\d+)\.0$/, '$1');

const abbreviations: readonly (readonly [RegExp, string])[] = [
  [/^GigabitEthernet(?=\d)/i, 'Gi'],
  [/^(?:TenGigabitEthernet|TenGigE)(?=\d)/i, 'Te'],
  [/^(?:XGigabitEthernet|Ten-GigabitEthernet)(?=\d)/i, 'XGE'],
  [/^TwentyFiveGigE(?=\d)/i, 'Twe'],
  [/^FortyGigabitEthernet(?=\d)/i, 'Fo'],
  [/^HundredGigE(?=\d)/i, 'Hu'],
  [/^FastEthernet(?=\d)/i, 'Fa'],
  [/^Ethernet(?=\d)/i, 'Eth'],
  [/^Management(?=\d)/i, 'Mgmt'],
  [/^Port-channel(?=\d)/i, 'Po'],
  [/^Bundle-Ether(?=\d)/i, 'BE'],
];

/** As short as people write it: `Gi1/0/1`. */
export function shortPortName(name: string): string {
  for (const [long, short] of abbreviations) if (long.test(name)) return name.replace(long, short);
  return name;
}
