import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { Vlans } from '../../model/routes.ts';
import { entryOf } from '../../values/entry.ts';
import { readMac } from '../../values/mac.ts';
import { ipOrText } from '../reading/addresses.ts';
import { wordOf } from '../reading/argument.ts';
import { type JsonObject, listAt, objectAt, textAt, textsAt, wholeAt } from '../reading/json.ts';
import { shellRows, shellRowsIfKnown, withSbin } from './shell-json.ts';

/** Those that have an address; the others did not answer. */
async function neighborsOf(ask: Ask, command: string) {
  const rows = await shellRows(ask, command);
  return rows.flatMap((row) => {
    const mac = readMac(textAt(row, 'lladdr'));
    if (mac === undefined) return [];
    return [{ row, entry: { interface: textAt(row, 'dev'), mac, ip: ipOrText(textAt(row, 'dst')), age: ageOf(row) } }];
  });
}

/** Seconds since the neighbour was last known to be right; a permanent one has no age. */
const ageOf = (row: JsonObject): number =>
  textsAt(row, 'state').includes('PERMANENT') ? -1 : wholeAt(row, 'confirmed', -1);

export const readArpTable: ReadFacts<'get_arp_table'> = async (ask, { vrf }) => {
  const of = vrf === '' ? '' : ` show vrf ${wordOf('vrf', vrf)}`;
  return (await neighborsOf(ask, `ip -j -s -4 neigh${of}`)).map(({ entry }) => entry);
};

export const readIpv6NeighborsTable: ReadFacts<'get_ipv6_neighbors_table'> = async (ask) =>
  (await neighborsOf(ask, 'ip -j -s -6 neigh')).map(({ row, entry }) => ({
    ...entry,
    state: (textsAt(row, 'state')[0] ?? '').toLowerCase(),
  }));

/** What bridges learned or were told. The entries of the interfaces themselves, for what they listen to, are none. */
export const readMacAddressTable: ReadFacts<'get_mac_address_table'> = async (ask) => {
  const rows = await shellRows(ask, `${withSbin}bridge -j fdb show`);
  const entries = rows.filter((row) => textAt(row, 'master') !== '' && !textsAt(row, 'flags').includes('self'));
  if (entries.length === 0) ask.note('no bridge has learned an address');
  return entries.flatMap((row) => {
    const mac = readMac(textAt(row, 'mac'));
    if (mac === undefined) return [];
    return {
      mac,
      interface: textAt(row, 'ifname'),
      vlan: wholeAt(row, 'vlan', 0),
      static: ['permanent', 'static'].includes(textAt(row, 'state')),
      active: true,
      moves: 0,
      last_move: 0,
    };
  });
};

/** VLANs of bridges, and those of subinterfaces. Linux gives them no names. */
export const readVlans: ReadFacts<'get_vlans'> = async (ask) => {
  const [links, bridged] = await Promise.all([
    shellRows(ask, 'ip -j -d link'),
    shellRowsIfKnown(ask, `${withSbin}bridge -j vlan show`),
  ]);
  const vlans: Vlans = {};
  const add = (id: number, name: string): void => {
    if (id > 0) entryOf(vlans, String(id), () => ({ name: '', interfaces: [] as string[] })).interfaces.push(name);
  };
  for (const row of bridged ?? []) {
    for (const vlan of listAt(row, 'vlans')) {
      const first = wholeAt(vlan, 'vlan', 0);
      const last = Math.min(wholeAt(vlan, 'vlanEnd', first), 4095);
      for (let id = first; id <= last; id += 1) add(id, textAt(row, 'ifname'));
    }
  }
  for (const link of links) {
    const info = objectAt(link, 'linkinfo');
    if (textAt(info, 'info_kind') === 'vlan')
      add(wholeAt(objectAt(info, 'info_data'), 'id', 0), textAt(link, 'ifname'));
  }
  if (Object.keys(vlans).length === 0) ask.note('no bridge filters VLANs, and there is no VLAN interface');
  return vlans;
};
