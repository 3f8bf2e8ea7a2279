import type { Ask } from '../../ask.ts';
import { readLines } from '../../lines.ts';
import type { BgpNeighbors, BgpPeer } from '../../model/bgp.ts';
import { readAddress } from '../../values/address.ts';
import { readDuration } from '../../values/duration.ts';
import { entryOf } from '../../values/entry.ts';
import { asNumberOf, asnOf } from '../reading/as-number.ts';
import { type Block, blocksIn, lineIn } from '../reading/blocks.ts';
import { preface } from './display-interface.ts';

export interface PeerQuestion {
  readonly family: 'ipv4' | 'ipv6';
  readonly command: string;
  /** What older releases call it, asked where they refuse the other. */
  readonly older?: string;
  /** The instance, where the answer does not name it. */
  readonly instance?: string;
  /** Adds router id, description and counts. */
  readonly verbose?: string;
  readonly optional?: boolean;
}

type Instances = Record<string, { router_id: string; peers: Record<string, BgpPeer> }>;

const isOff =
  /\bBGP (?:is not (?:enabled|running|configured|started)|(?:function )?has not been)|\bno BGP\b|not existing/i;
const furniture = /^ *(?:Status codes:|Total number of|Peers in established|\* - Dynamic|Peer +(?:V +)?AS\b)/i;

/** Reads the tables of peers of VRP and Comware: their columns are found by the heading. */
export async function bgpNeighborsOf(ask: Ask, questions: readonly PeerQuestion[]): Promise<BgpNeighbors> {
  const instances: Instances = {};
  const answers = await Promise.all(
    questions.map(async ({ verbose, ...question }) => ({
      ...(await tableOf(ask, question)),
      details: verbose === undefined ? undefined : await ask.text(verbose, { optional: true, isAnswer: isOff }),
    })),
  );
  for (const [index, { asked, table, details }] of answers.entries()) {
    const { family, instance = 'global', verbose = '' } = questions[index]!;
    if (table === undefined || isOff.test(table.slice(0, 500))) {
      ask.understood(asked);
      if (index === 0) ask.note('BGP is not running');
    } else
      readTable(ask, asked, table, { family, instance, details: detailsIn(ask, verbose, details ?? '') }, instances);
    ask.understood(verbose);
  }
  if (Object.values(instances).every(({ peers }) => Object.keys(peers).length === 0)) ask.note('BGP has no peers');
  return instances;
}

async function tableOf(
  ask: Ask,
  { command, older, optional }: PeerQuestion,
): Promise<{ asked: string; table: string | undefined }> {
  if (optional !== true && older === undefined) {
    return { asked: command, table: await ask.text(command, { isAnswer: isOff }) };
  }
  const table = await ask.text(command, { isAnswer: isOff, optional: true });
  if (table !== undefined || older === undefined) return { asked: command, table };
  return { asked: older, table: await ask.text(older, { isAnswer: isOff }) };
}

const detailsIn = (ask: Ask, command: string, text: string): ReadonlyMap<string, Block> =>
  new Map(
    blocksIn(ask, command, text, /^ *(?:BGP Peer is|Peer:) ([0-9A-Fa-f:.]{2,45})(?:,| |$)/, /./).map((block) => [
      readAddress(block.name) ?? block.name,
      block,
    ]),
  );

function readTable(
  ask: Ask,
  command: string,
  output: string,
  of: { readonly family: string; readonly instance: string; readonly details: ReadonlyMap<string, Block> },
  instances: Instances,
): void {
  const { family, details } = of;
  let { instance } = of;
  let routerId = '';
  let localAs = 0;
  let columns: readonly string[] = [];
  readLines(ask, command, output, (line) => {
    const short = line.slice(0, 400);
    routerId = /^ *BGP local router ID *: *(\S{1,45})/i.exec(short)?.[1] ?? routerId;
    localAs = asNumberOf(/^ *Local AS number *: *(\S{1,20})/i.exec(short)?.[1]) ?? localAs;
    const [, vrf, id] = /^ *VPN-Instance[ :]+([^\s,]{1,64})(?:, *Router ID *:? *([\d.]{7,15}))?/i.exec(short) ?? [];
    if (vrf !== undefined) {
      instance = vrf;
      routerId = id ?? routerId;
    }
    if (/^ *Peer +(?:V +)?AS\b/.test(short)) columns = short.trim().split(/\s+/);
    const words = short.trim().replace(/^\* ?/, '').split(/\s+/);
    const address = readAddress(words[0] ?? '');
    if (address === undefined) return knows(short) || preface.test(short);
    const cell = (name: string): string => words[columns.indexOf(name)] ?? '';
    const state = cell('State');
    if (asNumberOf(cell('AS')) === undefined || !/^[A-Za-z]/.test(state)) return false;
    const { peers } = entryOf(instances, instance, () => ({
      router_id: routerId,
      peers: {} as Record<string, BgpPeer>,
    }));
    const isUp = /^Established/i.test(state);
    const block = details.get(address);
    peers[address] = {
      local_as: localAs,
      remote_as: asnOf(cell('AS')),
      remote_id: (block && lineIn(block, /remote router ID:? ([\d.]{7,15})/i)) ?? '',
      is_up: isUp,
      is_enabled: !/admin|shut/i.test(state),
      description: (block && lineIn(block, /^Peer's description *: *"?([^"]*)"?$/i)) ?? '',
      uptime: isUp ? (readDuration(cell('Up/Down')) ?? -1) : -1,
      address_family: {
        [family]: {
          sent_prefixes: countIn(block, /^Advertised total routes *: *(\d{1,9})/i),
          accepted_prefixes: countIn(block, /^Received active routes total *: *(\d{1,9})/i),
          received_prefixes: /^\d{1,9}$/.test(cell('PrefRcv')) ? Number(cell('PrefRcv')) : -1,
        },
      },
    };
    return true;
  });
  // The table was there, and empty: the instance is all there is to tell.
  if (routerId !== '') entryOf(instances, of.instance, () => ({ router_id: routerId, peers: {} }));
}

const knows = (line: string): boolean =>
  furniture.test(line) || /^ *(?:BGP local router ID|Local AS number|VPN-Instance|Peer of |BGP Multi)/i.test(line);

const countIn = (block: Block | undefined, pattern: RegExp): number => Number((block && lineIn(block, pattern)) ?? -1);
