import type { SimulatedDevice } from '../../device.ts';
import { asnOf, mix } from '../../facts.ts';

export interface BgpSession {
  readonly address: string;
  readonly asn: number;
  readonly description: string;
  readonly routerId: string;
  readonly prefixes: number;
  readonly isUp: boolean;
  /** Since it is up, or down. */
  readonly uptimeS: number;
}

const week = 7 * 86_400;

/** The sessions over its cables, which are up, and the transit that its configuration names, which is down. */
export function bgpSessions({ facts }: Pick<SimulatedDevice, 'facts'>): readonly BgpSession[] {
  const { asn, ip, wires, seed } = facts;
  const inside = wires
    .filter(({ isRouted }) => isRouted)
    .map(({ peer, peerAddress, peerSeed }): BgpSession => {
      // Both ends are up since the same moment.
      const uptimeS = week * (1 + (((seed ^ peerSeed) >>> 0) % 8));
      return {
        address: peerAddress,
        asn: asnOf(peerSeed),
        description: peer,
        routerId: `192.0.2.${1 + (peerSeed % 250)}`,
        prefixes: 3 + (mix(peerSeed, 8_000) % 400),
        isUp: true,
        uptimeS,
      };
    });
  const transit = { address: ip(501), asn: asn + 1, description: 'transit NileNet', routerId: '0.0.0.0', prefixes: 0 };
  return [...inside, { ...transit, isUp: false, uptimeS: 644 }];
}
