import type { XmlElement } from '#core';
import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { MacEntry } from '../../model/neighbors.ts';
import { readMac } from '../../values/mac.ts';
import { askXml, askXmlIfKnown, outermost, textIn, wholeIn } from '../reading/xml.ts';

const switching = {
  command: 'show ethernet-switching table extensive',
  rpc: '<get-ethernet-switching-table-information><extensive/></get-ethernet-switching-table-information>',
};
const bridging = {
  command: 'show bridge mac-table extensive',
  rpc: '<get-bridge-mac-table><extensive/></get-bridge-mac-table>',
};
const switchTables = ['ethernet-switching-table-information', 'l2ng-l2ald-rtb-macdb'];

/** Three forms: MX with bridge domains, switches before ELS, switches with it. The elements tell which one came. */
const rows: Readonly<Record<string, (row: XmlElement) => MacEntry | undefined>> = {
  'l2ald-mac-entry': (row) =>
    entry(textIn(row, 'l2-mac-address'), textIn(row, 'l2-mac-logical-interface'), wholeIn(row, 'l2-bridge-vlan', 0)),
  'mac-table-entry': (row) =>
    entry(
      textIn(row, 'mac-address'),
      textIn(row, 'mac-interface') || textIn(row, 'mac-interfaces-list/mac-interfaces'),
      wholeIn(row, 'mac-vlan-tag', 0),
      textIn(row, 'mac-type') === 'Static',
    ),
  'l2ng-l2ald-mac-entry-vlan': (row) =>
    entry(
      textIn(row, 'l2ng-l2-mac-address'),
      textIn(row, 'l2ng-l2-mac-logical-interface'),
      wholeIn(row, 'l2ng-l2-vlan-id', 0),
    ),
};

export const readMacAddressTable: ReadFacts<'get_mac_address_table'> = async (ask) => {
  const tables = await tablesOf(ask);
  return tables.flatMap((table) =>
    outermost(table, ...Object.keys(rows)).flatMap((row) => rows[row.name]?.(row) ?? []),
  );
};

async function tablesOf(ask: Ask): Promise<XmlElement[]> {
  const tables = await askXmlIfKnown(ask, switching, ...switchTables);
  return tables ?? (await askXml(ask, bridging, 'l2ald-rtb-macdb'));
}

/** The flooding entry of a VLAN has `*` for its address, and is no neighbour. */
function entry(address: string, port: string, vlan: number, isStatic = false): MacEntry | undefined {
  const mac = readMac(address);
  if (mac === undefined) return undefined;
  return { mac, interface: port, vlan, static: isStatic, active: true, moves: 0, last_move: 0 };
}
