import type { Ask } from '../../ask.ts';
import type { Route } from '../../model/routes.ts';
import { asnOf } from '../reading/as-number.ts';
import type { Hop } from './get-route-to.ts';

interface Path {
  asPath: string;
  nextHop: string;
  from: string;
  localPreference: number;
  readonly communities: string[];
}

/** The BGP tables of all VRFs; of several routes, each thing is asked once. */
export class BgpTables {
  readonly #ask: Ask;
  readonly #localAs: number;
  readonly #paths = new Map<string, Promise<readonly Path[] | undefined>>();
  readonly #remoteAs = new Map<string, Promise<number>>();

  constructor(ask: Ask, localAs: number) {
    this.#ask = ask;
    this.#localAs = localAs;
  }

  /** What is said of the path behind a route. */
  async attributesOf({ vrf, prefix, nextHop }: Hop): Promise<Route['protocol_attributes']> {
    const command = `show ip bgp vrf ${vrf} ${prefix}`;
    const paths = await known(this.#paths, command, async () => await this.#readPaths(command));
    const path = paths?.find((one) => one.nextHop === nextHop);
    if (path === undefined) {
      if (paths !== undefined) this.#ask.warn({ command, reason: `no path by way of ${nextHop}` });
      return { local_as: this.#localAs };
    }
    this.#ask.understood(command);
    const question = `show ip bgp neighbors vrf ${vrf} | include "is ${path.from},"`;
    return {
      as_path: path.asPath,
      remote_address: path.from,
      communities: path.communities,
      local_preference: path.localPreference,
      remote_as: await known(this.#remoteAs, question, async () => await this.#readRemoteAs(question)),
      local_as: this.#localAs,
    };
  }

  async #readPaths(command: string): Promise<readonly Path[] | undefined> {
    const output = await this.#ask.text(command, { optional: true });
    return output === undefined ? undefined : pathsIn(output);
  }

  async #readRemoteAs(question: string): Promise<number> {
    const output = await this.#ask.text(question, { optional: true });
    this.#ask.understood(question);
    return asnOf(/\bremote AS (\d[\d.]{0,15})/.exec(output ?? '')?.[1]);
  }
}

/** The answer to a question, asked when it is asked for the first time. */
async function known<T>(answers: Map<string, Promise<T>>, question: string, ask: () => Promise<T>): Promise<T> {
  const answer = answers.get(question) ?? ask();
  answers.set(question, answer);
  return await answer;
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
