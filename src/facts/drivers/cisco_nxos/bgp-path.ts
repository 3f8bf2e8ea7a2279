import type { Ask } from '../../ask.ts';
import type { Route } from '../../model/routes.ts';
import { asnOf } from './get-bgp-neighbors.ts';
import type { Hop } from './get-route-to.ts';

interface Path {
  asPath: string;
  nextHop: string;
  from: string;
  localPreference: number;
  readonly communities: string[];
}

/** What the BGP table says of the path behind a route. */
export async function bgpAttributes(ask: Ask, hop: Hop, localAs: number): Promise<Route['protocol_attributes']> {
  const command = `show ip bgp vrf ${hop.vrf} ${hop.prefix}`;
  const output = await ask.text(command, { optional: true });
  const path = pathsIn(output ?? '').find(({ nextHop }) => nextHop === hop.nextHop);
  if (path === undefined) {
    if (output !== undefined) ask.warn({ command, reason: `no path by way of ${hop.nextHop}` });
    return { local_as: localAs };
  }
  ask.understood(command);
  const question = `show ip bgp neighbors vrf ${hop.vrf} | include "is ${path.from},"`;
  const neighbor = await ask.text(question, { optional: true });
  ask.understood(question);
  return {
    as_path: path.asPath,
    remote_address: path.from,
    communities: path.communities,
    local_preference: path.localPreference,
    remote_as: asnOf(/\bremote AS (\d[\d.]{0,15})/.exec(neighbor ?? '')?.[1] ?? ''),
    local_as: localAs,
  };
}

/** A path begins with `Path type:`; communities stand in its line or, the extended ones, in those below. */
function pathsIn(output: string): readonly Path[] {
  const paths: Path[] = [];
  let isExtended = false;
  for (const raw of output.split('\n')) {
    const line = raw.slice(0, 4000).trim();
    if (/^Path type: /.test(line)) {
      paths.push({ asPath: '', nextHop: '', from: '', localPreference: 0, communities: [] });
    }
    const last = paths.at(-1);
    if (last === undefined) continue;
    const aspath = /^AS-Path: ([\d {}().]{1,3000}|NONE)\s*,/.exec(line)?.[1];
    if (aspath !== undefined) last.asPath = aspath === 'NONE' ? '' : aspath.trim();
    const [, nextHop, from] = /^([\d.]{7,15}) (?:\([^)]{0,80}\) ){0,3}from ([\d.]{7,15}) \(/.exec(line) ?? [];
    if (nextHop !== undefined && from !== undefined) Object.assign(last, { nextHop, from });
    last.localPreference = Number(/, localpref (\d{1,10})/.exec(line)?.[1] ?? last.localPreference);
    const communities = /^(?:Community|Extcommunity): ?(.*)$/.exec(line)?.[1];
    if (communities !== undefined) last.communities.push(...words(communities));
    else if (isExtended && /^[A-Z]{2,10}:\S+/.test(line)) last.communities.push(...words(line));
    isExtended = line.startsWith('Extcommunity:') || (isExtended && /^[A-Z]{2,10}:\S+/.test(line));
  }
  return paths;
}

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');
