import type { Ask } from '../../../ask.ts';
import type { ReadFacts } from '../../../define-facts.ts';
import type { BgpNeighbors, BgpPeer, BgpPeerDetail } from '../../../model/bgp.ts';
import { readDuration } from '../../../values/duration.ts';
import { entryOf } from '../../../values/entry.ts';
import { ipOrText } from '../../reading/addresses.ts';
import { asNumberOf } from '../../reading/as-number.ts';
import { addTo } from '../../reading/group.ts';
import { type BgpBlock, bgpText, familiesIn } from './bgp-blocks.ts';
import { foundIn } from './interface-blocks.ts';

const instanceName = (vrf: string): string => (vrf === 'default' ? 'global' : vrf);

export const readBgpNeighbors: ReadFacts<'get_bgp_neighbors'> = async (ask) => {
  const { blocks, routerIds } = await bgpText(ask);
  const neighbors: BgpNeighbors = {};
  for (const block of blocks) {
    const routerId = routerIds.get(block.vrf) ?? '';
    const instance = entryOf<BgpNeighbors[string]>(neighbors, instanceName(block.vrf), () => ({
      router_id: routerId,
      peers: {},
    }));
    if (hasState(ask, block)) instance.peers[block.address] = peerOf(block);
  }
  return neighbors;
};

export const readBgpNeighborsDetail: ReadFacts<'get_bgp_neighbors_detail'> = async (
  ask,
  { neighbor_address: only },
) => {
  const detail: Record<string, Record<string, BgpPeerDetail[]>> = {};
  for (const block of (await bgpText(ask)).blocks) {
    if ((only !== '' && block.address !== ipOrText(only)) || !hasState(ask, block)) continue;
    const peer = detailOf(block);
    const instance = entryOf<Record<string, BgpPeerDetail[]>>(detail, instanceName(block.vrf), () => ({}));
    addTo(instance, String(peer.remote_as), peer);
  }
  return detail;
};

function hasState(ask: Ask, { address, lines }: BgpBlock): boolean {
  if (stateOf(lines) !== '') return true;
  ask.warn({ command: 'show bgp neighbors', line: `BGP neighbor is ${address}`, reason: 'a peer without a state' });
  return false;
}

const stateOf = (lines: readonly string[]): string => foundIn(lines, /^ {1,4}BGP state = (\w+)/) ?? '';
const remoteAsOf = (lines: readonly string[]): number => asNumberOf(foundIn(lines, /^ Remote AS ([\d.]+),/)) ?? 0;
const localAsOf = (lines: readonly string[]): number => asNumberOf(foundIn(lines, /, local AS ([\d.]+),/)) ?? 0;

/** NAPALM's names of the two families that it knows; others as the system calls them. */
const familyNames: Readonly<Record<string, string>> = { 'IPv4 Unicast': 'ipv4', 'IPv6 Unicast': 'ipv6' };

function peerOf({ lines }: BgpBlock): BgpPeer {
  const isUp = stateOf(lines) === 'Established';
  const age = foundIn(lines, /^ {1,4}BGP state = Established, up for (\S+)/);
  const families = [...familiesIn(lines)].map(([name, of]) => {
    const { accepted, denied, advertised } = prefixesIn(of);
    const counts = { received_prefixes: accepted + denied, accepted_prefixes: accepted, sent_prefixes: advertised };
    return [familyNames[name] ?? name.toLowerCase(), counts] as const;
  });
  return {
    local_as: localAsOf(lines),
    remote_as: remoteAsOf(lines),
    remote_id: foundIn(lines, /^ Remote router ID ([\d.]+)/) ?? '',
    is_up: isUp,
    is_enabled: !lines.some((line) => /administratively shut ?down|\(Shutdown\)/i.test(line)),
    description: foundIn(lines, /^ Description: (.*)$/) ?? '',
    uptime: isUp && age !== undefined ? (readDuration(age) ?? -1) : -1,
    address_family: Object.fromEntries(families),
  };
}

