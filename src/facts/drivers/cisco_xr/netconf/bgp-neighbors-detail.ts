import type { XmlElement } from '#core';
import type { ReadFacts } from '../../../define-facts.ts';
import type { BgpPeerDetail } from '../../../model/bgp.ts';
import { entryOf } from '../../../values/entry.ts';
import { ipOrText } from '../../reading/addresses.ts';
import { asNumberOf } from '../../reading/as-number.ts';
import { addTo } from '../../reading/group.ts';
import { textIn, wholeIn } from '../../reading/xml.ts';
import type { IfKnown } from '../either.ts';
import { addressAt, type BgpVrf, bgpVrfs, instanceName } from './bgp-peers.ts';

export const readBgpNeighborsDetail: IfKnown<ReadFacts<'get_bgp_neighbors_detail'>> = async (
  ask,
  { neighbor_address: only },
) => {
  const vrfs = await bgpVrfs(ask);
  if (vrfs === undefined) return undefined;
  const detail: Record<string, Record<string, BgpPeerDetail[]>> = {};
  for (const vrf of vrfs) {
    const instance = entryOf<Record<string, BgpPeerDetail[]>>(detail, instanceName(vrf), () => ({}));
    for (const peer of vrf.peers) {
      if (only !== '' && ipOrText(textIn(peer, 'neighbor-address')) !== ipOrText(only)) continue;
      const read = peerOf(peer, vrf);
      addTo(instance, String(read.remote_as), read);
    }
  }
  return detail;
};

/** The states by the numbers in which the model gives the last one. */
const formerStates = ['Unknown', 'Idle', 'Connect', 'OpenSent', 'OpenConfirm', 'Active', 'Established'];
const states: Readonly<Record<string, string>> = {
  'bgp-st-idle': 'Idle',
  'bgp-st-active': 'Active',
  'bgp-st-connect': 'Connect',
  'bgp-st-opensent': 'OpenSent',
  'bgp-st-open-sent': 'OpenSent',
  'bgp-st-openconfirm': 'OpenConfirm',
  'bgp-st-open-confirm': 'OpenConfirm',
  'bgp-st-estab': 'Established',
};

function peerOf(peer: XmlElement, { name, settings }: BgpVrf): BgpPeerDetail {
  const state = textIn(peer, 'connection-state');
  const families = peer.all('af-data');
  const total = (count: string): number => families.reduce((sum, one) => sum + wholeIn(one, count, 0), 0);
  const isTrue = (path: string): boolean => textIn(peer, path) === 'true';
  const timer = (own: string): number =>
    wholeIn(peer, own, 0) || (settings === undefined ? 0 : wholeIn(settings, own, 0));
  const policy = (way: string): string => families.map((one) => textIn(one, way)).find((one) => one !== '') ?? '';
  return {
    up: state === 'bgp-st-estab',
    local_as: asNumberOf(peer.valueAt('local-as')) ?? 0,
    remote_as: asNumberOf(peer.valueAt('remote-as')) ?? 0,
    router_id: ipOrText(textIn(peer, 'router-id')),
    local_address: addressAt(peer, 'connection-local-address'),
    local_address_configured: isTrue('is-local-address-configured'),
    local_port: wholeIn(peer, 'connection-local-port', -1),
    routing_table: name,
    remote_address: addressAt(peer, 'connection-remote-address'),
    remote_port: wholeIn(peer, 'connection-remote-port', -1),
    multihop: isTrue('is-external-neighbor-not-directly-connected'),
    multipath: families.some((one) => textIn(one, 'selective-multipath-eligible') === 'true'),
    remove_private_as: families.some((one) => textIn(one, 'remove-private-as-from-updates') === 'true'),
    import_policy: policy('route-policy-in'),
    export_policy: policy('route-policy-out'),
    input_messages: wholeIn(peer, 'messages-received', 0),
    output_messages: wholeIn(peer, 'messages-sent', 0),
    input_updates: wholeIn(peer, 'update-messages-in', 0),
    output_updates: wholeIn(peer, 'update-messages-out', 0),
    messages_queued_out: wholeIn(peer, 'messages-queued-out', 0),
    connection_state: states[state] ?? state.replace('bgp-st-', ''),
    previous_connection_state: formerStates[wholeIn(peer, 'previous-connection-state', 0)] ?? 'Unknown',
    last_event: '',
    suppress_4byte_as: isTrue('suppress4-byte-as'),
    local_as_prepend: !isTrue('local-as-no-prepend'),
    holdtime: timer('hold-time'),
    configured_holdtime: wholeIn(peer, 'configured-hold-time', 0),
    keepalive: timer('keep-alive-time'),
    configured_keepalive: wholeIn(peer, 'configured-keepalive', 0),
    active_prefix_count: total('number-of-bestpaths'),
    received_prefix_count: total('prefixes-accepted') + total('prefixes-denied'),
    accepted_prefix_count: total('prefixes-accepted'),
    suppressed_prefix_count: total('prefixes-denied'),
    advertised_prefix_count: total('prefixes-advertised'),
    flap_count: wholeIn(peer, 'connection-down-count', 0),
  };
}
