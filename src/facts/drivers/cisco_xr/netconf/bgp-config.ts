import type { XmlElement } from '#core';
import type { ReadFacts } from '../../../define-facts.ts';
import type { BgpConfigGroup, PrefixLimit } from '../../../model/bgp.ts';
import { ipOrText } from '../../reading/addresses.ts';
import { textIn, wholeIn } from '../../reading/xml.ts';
import type { IfKnown } from '../either.ts';
import { model, running } from './models.ts';

const filter = `<bgp xmlns="${model('ipv4-bgp-cfg')}"><instance><instance-name>default</instance-name></instance></bgp>`;

export const readBgpConfig: IfKnown<ReadFacts<'get_bgp_config'>> = async (ask, { group: onlyGroup, neighbor }) => {
  const data = await running(ask, 'show running-config router bgp', filter);
  if (data === undefined) return undefined;
  const groups: Record<string, BgpConfigGroup> = {};
  for (const instance of data.allAt('bgp/instance/instance-as')) {
    const process = instance.at('four-byte-as');
    if (process === undefined) continue;
    const localAs = wholeIn(instance, 'as', 0) * 65_536 + wholeIn(process, 'as', 0);
    const entity = process.at('default-vrf/bgp-entity');
    if (onlyGroup === '') groups['_'] = { ...groupOf(process, localAs), type: '', remove_private_as: false };
    for (const group of entity?.allAt('neighbor-groups/neighbor-group') ?? []) {
      const name = textIn(group, 'neighbor-group-name');
      if (onlyGroup === '' || name === onlyGroup) groups[name] = groupOf(group, localAs);
    }
    for (const one of entity?.allAt('neighbors/neighbor') ?? []) {
      const group = groups[textIn(one, 'neighbor-group-add-member', '_')];
      const address = ipOrText(textIn(one, 'neighbor-address'));
      const isWanted = onlyGroup === '' || neighbor === '' || address === ipOrText(neighbor);
      if (group !== undefined && isWanted) group.neighbors[address] = neighborOf(one, localAs);
    }
  }
  return groups;
};

/** AS numbers are in two halves. */
const asIn = (element: XmlElement, name: string): number =>
  wholeIn(element, `${name}/as-xx`, 0) * 65_536 + wholeIn(element, `${name}/as-yy`, 0);

const groupOf = (group: XmlElement, localAs: number): BgpConfigGroup => {
  const families = group.allAt('neighbor-group-afs/neighbor-group-af');
  const policy = (way: string): string => families.map((one) => textIn(one, way)).find((one) => one !== '') ?? '';
  return {
    // What NAPALM takes for granted of a group on IOS XR.
    type: 'external',
    remove_private_as: true,
    description: textIn(group, 'description'),
    apply_groups: [],
    multihop_ttl: wholeIn(group, 'ebgp-multihop/max-hop-count', 0),
    multipath: families.some((one) => textIn(one, 'multipath') === 'true'),
    local_address: ipOrText(textIn(group, 'local-address/local-ip-address')),
    local_as: asIn(group, 'local-as') || localAs,
    remote_as: asIn(group, 'remote-as'),
    import_policy: policy('route-policy-in'),
    export_policy: policy('route-policy-out'),
    prefix_limit: families.some((one) => one.child('maximum-prefixes')) ? prefixLimitOf(families) : {},
    neighbors: {},
  };
};

const neighborOf = (neighbor: XmlElement, localAs: number): BgpConfigGroup['neighbors'][string] => {
  const families = neighbor.allAt('neighbor-afs/neighbor-af');
  const policy = (way: string): string => families.map((one) => textIn(one, way)).find((one) => one !== '') ?? '';
  return {
    description: textIn(neighbor, 'description'),
    import_policy: policy('route-policy-in'),
    export_policy: policy('route-policy-out'),
    local_address: ipOrText(textIn(neighbor, 'local-address/local-ip-address')),
    authentication_key: textIn(neighbor, 'password/password'),
    nhs: families.some((one) => textIn(one, 'next-hop-self') === 'true'),
    route_reflector_client: families.some((one) => textIn(one, 'route-reflector-client') === 'true'),
    local_as: asIn(neighbor, 'local-as') || localAs,
    remote_as: asIn(neighbor, 'remote-as'),
    prefix_limit: prefixLimitOf(families),
  };
};

/** `ipv4-unicast` is `inet` and `unicast`; a family without a limit has one of 0. */
function prefixLimitOf(families: readonly XmlElement[]): PrefixLimit {
  const limits: Record<string, Record<string, PrefixLimit[string][string]>> = {};
  for (const family of families) {
    const [, version, kind] = /^ipv([46])-?(.+)$/.exec(textIn(family, 'af-name').toLowerCase()) ?? [];
    if (version === undefined || kind === undefined) continue;
    const name = version === '6' ? 'inet6' : 'inet';
    limits[name] = {
      ...limits[name],
      [kind]: {
        limit: wholeIn(family, 'maximum-prefixes/prefix-limit', 0),
        teardown: {
          threshold: wholeIn(family, 'maximum-prefixes/warning-percentage', 0),
          timeout: wholeIn(family, 'maximum-prefixes/restart-time', 0),
        },
      },
    };
  }
  return limits;
}
