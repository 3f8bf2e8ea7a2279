import type { XmlElement } from '#core';
import type { ReadFacts } from '../../../define-facts.ts';
import type { Route } from '../../../model/routes.ts';
import { type Destination, destinationOf } from '../../reading/argument.ts';
import { addTo } from '../../reading/group.ts';
import { textIn, wholeIn } from '../../reading/xml.ts';
import type { IfKnown } from '../either.ts';
import { model, operational } from './models.ts';

export const readRouteTo: IfKnown<ReadFacts<'get_route_to'>> = async (ask, { destination, protocol, longer }) => {
  const wanted = destinationOf(destination);
  // The model finds the one prefix that it is asked for.
  if (longer) return undefined;
  const data = await operational(ask, `show route ${wanted.isV6 ? 'ipv6 ' : ''}${wanted.text}`, filterOf(wanted));
  if (data === undefined) return undefined;
  const only = protocol.toLowerCase() === 'direct' ? 'connected' : protocol.toLowerCase();
  const version = wanted.isV6 ? 6 : 4;
  const routes: Record<string, Route[]> = {};
  for (const rib of [...data.all('rib'), ...data.all('ipv6-rib')]) {
    for (const route of rib.descendants('route')) {
      const name = textIn(route, 'protocol-name').toLowerCase();
      if (only !== '' && name !== only) continue;
      const prefix = `${textIn(route, 'prefix')}/${textIn(route, 'prefix-length-xr')}`;
      addTo(routes, prefix, ...pathsOf(route, name, version));
    }
  }
  return routes;
};

function filterOf({ isV6, address, length }: Destination): string {
  const family = isV6 ? 'IPv6' : 'IPv4';
  const tag = isV6 ? 'ipv6-rib' : 'rib';
  const table = `<ip-rib-route-table-name><route-table-name>default</route-table-name><routes><route><address>${address}</address><prefix-length>${length}</prefix-length></route></routes></ip-rib-route-table-name>`;
  const saf = `<safs><saf><saf-name>Unicast</saf-name><ip-rib-route-table-names>${table}</ip-rib-route-table-names></saf></safs>`;
  return `<${tag} xmlns="${model(isV6 ? 'ip-rib-ipv6-oper' : 'ip-rib-ipv4-oper')}"><vrfs><vrf><vrf-name>default</vrf-name><afs><af><af-name>${family}</af-name>${saf}</af></afs></vrf></vrfs></${tag}>`;
}

/** A route for each path; the first is the one in use. */
function pathsOf(route: XmlElement, protocol: string, version: 4 | 6): Route[] {
  return route.allAt(`route-path/ipv${version}-rib-edm-path`).map((path, index) => ({
    protocol,
    current_active: index === 0,
    last_active: false,
    age: wholeIn(route, 'route-age', -1),
    next_hop: textIn(path, 'address'),
    outgoing_interface: textIn(path, 'interface-name'),
    selected_next_hop: false,
    // NAPALM takes the priority, not the distance.
    preference: wholeIn(route, 'priority', -1),
    inactive_reason: '',
    routing_table: 'default',
    protocol_attributes: {},
  }));
}
