import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { BgpPeerDetail } from '../../model/bgp.ts';
import { entryOf } from '../../values/entry.ts';
import { ipOrText } from '../reading/addresses.ts';
import { asNumberOf } from '../reading/as-number.ts';
import { addTo } from '../reading/group.ts';
import { acceptedPrefixes, noteInactive } from './bgp-neighbors.ts';

const summaries = ['show ip bgp summary vrf all', 'show ipv6 bgp summary vrf all'] as const;
const commands = ['show ip bgp neighbors vrf all', 'show ipv6 bgp peers vrf all'] as const;

export const readBgpNeighborsDetail: ReadFacts<'get_bgp_neighbors_detail'> = async (
  ask,
  { neighbor_address: only },
) => {
  const [texts, tables] = await Promise.all([
    Promise.all(commands.map(async (command) => await textOf(ask, command))),
    Promise.all(summaries.map(async (command) => await ask.json(command, { optional: true }))),
  ]);
  const accepted = acceptedPrefixes(tables);
  const detail: Record<string, Record<string, BgpPeerDetail[]>> = {};
  const seen = new Set<string>();
  for (const [index, text] of texts.entries()) {
    for (const peer of text === undefined ? [] : peersIn(ask, commands[index]!, text)) {
      const key = `${peer.routing_table} ${peer.remote_address}`;
      // The multi-agent model shows a peer of both families under both commands.
      if (seen.has(key) || (only !== '' && ipOrText(only) !== peer.remote_address)) continue;
      seen.add(key);
      const instance = entryOf(detail, peer.routing_table, () => ({}));
      addTo(instance, String(peer.remote_as), { ...peer, accepted_prefix_count: accepted.get(key) ?? 0 });
    }
  }
  if (texts.every((text) => text === undefined)) noteInactive(ask);
  return detail;
};

/** Undefined without BGP, which some releases refuse to speak of and others call inactive. */
async function textOf(ask: Ask, command: string): Promise<string | undefined> {
  const text = await ask.text(command, { optional: true });
  if (text === undefined || !/^% ?BGP (?:is )?inactive/.test(text)) return text;
  ask.understood(command);
  return undefined;
}

const beginning = /^BGP neighbor is (\S+), remote AS (\S+?),/;

function* peersIn(ask: Ask, command: string, text: string): Generator<BgpPeerDetail> {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, at) => (beginning.test(line) ? [at] : []));
  for (const [index, start] of starts.entries()) {
    const peer = peerOf(lines.slice(start, starts[index + 1]));
    if (peer.connection_state !== '') yield peer;
    else ask.warn({ command, line: lines[start]!, number: start + 1, reason: 'a peer without a state' });
  }
  if (starts.length > 0 || text.trim() === '') ask.understood(command);
}

function peerOf(lines: readonly string[]): BgpPeerDetail {
  const find = (pattern: RegExp): string | undefined => {
    for (const line of lines) {
      const found = pattern.exec(line);
      if (found) return found[1];
    }
    return undefined;
  };
  const number = (pattern: RegExp): number => Number(find(pattern) ?? 0);
  const pair = (name: string): [sent: number, received: number] => {
    for (const line of lines) {
      const [, label, sent, received] = /^ {4}([\w -]{3,40}): +(\d+) +(\d+)/.exec(line) ?? [];
      if (label === name) return [Number(sent), Number(received)];
    }
    return [0, 0];
  };
  const [, address = '', remoteAs] = beginning.exec(lines[0]!) ?? [];
  const state = find(/^ {2}BGP state is (\w+)/) ?? '';
  const [outputMessages, inputMessages] = pair('Total messages');
  const [outputUpdates, inputUpdates] = pair('Updates');
  const unicast = [pair('IPv4 Unicast'), pair('IPv6 Unicast')];
  const localAddress = find(/^Local TCP address is ([^ ,]+)/);
  return {
    up: state === 'Established',
    local_as: asNumberOf(find(/^Local AS is ([\d.]+)/)) ?? 0,
    remote_as: asNumberOf(remoteAs) ?? 0,
    router_id: find(/remote router ID ([^ ,]+)/) ?? '',
    local_address: ipOrText(localAddress ?? ''),
    local_address_configured: localAddress !== undefined,
    local_port: number(/^Local TCP address is [^ ,]+, local port is (\d+)/),
    routing_table: find(/, VRF (\S+)/) ?? 'default',
    remote_address: ipOrText(address),
    remote_port: number(/^Remote TCP address is [^ ,]+, remote port is (\d+)/),
    multihop: find(/(may be up to \d+ hops away)/) !== undefined,
    multipath: false,
    remove_private_as: find(/(Private AS numbers? (?:are )?removed)/i) !== undefined,
    import_policy: find(/^ {2}Inbound route map is (\S+)/) ?? '',
    export_policy: find(/^ {2}Outbound route map is (\S+)/) ?? '',
    input_messages: inputMessages,
    output_messages: outputMessages,
    input_updates: inputUpdates,
    output_updates: outputUpdates,
    messages_queued_out: number(/^ {4}OutQ depth is (\d+)/),
    connection_state: state,
    previous_connection_state: find(/^ {2}Last state was (\w+)/) ?? '',
    last_event: find(/^ {2}Last event was (\S+)/) ?? '',
    suppress_4byte_as: false,
    local_as_prepend: false,
    holdtime: number(/^ {2}Hold time is (\d+)/),
    keepalive: number(/^ {2}Hold time is \d+, keepalive interval is (\d+)/),
    configured_holdtime: number(/^ {2}Configured hold time is (\d+)/),
    configured_keepalive: number(/^ {2}Configured hold time is \d+, keepalive interval is (\d+)/),
    active_prefix_count: 0,
    received_prefix_count: unicast.reduce((sum, [, received]) => sum + received, 0),
    accepted_prefix_count: 0,
    suppressed_prefix_count: 0,
    advertised_prefix_count: unicast.reduce((sum, [sent]) => sum + sent, 0),
    flap_count: 0,
  };
}
