import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import { readMac } from '../../values/mac.ts';
import { readArpTable as readArpOfKernel } from '../linux/neighbors.ts';
import { ipOf } from '../reading/addresses.ts';

const arp = 'show arp';
const nd = 'show ipv6 neighbors';

interface Row {
  readonly interface: string;
  readonly mac: string;
  readonly ip: string;
  readonly state: string;
}

/**
 * Both tables had other columns in 1.3 (`192.0.2.9 ether 02:00:5e:00:00:01 C eth0`, `fe80::1 dev eth0 lladdr …`) than
 * since 1.4 (`192.0.2.9 eth0 02:00:5e:00:00:01 REACHABLE`); in all of them the address is first, and the interface is
 * the last of the words that could be one.
 */
async function rowsOf(ask: Ask, command: string): Promise<Row[]> {
  const rows: Row[] = [];
  const output = await ask.text(command);
  readLines(ask, command, output, (line) => {
    const words = line.trim().split(/\s+/);
    const ip = ipOf(words[0] ?? '');
    if (ip === undefined) return /^(?:Address\b|IP|-{3,}|Entries:)/.test(line);
    const at = words.findIndex((word) => readMac(word) !== undefined && word.length === 17);
    // One that does not answer has no address.
    if (at === -1) return /incomplete|failed|INCOMPLETE|FAILED/.test(line) || words.length === 3;
    const end = words[1] === 'dev' ? words[2]! : words[1] === 'ether' ? words.at(-1)! : words[1]!;
    const state = words.find((word) => /^[A-Z]{4,12}$/.test(word)) ?? '';
    rows.push({ interface: end, mac: readMac(words[at]!)!, ip, state: state.toLowerCase() });
    return true;
  });
  return rows;
}

/** The operational mode knows the table of the default instance; of the others, the shell does. */
export const readArpTable: ReadFacts<'get_arp_table'> = async (ask, args) => {
  if (args.vrf !== '') return await readArpOfKernel(ask, args);
  return (await rowsOf(ask, arp)).map(({ interface: end, mac, ip }) => ({ interface: end, mac, ip, age: -1 }));
};

export const readIpv6NeighborsTable: ReadFacts<'get_ipv6_neighbors_table'> = async (ask) =>
  (await rowsOf(ask, nd)).map((row) => ({ ...row, age: -1 }));
