import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { BgpNeighbors, BgpPeer, BgpPeerDetail } from '../../model/bgp.ts';
import { entryOf } from '../../values/entry.ts';
import { ipOf, ipOrText } from '../reading/addresses.ts';
import { addTo } from '../reading/group.ts';
import { entriesAt, flagAt, isObject, type JsonObject, numberAt, objectAt, textAt, wholeAt } from '../reading/json.ts';
import { unreadable } from '../reading/unreadable.ts';
import { noteNoFrr, vtyshJson } from './vtysh.ts';

const command = 'show bgp vrf all neighbors';

interface Neighbor {
  readonly vrf: string;
  /** An address, or the interface of an unnumbered session. */
  readonly name: string;
  readonly peer: JsonObject;
}

async function neighborsOf(ask: Ask): Promise<Neighbor[]> {
  const answer = await vtyshJson(ask, command);
  if (answer === undefined) {
    noteNoFrr(ask);
    return [];
  }
  if (!isObject(answer)) throw unreadable(command, 'an object of instances', JSON.stringify(answer));
  const warning = textAt(answer, 'warning');
  const instances = entriesAt(answer).filter(([, vrf]) => 'vrfName' in vrf || 'vrfId' in vrf);
  if (instances.length === 0) {
    if (warning === '' && Object.keys(answer).length > 0) {
      throw unreadable(command, 'an object of instances', JSON.stringify(answer));
    }
    ask.note(warning === '' ? 'there is no BGP instance' : warning);
  }
  return instances.flatMap(([vrf, members]) =>
    entriesAt(members)
      .filter(([, peer]) => 'bgpState' in peer)
      .map(([name, peer]) => ({ vrf, name: ipOrText(name), peer })),
  );
}

const instanceName = (vrf: string): string => (vrf === 'default' ? 'global' : vrf);

export const readBgpNeighbors: ReadFacts<'get_bgp_neighbors'> = async (ask) => {
  const neighbors: BgpNeighbors = {};
  for (const { vrf, name, peer } of await neighborsOf(ask)) {
    const instance = entryOf<BgpNeighbors[string]>(neighbors, instanceName(vrf), () => ({
      router_id: textAt(peer, 'localRouterId'),
      peers: {},
    }));
    instance.peers[name] = peerOf(peer);
  }
  return neighbors;
};

/** NAPALM's names of the two families that it knows. */
const familyNames: Readonly<Record<string, string>> = { ipv4Unicast: 'ipv4', ipv6Unicast: 'ipv6' };

function peerOf(peer: JsonObject): BgpPeer {
  const isUp = textAt(peer, 'bgpState') === 'Established';
  const families = entriesAt(peer, 'addressFamilyInfo').map(([name, counters]) => {
    const accepted = wholeAt(counters, 'acceptedPrefixCounter', 0);
    const sent = wholeAt(counters, 'sentPrefixCounter', isUp ? -1 : 0);
    // What a policy refuses is only kept, and counted, with soft reconfiguration.
    return [
      familyNames[name] ?? name,
      { received_prefixes: accepted, accepted_prefixes: accepted, sent_prefixes: sent },
    ] as const;
  });
  return {
    local_as: wholeAt(peer, 'localAs', 0),
    remote_as: wholeAt(peer, 'remoteAs', 0),
    remote_id: textAt(peer, 'remoteRouterId'),
    is_up: isUp,
    is_enabled: !flagAt(peer, 'adminShutDown'),
    description: textAt(peer, 'nbrDesc'),
    uptime: isUp ? Math.trunc(numberAt(peer, 'bgpTimerUpMsec', -1000) / 1000) : -1,
    address_family: Object.fromEntries(families),
  };
}

export const readBgpNeighborsDetail: ReadFacts<'get_bgp_neighbors_detail'> = async (
  ask,
  { neighbor_address: only },
) => {
  const detail: Record<string, Record<string, BgpPeerDetail[]>> = {};
  for (const neighbor of await neighborsOf(ask)) {
    if (only !== '' && neighbor.name !== ipOrText(only)) continue;
    const read = detailOf(neighbor);
    const instance = entryOf<Record<string, BgpPeerDetail[]>>(detail, instanceName(neighbor.vrf), () => ({}));
    addTo(instance, String(read.remote_as), read);
  }
  return detail;
};

function detailOf({ vrf, name, peer }: Neighbor): BgpPeerDetail {
  const families = entriesAt(peer, 'addressFamilyInfo').map(([, of]) => of);
  const total = (counter: string): number => families.reduce((sum, one) => sum + wholeAt(one, counter, 0), 0);
  const policy = (way: string): string => families.map((one) => textAt(one, way)).find((one) => one !== '') ?? '';
  const messages = objectAt(peer, 'messageStats');
  const seconds = (timer: string): number => Math.trunc(numberAt(peer, timer, 0) / 1000);
  const local = ipOf(textAt(peer, 'hostLocal')) ?? '';
  return {
    up: textAt(peer, 'bgpState') === 'Established',
    local_as: wholeAt(peer, 'localAs', 0),
    remote_as: wholeAt(peer, 'remoteAs', 0),
    router_id: textAt(peer, 'remoteRouterId'),
    local_address: local,
    local_address_configured: 'updateSource' in peer,
    local_port: wholeAt(peer, 'portLocal', -1),
    routing_table: vrf,
    remote_address: ipOf(textAt(peer, 'hostForeign')) ?? ipOf(textAt(peer, 'bgpNeighborAddr')) ?? name,
    remote_port: wholeAt(peer, 'portForeign', -1),
    multihop: wholeAt(peer, 'externalBgpNbrMaxHopsAway', 1) > 1,
    multipath: false,
    remove_private_as: families.some((one) => Object.keys(one).some((key) => key.startsWith('privateAsNums'))),
    import_policy: policy('routeMapForIncomingAdvertisements'),
    export_policy: policy('routeMapForOutgoingAdvertisements'),
    input_messages: wholeAt(messages, 'totalRecv', -1),
    output_messages: wholeAt(messages, 'totalSent', -1),
    input_updates: wholeAt(messages, 'updatesRecv', -1),
    output_updates: wholeAt(messages, 'updatesSent', -1),
    messages_queued_out: wholeAt(messages, 'depthOutq', -1),
    connection_state: textAt(peer, 'bgpState'),
    previous_connection_state: '',
    last_event: textAt(peer, 'lastResetDueTo'),
    suppress_4byte_as: false,
    local_as_prepend: !flagAt(peer, 'localAsNoPrepend'),
    holdtime: seconds('bgpTimerHoldTimeMsecs'),
    configured_holdtime: seconds('bgpTimerConfiguredHoldTimeMsecs'),
    keepalive: seconds('bgpTimerKeepAliveIntervalMsecs'),
    configured_keepalive: seconds('bgpTimerConfiguredKeepAliveIntervalMsecs'),
    active_prefix_count: -1,
    received_prefix_count: total('acceptedPrefixCounter'),
    accepted_prefix_count: total('acceptedPrefixCounter'),
    suppressed_prefix_count: -1,
    advertised_prefix_count: total('sentPrefixCounter'),
    flap_count: wholeAt(peer, 'connectionsDropped', 0),
  };
}
