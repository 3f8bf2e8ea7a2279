import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { BgpNeighbors, BgpPeer } from '../../model/bgp.ts';
import { readDuration } from '../../values/duration.ts';
import { entryOf } from '../../values/entry.ts';
import { ipOf } from '../reading/addresses.ts';
import { asnOf } from '../reading/as-number.ts';
import { type Item, itemsIn, itemsOf } from './items.ts';

type Instances = Record<string, { router_id: string; peers: Record<string, BgpPeer> }>;

const status = '/routing bgp peer print status without-paging';

/** Sessions and connections of RouterOS 7, peers of 6. Neither tells how many prefixes are sent or accepted. */
export const getBgpNeighbors: ReadFacts<'get_bgp_neighbors'> = async (ask) => {
  const sessions = await itemsOf(ask, '/routing bgp session', { optional: true });
  const instances = sessions === undefined ? await peersOf(ask) : await sessionsOf(ask, sessions);
  if (Object.keys(instances).length === 0) ask.note('BGP has no peers');
  return instances;
};

/** A connection that is not established has no session; one that listens for a whole network is no peer. */
async function sessionsOf(ask: Ask, sessions: readonly Item[]): Promise<BgpNeighbors> {
  const instances: Instances = {};
  const connections = (await itemsOf(ask, '/routing bgp connection', { optional: true })) ?? [];
  const routerId = sessions.map(({ fields }) => fields.get('local.id')).find(Boolean) ?? '';
  for (const item of connections) {
    const text = item.fields.get('remote.address') ?? '';
    const address = ipOf(text.replace(/\/(?:32|128)$/, ''));
    if (address === undefined) continue;
    add(instances, item.fields.get('vrf'), routerId, address, {
      ...peerOf(item),
      remote_as: asnOf(item.fields.get('remote.as')),
      local_as: asnOf(item.fields.get('local.as') ?? item.fields.get('as')),
    });
  }
  for (const item of sessions) {
    const { fields, flags } = item;
    const address = ipOf(fields.get('remote.address') ?? '');
    if (address === undefined) continue;
    const configured = Object.values(instances).find(({ peers }) => Object.hasOwn(peers, address))?.peers[address];
    const peer = {
      ...peerOf(item),
      ...(configured !== undefined && { description: configured.description, is_enabled: configured.is_enabled }),
      is_up: flags.includes('E'),
      remote_as: asnOf(fields.get('remote.as')),
      local_as: asnOf(fields.get('local.as')),
      remote_id: fields.get('remote.id') ?? '',
    };
    if (configured === undefined) add(instances, fields.get('vrf'), routerId, address, peer);
    else Object.assign(configured, peer);
  }
  return instances;
}

async function peersOf(ask: Ask): Promise<BgpNeighbors> {
  const [output, settings] = await Promise.all([
    ask.text(status),
    itemsOf(ask, '/routing bgp instance', { optional: true }),
  ]);
  const byName = new Map((settings ?? []).map(({ fields }) => [fields.get('name') ?? '', fields]));
  const instances: Instances = {};
  for (const item of itemsIn(ask, status, output)) {
    const { fields, flags } = item;
    const address = ipOf(fields.get('remote-address') ?? '');
    if (address === undefined) continue;
    const instance = byName.get(fields.get('instance') ?? 'default');
    add(instances, instance?.get('routing-table'), instance?.get('router-id') ?? '', address, {
      ...peerOf(item),
      is_up: flags.includes('E'),
      local_as: asnOf(instance?.get('as')),
      remote_as: asnOf(fields.get('remote-as')),
      remote_id: fields.get('remote-id') ?? '',
    });
  }
  return instances;
}

function add(instances: Instances, vrf: string | undefined, routerId: string, address: string, peer: BgpPeer): void {
  const name = vrf === undefined || vrf === '' || vrf === 'main' ? 'global' : vrf;
  entryOf(instances, name, () => ({ router_id: routerId, peers: {} as Record<string, BgpPeer> })).peers[address] = peer;
}

function peerOf({ flags, comment, fields }: Item): BgpPeer {
  const told = fields.get('address-families') ?? fields.get('afi') ?? fields.get('remote.afi') ?? 'ip';
  const isUp = flags.includes('E');
  const received = Number(/^\d{1,9}$/.exec(fields.get('prefix-count') ?? '')?.[0] ?? -1);
  const families = told.split(',').map((name) => (name === 'ip' ? 'ipv4' : name));
  return {
    local_as: 0,
    remote_as: 0,
    remote_id: '',
    is_up: false,
    is_enabled: !flags.includes('X') && fields.get('disabled') !== 'yes',
    description: comment,
    // `4s70ms`: the part of a second counts for nothing.
    uptime: isUp ? (readDuration((fields.get('uptime') ?? '').replace(/\d{1,3}ms$/, '') || '0s') ?? -1) : -1,
    address_family: Object.fromEntries(
      families.map((family) => [
        family,
        // One count for all families says nothing of one.
        { sent_prefixes: -1, accepted_prefixes: -1, received_prefixes: families.length === 1 ? received : -1 },
      ]),
    ),
  };
}
