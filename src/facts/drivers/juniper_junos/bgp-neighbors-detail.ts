import type { XmlElement } from '#core';
import type { ReadFacts } from '../../define-facts.ts';
import type { BgpPeerDetail } from '../../model/bgp.ts';
import { entryOf } from '../../values/entry.ts';
import { ipOrText } from '../reading/addresses.ts';
import { asNumberOf } from '../reading/as-number.ts';
import { addTo } from '../reading/group.ts';
import { textIn, wholeIn } from '../reading/xml.ts';
import { endpointOf, instanceName, neighborsOf, routingInstances } from './bgp-peers.ts';

export const readBgpNeighborsDetail: ReadFacts<'get_bgp_neighbors_detail'> = async (
  ask,
  { neighbor_address: only },
) => {
  const instances = await routingInstances(ask);
  const found = await Promise.all(instances.map(async (instance) => await neighborsOf(ask, instance)));
  const detail: Record<string, Record<string, BgpPeerDetail[]>> = {};
  for (const [index, neighbors] of found.entries()) {
    const name = instanceName(instances[index]!);
    for (const neighbor of neighbors) {
      const peer = peerOf(neighbor, name);
      if (only !== '' && peer.remote_address !== ipOrText(only)) continue;
      addTo(
        entryOf(detail, name, () => ({})),
        String(peer.remote_as),
        peer,
      );
    }
  }
  return detail;
};

function peerOf(peer: XmlElement, instance: string): BgpPeerDetail {
  const local = endpointOf(peer, 'local-address');
  const remote = endpointOf(peer, 'peer-address');
  const state = textIn(peer, 'peer-state');
  const remoteAs = asNumberOf(peer.valueAt('peer-as')) ?? 0;
  const fourByteAs = asNumberOf(peer.valueAt('peer-4byte-as-capability-advertised'));
  const options = new Set(textIn(peer, 'bgp-option-information/bgp-options').split(/\s+/));
  const ribs = peer.all('bgp-rib');
  const total = (name: string): number =>
    ribs.length === 0 ? -1 : ribs.reduce((sum, rib) => sum + wholeIn(rib, name, 0), 0);
  return {
    up: state === 'Established',
    local_as: asNumberOf(peer.valueAt('local-as')) ?? 0,
    remote_as: remoteAs,
    router_id: textIn(peer, 'peer-id'),
    local_address: local.ip,
    local_port: local.port,
    routing_table: instance,
    // NAPALM takes this from the option of a configured address family, not from `LocalAddress`.
    local_address_configured: options.has('AddressFamily'),
    remote_address: remote.ip,
    remote_port: remote.port,
    multihop: options.has('Multihop'),
    multipath: options.has('Multipath'),
    remove_private_as: options.has('RemovePrivateAS'),
    import_policy: textIn(peer, 'bgp-option-information/import-policy'),
    export_policy: textIn(peer, 'bgp-option-information/export-policy'),
    input_messages: wholeIn(peer, 'input-messages', -1),
    output_messages: wholeIn(peer, 'output-messages', -1),
    input_updates: wholeIn(peer, 'input-updates', -1),
    output_updates: wholeIn(peer, 'output-updates', -1),
    messages_queued_out: peer.all('bgp-output-queue').reduce((sum, queue) => sum + wholeIn(queue, 'count', 0), 0),
    connection_state: state,
    previous_connection_state: textIn(peer, 'last-state'),
    last_event: textIn(peer, 'last-event'),
    suppress_4byte_as: fourByteAs !== undefined && fourByteAs !== remoteAs,
    local_as_prepend: peer.child('peer-addpath-not-supported') !== undefined,
    holdtime: wholeIn(peer, 'active-holdtime', 0),
    configured_holdtime: wholeIn(peer, 'bgp-option-information/holdtime', 0),
    keepalive: wholeIn(peer, 'keepalive-interval', 0),
    configured_keepalive: wholeIn(peer, 'keepalive-interval', 0),
    active_prefix_count: total('active-prefix-count'),
    received_prefix_count: total('received-prefix-count'),
    accepted_prefix_count: total('accepted-prefix-count'),
    suppressed_prefix_count: total('suppressed-prefix-count'),
    advertised_prefix_count: total('advertised-prefix-count'),
    flap_count: wholeIn(peer, 'flap-count', 0),
  };
}
