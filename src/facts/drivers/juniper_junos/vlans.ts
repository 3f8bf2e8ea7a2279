import type { XmlElement } from '#core';
import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { Vlans } from '../../model/routes.ts';
import { askXml, askXmlIfKnown, outermost, textIn } from '../reading/xml.ts';

const switching = { command: 'show vlans', rpc: '<get-vlan-information/>' };
const bridging = { command: 'show bridge domain', rpc: '<get-bridge-instance-information/>' };
const switchTables = ['vlan-information', 'l2ng-l2ald-vlan-instance-information'];

interface Fields {
  readonly id: string;
  readonly name: string;
  readonly member: string;
}

/** Where the three forms keep what they tell: MX with bridge domains, switches before ELS, switches with it. */
const forms: Readonly<Record<string, Fields>> = {
  'l2ald-bridge-instance-group': {
    id: 'l2rtb-bridge-vlan',
    name: 'l2rtb-bridging-domain',
    member: 'l2rtb-interface-name',
  },
  vlan: {
    id: 'vlan-tag',
    name: 'vlan-name',
    member: 'vlan-detail/vlan-member-list/vlan-member/vlan-member-interface',
  },
  'l2ng-l2ald-vlan-instance-group': {
    id: 'l2ng-l2rtb-vlan-tag',
    name: 'l2ng-l2rtb-vlan-name',
    member: 'l2ng-l2rtb-vlan-member/l2ng-l2rtb-vlan-member-interface',
  },
};

export const readVlans: ReadFacts<'get_vlans'> = async (ask) => {
  const vlans: Vlans = {};
  for (const table of await tablesOf(ask)) {
    for (const group of outermost(table, ...Object.keys(forms))) {
      const { id, name, member } = forms[group.name]!;
      const tag = textIn(group, id);
      // A VLAN without a number, as `default` is on older switches, and a list of numbers of one domain.
      if (!/^\d{1,4}$/.test(tag)) continue;
      const interfaces = group.allAt(member).map(({ value }) => value.replace(/\*$/, ''));
      vlans[tag] = { name: textIn(group, name), interfaces: interfaces.filter((one) => one !== '' && one !== 'None') };
    }
  }
  return vlans;
};

async function tablesOf(ask: Ask): Promise<XmlElement[]> {
  const tables = await askXmlIfKnown(ask, switching, ...switchTables);
  return tables ?? (await askXml(ask, bridging, 'l2ald-bridge-instance-information'));
}
