import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { BgpConfigGroup, BgpConfigNeighbor } from '../../model/bgp.ts';
import { ipOrText } from '../reading/addresses.ts';
import { asNumberOf } from '../reading/as-number.ts';

const command = 'show running-config | section router bgp';

/** What lines after `neighbor <name>` may say, of a group or of a neighbour. */
interface Settings {
  group: string | undefined;
  isGroup: boolean;
  description: string;
  remoteAs: number;
  localAs: number | undefined;
  importPolicy: string | undefined;
  exportPolicy: string | undefined;
  localAddress: string;
  key: string;
  isNextHopSelf: boolean;
  isReflected: boolean;
  removesPrivateAs: boolean;
  ttl: number;
}

const fresh = (): Settings => ({
  group: undefined,
  isGroup: false,
  description: '',
  remoteAs: 0,
  localAs: undefined,
  importPolicy: undefined,
  exportPolicy: undefined,
  localAddress: '',
  key: '',
  isNextHopSelf: false,
  isReflected: false,
  removesPrivateAs: false,
  ttl: 0,
});

/**
 * Groups and their neighbours. `maximum-routes` counts all address families together, which NAPALM's `prefix_limit`
 * cannot say, so that stays empty.
 */
export const readBgpConfig: ReadFacts<'get_bgp_config'> = async (ask, { group: onlyGroup, neighbor }) => {
  const known = new Map<string, Settings>();
  let localAs = 0;
  readLines(ask, command, await ask.text(command), (line) => {
    const words = line.trim().split(/\s+/);
    if (words[0] === 'router') localAs = asNumberOf(words[2]) ?? 0;
    if (words[0] !== 'neighbor' && words[0] !== 'no') return /^(?:router bgp\b|\s|!)/.test(line);
    const [name, key, ...rest] = words.slice(words[0] === 'no' ? 2 : 1);
    // Listening ranges and the defaults of all neighbours name nobody.
    if (words[0] === 'no' || name === 'default' || name === 'interface') return true;
    if (name === undefined || key === undefined) return false;
    const settings = known.get(name) ?? fresh();
    known.set(name, settings);
    apply(settings, key, rest, line);
    return true;
  });
  const only = onlyGroup === '' ? '' : ipOrText(neighbor);
  const groups: Record<string, BgpConfigGroup> =
    onlyGroup === '' && known.size > 0 ? { _: groupOf(fresh(), localAs) } : {};
  for (const [name, settings] of known) {
    if (settings.isGroup && (onlyGroup === '' || name === onlyGroup)) groups[name] = groupOf(settings, localAs);
  }
  for (const [name, settings] of known) {
    if (settings.isGroup) continue;
    const group = groups[settings.group ?? '_'];
    if (group === undefined || (only !== '' && ipOrText(name) !== only)) continue;
    // The address stays as it is configured.
    group.neighbors[name] = neighborOf(settings, known.get(settings.group ?? ''), localAs);
  }
  return groups;
};

function apply(settings: Settings, key: string, rest: readonly string[], line: string): void {
  const [first = '', second = ''] = rest;
  switch (key) {
    // `peer-group` until 4.23, `peer group` since; alone it makes a group, with a name it joins one.
    case 'peer-group':
    case 'peer': {
      const group = key === 'peer' ? second : first;
      if (group === '') settings.isGroup = true;
      else settings.group = group;
      break;
    }
    case 'description':
      settings.description = /\bdescription (.*)$/.exec(line)?.[1] ?? '';
      break;
    case 'remote-as':
      settings.remoteAs = asNumberOf(first) ?? 0;
      break;
    case 'local-as':
      settings.localAs = asNumberOf(first);
      break;
    case 'route-map':
      if (second === 'in') settings.importPolicy = first;
      else settings.exportPolicy = first;
      break;
    case 'update-source':
      settings.localAddress = first;
      break;
    case 'password':
      settings.key = second === '' ? first : second;
      break;
    case 'next-hop-self':
      settings.isNextHopSelf = true;
      break;
    case 'route-reflector-client':
      settings.isReflected = true;
      break;
    case 'remove-private-as':
      settings.removesPrivateAs = true;
      break;
    case 'ebgp-multihop':
      settings.ttl = first === '' ? 255 : Number(first);
      break;
    default:
  }
}

const groupOf = (settings: Settings, localAs: number): BgpConfigGroup => ({
  type: '',
  description: settings.description,
  apply_groups: [],
  multihop_ttl: settings.ttl,
  multipath: false,
  local_address: settings.localAddress,
  local_as: settings.localAs ?? localAs,
  remote_as: settings.remoteAs,
  import_policy: settings.importPolicy ?? '',
  export_policy: settings.exportPolicy ?? '',
  remove_private_as: settings.removesPrivateAs,
  prefix_limit: {},
  neighbors: {},
});

const neighborOf = (settings: Settings, group: Settings | undefined, localAs: number): BgpConfigNeighbor => ({
  description: settings.description,
  import_policy: settings.importPolicy ?? group?.importPolicy ?? '',
  export_policy: settings.exportPolicy ?? group?.exportPolicy ?? '',
  local_address: settings.localAddress || (group?.localAddress ?? ''),
  authentication_key: settings.key,
  nhs: settings.isNextHopSelf || (group?.isNextHopSelf ?? false),
  route_reflector_client: settings.isReflected || (group?.isReflected ?? false),
  local_as: settings.localAs ?? group?.localAs ?? localAs,
  remote_as: settings.remoteAs || (group?.remoteAs ?? 0),
  prefix_limit: {},
});
