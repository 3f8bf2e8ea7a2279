import type { Ask } from '../../ask.ts';

const long: Readonly<Record<string, string>> = {
  GE: 'GigabitEthernet',
  XGE: 'XGigabitEthernet',
  Eth: 'Ethernet',
  MEth: 'MEth',
};

/**
 * The name that `display interface` has. Tables of VRP 5 abbreviate; on CloudEngine `GE1/0/1` is the name itself.
 */
export function portName(ask: Ask, name: string): string {
  if (ask.platform.id !== 'huawei_vrp') return name;
  const [, kind = '', number = ''] = /^([A-Za-z]{2,4})(\d.*)$/.exec(name) ?? [];
  return Object.hasOwn(long, kind) ? `${long[kind]}${number}` : name;
}
