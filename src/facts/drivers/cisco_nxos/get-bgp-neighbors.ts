import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { BgpNeighbors, BgpPeer } from '../../model/bgp.ts';
import { readAddress } from '../../values/address.ts';
import { readDuration } from '../../values/duration.ts';
import { entryOf } from '../../values/entry.ts';
import { asInteger, asText } from '../../values/json.ts';
import { asnOf } from '../reading/as-number.ts';
import { rowsOf, textOfFeature } from './nx-json.ts';

const command = 'show bgp all summary vrf all';

/** What a summary tells of one peer in one address family. */
interface Row {
  readonly vrf: string;
  readonly routerId: string;
  readonly localAs: number;
  /** `ipv4`, `ipv6`, `vpnv4`, `l2vpn`. */
  readonly family: string;
  readonly address: string;
  readonly remoteAs: number;
  readonly upDown: string;
  /** `Established`, `Idle`, `Shut (Admin)`. */
  readonly state: string;
  readonly prefixes: number;
}

/**
 * Peers of all VRFs (`global` is the default one). The summary does not tell the router id of a peer, its description,
 * nor what was sent: those are empty, empty and -1.
 */
export const getBgpNeighbors: ReadFacts<'get_bgp_neighbors'> = async (ask) => {
  const answer = await ask.json(command, { optional: true });
  const rows = answer === undefined ? await textRows(ask) : jsonRows(answer);
  const instances: Record<string, BgpNeighbors[string]> = {};
  const instanceOf = (vrf: string, routerId: string): BgpNeighbors[string] =>
    entryOf(instances, vrf === 'default' ? 'global' : vrf, () => ({ router_id: routerId, peers: {} }));
  for (const vrf of rowsOf(answer, 'vrf')) instanceOf(asText(vrf['vrf-name-out']), asText(vrf['vrf-router-id']));
  for (const row of rows) {
    const instance = instanceOf(row.vrf, row.routerId);
    const peer = entryOf(instance.peers, row.address, () => peerOf(row));
    entryOf(peer.address_family, row.family, () => ({
      sent_prefixes: -1,
      accepted_prefixes: -1,
      received_prefixes: row.prefixes,
    }));
  }
  return instances;
};

function peerOf({ localAs, remoteAs, state, upDown }: Row): BgpPeer {
  const isUp = state === 'Established';
  return {
    local_as: localAs,
    remote_as: remoteAs,
    remote_id: isUp ? '' : '0.0.0.0',
    is_up: isUp,
    is_enabled: !/^Shut|Admin/.test(state),
    description: '',
    uptime: isUp ? (readDuration(upDown) ?? -1) : -1,
    address_family: {},
  };
}

function jsonRows(answer: unknown): readonly Row[] {
  const rows: Row[] = [];
  for (const vrf of rowsOf(answer, 'vrf')) {
    for (const family of rowsOf(vrf, 'af').flatMap((af) => rowsOf(af, 'saf'))) {
      for (const neighbor of rowsOf(family, 'neighbor')) {
        const state = asText(neighbor['state']);
        rows.push({
          vrf: asText(vrf['vrf-name-out']),
          routerId: asText(vrf['vrf-router-id']),
          localAs: asnOf(asText(vrf['vrf-local-as'])),
          family: familyWord(asText(family['af-name'])),
          address: readAddress(asText(neighbor['neighborid'])) ?? asText(neighbor['neighborid']),
          remoteAs: asnOf(asText(neighbor['neighboras'])),
          upDown: asText(neighbor['time']),
          state,
          prefixes: state === 'Established' ? asInteger(neighbor['prefixreceived']) : -1,
        });
      }
    }
  }
  return rows;
}

const familyWord = (name: string): string => name.split(' ', 1)[0]?.toLowerCase() ?? '';

const furniture =
  /^(?:BGP table version|\d+ network entries|BGP attribute entries|BGP community entries|\d+ received paths|\d+ identical|Neighbor +V +AS|Dampening|IPv\d .* (?:config peers|capable peers)|Confederation|Peers? )/;

/** A long address stands in a line of its own. */
async function textRows(ask: Ask): Promise<readonly Row[]> {
  const output = await textOfFeature(ask, 'bgp', command);
  const rows: Row[] = [];
  let head = { vrf: 'default', family: 'ipv4', routerId: '', localAs: 0 };
  let before = '';
  readLines(ask, command, output ?? '', (line) => {
    const [, vrf, family] = /^BGP summary information for VRF (\S{1,64}), address family (\S.*)/.exec(line) ?? [];
    if (vrf !== undefined) {
      head = { vrf, family: familyWord(family ?? ''), routerId: '', localAs: 0 };
      return true;
    }
    const [, routerId, localAs] = /^BGP router identifier ([\d.]{7,15}), local AS number (\S+)/.exec(line) ?? [];
    if (routerId !== undefined) {
      head = { ...head, routerId, localAs: asnOf(localAs ?? '') };
      return true;
    }
    const whole = `${before} ${line.trim()}`.trim();
    before = '';
    if (readAddress(whole) !== undefined) {
      before = whole;
      return true;
    }
    const [, word = '', remoteAs = '', upDown = '', state = ''] =
      /^(\S{2,45}) +\d +(\S+) +\d+ +\d+ +\d+ +\d+ +\d+ +(\S+) +(\d{1,10}|[A-Z][A-Za-z]{2,20}(?: \(Admin\))?)$/.exec(
        whole,
      ) ?? [];
    const address = readAddress(word);
    if (address === undefined) return furniture.test(line);
    const isUp = /^\d/.test(state);
    rows.push({
      ...head,
      address,
      remoteAs: asnOf(remoteAs),
      upDown,
      state: isUp ? 'Established' : state,
      prefixes: isUp ? Number(state) : -1,
    });
    return true;
  });
  return rows;
}
