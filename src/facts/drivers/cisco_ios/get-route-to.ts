import { NetwrightError } from '#core';
import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { Route } from '../../model/routes.ts';
import { isIpv6, readPrefix } from '../../values/address.ts';
import { entryOf } from '../../values/entry.ts';
import { asnOf } from '../reading/as-number.ts';
import { BgpTable } from './bgp-path.ts';
import { readRoutes, type TableRoute } from './show-ip-route.ts';

/**
 * Routes of every VRF and of the global table (`default`) to a destination. The routing table names the best ones; for
 * those of BGP the BGP table tells the path.
 * @throws NetwrightError `NW_USAGE` for what is no address, `NW_NOT_SUPPORTED` for IPv6 and longer prefixes
 */
export const getRouteTo: ReadFacts<'get_route_to'> = async (ask, { destination, protocol, longer }) => {
  const prefix = readPrefix(destination);
  if (prefix === undefined) {
    throw new NetwrightError('NW_USAGE', `route_to: expected an address or prefix, got "${destination}"`, {
      hint: 'netwright facts route_to --destination 192.0.2.0/24',
    });
  }
  if (longer || isIpv6(prefix.address)) {
    const what = longer ? 'longer prefixes' : 'routes to IPv6 destinations';
    throw new NetwrightError('NW_NOT_SUPPORTED', `${ask.device}: route_to: ${what} are not read from IOS`);
  }
  const words = prefix.mask === undefined ? prefix.address : `${prefix.address} ${prefix.mask}`;
  const [vrfs, protocols] = await Promise.all([
    ask.text('show vrf', { optional: true }),
    ask.text('show ip protocols | include bgp', { optional: true }),
  ]);
  ask.understood('show ip protocols | include bgp');
  const localAs = asnOf(/"bgp (\d[\d.]{0,15})"/.exec(protocols ?? '')?.[1] ?? '');
  const tables = [...vrfNames(ask, vrfs ?? ''), ''];
  const outputs = await Promise.all(
    tables.map(async (vrf) =>
      vrf === ''
        ? await ask.text(`show ip route ${words}`)
        : await ask.text(`show ip route vrf ${vrf} ${words}`, { optional: true }),
    ),
  );
  const routes: Record<string, Route[]> = {};
  for (const [index, vrf] of tables.entries()) {
    const command = `show ip route ${vrf === '' ? '' : `vrf ${vrf} `}${words}`;
    const found = readRoutes(ask, command, outputs[index] ?? '').filter((route) => isOf(route, protocol));
    const bgp = new BgpTable(ask, vrf, destination, localAs);
    const attributes = await Promise.all(
      found.map(async (route) => (route.protocol === 'bgp' ? await bgp.attributesOf(route) : {})),
    );
    for (const [at, route] of found.entries()) {
      entryOf(routes, route.prefix, () => []).push(routeOf(route, vrf, attributes[at] ?? {}));
    }
  }
  return routes;
};

const isOf = ({ protocol }: TableRoute, wanted: string): boolean =>
  wanted === '' || protocol === wanted.toLowerCase() || (wanted.toLowerCase() === 'direct' && protocol === 'connected');

const routeOf = (route: TableRoute, vrf: string, attributes: Route['protocol_attributes']): Route => ({
  protocol: route.protocol,
  current_active: true,
  last_active: true,
  age: route.ageS,
  next_hop: route.nextHop,
  outgoing_interface: route.interfaceName,
  selected_next_hop: true,
  preference: route.distance,
  inactive_reason: '',
  routing_table: vrf === '' ? 'default' : vrf,
  protocol_attributes: attributes,
});

/** `  TEST     65417:2     ipv4    Te0/0/0.2040`; the lines below it have more interfaces only. */
function vrfNames(ask: Ask, output: string): readonly string[] {
  ask.understood('show vrf');
  const names = output
    .split('\n')
    .map((line) => /^ {2}(\S{1,64}) +(?:\S+|<not set>) +(?:ipv4|ipv6)/.exec(line.slice(0, 500))?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(names)];
}
