import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { Route } from '../../model/routes.ts';
import { readDuration } from '../../values/duration.ts';
import { type Destination, destinationOf } from '../reading/argument.ts';
import { addTo } from '../reading/group.ts';
import { entriesAt, flagAt, isObject, type JsonObject, listAt, objectAt, textAt, wholeAt } from '../reading/json.ts';
import { unreadable } from '../reading/unreadable.ts';
import { noteNoFrr, vtyshJson, vtyshText } from './vtysh.ts';

/** Other systems' words for what FRR calls otherwise. */
const protocolWords: Readonly<Record<string, string>> = { direct: 'connected' };

export const readRouteTo: ReadFacts<'get_route_to'> = async (ask, { destination, protocol, longer }) => {
  const wanted = destinationOf(destination);
  const only = protocolWords[protocol.toLowerCase()] ?? protocol.toLowerCase();
  const instances = await vrfsOf(ask);
  const routes: Record<string, Route[]> = {};
  if (instances === undefined) {
    noteNoFrr(ask);
    return routes;
  }
  const tables = await Promise.all(instances.map(async (vrf) => await tableOf(ask, vrf, wanted, longer)));
  for (const [index, table] of tables.entries()) {
    const vrf = instances[index]!;
    for (const [prefix, found] of Object.entries(table)) {
      const wantedOnes = found.filter((route) => only === '' || textAt(route, 'protocol') === only);
      const paths = wantedOnes.some(isBgp) ? await pathsOf(ask, vrf, prefix) : { localAs: 0, paths: [] };
      for (const route of wantedOnes) addTo(routes, prefix, ...routesOf(route, vrf, paths));
    }
  }
  if (Object.keys(routes).length === 0) ask.note(`no route to ${wanted.text}`);
  return routes;
};

/** VRFs that are there, the default one first. `vrf RED id 10 table 1001`, or `vrf RED inactive (configured)`. */
async function vrfsOf(ask: Ask): Promise<string[] | undefined> {
  const output = await vtyshText(ask, 'show vrf');
  if (output === undefined) return undefined;
  ask.understood('show vrf');
  const active = [...output.matchAll(/^vrf ([\w.:-]{1,64}) id \d+ /gm)].map(([, name]) => name!);
  return ['default', ...active.filter((name) => name !== 'default')];
}

async function tableOf(
  ask: Ask,
  vrf: string,
  { isV6, text }: Destination,
  longer: boolean,
): Promise<Record<string, JsonObject[]>> {
  const of = vrf === 'default' ? '' : ` vrf ${vrf}`;
  const command = `show ${isV6 ? 'ipv6' : 'ip'} route${of} ${text}${longer ? ' longer-prefixes' : ''}`;
  const answer = await vtyshJson(ask, command);
  if (!isObject(answer)) throw unreadable(command, 'an object of prefixes', JSON.stringify(answer) ?? '');
  const table = Object.keys(answer).map((prefix) => [prefix, listAt(answer, prefix)] as const);
  if (table.some(([, routes]) => routes.length === 0)) {
    throw unreadable(command, 'lists of routes', JSON.stringify(answer));
  }
  return Object.fromEntries(table);
}

const isBgp = (route: JsonObject): boolean => textAt(route, 'protocol') === 'bgp';

interface Paths {
  readonly localAs: number;
  readonly paths: readonly JsonObject[];
}

/** What BGP knows of a prefix: the routing table has none of its attributes, and a prefix none of our own AS. */
async function pathsOf(ask: Ask, vrf: string, prefix: string): Promise<Paths> {
  const family = prefix.includes(':') ? 'ipv6' : 'ipv4';
  const of = vrf === 'default' ? '' : `vrf ${vrf} `;
  const [answer, summary] = await Promise.all([
    vtyshJson(ask, `show bgp ${of}${family} unicast ${prefix}`),
    vtyshJson(ask, `show bgp ${of}summary`),
  ]);
  const [as = 0] = entriesAt(summary).map(([, one]) => wholeAt(one, 'as', 0));
  return { localAs: as, paths: listAt(answer, 'paths') };
}

function routesOf(route: JsonObject, vrf: string, { localAs, paths }: Paths): Route[] {
  const isSelected = flagAt(route, 'selected');
  return listAt(route, 'nexthops').map((hop) => {
    const nextHop = textAt(hop, 'ip');
    const path = paths.find((one) => listAt(one, 'nexthops').some((of) => textAt(of, 'ip') === nextHop));
    return {
      protocol: textAt(route, 'protocol'),
      current_active: isSelected && flagAt(hop, 'active'),
      last_active: isSelected,
      age: readDuration(textAt(route, 'uptime')) ?? -1,
      next_hop: nextHop,
      outgoing_interface: textAt(hop, 'interfaceName'),
      selected_next_hop: flagAt(hop, 'fib'),
      preference: wholeAt(route, 'distance', 0),
      inactive_reason: isSelected ? '' : 'not selected',
      routing_table: vrf,
      protocol_attributes: isBgp(route) && path !== undefined ? attributesOf(path, localAs) : {},
    };
  });
}

function attributesOf(path: JsonObject, localAs: number): Route['protocol_attributes'] {
  const asPath = textAt(objectAt(path, 'aspath'), 'string');
  const peer = objectAt(path, 'peer');
  const [last = '0'] = /\d+$/.exec(asPath) ?? [];
  return {
    as_path: asPath === 'Local' ? '' : asPath,
    remote_as: Number(last),
    local_as: localAs,
    remote_address: textAt(peer, 'peerId'),
    local_preference: wholeAt(path, 'locPrf', wholeAt(path, 'localpref', -1)),
    communities: textAt(objectAt(path, 'community'), 'string').split(' ').filter(Boolean),
    preference2: wholeAt(path, 'weight', 0),
    metric: wholeAt(path, 'metric', wholeAt(path, 'med', 0)),
  };
}
