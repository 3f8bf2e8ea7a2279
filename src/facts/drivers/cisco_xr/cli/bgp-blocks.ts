import type { Ask } from '../../../ask.ts';
import { ipOrText } from '../../reading/addresses.ts';
import { printed, printedIfKnown } from './text.ts';

const neighbors = ['show bgp neighbors', 'show bgp vrf all neighbors'] as const;
const summaries = ['show bgp summary', 'show bgp vrf all summary'] as const;
const isInactive = /^% (?:None of the requested address families are configured|BGP instance .{1,60} not active)/;

export interface BgpBlock {
  /** `default` for the main one. */
  readonly vrf: string;
  readonly address: string;
  readonly lines: readonly string[];
}

export interface BgpText {
  readonly blocks: readonly BgpBlock[];
  /** By VRF. */
  readonly routerIds: ReadonlyMap<string, string>;
}

const heading = /^BGP neighbor is ([^\s,]+)(?:, vrf (\S+))?/;

/** The peers of all VRFs as `show bgp neighbors` prints them, and the router id of each VRF. */
export async function bgpText(ask: Ask): Promise<BgpText> {
  const [main, others, mainSummary, otherSummaries] = await Promise.all([
    printed(ask, neighbors[0], isInactive),
    printedIfKnown(ask, neighbors[1], isInactive),
    printedIfKnown(ask, summaries[0], isInactive),
    printedIfKnown(ask, summaries[1], isInactive),
  ]);
  if (isInactive.test(main) && (others === undefined || isInactive.test(others))) ask.note('BGP is not configured');
  const routerIds = new Map([...routerIdsIn(mainSummary ?? ''), ...routerIdsIn(otherSummaries ?? '')]);
  const blocks = [...blocksIn(main), ...blocksIn(others ?? '')];
  if (blocks.length > 0 || isInactive.test(main)) for (const command of neighbors) ask.understood(command);
  for (const command of summaries) ask.understood(command);
  return { blocks, routerIds };
}

function blocksIn(output: string): BgpBlock[] {
  const blocks: { vrf: string; address: string; lines: string[] }[] = [];
  let vrf = 'default';
  for (const raw of output.split('\n')) {
    const line = raw.trimEnd();
    vrf = /^VRF: (\S+)/.exec(line)?.[1] ?? vrf;
    const [, address, ofVrf] = heading.exec(line) ?? [];
    if (address !== undefined) blocks.push({ vrf: ofVrf ?? vrf, address: ipOrText(address), lines: [] });
    else blocks.at(-1)?.lines.push(line);
  }
  return blocks;
}

function* routerIdsIn(output: string): Generator<[vrf: string, id: string]> {
  let vrf = 'default';
  for (const line of output.split('\n')) {
    vrf = /^VRF: (\S+)/.exec(line)?.[1] ?? vrf;
    const id = /^BGP router identifier ([\d.]+)/.exec(line)?.[1];
    if (id !== undefined) yield [vrf, id];
  }
}

/** The lines of each address family, by its name: `IPv4 Unicast`. */
export function familiesIn(lines: readonly string[]): Map<string, string[]> {
  const families = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of lines) {
    const name = /^ For Address Family: (\S.*)$/.exec(line)?.[1];
    if (name !== undefined) {
      current = [];
      families.set(name, current);
    } else current?.push(line);
  }
  return families;
}
