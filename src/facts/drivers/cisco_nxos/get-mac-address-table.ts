import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { MacEntry } from '../../model/neighbors.ts';
import { longInterfaceName } from '../../values/interface-name.ts';
import { asInteger, asText } from '../../values/json.ts';
import { macOr, readMac } from '../../values/mac.ts';
import { firstJson, rowsOf } from './nx-json.ts';

const command = 'show mac address-table';

export const getMacAddressTable: ReadFacts<'get_mac_address_table'> = async (ask) => {
  const answer = await firstJson(ask, command);
  if (answer !== undefined) {
    return rowsOf(answer, 'mac_address').map((row) => ({
      mac: macOr(asText(row['disp_mac_addr'])),
      interface: asText(row['disp_port']),
      vlan: asInteger(row['disp_vlan'], 0),
      static: asText(row['disp_is_static']) === 'enabled' || asText(row['disp_type']) === 'static',
      ...unknown,
    }));
  }
  const entries: MacEntry[] = [];
  readLines(ask, command, await ask.text(command), (line) => {
    if (/^ *(?:Legend:|\* - |age - |\(T\) - |VLAN +MAC|-{5,}|Note: |Total )/.test(line)) return true;
    const [, vlan = '', address = '', kind = '', port = ''] =
      /^[*+GCOR~ ]{0,4}(\d{1,4}|-) +([0-9a-f.]{14}) +([a-z]+) +\S+ +[TF~]? *[TF~]? *(\S.*)$/i.exec(line) ?? [];
    const mac = readMac(address);
    if (mac === undefined) return false;
    entries.push({
      mac,
      interface: longInterfaceName(port.trim()).replaceAll(' ', '-'),
      vlan: vlan === '-' ? 0 : Number(vlan),
      static: kind.toLowerCase() !== 'dynamic',
      ...unknown,
    });
    return true;
  });
  return entries;
};

const unknown = { active: true, moves: -1, last_move: -1 };
