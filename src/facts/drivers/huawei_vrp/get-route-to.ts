import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { destinationOf } from '../reading/argument.ts';
import { pathsIn } from './bgp-paths.ts';
import { routesToOf } from './routes.ts';

/** Routes of the public table (`default`) and of every VPN instance. */
export const getRouteTo: ReadFacts<'get_route_to'> = async (ask, { destination, protocol, longer }) => {
  const wanted = destinationOf(destination);
  const words = wanted.isPrefix ? `${wanted.address} ${wanted.length}` : wanted.address;
  const family = wanted.isV6 ? 'ipv6' : 'ip';
  return await routesToOf(ask, {
    protocol,
    wanted,
    question: (vrf) => {
      const of = vrf === '' ? '' : ` vpn-instance ${vrf}`;
      return `display ${family} routing-table${of} ${words}${longer ? ' longer-match' : ''} verbose`;
    },
    paths: async (vrf, prefix) => await pathsOf(ask, vrf, prefix),
  });
};

async function pathsOf(ask: Ask, vrf: string, prefix: string): ReturnType<typeof pathsIn> {
  const v6 = prefix.includes(':') ? 'ipv6 ' : '';
  const of = vrf === '' ? v6 : `${v6 === '' ? 'vpnv4' : 'vpnv6'} vpn-instance ${vrf} `;
  return await pathsIn(ask, `display bgp ${of}routing-table ${prefix.replace('/', ' ')}`);
}
