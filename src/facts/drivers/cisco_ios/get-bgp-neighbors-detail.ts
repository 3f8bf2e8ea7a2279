import type { ReadFacts } from '../../define-facts.ts';
import type { BgpPeerDetail } from '../../model/bgp.ts';
import { readAddress } from '../../values/address.ts';
import { entryOf } from '../../values/entry.ts';
import { asnOf } from '../reading/as-number.ts';
import { type BgpPeerText, bgpPeers, deniedInbound, match, numberIn } from './bgp-peers.ts';
import { readBgpSummary } from './bgp-summary.ts';
import { isSwitchedOff } from './ios-lines.ts';

const summaryCommand = 'show ip bgp all sum';

/** What stands between `show ip bgp` and `neigh <address>`. */
const familyWords: Readonly<Record<string, string>> = {
  'ipv4 unicast': 'ipv4 unicast',
  'ipv4 multicast': 'ipv4 multicast',
  'ipv6 unicast': 'ipv6 unicast',
  'vpnv4 unicast': 'vpnv4 all',
  'vpnv6 unicast': 'vpnv6 unicast all',
};

/** Asks neighbour by neighbour, in one burst: with full tables `neighbors` of all of them is very long. */
export const getBgpNeighborsDetail: ReadFacts<'get_bgp_neighbors_detail'> = async (ask, args) => {
  const only = readAddress(args.neighbor_address);
  const summary = await ask.text(summaryCommand);
  if (isSwitchedOff(ask, summary)) return {};
  const questions = new Map<string, number>();
  for (const { family, localAs, rows } of readBgpSummary(ask, summaryCommand, summary)) {
    const words = familyWords[family.toLowerCase()];
    if (words === undefined) {
      if (rows.length > 0) ask.warn({ command: summaryCommand, line: family, reason: 'address family left out' });
      continue;
    }
    for (const { address } of rows) {
      if (only === undefined || address === only) questions.set(`show ip bgp ${words} neigh ${address}`, localAs);
    }
  }
  const commands = [...questions.keys()];
  const outputs = await Promise.all(commands.map(async (command) => await ask.text(command, { optional: true })));
  const instances: Record<string, Record<string, BgpPeerDetail[]>> = {};
  for (const [index, [command, localAs]] of [...questions].entries()) {
    for (const peer of bgpPeers(ask, command, outputs[index] ?? '')) {
      const detail = detailOf(peer, localAs);
      const byAs = entryOf<Record<string, BgpPeerDetail[]>>(instances, peer.vrf || 'global', () => ({}));
      entryOf(byAs, String(detail.remote_as), () => []).push(detail);
    }
  }
  return instances;
};

function detailOf(peer: BgpPeerText, localAs: number): BgpPeerDetail {
  const [state = ''] = match(peer, /^BGP state = ([A-Za-z]{2,20})/);
  const [localAddress = ''] = match(peer, /^Local host: ([0-9A-Fa-f:.]{2,45}),/);
  const [reset = ''] = match(peer, /^Last reset (.+)/);
  const accepted = numberIn(peer, /^Prefixes Current: +\d+ +(\d+)/);
  const suppressed = deniedInbound(peer);
  const has = (pattern: RegExp): boolean => peer.lines.some((line) => pattern.test(line));
  return {
    up: state === 'Established',
    local_as: asnOf(match(peer, /\blocal AS (\d[\d.]{0,15})/)[0] ?? '') || localAs,
    remote_as: asnOf(match(peer, /\bremote AS (\d[\d.]{0,15})/)[0] ?? ''),
    router_id: match(peer, /\bremote router ID ([\d.]{7,15})/)[0] ?? '',
    local_address: readAddress(localAddress) ?? '',
    routing_table: peer.vrf || 'global',
    local_address_configured: localAddress !== '',
    local_port: numberIn(peer, /^Local host: .{2,45}, Local port: (\d+)/),
    remote_address: peer.address,
    remote_port: numberIn(peer, /^Foreign host: .{2,45}, Foreign port: (\d+)/),
    multihop: has(/^External BGP neighbor may be up to \d+ hops away/),
    multipath: false,
    remove_private_as: has(/^Private AS numbers? (?:is )?removed/),
    import_policy: match(peer, /^Route map for incoming advertisements is (\S+)/)[0] ?? '',
    export_policy: match(peer, /^Route map for outgoing advertisements is (\S+)/)[0] ?? '',
    input_messages: numberIn(peer, /^Total: +\d+ +(\d+)$/),
    output_messages: numberIn(peer, /^Total: +(\d+) +\d+$/),
    input_updates: numberIn(peer, /^Updates: +\d+ +(\d+)$/),
    output_updates: numberIn(peer, /^Updates: +(\d+) +\d+$/),
    messages_queued_out: numberIn(peer, /^OutQ depth is (\d+)/),
    connection_state: state,
    previous_connection_state: '',
    last_event: reset === 'never' ? '' : reset,
    suppress_4byte_as: false,
    local_as_prepend: false,
    holdtime: numberIn(peer, /\bhold time is (\d+)/),
    configured_holdtime: numberIn(peer, /^Configured hold time is (\d+)/),
    keepalive: numberIn(peer, /\bkeepalive interval is (\d+)/),
    configured_keepalive: numberIn(peer, /^Configured hold time is \d+, ?keepalive interval is (\d+)/),
    active_prefix_count: numberIn(peer, /^Used as bestpath: +\S+ +(\d+)/),
    received_prefix_count: accepted + suppressed,
    accepted_prefix_count: accepted,
    suppressed_prefix_count: suppressed,
    advertised_prefix_count: numberIn(peer, /^Prefixes Current: +(\d+)/),
    flap_count: numberIn(peer, /^Connections established \d+; dropped (\d+)/),
  };
}
