import type { ReadFacts } from '../../define-facts.ts';
import { bgpNeighborsOf } from './bgp-peers.ts';

/** Peers of the public instance and of VPN instances, with what `verbose` adds where it is known. */
export const getBgpNeighbors: ReadFacts<'get_bgp_neighbors'> = async (ask) =>
  await bgpNeighborsOf(ask, [
    { family: 'ipv4', command: 'display bgp peer', verbose: 'display bgp peer verbose' },
    { family: 'ipv6', command: 'display bgp ipv6 peer', verbose: 'display bgp ipv6 peer verbose', optional: true },
    { family: 'ipv4', command: 'display bgp vpnv4 all peer', optional: true },
  ]);
