import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { BgpPeer } from '../../model/bgp.ts';
import { readAddress } from '../../values/address.ts';
import { entryOf } from '../../values/entry.ts';
import { asNumberOf, asnOf } from '../reading/as-number.ts';
import { ageS } from './age.ts';

const command = 'show bgp all-vrfs all summary';
const isOff = /\b(?:BGP (?:is )?not (?:configured|enabled|running)|No BGP)\b/i;
const furniture =
  /^ *(?:BGP Summary|-{3,}|Codes:|Peers +:|Cfg\. Hold Time|Confederation|Neighbor +Remote-AS|Log Neighbor|\* )/i;

export const getBgpNeighbors: ReadFacts<'get_bgp_neighbors'> = async (ask) => {
  const instances: Record<string, { router_id: string; peers: Record<string, BgpPeer> }> = {};
  let instance = 'global';
  let localAs = 0;
  let routerId = '';
  let family = 'ipv4';
  readLines(ask, command, await ask.text(command, { isAnswer: isOff }), (line) => {
    const short = line.slice(0, 400);
    const vrf = /^ *VRF *: *(\S{1,64})/.exec(short)?.[1];
    if (vrf !== undefined) instance = vrf === 'default' ? 'global' : vrf;
    const as = /^ *Local AS *: *(\S{1,16})/.exec(short)?.[1];
    if (as !== undefined) {
      localAs = asnOf(as);
      routerId = /\bBGP Router Identifier *: *(\S{1,45})/.exec(short)?.[1] ?? '';
      entryOf(instances, instance, () => ({ router_id: routerId, peers: {} }));
    }
    const named = /^ *Address-family *: *(\S.*)/.exec(short)?.[1];
    if (named !== undefined) family = familyOf(named);
    if (vrf !== undefined || as !== undefined || named !== undefined) return true;
    const [address = '', remote = '', , , time = '', state = '', admin = ''] = short.trim().split(/\s+/);
    const peer = readAddress(address);
    if (isOff.test(short)) ask.note(short.trim());
    if (peer === undefined) return furniture.test(short) || isOff.test(short);
    if (asNumberOf(remote) === undefined || !/^[A-Za-z]+$/.test(state)) return false;
    const { peers } = entryOf(instances, instance, () => ({
      router_id: routerId,
      peers: {} as Record<string, BgpPeer>,
    }));
    const isUp = state === 'Established';
    const unknown = { sent_prefixes: -1, accepted_prefixes: -1, received_prefixes: -1 };
    const known = entryOf<BgpPeer>(peers, peer, () => ({
      local_as: localAs,
      remote_as: asnOf(remote),
      remote_id: '',
      is_up: isUp,
      is_enabled: !/^Down$/i.test(admin),
      description: '',
      uptime: isUp ? ageS(time) : -1,
      address_family: {},
    }));
    known.address_family[family] = unknown;
    return true;
  });
  if (Object.values(instances).every(({ peers }) => Object.keys(peers).length === 0)) ask.note('BGP has no peers');
  return instances;
};

/** `IPv4 Unicast`, `L2VPN EVPN`. */
const familyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/ unicast\s*$/, '')
    .trim();
