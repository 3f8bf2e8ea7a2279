import type { ReadFacts } from '../../define-facts.ts';
import { pathsIn } from '../huawei_vrp/bgp-paths.ts';
import { routesToOf } from '../huawei_vrp/routes.ts';
import { destinationOf } from '../reading/argument.ts';

/** Routes of the public table (`default`) and of every VPN instance. */
export const getRouteTo: ReadFacts<'get_route_to'> = async (ask, { destination, protocol, longer }) => {
  const wanted = destinationOf(destination);
  const words = wanted.isPrefix ? `${wanted.address} ${wanted.length}` : wanted.address;
  const of = (vrf: string): string => (vrf === '' ? '' : ` vpn-instance ${vrf}`);
  return await routesToOf(ask, {
    protocol,
    wanted,
    question: (vrf) =>
      `display ${wanted.isV6 ? 'ipv6' : 'ip'} routing-table${of(vrf)} ${words}${longer ? ' longer-match' : ''} verbose`,
    paths: async (vrf, prefix) => {
      const family = prefix.includes(':') ? 'ipv6' : 'ipv4';
      return await pathsIn(ask, `display bgp routing-table ${family}${of(vrf)} ${prefix.replace('/', ' ')}`);
    },
  });
};
