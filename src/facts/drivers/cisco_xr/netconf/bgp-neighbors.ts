import type { XmlElement } from '#core';
import type { ReadFacts } from '../../../define-facts.ts';
import type { BgpNeighbors, BgpPeer } from '../../../model/bgp.ts';
import { ipOrText } from '../../reading/addresses.ts';
import { asNumberOf } from '../../reading/as-number.ts';
import { textIn, wholeIn } from '../../reading/xml.ts';
import type { IfKnown } from '../either.ts';
import { bgpVrfs, instanceName } from './bgp-peers.ts';

export const readBgpNeighbors: IfKnown<ReadFacts<'get_bgp_neighbors'>> = async (ask) => {
  const vrfs = await bgpVrfs(ask);
  if (vrfs === undefined) return undefined;
  const neighbors: BgpNeighbors = {};
  for (const vrf of vrfs) {
    neighbors[instanceName(vrf)] = {
      router_id: vrf.settings?.valueAt('router-id') ?? '',
      peers: Object.fromEntries(vrf.peers.map((peer) => [ipOrText(textIn(peer, 'neighbor-address')), peerOf(peer)])),
    };
  }
  return neighbors;
};

function peerOf(peer: XmlElement): BgpPeer {
  const isUp = textIn(peer, 'connection-state') === 'bgp-st-estab';
  return {
    local_as: asNumberOf(peer.valueAt('local-as')) ?? 0,
    remote_as: asNumberOf(peer.valueAt('remote-as')) ?? 0,
    remote_id: textIn(peer, 'router-id'),
    is_up: isUp,
    is_enabled: textIn(peer, 'is-administratively-shut-down') !== 'true',
    description: textIn(peer, 'description'),
    uptime: isUp ? wholeIn(peer, 'connection-established-time', -1) : -1,
    address_family: familiesOf(peer),
  };
}

function familiesOf(peer: XmlElement): BgpPeer['address_family'] {
  const families: BgpPeer['address_family'] = {};
  for (const data of peer.all('af-data')) {
    const accepted = wholeIn(data, 'prefixes-accepted', 0);
    families[textIn(data, 'af-name')] = {
      received_prefixes: accepted + wholeIn(data, 'prefixes-denied', 0),
      accepted_prefixes: accepted,
      sent_prefixes: wholeIn(data, 'prefixes-advertised', 0),
    };
  }
  return families;
}
