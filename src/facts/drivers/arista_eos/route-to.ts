import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { Route } from '../../model/routes.ts';
import { destinationOf, wordOf } from '../reading/argument.ts';
import { asNumberOf } from '../reading/as-number.ts';
import { addTo } from '../reading/group.ts';
import { entriesAt, flagAt, type JsonObject, listAt, objectAt, textAt, textsAt, wholeAt } from '../reading/json.ts';
import { vrfsOf } from './network-instances.ts';

/** Other systems' words for what EOS calls otherwise. */
const protocolWords: Readonly<Record<string, string>> = { direct: 'connected', ibgp: 'bgp', ebgp: 'bgp' };

export const readRouteTo: ReadFacts<'get_route_to'> = async (ask, { destination, protocol, longer }) => {
  const { isV6, text } = destinationOf(destination);
  const ip = isV6 ? 'ipv6' : 'ip';
  const lower = protocol === '' ? '' : wordOf('protocol', protocol.toLowerCase());
  const word = protocolWords[lower] ?? lower;
  const rest = [text, longer ? 'longer-prefixes' : ''].filter(Boolean).join(' ');
  const routes: Record<string, Route[]> = {};
  const vrfs = (await vrfsOf(ask)).sort(([one], [other]) => (one < other ? -1 : 1));
  const tables = await Promise.all(
    vrfs.map(async ([vrf]) => {
      const command = [`show ${ip} route vrf ${vrf} ${rest}`, word, 'detail'].filter(Boolean).join(' ');
      return { vrf, table: objectAt(await ask.json(command), 'vrfs', vrf, 'routes') };
    }),
  );
  for (const { vrf, table } of tables) {
    const found = entriesAt(table);
    const hasBgp = found.some(([, route]) => isBgp(route));
    const bgp = hasBgp ? objectAt(await ask.json(`show ${ip} bgp ${rest} vrf ${vrf}`), 'vrfs', vrf) : {};
    for (const [name, route] of found) addTo(routes, name, ...routesOf(vrf, name, route, bgp));
  }
  if (vrfs.length === 0) noteNoInstance(ask);
  return routes;
};

const noteNoInstance = (ask: Ask): void => ask.note('the switch has no instance with routes');

const isBgp = (route: JsonObject): boolean => /bgp/i.test(textAt(route, 'routeType'));

function routesOf(vrf: string, prefix: string, route: JsonObject, bgp: JsonObject): Route[] {
  const paths = listAt(bgp, 'bgpRouteEntries', prefix, 'bgpRoutePaths');
  const vias = listAt(route, 'vias');
  const common = {
    protocol: textAt(route, 'routeType'),
    age: 0,
    selected_next_hop: true,
    preference: wholeAt(route, 'preference', -1),
    inactive_reason: '',
    last_active: true,
    current_active: true,
    routing_table: vrf,
  };
  return (vias.length === 0 ? [{}] : vias).map((via: JsonObject) => {
    const nextHop = textAt(via, 'nexthopAddr');
    const path = isBgp(route) ? paths.find((one) => textAt(one, 'nextHop') === nextHop) : undefined;
    return {
      ...common,
      ...(path && { current_active: flagAt(objectAt(path, 'routeType'), 'active') }),
      next_hop: nextHop,
      outgoing_interface: textAt(via, 'interface'),
      protocol_attributes: path === undefined ? {} : attributesOf(path, bgp),
    };
  });
}

function attributesOf(path: JsonObject, bgp: JsonObject): Route['protocol_attributes'] {
  const asPath = textAt(objectAt(path, 'asPathEntry'), 'asPath');
  const detail = objectAt(path, 'routeDetail');
  return {
    as_path: asPath,
    remote_as: asNumberOf(/(\d+(?:\.\d+)?)\D*$/.exec(asPath)?.[1]) ?? 0,
    local_as: asNumberOf(textAt(bgp, 'asn')) ?? 0,
    remote_address: textAt(objectAt(detail, 'peerEntry'), 'peerAddr'),
    local_preference: wholeAt(path, 'localPreference', -1),
    communities: textsAt(detail, 'communityList'),
    preference2: wholeAt(path, 'weight', 0),
    metric: wholeAt(path, 'med', 0),
  };
}
