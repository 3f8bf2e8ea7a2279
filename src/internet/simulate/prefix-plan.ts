import type { Random } from '#core';

/** Blocks of IPv4 that a generated planet must not use: first address and mask length (RFC 6890, multicast and above). */
const special: readonly (readonly [first: number, length: number])[] = [
  [0x00000000, 8], // this network
  [0x0a000000, 8], // private
  [0x64400000, 10], // shared
  [0x7f000000, 8], // loopback
  [0xa9fe0000, 16], // link local
  [0xac100000, 12], // private
  [0xc0000000, 24], // protocols
  [0xc0000200, 24], // documentation
  [0xc0586300, 24], // 6to4 relays
  [0xc0a80000, 16], // private
  [0xc6120000, 15], // benchmarks
  [0xc6336400, 24], // documentation
  [0xcb007100, 24], // documentation
  [0xe0000000, 3], // multicast and reserved
];

/** Hands out IPv4 blocks one after the other, each on its own boundary. */
export class PrefixPlan {
  #next = 0x01000000;

  /** The first address of the next free block. */
  take(length: number): number {
    const size = 2 ** (32 - length);
    for (;;) {
      const first = Math.ceil(this.#next / size) * size;
      const hit = special.find(([start, bits]) => first < start + 2 ** (32 - bits) && start < first + size);
      if (hit === undefined) {
        this.#next = first + size;
        return first;
      }
      this.#next = hit[0] + 2 ** (32 - hit[1]);
    }
  }
}

/** How many prefixes an AS has: most one or two, carriers with many customers more. */
export function prefixCount(customers: number, random: Random): number {
  return 1 + Math.floor(-Math.log(1 - random()) * (0.7 + Math.min(6, customers / 10)));
}

/** Mask lengths of the announced table: about half are /24. */
export function prefixLength(random: Random): number {
  return random() < 0.55 ? 24 : 18 + Math.floor(random() * 6);
}
