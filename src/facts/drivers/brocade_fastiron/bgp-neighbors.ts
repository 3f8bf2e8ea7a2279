import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { BgpPeer } from '../../model/bgp.ts';
import { readAddress } from '../../values/address.ts';
import { readDuration } from '../../values/duration.ts';
import { asnOf } from '../reading/as-number.ts';

const questions = { ipv4: 'show ip bgp summary', ipv6: 'show ipv6 bgp summary' } as const;
const isOff = /\bBGP4?\+? (?:is |process )?(?:not|NOT) (?:enabled|running|configured)|\bBGP is not\b/i;
const furniture = /^ *(?:BGP4\+? Summary|Confederation |Maximum Number|Number of|Neighbor Address|'\+'|'-')/i;
const row =
  /^ *(\S{2,45}) +(\d[\d.]{0,14}) +([A-Z][A-Z_]{1,8})[+-]? +((?:\d{1,5}d ?)?(?: ?\d{1,3}h)?(?: ?\d{1,3}m)?(?: ?\d{1,3}s)?)(?: +(\d{1,9}) +(\d{1,9}) +(\d{1,9}) +\d{1,9})?$/;

export const getBgpNeighbors: ReadFacts<'get_bgp_neighbors'> = async (ask) => {
  const [four, six] = await Promise.all([
    ask.text(questions.ipv4, { isAnswer: isOff, optional: true }),
    ask.text(questions.ipv6, { isAnswer: isOff, optional: true }),
  ]);
  if (four === undefined) {
    ask.note('the device does not know "show ip bgp summary": a switch image has no BGP');
    return {};
  }
  const first = readSummary(ask, 'ipv4', four);
  const second = readSummary(ask, 'ipv6', six ?? '');
  const routerId = first.routerId || second.routerId;
  if (routerId === '') return {};
  return { global: { router_id: routerId, peers: { ...first.peers, ...second.peers } } };
};

function readSummary(ask: Ask, family: 'ipv4' | 'ipv6', output: string) {
  const peers: Record<string, BgpPeer> = {};
  let routerId = '';
  let localAs = 0;
  readLines(ask, questions[family], output, (line) => {
    const short = line.slice(0, 300);
    if (isOff.test(short)) {
      ask.note(short.trim());
      return true;
    }
    const [, id, as] = /^ *Router ID: *([\d.]{7,15}) +Local AS Number *: *(\d[\d.]{0,14})/i.exec(short) ?? [];
    if (id !== undefined) {
      routerId = id;
      localAs = asnOf(as);
      return true;
    }
    const [, text = '', remote, state = '', time = '', accepted, filtered, sent] = row.exec(short) ?? [];
    const address = readAddress(text);
    if (address === undefined) return furniture.test(short);
    const isUp = state === 'ESTAB';
    peers[address] = {
      local_as: localAs,
      remote_as: asnOf(remote),
      remote_id: '',
      is_up: isUp,
      is_enabled: state !== 'ADMND',
      description: '',
      uptime: isUp ? (readDuration(time.replaceAll(' ', '')) ?? -1) : -1,
      address_family: {
        [family]: {
          sent_prefixes: Number(sent ?? -1),
          accepted_prefixes: Number(accepted ?? -1),
          received_prefixes: accepted === undefined ? -1 : Number(accepted) + Number(filtered),
        },
      },
    };
    return true;
  });
  return { routerId, peers };
}
