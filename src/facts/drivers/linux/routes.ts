import type { ReadFacts } from '../../define-facts.ts';
import type { NetworkInstances, Route } from '../../model/routes.ts';
import { destinationOf } from '../reading/argument.ts';
import { addTo } from '../reading/group.ts';
import { type JsonObject, listAt, objectAt, textAt, wholeAt } from '../reading/json.ts';
import { shellRows } from './shell-json.ts';

/** Other systems' words for what the kernel calls otherwise. */
const protocolWords: Readonly<Record<string, string>> = { direct: 'kernel', connected: 'kernel' };

/** Routes of all tables but the local one. For an address the most specific of each table counts. */
export const readRouteTo: ReadFacts<'get_route_to'> = async (ask, { destination, protocol, longer }) => {
  const { isV6, isPrefix, text } = destinationOf(destination);
  const how = longer ? 'root' : isPrefix ? 'exact' : 'match';
  const rows = await shellRows(ask, `ip -j -d ${isV6 ? '-6' : '-4'} route show table all ${how} ${text}`);
  const lower = protocol.toLowerCase();
  const only = protocolWords[lower] ?? lower;
  const routes: Record<string, Route[]> = {};
  const usable = rows.filter((row) => textAt(row, 'table') !== 'local' && textAt(row, 'type', 'unicast') === 'unicast');
  const longest = new Map<string, number>();
  for (const row of usable) {
    const table = textAt(row, 'table', 'main');
    longest.set(table, Math.max(longest.get(table) ?? 0, lengthOf(row, isV6)));
  }
  for (const row of usable) {
    const table = textAt(row, 'table', 'main');
    if (how === 'match' && lengthOf(row, isV6) < longest.get(table)!) continue;
    if (only === '' || textAt(row, 'protocol') === only) addTo(routes, prefixOf(row, isV6), ...routesOf(row, table));
  }
  if (Object.keys(routes).length === 0) ask.note(`no route to ${text}`);
  return routes;
};

const prefixOf = (row: JsonObject, isV6: boolean): string => {
  const text = textAt(row, 'dst');
  if (text === 'default') return isV6 ? '::/0' : '0.0.0.0/0';
  return text.includes('/') ? text : `${text}/${isV6 ? 128 : 32}`;
};

const lengthOf = (row: JsonObject, isV6: boolean): number => Number(prefixOf(row, isV6).split('/')[1]);

/** A route for each of several next hops. */
function routesOf(row: JsonObject, table: string): Route[] {
  const hops = listAt(row, 'nexthops');
  return (hops.length === 0 ? [row] : hops).map((hop) => ({
    protocol: textAt(row, 'protocol'),
    current_active: true,
    last_active: true,
    age: -1,
    next_hop: textAt(hop, 'gateway') || textAt(objectAt(hop, 'via'), 'host'),
    outgoing_interface: textAt(hop, 'dev'),
    selected_next_hop: true,
    // The kernel has metrics in place of distances.
    preference: wholeAt(row, 'metric', 0),
    inactive_reason: '',
    routing_table: table,
    protocol_attributes: {},
  }));
}

export const readNetworkInstances: ReadFacts<'get_network_instances'> = async (ask, { name: only }) => {
  const links = await shellRows(ask, 'ip -j -d link');
  const kindOf = (link: JsonObject): string => textAt(objectAt(link, 'linkinfo'), 'info_kind');
  const vrfs = new Set(links.filter((link) => kindOf(link) === 'vrf').map((link) => textAt(link, 'ifname')));
  const instances: NetworkInstances = {};
  for (const name of ['default', ...vrfs]) {
    if (only !== '' && name !== only) continue;
    const members = links
      .filter((link) => (vrfs.has(textAt(link, 'master')) ? textAt(link, 'master') : 'default') === name)
      .map((link) => textAt(link, 'ifname'))
      .filter((member) => !vrfs.has(member));
    instances[name] = {
      name,
      type: name === 'default' ? 'DEFAULT_INSTANCE' : 'L3VRF',
      state: { route_distinguisher: '' },
      interfaces: { interface: Object.fromEntries(members.map((member) => [member, {}])) },
    };
  }
  return instances;
};
