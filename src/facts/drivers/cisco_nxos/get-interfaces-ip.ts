import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { InterfacesIp } from '../../model/interfaces.ts';
import { readAddress } from '../../values/address.ts';
import { entryOf } from '../../values/entry.ts';
import { longInterfaceName } from '../../values/interface-name.ts';
import { asNumber, asText } from '../../values/json.ts';
import { firstJson, rowsOf } from './nx-json.ts';

type Addresses = Record<string, { prefix_length: number }>;
type Found = Record<string, { ipv4?: Addresses; ipv6?: Addresses }>;

/** Addresses of the interfaces of all VRFs; an unnumbered interface shows the address that it borrows. */
export const getInterfacesIp: ReadFacts<'get_interfaces_ip'> = async (ask) => {
  const answer = await firstJson(ask, 'show ip interface vrf all', 'show ip interface');
  if (answer === undefined) return await textAddresses(ask);
  const found: Found = {};
  const borrowers: [string, string][] = [];
  for (const row of rowsOf(answer, 'intf')) {
    const name = asText(row['intf-name']);
    add(found, name, 'ipv4', asText(row['prefix']), asNumber(row['masklen']));
    for (const second of rowsOf(row, 'secondary_address')) {
      add(found, name, 'ipv4', asText(second['prefix1']), asNumber(second['masklen1']));
    }
    if (row['unnum-intf'] !== undefined) borrowers.push([name, asText(row['unnum-intf'])]);
  }
  for (const [name, lender] of borrowers) {
    for (const [address, { prefix_length }] of Object.entries(found[lender]?.ipv4 ?? {})) {
      add(found, name, 'ipv4', address, prefix_length);
    }
  }
  for (const row of rowsOf(await firstJson(ask, 'show ipv6 interface vrf all', 'show ipv6 interface'), 'intf')) {
    const name = asText(row['intf-name']);
    for (const text of [row['addr'], ...rowsOf(row, 'addr').map((one) => one['addr'])].map((one) => asText(one))) {
      // An address without a length is the interface's own.
      const [address = '', length = '128'] = text.split('/');
      add(found, name, 'ipv6', address, asNumber(length));
    }
  }
  return found;
};

function add(found: Found, name: string, family: 'ipv4' | 'ipv6', text: string, length: number): void {
  const address = readAddress(text);
  if (address === undefined || !(length >= 0 && length <= 128) || name === '') return;
  const one = entryOf<Found[string]>(found, name, () => ({}));
  one[family] = { ...one[family], [address]: { prefix_length: length } };
}

async function textAddresses(ask: Ask): Promise<InterfacesIp> {
  const [ipv4, ipv6] = await Promise.all([
    ask.text('show ip interface vrf all'),
    ask.text('show ipv6 interface vrf all', { optional: true }),
  ]);
  const found: Found = {};
  eachInterfaceLine(ask, 'show ip interface vrf all', ipv4, (name, line) => {
    const [, address = '', length] = /^IP address: ([\d.]{7,15}), IP subnet: [\d.]{7,15}\/(\d{1,2})\b/.exec(line) ?? [];
    if (length !== undefined) add(found, name, 'ipv4', address, Number(length));
  });
  eachInterfaceLine(ask, 'show ipv6 interface vrf all', ipv6 ?? '', (name, line) => {
    const local = /^IPv6 link-local address: ([0-9a-f:]{2,39}) \(default\)/i.exec(line)?.[1];
    if (local !== undefined) add(found, name, 'ipv6', local, 64);
    const [, address = '', length] = /^([0-9a-f:.]{2,45})\/(\d{1,3}) \[/i.exec(line) ?? [];
    if (length !== undefined) add(found, name, 'ipv6', address, Number(length));
  });
  return found;
}

function eachInterfaceLine(
  ask: Ask,
  command: string,
  output: string,
  visit: (name: string, line: string) => void,
): void {
  let name = '';
  let number = 0;
  for (const raw of output.split('\n')) {
    number += 1;
    const line = raw.slice(0, 2000).trimEnd();
    const begun = /^([A-Za-z][A-Za-z-]{1,20}\d[\d/.]*), Interface status: /.exec(line)?.[1];
    if (begun !== undefined) name = longInterfaceName(begun);
    else if (/^IP(?:v6)? Interface Status for VRF /.test(line)) name = '';
    else if (/^\s/.test(line) && name !== '') visit(name, line.trim());
    else if (line !== '' && !/^IP(?:v6)? is disabled/.test(line)) {
      ask.warn({ command, line, number, reason: 'belongs to no interface' });
    }
  }
  ask.understood(command);
}
