import type { XmlElement } from '#core';
import type { ReadFacts } from '../../define-facts.ts';
import type { BgpConfigGroup, BgpConfigNeighbor, PrefixLimit } from '../../model/bgp.ts';
import { ipOrText } from '../reading/addresses.ts';
import { asNumberOf } from '../reading/as-number.ts';
import { textIn, wholeIn } from '../reading/xml.ts';
import { configurationAt } from './configuration.ts';

export const readBgpConfig: ReadFacts<'get_bgp_config'> = async (ask, { group: onlyGroup, neighbor }) => {
  const [bgp, system, policies] = await Promise.all([
    configurationAt(ask, 'protocols/bgp'),
    configurationAt(ask, 'routing-options/autonomous-system'),
    configurationAt(ask, 'policy-options/policy-statement'),
  ]);
  const systemAs = asNumberOf(system[0]?.valueAt('as-number')) ?? 0;
  const nextHopSelf = new Set(policies.filter(setsNextHopSelf).map((policy) => textIn(policy, 'name')));
  const groups: Record<string, BgpConfigGroup> = {};
  if (bgp.length > 0 && onlyGroup === '') groups['_'] = withoutGroup(systemAs);
  for (const group of bgp.flatMap((one) => one.all('group'))) {
    const name = textIn(group, 'name');
    if (onlyGroup !== '' && name !== onlyGroup) continue;
    const read = groupOf(group, systemAs);
    for (const one of group.all('neighbor')) {
      const address = ipOrText(textIn(one, 'name'));
      if (onlyGroup !== '' && neighbor !== '' && address !== ipOrText(neighbor)) continue;
      read.neighbors[address] = neighborOf(one, group, read.local_as, nextHopSelf);
    }
    groups[name] = read;
  }
  return groups;
};

/** `then next-hop self`, of the policy itself or of one of its terms. */
const setsNextHopSelf = (policy: XmlElement): boolean =>
  [...policy.descendants('next-hop')].some((hop) => hop.child('self') !== undefined || hop.value === 'self');

const policiesIn = (element: XmlElement, name: 'import' | 'export'): string[] =>
  element.all(name).map(({ value }) => value);

/** `<local-as><as-number>` since 8; the number itself before. */
const localAsOf = (element: XmlElement): number | undefined =>
  asNumberOf(element.valueAt('local-as/as-number')) ?? asNumberOf(element.valueAt('local-as'));

const withoutGroup = (systemAs: number): BgpConfigGroup => ({
  type: '',
  description: '',
  apply_groups: [],
  multihop_ttl: 0,
  multipath: false,
  local_address: '',
  local_as: systemAs,
  remote_as: 0,
  import_policy: '',
  export_policy: '',
  remove_private_as: false,
  prefix_limit: {},
  neighbors: {},
});

/** The TTL that Junos takes when `multihop` gives none. */
const defaultTtl = 64;

const groupOf = (group: XmlElement, systemAs: number): BgpConfigGroup => ({
  type: textIn(group, 'type'),
  description: textIn(group, 'description'),
  apply_groups: group.all('apply-groups').map(({ value }) => value),
  multihop_ttl: group.child('multihop') === undefined ? 0 : wholeIn(group, 'multihop/ttl', defaultTtl),
  multipath: group.child('multipath') !== undefined,
  local_address: ipOrText(textIn(group, 'local-address')),
  local_as: localAsOf(group) ?? systemAs,
  remote_as: asNumberOf(group.valueAt('peer-as')) ?? 0,
  import_policy: policiesIn(group, 'import').join(' '),
  export_policy: policiesIn(group, 'export').join(' '),
  remove_private_as: group.child('remove-private') !== undefined,
  prefix_limit: prefixLimitOf(group),
  neighbors: {},
});

const neighborOf = (
  neighbor: XmlElement,
  group: XmlElement,
  groupAs: number,
  nextHopSelf: ReadonlySet<string>,
): BgpConfigNeighbor => ({
  description: textIn(neighbor, 'description'),
  import_policy: policiesIn(neighbor, 'import').join(' '),
  export_policy: policiesIn(neighbor, 'export').join(' '),
  local_address: ipOrText(textIn(neighbor, 'local-address')),
  authentication_key: textIn(neighbor, 'authentication-key'),
  nhs: policiesIn(neighbor, 'export').some((policy) => nextHopSelf.has(policy)),
  route_reflector_client: neighbor.child('cluster') !== undefined || group.child('cluster') !== undefined,
  local_as: localAsOf(neighbor) ?? groupAs,
  remote_as: asNumberOf(neighbor.valueAt('peer-as')) ?? 0,
  prefix_limit: prefixLimitOf(neighbor),
});

function prefixLimitOf(element: XmlElement): PrefixLimit {
  const limits: Record<string, Record<string, PrefixLimit[string][string]>> = {};
  for (const family of element.at('family')?.children ?? []) {
    for (const kind of family.children) {
      const limit = kind.child('prefix-limit');
      if (limit === undefined) continue;
      const teardown = limit.child('teardown');
      limits[family.name] = {
        ...limits[family.name],
        [kind.name]: {
          limit: wholeIn(limit, 'maximum', 0),
          ...(teardown && {
            teardown: {
              threshold: wholeIn(teardown, 'limit-threshold', 0),
              timeout: wholeIn(teardown, 'idle-timeout/timeout', 0),
            },
          }),
        },
      };
    }
  }
  return limits;
}
