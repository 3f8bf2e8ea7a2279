import type { Ask } from '../../ask.ts';
import type { Route } from '../../model/routes.ts';
import { asnOf } from '../reading/as-number.ts';
import { bgpPeers, match } from './bgp-peers.ts';
import type { TableRoute } from './show-ip-route.ts';

interface Path {
  readonly asPath: string;
  readonly nextHop: string;
  readonly from: string;
  localPreference: number;
  readonly communities: string[];
  isBest: boolean;
}

/** The BGP table about one destination; of several routes to it, each thing is asked once. */
export class BgpTable {
  readonly #ask: Ask;
  readonly #localAs: number;
  readonly #table: string;
  readonly #command: string;
  readonly #remoteAs = new Map<string, Promise<number>>();
  #paths: Promise<readonly Path[] | undefined> | undefined;

  /** `vrf`: empty for the global table. `destination`: as the user gave it. */
  constructor(ask: Ask, vrf: string, destination: string, localAs: number) {
    this.#ask = ask;
    this.#localAs = localAs;
    this.#table = vrf === '' ? 'show ip bgp' : `show ip bgp vpnv4 vrf ${vrf}`;
    this.#command = `${this.#table} ${destination}`;
  }

  /** What is said of the path behind a route: the best one with the same next hop. */
  async attributesOf({ nextHop }: TableRoute): Promise<Route['protocol_attributes']> {
    this.#paths ??= this.#readPaths();
    const paths = (await this.#paths)?.filter((path) => path.nextHop === nextHop);
    const path = paths?.find(({ isBest }) => isBest) ?? paths?.[0];
    if (path === undefined) {
      if (paths !== undefined) this.#ask.warn({ command: this.#command, reason: `no path by way of ${nextHop}` });
      return { local_as: this.#localAs };
    }
    this.#ask.understood(this.#command);
    const remoteAs = this.#remoteAs.get(path.from) ?? this.#readRemoteAs(path.from);
    this.#remoteAs.set(path.from, remoteAs);
    return {
      as_path: path.asPath,
      remote_address: path.from,
      communities: path.communities,
      local_preference: path.localPreference,
      remote_as: await remoteAs,
      local_as: this.#localAs,
    };
  }

  async #readPaths(): Promise<readonly Path[] | undefined> {
    const output = await this.#ask.text(this.#command, { optional: true });
    return output === undefined ? undefined : pathsIn(output);
  }

  async #readRemoteAs(from: string): Promise<number> {
    const question = `${this.#table} neighbors | include is ${from}`;
    const output = await this.#ask.text(question, { optional: true });
    const peer = bgpPeers(this.#ask, question, output ?? '').find(({ address }) => address === from);
    return peer === undefined ? 0 : asnOf(match(peer, /\bremote AS (\d[\d.]{0,15})/)[0]);
  }
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
