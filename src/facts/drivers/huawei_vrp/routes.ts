import type { Ask } from '../../ask.ts';
import type { Route, RoutesTo } from '../../model/routes.ts';
import { readDuration } from '../../values/duration.ts';
import { ipOrText, prefixOf } from '../reading/addresses.ts';
import type { Destination } from '../reading/argument.ts';
import { blocksIn } from '../reading/blocks.ts';
import { addTo } from '../reading/group.ts';
import { once } from '../reading/once.ts';
import { pairsIn } from '../reading/pairs.ts';
import type { BgpPath } from './bgp-paths.ts';

export interface RouteQuestion {
  readonly wanted: Destination;
  /** Only of this protocol; empty for all. */
  readonly protocol: string;
  /** The command that tells the routes of an instance, `` being the public one. */
  readonly question: (vrf: string) => string;
  readonly paths: (vrf: string, prefix: string) => Promise<readonly BgpPath[]>;
}

const instances = 'display ip vpn-instance';
const firstLine = /^ *Destination *: *(\S{2,60})/;
const furniture = /^\s*(?:Route Flags:|-{10,}|Routing Tables? ?:|Destinations ?: \d|Summary count ?:|\(M\)|_public_)/i;

/** What `display ip routing-table … verbose` prints, of VRP and of Comware alike: their fields have the same names. */
export async function routesToOf(ask: Ask, { wanted, protocol, question, paths }: RouteQuestion): Promise<RoutesTo> {
  const routes: Record<string, Route[]> = {};
  for (const vrf of await instancesOf(ask)) {
    const command = question(vrf);
    const asked = new Map<string, Promise<readonly BgpPath[]>>();
    const options = { isAnswer: /not exist|no (?:such )?route/i, timeoutMs: 120_000 };
    const output =
      vrf === '' ? await ask.text(command, options) : await ask.text(command, { ...options, optional: true });
    for (const { head, name, lines } of blocksIn(ask, command, output ?? '', firstLine, furniture)) {
      const fields = pairsIn([head.input, ...lines]);
      const prefix = prefixOf(name.includes('/') ? name : `${name}/${fields.get('prefixlength') ?? ''}`);
      if (prefix === undefined) {
        ask.warn({ command, line: name, reason: 'no prefix' });
        continue;
      }
      const key = `${prefix.address}/${prefix.length}`;
      const route = routeOf(fields, vrf);
      if (!isWanted(route.protocol, protocol)) continue;
      const known = route.protocol === 'bgp' ? await once(asked, key, async () => await paths(vrf, key)) : [];
      const path =
        known.find(({ nextHop }) => nextHop === route.next_hop) ?? (known.length === 1 ? known[0] : undefined);
      addTo(routes, key, { ...route, protocol_attributes: path?.attributes ?? {} });
    }
  }
  if (Object.keys(routes).length === 0) ask.note(`no route to ${wanted.text}`);
  return routes;
}

function routeOf(fields: ReadonlyMap<string, string>, vrf: string): Route {
  const field = (...names: readonly string[]): string => names.map((name) => fields.get(name)).find(Boolean) ?? '';
  const state = field('state');
  const isActive = /^Active\b/i.test(state);
  return {
    protocol: protocolOf(field('protocol')),
    current_active: isActive,
    last_active: isActive,
    age: readDuration(field('age')) ?? -1,
    next_hop: ipOrText(field('nexthop', 'orignexthop')),
    outgoing_interface: field('interface'),
    selected_next_hop: isActive,
    preference: Number(/^\d{1,5}$/.exec(field('preference'))?.[0] ?? -1),
    inactive_reason: isActive ? '' : state,
    routing_table: vrf === '' ? 'default' : vrf,
    protocol_attributes: {},
  };
}

/** `EBGP`, `O_ASE2`, `ISIS-L1`, `Direct` in the words of the other systems. */
function protocolOf(told: string): string {
  const word = told.toLowerCase();
  if (word.endsWith('bgp') || word.startsWith('bgp')) return 'bgp';
  if (word.startsWith('o_') || word.startsWith('ospf')) return 'ospf';
  if (word.startsWith('isis') || word.startsWith('is_')) return 'isis';
  return word === 'direct' ? 'connected' : word;
}

const isWanted = (protocol: string, wanted: string): boolean =>
  wanted === '' || protocol === protocolOf(wanted.toLowerCase());

/** The public instance, then those that have a name. */
export async function instancesOf(ask: Ask): Promise<string[]> {
  const output = (await ask.text(instances, { optional: true })) ?? '';
  ask.understood(instances);
  const names = output
    .split('\n')
    .map((line) => /^ +([\w.:-]{1,63}) {2,80}(?:\d[\w.]{0,15}:\d{1,10}|IPv[46]\b|-)/i.exec(line.slice(0, 300))?.[1])
    .filter((name) => name !== undefined);
  return ['', ...new Set(names)];
}
