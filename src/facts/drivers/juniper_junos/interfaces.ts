import type { XmlElement } from '#core';
import type { ReadFacts } from '../../define-facts.ts';
import type { Interface, Interfaces } from '../../model/interfaces.ts';
import { macOr } from '../../values/mac.ts';
import { secondsIn, textIn, wholeIn } from '../reading/xml.ts';
import { nameOf, physicalInterfaces } from './interface-information.ts';

/** Physical and logical interfaces; a logical one has MTU, speed and MAC address of the one that carries it. */
export const readInterfaces: ReadFacts<'get_interfaces'> = async (ask) => {
  const interfaces: Interfaces = {};
  for (const physical of await physicalInterfaces(ask, 'extensive')) {
    const carrier = interfaceOf(physical);
    interfaces[nameOf(physical)] = carrier;
    for (const logical of physical.all('logical-interface')) {
      interfaces[nameOf(logical)] = {
        ...carrier,
        is_enabled: logical.at('if-config-flags/iff-down') === undefined,
        description: textIn(logical, 'description'),
      };
    }
  }
  return interfaces;
};

function interfaceOf(physical: XmlElement): Interface {
  const flapped = secondsIn(physical, 'interface-flapped') ?? 0;
  return {
    is_up: textIn(physical, 'oper-status') === 'up',
    is_enabled: textIn(physical, 'admin-status') === 'up',
    description: textIn(physical, 'description'),
    // Junos gives 0 to what never changed since it was started.
    last_flapped: flapped > 0 ? flapped : -1,
    mtu: wholeIn(physical, 'mtu', 0),
    speed: speedOf(physical),
    mac_address: macOr(textIn(physical, 'current-physical-address')),
  };
}

const megabits: Readonly<Record<string, number>> = { kbps: 0.001, mbps: 1, gbps: 1000, m: 1, g: 1000 };

/** Mbit/s of `1000mbps`, `10Gbps`, `1G`; where the port negotiates, what both ends agreed on. */
function speedOf(physical: XmlElement): number {
  const speed = textIn(physical, 'speed');
  const told = /^auto/i.test(speed)
    ? textIn(physical, 'ethernet-autonegotiation/link-partner-speed') || textIn(physical, 'bandwidth')
    : speed;
  const [, amount, unit = ''] = /^(\d{1,9}) ?([A-Za-z]{1,5})/.exec(told) ?? [];
  const factor = megabits[unit.toLowerCase()];
  return amount === undefined || factor === undefined ? -1 : Number(amount) * factor;
}