function prefixesIn(lines: readonly string[]): Record<'accepted' | 'denied' | 'best' | 'advertised', number> {
  const of = (pattern: RegExp): number => Number(foundIn(lines, pattern) ?? 0);
  return {
    accepted: of(/^\s+(\d+) accepted prefixes/),
    best: of(/^\s+\d+ accepted prefixes, (\d+) are bestpaths/),
    denied: of(/prefixes denied ?: (\d+)/),
    advertised: of(/^\s+Prefix advertised (\d+)/),
  };
}

function detailOf({ vrf, address, lines }: BgpBlock): BgpPeerDetail {
  const number = (pattern: RegExp): number => Number(foundIn(lines, pattern) ?? 0);
  const families = [...familiesIn(lines).values()].map(prefixesIn);
  const total = (count: 'accepted' | 'denied' | 'best' | 'advertised'): number =>
    families.reduce((sum, one) => sum + one[count], 0);
  const [outputMessages, inputMessages] = messagesIn(lines, 'Total');
  const [outputUpdates, inputUpdates] = messagesIn(lines, 'Update');
  const state = stateOf(lines);
  return {
    up: state === 'Established',
    local_as: localAsOf(lines),
    remote_as: remoteAsOf(lines),
    router_id: foundIn(lines, /^ Remote router ID ([\d.]+)/) ?? '',
    local_address: ipOrText(foundIn(lines, /^\s+Local host: ([^\s,]+)/) ?? ''),
    local_address_configured: lines.some((line) => /^\s+(?:Update source|Local address) is configured/i.test(line)),
    local_port: number(/^\s+Local host: [^\s,]+, Local port: (\d+)/),
    routing_table: vrf,
    remote_address: ipOrText(foundIn(lines, /^\s+Foreign host: ([^\s,]+)/) ?? address),
    remote_port: number(/^\s+Foreign host: [^\s,]+, Foreign port: (\d+)/),
    multihop: lines.some((line) => /External BGP neighbor may be up to|not directly connected/i.test(line)),
    multipath: false,
    remove_private_as: lines.some((line) => /Private AS number removed/i.test(line)),
    import_policy: foundIn(lines, /^\s+Policy for incoming advertisements is (\S+)/) ?? '',
    export_policy: foundIn(lines, /^\s+Policy for outgoing advertisements is (\S+)/) ?? '',
    input_messages: inputMessages,
    output_messages: outputMessages,
    input_updates: inputUpdates,
    output_updates: outputUpdates,
    messages_queued_out: number(/\bOutQ depth: (\d+)/),
    connection_state: state,
    previous_connection_state: '',
    last_event: '',
    suppress_4byte_as: false,
    local_as_prepend: !lines.some((line) => /no-prepend/.test(line)),
    holdtime: number(/^\s+Hold time is (\d+)/),
    configured_holdtime: number(/^\s+Configured hold time: (\d+)/),
    keepalive: number(/^\s+Hold time is \d+, keepalive interval is (\d+)/),
    configured_keepalive: number(/^\s+Configured hold time: \d+, keepalive: (\d+)/),
    active_prefix_count: total('best'),
    received_prefix_count: total('accepted') + total('denied'),
    accepted_prefix_count: total('accepted'),
    suppressed_prefix_count: total('denied'),
    advertised_prefix_count: total('advertised'),
    flap_count: number(/^\s+Connections established \d+; dropped (\d+)/),
  };
}

/** `Update:  Mar  1 10:00:00.000  12  Mar  1 10:00:00.000  34`: the times are `---` where there was none, or absent. */
function messagesIn(lines: readonly string[], name: string): [sent: number, received: number] {
  const line = lines.find((one) => one.trimStart().startsWith(`${name}:`));
  if (line === undefined) return [0, 0];
  const rest = line
    .slice(line.indexOf(':') + 1)
    .replace(/[A-Z][a-z]{2} +\d{1,2} \d{2}:\d{2}:\d{2}(?:\.\d{1,3})?|---/g, ' ');
  const [sent = 0, received = 0] = (rest.match(/\d+/g) ?? []).map(Number);
  return [sent, received];
}
