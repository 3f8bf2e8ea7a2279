import type { InterfacesIp } from '../../model/interfaces.ts';
import { entryOf } from '../../values/entry.ts';
import { familyOf, ipOf } from './addresses.ts';

type Addresses = Record<string, { prefix_length: number }>;

/** Gathers the addresses of interfaces in NAPALM's shape: a family appears when it has an address. */
export class InterfaceAddresses {
  readonly #interfaces: Record<string, { ipv4?: Addresses; ipv6?: Addresses }> = Object.create(null);

  /** Whether it was an address with a length. */
  add(name: string, text: string, length: number | undefined): boolean {
    const address = ipOf(text);
    if (address === undefined || length === undefined || !(length >= 0) || name === '') return false;
    const families = entryOf<{ ipv4?: Addresses; ipv6?: Addresses }>(this.#interfaces, name, () => ({}));
    const family = familyOf(address);
    families[family] ??= {};
    families[family][address] = { prefix_length: length };
    return true;
  }

  get value(): InterfacesIp {
    return { ...this.#interfaces };
  }
}
