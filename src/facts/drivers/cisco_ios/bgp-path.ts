import type { Ask } from '../../ask.ts';
import type { Route } from '../../model/routes.ts';
import { bgpPeers, match } from './bgp-peers.ts';
import { asnOf } from './bgp-summary.ts';
import type { TableRoute } from './show-ip-route.ts';

interface Wanted {
  readonly route: TableRoute;
  /** Empty for the global table. */
  readonly vrf: string;
  /** As the user gave it. */
  readonly destination: string;
  readonly localAs: number;
}

interface Path {
  readonly asPath: string;
  readonly nextHop: string;
  readonly from: string;
  localPreference: number;
  readonly communities: string[];
  isBest: boolean;
}

/** What the BGP table says of the path behind a route: its best path with the same next hop. */
export async function bgpAttributes(
  ask: Ask,
  { route, vrf, destination, localAs }: Wanted,
): Promise<Route['protocol_attributes']> {
  const table = vrf === '' ? 'show ip bgp' : `show ip bgp vpnv4 vrf ${vrf}`;
  const command = `${table} ${destination}`;
  const output = await ask.text(command, { optional: true });
  const paths = pathsIn(output ?? '').filter(({ nextHop }) => nextHop === route.nextHop);
  const path = paths.find(({ isBest }) => isBest) ?? paths[0];
  if (path === undefined) {
    if (output !== undefined) ask.warn({ command, reason: `no path by way of ${route.nextHop}` });
    return { local_as: localAs };
  }
  ask.understood(command);
  const question = `${table} neighbors | include is ${path.from}`;
  const neighbor = await ask.text(question, { optional: true });
  const [peer] = bgpPeers(ask, question, neighbor ?? '').filter(({ address }) => address === path.from);
  return {
    as_path: path.asPath,
    remote_address: path.from,
    communities: path.communities,
    local_preference: path.localPreference,
    remote_as: peer === undefined ? 0 : asnOf(match(peer, /\bremote AS (\d[\d.]{0,15})/)[0] ?? ''),
    local_as: localAs,
  };
}

/** A path is two lines (AS path, next hop) and its attributes, each deeper than the line before. */
function pathsIn(output: string): readonly Path[] {
  const paths: Path[] = [];
  let asPath = '';
  for (const raw of output.split('\n')) {
    const line = raw.slice(0, 4000).trimEnd();
    const aspath = /^ {2}(Local|\d[\d. {},()]*?)(?:, .*)?$/.exec(line)?.[1];
    if (aspath !== undefined) asPath = aspath === 'Local' ? '' : aspath.trim();
    const [, nextHop, from] = /^ {4}([\d.]{7,15}) (?:\([^)]{0,80}\) ){0,3}from ([\d.]{7,15}) \(/.exec(line) ?? [];
    if (nextHop !== undefined && from !== undefined) {
      paths.push({ asPath, nextHop, from, localPreference: 0, communities: [], isBest: false });
    }
    const last = paths.at(-1);
    if (last === undefined) continue;
    if (/^ {6}Origin /.test(line)) {
      last.localPreference = Number(/, localpref (\d{1,10})/.exec(line)?.[1] ?? 0);
      last.isBest = /, best\b/.test(line);
    }
    const communities = /^ {6}(?:Extended )?Community: (\S.*)/.exec(line)?.[1];
    if (communities !== undefined) last.communities.push(...communities.trim().split(/[\s,]+/));
  }
  return paths;
}
