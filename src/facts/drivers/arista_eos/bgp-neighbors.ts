import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { BgpNeighbors, BgpPeer } from '../../model/bgp.ts';
import { entryOf } from '../../values/entry.ts';
import { ipOrText } from '../reading/addresses.ts';
import { asNumberOf } from '../reading/as-number.ts';
import { entriesAt, type JsonObject, listAt, numberAt, objectAt, sectionOf, textAt, wholeAt } from '../reading/json.ts';

const families = [
  { family: 'ipv4', summary: 'show ip bgp summary vrf all', peers: 'show ip bgp neighbors vrf all' },
  { family: 'ipv6', summary: 'show ipv6 bgp summary vrf all', peers: 'show ipv6 bgp peers vrf all' },
] as const;

export const readBgpNeighbors: ReadFacts<'get_bgp_neighbors'> = async (ask) => {
  const answers = await Promise.all(
    families.map(async ({ summary, peers }) => ({
      summary: await ask.json(summary, { optional: true }),
      peers: await ask.json(peers, { optional: true }),
    })),
  );
  const neighbors: BgpNeighbors = {};
  // A peer of one address family may carry the prefixes of the other, so both tables are read before the peers.
  for (const [index, { summary, peers }] of answers.entries()) {
    if (summary === undefined) continue;
    for (const [vrf, one] of entriesAt(sectionOf(summary, families[index]!.summary, 'vrfs'))) {
      const instance = vrf === 'default' ? 'global' : vrf;
      const vrfPeers = neighbors[instance]?.peers ?? {};
      neighbors[instance] = { router_id: neighbors[instance]?.router_id || textAt(one, 'routerId'), peers: vrfPeers };
      const details = new Map(
        listAt(peers, 'vrfs', vrf, 'peerList').map((peer) => [ipOrText(textAt(peer, 'peerAddress')), peer]),
      );
      for (const [address, row] of entriesAt(one, 'peers')) {
        const name = ipOrText(address);
        const detail = details.get(name) ?? {};
        const peer = entryOf(vrfPeers, name, () => peerOf(one, row, detail, ask.nowMs));
        peer.address_family[families[index]!.family] = {
          received_prefixes: wholeAt(row, 'prefixReceived', 0),
          accepted_prefixes: wholeAt(row, 'prefixAccepted', 0),
          sent_prefixes: wholeAt(detail, index === 0 ? 'prefixesSent' : 'v6PrefixesSent', 0),
        };
      }
    }
  }
  if (answers.every(({ summary }) => summary === undefined)) noteInactive(ask);
  return neighbors;
};

function peerOf(vrf: JsonObject, row: JsonObject, detail: JsonObject, nowMs: number): BgpPeer {
  const isUp = textAt(row, 'peerState') === 'Established';
  const since = numberAt(row, 'upDownTime', -1);
  const age = since < 0 ? -1 : Math.max(0, nowMs / 1000 - since);
  const prefixes = (received: string, sent: string) => ({
    received_prefixes: wholeAt(detail, received, 0),
    accepted_prefixes: wholeAt(detail, received, 0),
    sent_prefixes: wholeAt(detail, sent, 0),
  });
  return {
    local_as: asNumberOf(textAt(detail, 'localAsn', textAt(vrf, 'asn'))) ?? 0,
    remote_as: asNumberOf(textAt(detail, 'asn', textAt(row, 'asn'))) ?? 0,
    remote_id: textAt(detail, 'routerId'),
    is_up: isUp,
    is_enabled: !/admin/i.test(`${textAt(row, 'peerState')} ${textAt(row, 'peerStateIdleReason')}`),
    description: textAt(detail, 'description', textAt(row, 'description')),
    uptime: isUp ? Math.trunc(numberAt(detail, 'establishedTime', age)) : -1,
    address_family: {
      ipv4: prefixes('prefixesReceived', 'prefixesSent'),
      ipv6: prefixes('v6PrefixesReceived', 'v6PrefixesSent'),
    },
  };
}

/** A switch without BGP refuses every question about it. */
export const noteInactive = (ask: Ask): void =>
  ask.note('the switch refused every question about BGP: it does not run');

/** Accepted prefixes by instance and peer, from the summaries. */
export function acceptedPrefixes(summaries: readonly unknown[]): Map<string, number> {
  const accepted = new Map<string, number>();
  for (const summary of summaries) {
    for (const [vrf, one] of entriesAt(summary, 'vrfs')) {
      for (const [address, row] of entriesAt(objectAt(one, 'peers'))) {
        const key = `${vrf} ${ipOrText(address)}`;
        accepted.set(key, (accepted.get(key) ?? 0) + wholeAt(row, 'prefixAccepted', 0));
      }
    }
  }
  return accepted;
}
