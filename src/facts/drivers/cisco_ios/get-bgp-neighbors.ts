import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { BgpNeighbors, BgpPeer } from '../../model/bgp.ts';
import { readDuration } from '../../values/duration.ts';
import { entryOf } from '../../values/entry.ts';
import { asnOf } from '../reading/as-number.ts';
import { type BgpPeerText, bgpPeers, familyPart, match, numberIn } from './bgp-peers.ts';
import { type FamilySummary, readBgpSummary, type SummaryRow } from './bgp-summary.ts';
import { isSwitchedOff } from './ios-lines.ts';

const summaryCommand = 'show bgp all summary';

/** How the neighbours of an address family are asked for; one that is not here is told from the summary alone. */
const neighborCommands: Readonly<Record<string, string>> = {
  'ipv4 unicast': 'show bgp ipv4 unicast neighbors',
  'ipv4 multicast': 'show bgp ipv4 multicast neighbors',
  'ipv4 mdt': 'show bgp ipv4 mdt all neighbors',
  'ipv6 unicast': 'show bgp ipv6 unicast neighbors',
  'ipv6 multicast': 'show bgp ipv6 multicast neighbors',
  'vpnv4 unicast': 'show bgp vpnv4 unicast all neighbors',
  'vpnv6 unicast': 'show bgp vpnv6 unicast all neighbors',
};

type Instance = BgpNeighbors[string];

export const getBgpNeighbors: ReadFacts<'get_bgp_neighbors'> = async (ask) => {
  const summary = await ask.text(summaryCommand);
  if (isSwitchedOff(ask, summary)) return {};
  const families = readBgpSummary(ask, summaryCommand, summary);
  const names = [...new Set(families.map(({ family }) => family))];
  const details = await Promise.all(names.map(async (family) => await detailsOf(ask, family)));
  const instances: Record<string, Instance> = {};
  for (const family of families) {
    const empty = (): Instance => ({ router_id: family.routerId, peers: {} });
    entryOf(instances, 'global', empty);
    const texts = details[names.indexOf(family.family)];
    for (const row of family.rows) {
      // The same address may be a peer in several VRFs: they come in the order of the summary.
      const text = texts?.get(row.address)?.shift();
      const instance = entryOf(instances, text?.vrf || 'global', empty);
      addFamily(instance, family, row, text);
    }
  }
  return instances;
};

async function detailsOf(ask: Ask, family: string): Promise<ReadonlyMap<string, BgpPeerText[]>> {
  const command = neighborCommands[family.toLowerCase()];
  const output = command === undefined ? undefined : await ask.text(command, { optional: true });
  if (command === undefined || output === undefined) return new Map();
  return Map.groupBy(bgpPeers(ask, command, output), ({ address }) => address);
}

function addFamily(
  { peers }: Instance,
  { family, localAs }: FamilySummary,
  row: SummaryRow,
  text: BgpPeerText | undefined,
): void {
  const isUp = row.state === '';
  const peer: BgpPeer = peers[row.address] ?? {
    local_as: asnOf((text && match(text, /\blocal AS (\d[\d.]{0,15})/)[0]) ?? '') || localAs,
    remote_as: row.remoteAs,
    remote_id: (text && match(text, /\bremote router ID ([\d.]{7,15})/)[0]) ?? '',
    is_up: isUp,
    is_enabled: !row.state.includes('(Admin)'),
    description: (text && match(text, /^Description: (.*)/)[0]) ?? '',
    uptime: isUp ? (readDuration(row.upDown) ?? -1) : -1,
    address_family: {},
  };
  peers[row.address] = {
    ...peer,
    address_family: {
      ...peer.address_family,
      [family.toLowerCase()]: countsOf(row, isUp && text !== undefined ? familyPart(text, family) : undefined),
    },
  };
}

function countsOf({ prefixes }: SummaryRow, text: BgpPeerText | undefined): BgpPeer['address_family'][string] {
  if (text === undefined) return { sent_prefixes: -1, accepted_prefixes: prefixes, received_prefixes: prefixes };
  // How many a policy keeps out is not told: IOS counts its refusals, and a route refused twice counts twice.
  const accepted = numberIn(text, /^Prefixes Current: +\d+ +(\d+)/, prefixes);
  const sent = numberIn(text, /^Prefixes Current: +(\d+)/, -1);
  return { sent_prefixes: sent, accepted_prefixes: accepted, received_prefixes: accepted };
}
