import { NetwrightError } from '#core';
import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { Route } from '../../model/routes.ts';
import { destinationOf } from '../reading/argument.ts';
import { addTo } from '../reading/group.ts';
import { once } from '../reading/once.ts';
import { type Path, pathsOf } from './bgp-paths.ts';
import { readRoutes } from './routes.ts';

const vrfs = 'show vrf';

/**
 * Routes of every VRF, `default` first.
 * @throws NetwrightError `NW_NOT_SUPPORTED` for longer prefixes, which AOS-CX does not look up
 */
export const getRouteTo: ReadFacts<'get_route_to'> = async (ask, { destination, protocol, longer }) => {
  const { isV6, text } = destinationOf(destination);
  if (longer) {
    throw new NetwrightError('NW_NOT_SUPPORTED', `${ask.device}: route_to: AOS-CX does not look up longer prefixes`);
  }
  const wanted = protocol.toLowerCase() === 'direct' ? 'connected' : protocol.toLowerCase();
  const routes: Record<string, Route[]> = {};
  for (const vrf of await vrfsOf(ask)) {
    const command = `show ${isV6 ? 'ipv6' : 'ip'} route ${text}${vrf === 'default' ? '' : ` vrf ${vrf}`}`;
    const asked = new Map<string, Promise<readonly Path[]>>();
    const output = vrf === 'default' ? await ask.text(command) : await ask.text(command, { optional: true });
    for (const { prefix, ...route } of readRoutes(ask, command, output ?? '')) {
      if (wanted !== '' && route.protocol !== wanted) continue;
      const known =
        route.protocol === 'bgp' ? await once(asked, prefix, async () => await pathsOf(ask, vrf, prefix)) : [];
      const path =
        known.find(({ nextHop }) => nextHop === route.nextHop) ?? (known.length === 1 ? known[0] : undefined);
      addTo(routes, prefix, {
        protocol: route.protocol,
        current_active: true,
        last_active: true,
        age: route.ageS,
        next_hop: route.nextHop,
        outgoing_interface: route.interfaceName,
        selected_next_hop: true,
        preference: route.distance,
        inactive_reason: '',
        routing_table: vrf,
        protocol_attributes: path?.attributes ?? {},
      });
    }
  }
  return routes;
};

async function vrfsOf(ask: Ask): Promise<string[]> {
  const output = (await ask.text(vrfs, { optional: true })) ?? '';
  ask.understood(vrfs);
  const names = [...output.matchAll(/^VRF Name {0,20}: {0,5}([\w.:-]{1,64})/gm)].map(([, name]) => name!);
  return [...new Set(['default', ...names])];
}
