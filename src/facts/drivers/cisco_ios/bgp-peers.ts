import type { Ask } from '../../ask.ts';
import { readAddress } from '../../values/address.ts';

/** A neighbour as `show bgp … neighbors` tells of it. */
export interface BgpPeerText {
  readonly address: string;
  /** Empty for the global table. */
  readonly vrf: string;
  readonly lines: readonly string[];
}

/** Splits the output at its `BGP neighbor is …`. What stands before the first one is a warning. */
export function bgpPeers(ask: Ask, command: string, output: string): readonly BgpPeerText[] {
  const peers: (BgpPeerText & { lines: string[] })[] = [];
  let number = 0;
  for (const raw of output.split('\n')) {
    number += 1;
    const line = raw.slice(0, 2000).trim();
    if (line === '') continue;
    const head = /^BGP neighbor is \*?([0-9A-Fa-f:.]{2,45}),(?: +vrf (\S{1,64}),)?/.exec(line);
    const address = readAddress(head?.[1] ?? '');
    if (head !== null && address !== undefined) peers.push({ address, vrf: head[2] ?? '', lines: [line] });
    else if (peers.length > 0) peers.at(-1)?.lines.push(line);
    else if (
      !/^(?:Load for five|Time source|For address family: |% No such neighbor|%? ?Command accepted but obsolete)/.test(
        line,
      )
    ) {
      ask.warn({ command, line, number, reason: 'belongs to no neighbour' });
    }
  }
  if (peers.length > 0) ask.understood(command);
  return peers;
}

/** The groups of the first line that matches; all undefined when none does. */
export function match({ lines }: BgpPeerText, pattern: RegExp): readonly (string | undefined)[] {
  for (const line of lines) {
    const found = pattern.exec(line);
    if (found !== null) return found.slice(1);
  }
  return [];
}

/** The first group as a number, or `otherwise`. */
export function numberIn(peer: BgpPeerText, pattern: RegExp, otherwise = 0): number {
  const [text] = match(peer, pattern);
  return text === undefined || !/^\d{1,20}$/.test(text) ? otherwise : Number(text);
}

/** Prefixes that policies kept out: the sum under `Local Policy Denied Prefixes`. */
export function deniedInbound(peer: BgpPeerText): number {
  const from = peer.lines.findIndex((line) => line.startsWith('Local Policy Denied Prefixes:'));
  if (from === -1) return 0;
  for (const line of peer.lines.slice(from, from + 40)) {
    const total = /^Total: +\d+ +(\d{1,20})$/.exec(line)?.[1];
    if (total !== undefined) return Number(total);
  }
  return 0;
}

/** The part that speaks of one address family, or all of it where it is not divided. */
export function familyPart(peer: BgpPeerText, family: string): BgpPeerText {
  const from = peer.lines.indexOf(`For address family: ${family}`);
  if (from === -1) return peer;
  const length = peer.lines.slice(from + 1).findIndex((line) => line.startsWith('For address family: '));
  return { ...peer, lines: peer.lines.slice(from, length === -1 ? undefined : from + 1 + length) };
}
