import Type, { type Static } from 'typebox';
import { by, count, exactly, flag, text } from './shape.ts';

const asn = Type.Integer({ minimum: 0, maximum: 4294967295, description: '0 where the device does not say' });

export const BgpPeer = exactly({
  local_as: asn,
  remote_as: asn,
  remote_id: text('router id; empty or 0.0.0.0 while it is not known'),
  is_up: flag(),
  is_enabled: flag(),
  description: text(),
  uptime: count('seconds; -1 while down'),
  address_family: by(
    'address family',
    exactly({ sent_prefixes: count('-1 unknown'), accepted_prefixes: count(), received_prefixes: count() }),
  ),
});
export type BgpPeer = Static<typeof BgpPeer>;
export const BgpNeighbors = by('instance', exactly({ router_id: text(), peers: by('address', BgpPeer) }));
export type BgpNeighbors = Static<typeof BgpNeighbors>;

export const BgpPeerDetail = exactly({
  up: flag(),
  local_as: asn,
  remote_as: asn,
  router_id: text(),
  local_address: text(),
  routing_table: text(),
  local_address_configured: flag(),
  local_port: count(),
  remote_address: text(),
  remote_port: count(),
  multihop: flag(),
  multipath: flag(),
  remove_private_as: flag(),
  import_policy: text(),
  export_policy: text(),
  input_messages: count(),
  output_messages: count(),
  input_updates: count(),
  output_updates: count(),
  messages_queued_out: count(),
  connection_state: text(),
  previous_connection_state: text(),
  last_event: text(),
  suppress_4byte_as: flag(),
  local_as_prepend: flag(),
  holdtime: count('seconds'),
  configured_holdtime: count('seconds'),
  keepalive: count('seconds'),
  configured_keepalive: count('seconds'),
  active_prefix_count: count(),
  received_prefix_count: count(),
  accepted_prefix_count: count(),
  suppressed_prefix_count: count(),
  advertised_prefix_count: count(),
  flap_count: count(),
});
export type BgpPeerDetail = Static<typeof BgpPeerDetail>;
export const BgpNeighborsDetail = by('instance', by('AS of the peers', Type.Array(BgpPeerDetail)));
export type BgpNeighborsDetail = Static<typeof BgpNeighborsDetail>;

export const PrefixLimit = by(
  'inet or inet6',
  by(
    'unicast, multicast, flow',
    exactly({
      limit: count(),
      teardown: Type.Optional(exactly({ threshold: count('percent'), timeout: count('minutes') })),
    }),
  ),
);
export type PrefixLimit = Static<typeof PrefixLimit>;

export const BgpConfigNeighbor = exactly({
  description: text(),
  import_policy: text(),
  export_policy: text(),
  local_address: text(),
  authentication_key: text('as the configuration has it'),
  nhs: flag('next-hop-self'),
  route_reflector_client: flag(),
  local_as: asn,
  remote_as: asn,
  prefix_limit: PrefixLimit,
});
export type BgpConfigNeighbor = Static<typeof BgpConfigNeighbor>;
export const BgpConfigGroup = exactly({
  type: text('internal, external, or empty'),
  description: text(),
  apply_groups: Type.Array(Type.String()),
  multihop_ttl: count(),
  multipath: flag(),
  local_address: text(),
  local_as: asn,
  remote_as: asn,
  import_policy: text(),
  export_policy: text(),
  remove_private_as: flag(),
  prefix_limit: PrefixLimit,
  neighbors: by('address', BgpConfigNeighbor),
});
export type BgpConfigGroup = Static<typeof BgpConfigGroup>;
/** Neighbours without a group stand under `_`. */
export const BgpConfig = by('group', BgpConfigGroup);
export type BgpConfig = Static<typeof BgpConfig>;
