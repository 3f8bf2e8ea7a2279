import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { Route } from '../../model/routes.ts';
import { ipOf, prefixOf } from '../reading/addresses.ts';
import { type Destination, destinationOf } from '../reading/argument.ts';
import { asnOf } from '../reading/as-number.ts';
import { addTo } from '../reading/group.ts';
import { type Item, itemsOf } from './items.ts';

const letters: Readonly<Record<string, string>> = {
  c: 'connected',
  s: 'static',
  r: 'rip',
  b: 'bgp',
  o: 'ospf',
  i: 'isis',
  d: 'dhcp',
  v: 'vpn',
  m: 'modem',
};

/** `/routing route` of RouterOS 7 tells everything; 6 has `/ip route` and `/ipv6 route`. */
export const getRouteTo: ReadFacts<'get_route_to'> = async (ask, { destination, protocol, longer }) => {
  const wanted = destinationOf(destination);
  const only = protocol.toLowerCase() === 'direct' ? 'connected' : protocol.toLowerCase();
  const routes: Record<string, Route[]> = {};
  for (const item of await tableOf(ask, wanted, longer)) {
    const prefix = prefixOf(item.fields.get('dst-address') ?? '');
    const route = routeOf(item);
    if (prefix === undefined || (only !== '' && route.protocol !== only)) continue;
    addTo(routes, `${prefix.address}/${prefix.length}`, route);
  }
  if (Object.keys(routes).length === 0) ask.note(`no route to ${wanted.text}`);
  return routes;
};

async function tableOf(ask: Ask, { text, isPrefix, isV6 }: Destination, longer: boolean): Promise<Item[]> {
  const where = longer ? `dst-address in ${text}` : isPrefix ? `dst-address=${text}` : `${text} in dst-address`;
  const all = await itemsOf(ask, `/routing route where ${where}`, { optional: true });
  return all ?? (await itemsOf(ask, `/${isV6 ? 'ipv6' : 'ip'} route where ${where}`));
}

function routeOf({ flags, fields }: Item): Route {
  const field = (...names: readonly string[]): string => names.map((name) => fields.get(name)).find(Boolean) ?? '';
  const isActive = flags.includes('A');
  const protocol = protocolIn(flags);
  const [gateway = '', via] = field('immediate-gw', 'gateway').split('%');
  // In 6 the status names the interface: `192.0.2.1 reachable via  ether1`.
  const port = via ?? / via {1,2}(\S{1,64})/.exec(field('gateway-status'))?.[1] ?? (ipOf(gateway) ? '' : gateway);
  const asPath = field('bgp.as-path', 'bgp-as-path').replaceAll(',', ' ');
  return {
    protocol,
    current_active: isActive,
    last_active: isActive,
    age: -1,
    next_hop: ipOf(field('gateway').split('%')[0] ?? '') ?? '',
    outgoing_interface: port,
    selected_next_hop: isActive,
    preference: wholeOf(field('distance')),
    inactive_reason: isActive ? '' : flags.includes('X') ? 'disabled' : 'not active',
    routing_table: field('routing-table', 'routing-mark') || 'main',
    protocol_attributes:
      protocol === 'bgp'
        ? {
            as_path: asPath,
            remote_as: asnOf(asPath.split(' ')[0]),
            remote_address: ipOf(field('received-from', 'gateway').split('%')[0] ?? '') ?? '',
            local_preference: wholeOf(field('bgp.local-pref', 'bgp-local-pref')),
            communities: field('bgp.communities', 'bgp-communities').split(',').filter(Boolean),
            metric: wholeOf(field('bgp.med', 'bgp-med')),
          }
        : {},
  };
}

/** `DAb`, `ADC`: in 6 the letters of connected and static routes are capitals. */
function protocolIn(flags: string): string {
  const letter = flags.replaceAll(/[DAXIHUFP+]/g, '').at(0) ?? '';
  return letters[letter.toLowerCase()] ?? '';
}

const wholeOf = (text: string): number => Number(/^\d{1,10}$/.exec(text)?.[0] ?? -1);
