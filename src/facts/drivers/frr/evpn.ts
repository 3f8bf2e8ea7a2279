import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import { readMac } from '../../values/mac.ts';
import { ipOf } from '../reading/addresses.ts';
import { entriesAt, isObject, type JsonObject, textAt, wholeAt } from '../reading/json.ts';
import { unreadable } from '../reading/unreadable.ts';

const macs = 'show evpn mac vni all';
const neighbors = 'show evpn arp-cache vni all';

/** Zebra keeps neighbours and MAC addresses of EVPN alone; those of the kernel are not for vtysh to tell. */
const ofKernel =
  'vtysh tells those of EVPN alone, and no VNI has any; where the account has a shell, `linux` tells those of the kernel';

/** What zebra keeps by VNI. An FRR without EVPN answers `{}` or nothing at all. */
async function byVni(ask: Ask, command: string): Promise<readonly (readonly [vni: string, table: JsonObject])[]> {
  const answer = await ask.json(command, { optional: true });
  if (answer === undefined) return [];
  if (!isObject(answer)) throw unreadable(command, 'an object of VNIs', JSON.stringify(answer));
  return entriesAt(answer).filter(([vni]) => /^\d{1,8}$/.test(vni));
}

/** A VTEP of the other side has no port of ours. */
export const readMacAddressTable: ReadFacts<'get_mac_address_table'> = async (ask) => {
  const tables = await byVni(ask, macs);
  const entries = tables.flatMap(([, table]) =>
    entriesAt(table, 'macs').flatMap(([address, entry]) => {
      const mac = readMac(address);
      if (mac === undefined) return [];
      return [
        {
          mac,
          interface: textAt(entry, 'intf') || textAt(entry, 'remoteVtep'),
          vlan: wholeAt(entry, 'vlan', 0),
          static: 'stickyMac' in entry || 'isStatic' in entry,
          active: true,
          moves: -1,
          last_move: -1,
        },
      ];
    }),
  );
  if (entries.length === 0) ask.note(ofKernel);
  return entries;
};

/** IPv4 neighbours of all VNIs; how old they are is not told. */
export const readArpTable: ReadFacts<'get_arp_table'> = async (ask) => {
  const found = (await neighborsIn(ask)).filter(({ ip }) => !ip.includes(':'));
  return found.map(({ interface: port, ip, mac }) => ({ interface: port, ip, mac, age: -1 }));
};

/** And the IPv6 ones. */
export const readIpv6NeighborsTable: ReadFacts<'get_ipv6_neighbors_table'> = async (ask) =>
  (await neighborsIn(ask)).filter(({ ip }) => ip.includes(':')).map((one) => ({ ...one, age: -1 }));

async function neighborsIn(ask: Ask) {
  const tables = await byVni(ask, neighbors);
  const found = tables.flatMap(([vni, table]) =>
    entriesAt(table).flatMap(([address, entry]) => {
      const [ip, mac] = [ipOf(address), readMac(textAt(entry, 'mac'))];
      return ip === undefined || mac === undefined
        ? []
        : [{ interface: textAt(entry, 'remoteVtep') || `vni ${vni}`, ip, mac, state: textAt(entry, 'state') }];
    }),
  );
  if (found.length === 0) ask.note(ofKernel);
  return found;
}
