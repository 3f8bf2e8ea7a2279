import type { ReadFacts } from '../../define-facts.ts';
import { bgpNeighborsOf } from '../huawei_vrp/bgp-peers.ts';
import { instancesOf } from '../huawei_vrp/routes.ts';

/** Peers of the public instance and of VPN instances, with what `verbose` adds where it is known. */
export const getBgpNeighbors: ReadFacts<'get_bgp_neighbors'> = async (ask) => {
  const [, ...named] = await instancesOf(ask);
  return await bgpNeighborsOf(ask, [
    {
      family: 'ipv4',
      command: 'display bgp peer ipv4',
      older: 'display bgp peer',
      verbose: 'display bgp peer ipv4 verbose',
    },
    { family: 'ipv6', command: 'display bgp peer ipv6', verbose: 'display bgp peer ipv6 verbose', optional: true },
    ...named.map((instance) => ({
      family: 'ipv4' as const,
      command: `display bgp peer ipv4 vpn-instance ${instance}`,
      instance,
      optional: true,
    })),
  ]);
};
