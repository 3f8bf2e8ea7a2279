import type { XmlElement } from '#core';
import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { BgpNeighbors, BgpPeer } from '../../model/bgp.ts';
import { asNumberOf } from '../reading/as-number.ts';
import { secondsIn, textIn, wholeIn } from '../reading/xml.ts';
import { endpointOf, instanceName, neighborsOf, routingInstances, summaryOf } from './bgp-peers.ts';

export const readBgpNeighbors: ReadFacts<'get_bgp_neighbors'> = async (ask) => {
  const neighbors: BgpNeighbors = {};
  const found = await Promise.all((await routingInstances(ask)).map(async (one) => await peersOf(ask, one)));
  for (const { instance, routerId, peers } of found) {
    if (Object.keys(peers).length > 0) neighbors[instanceName(instance)] = { router_id: routerId, peers };
  }
  return neighbors;
};

async function peersOf(ask: Ask, instance: string) {
  const [neighbors, summary] = await Promise.all([neighborsOf(ask, instance), summaryOf(ask, instance)]);
  const ages = new Map(summary.map((peer) => [endpointOf(peer, 'peer-address').ip, secondsIn(peer, 'elapsed-time')]));
  const peers: Record<string, BgpPeer> = {};
  for (const neighbor of neighbors) {
    const { ip } = endpointOf(neighbor, 'peer-address');
    peers[ip] = peerOf(neighbor, instance, ages.get(ip) ?? -1);
  }
  const routerId = neighbors.map((neighbor) => textIn(neighbor, 'local-id')).find((id) => id !== '') ?? '';
  return { instance, routerId, peers };
}

function peerOf(neighbor: XmlElement, instance: string, uptime: number): BgpPeer {
  const state = textIn(neighbor, 'peer-state');
  const flags = textIn(neighbor, 'peer-flags');
  return {
    local_as: asNumberOf(neighbor.valueAt('local-as')) ?? 0,
    remote_as: asNumberOf(neighbor.valueAt('peer-as')) ?? 0,
    remote_id: textIn(neighbor, 'peer-id'),
    is_up: state === 'Established',
    // A peer that idles and gives no reason, as an error of its interface, was told to.
    is_enabled: !(state === 'Idle' && (flags === '' || /shutdown/i.test(flags))),
    description: textIn(neighbor, 'description'),
    uptime,
    address_family: familiesOf(neighbor, instance),
  };
}

const families: Readonly<Record<string, string>> = {
  inet: 'ipv4',
  inet6: 'ipv6',
  inetflow: 'flow',
  'bgp.evpn': 'evpn',
};

/** `inet.0` in the main instance, `frontend.inet.0` in another. */
function familyOf(table: string, instance: string): string | undefined {
  const parts = table.split('.');
  const family = instance === 'master' ? parts.slice(0, -1).join('.') : (parts.at(-2) ?? '');
  return families[family];
}

function familiesOf(neighbor: XmlElement, instance: string): BgpPeer['address_family'] {
  const unknown = { received_prefixes: -1, accepted_prefixes: -1, sent_prefixes: -1 };
  const counts: BgpPeer['address_family'] = { ipv4: unknown, ipv6: unknown };
  for (const rib of neighbor.all('bgp-rib')) {
    const family = familyOf(textIn(rib, 'name'), instance);
    if (family === undefined) continue;
    counts[family] = {
      received_prefixes: wholeIn(rib, 'received-prefix-count', 0),
      accepted_prefixes: wholeIn(rib, 'accepted-prefix-count', 0),
      // Until the table is in sync, Junos counts nothing that it sends.
      sent_prefixes: wholeIn(rib, 'advertised-prefix-count', 0),
    };
  }
  return counts;
}
