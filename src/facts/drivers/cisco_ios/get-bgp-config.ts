import type { ReadFacts } from '../../define-facts.ts';
import type { BgpConfig, BgpConfigGroup, BgpConfigNeighbor, PrefixLimit } from '../../model/bgp.ts';
import { addressOr, isIpv6, readAddress } from '../../values/address.ts';
import { entryOf } from '../../values/entry.ts';
import { asnOf } from '../reading/as-number.ts';

const command = 'show running-config';

/** What `neighbor <name>` says in all its lines, the address families' too. */
interface Statements {
  readonly name: string;
  readonly lines: string[];
}

/**
 * BGP as the running configuration has it: peer groups and session templates are the groups, neighbours without one
 * stand under `_`. Nothing is inherited: a neighbour shows what is written at itself.
 */
export const getBgpConfig: ReadFacts<'get_bgp_config'> = async (ask, { group, neighbor }) => {
  const output = await ask.text(command);
  if (/^(?:version \d|hostname |interface )/m.test(output)) ask.understood(command);
  const section = bgpSection(output);
  const localAs = asnOf(/^router bgp (\d[\d.]{0,15})/.exec(section[0] ?? '')?.[1] ?? '');
  if (localAs === 0) {
    ask.note('no router bgp in the running configuration');
    return {};
  }
  const statements = statementsOf(section);
  const groups: Record<string, BgpConfigGroup> = {
    _: { ...emptyGroup(localAs), multipath: section.some((line) => /^ +maximum-paths (?:ibgp )?\d/.test(line)) },
  };
  for (const one of statements.filter(({ name }) => readAddress(name) === undefined)) {
    groups[one.name] = groupOf(one, localAs);
  }
  for (const one of statements.filter(({ name }) => readAddress(name) !== undefined)) {
    const member = found(one, /^(?:peer-group|inherit peer-session) (\S+)/) ?? '_';
    const home = entryOf(groups, member, () => emptyGroup(localAs));
    home.neighbors[addressOr(one.name)] = neighborOf(one, localAs);
  }
  return only(groups, group, readAddress(neighbor) ?? '');
};

/** The lines from `router bgp` to the next line at the margin that is no comment. */
function bgpSection(output: string): readonly string[] {
  const lines = output.split('\n').map((line) => line.slice(0, 2000).trimEnd());
  const from = lines.findIndex((line) => line.startsWith('router bgp '));
  if (from === -1) return [];
  const length = lines.slice(from + 1).findIndex((line) => /^[^\s!]/.test(line));
  return lines.slice(from, length === -1 ? undefined : from + 1 + length);
}

function statementsOf(section: readonly string[]): readonly Statements[] {
  const byName = new Map<string, Statements>();
  for (const line of section) {
    const [, name, rest] = /^ +neighbor (\S+) (\S.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined) continue;
    const one = byName.get(name) ?? { name, lines: [] };
    one.lines.push(rest);
    byName.set(name, one);
  }
  return [...byName.values()];
}

function found({ lines }: Statements, pattern: RegExp): string | undefined {
  for (const line of lines) {
    const match = pattern.exec(line);
    if (match !== null) return match[1] ?? '';
  }
  return undefined;
}

const shared = (one: Statements) => ({
  description: found(one, /^description (.+)/) ?? '',
  local_address: found(one, /^update-source (\S+)/) ?? '',
  import_policy: found(one, /^route-map (\S+) in$/) ?? '',
  export_policy: found(one, /^route-map (\S+) out$/) ?? '',
  remote_as: asnOf(found(one, /^remote-as (\d[\d.]{0,15})/) ?? ''),
  prefix_limit: prefixLimitOf(one),
});

const emptyGroup = (localAs: number): BgpConfigGroup => ({
  type: '',
  description: '',
  apply_groups: [],
  multihop_ttl: 0,
  multipath: false,
  local_address: '',
  local_as: localAs,
  remote_as: 0,
  import_policy: '',
  export_policy: '',
  remove_private_as: false,
  prefix_limit: {},
  neighbors: {},
});

function groupOf(one: Statements, localAs: number): BgpConfigGroup {
  const said = shared(one);
  const ownAs = asnOf(found(one, /^local-as (\d[\d.]{0,15})/) ?? '') || localAs;
  return {
    ...emptyGroup(ownAs),
    ...said,
    type: said.remote_as === 0 ? '' : said.remote_as === ownAs ? 'internal' : 'external',
    // Without a number IOS means as many hops as there can be.
    multihop_ttl: Number(found(one, /^ebgp-multihop(?: (\d{1,3}))?/)?.replace(/^$/, '255') ?? 0),
    remove_private_as: found(one, /^(remove-private-as)/) !== undefined,
  };
}

function neighborOf(one: Statements, localAs: number): BgpConfigNeighbor {
  return {
    ...shared(one),
    authentication_key: found(one, /^password (?:\d )?(\S+)/) ?? '',
    nhs: found(one, /^(next-hop-self)/) !== undefined,
    route_reflector_client: found(one, /^(route-reflector-client)/) !== undefined,
    local_as: asnOf(found(one, /^local-as (\d[\d.]{0,15})/) ?? '') || localAs,
  };
}

/** `maximum-prefix 1000 80 restart 15`; zeros where there is no limit. */
function prefixLimitOf(one: Statements): PrefixLimit {
  const limit = /^(\d{1,10})(?: (\d{1,3}))?(?: restart (\d{1,5}))?/.exec(found(one, /^maximum-prefix (.+)/) ?? '');
  const family = isIpv6(one.name) ? 'inet6' : 'inet';
  const teardown = { threshold: Number(limit?.[2] ?? 0), timeout: Number(limit?.[3] ?? 0) };
  return { [family]: { unicast: { limit: Number(limit?.[1] ?? 0), teardown } } };
}

function only(groups: BgpConfig, group: string, neighbor: string): BgpConfig {
  const chosen = group === '' ? groups : Object.fromEntries(Object.entries(groups).filter(([name]) => name === group));
  if (neighbor === '') return chosen;
  return Object.fromEntries(
    Object.entries(chosen)
      .map(([name, one]) => {
        const found = one.neighbors[neighbor];
        return [name, { ...one, neighbors: found === undefined ? {} : { [neighbor]: found } }] as const;
      })
      .filter(([, { neighbors }]) => Object.keys(neighbors).length > 0),
  );
}
