import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { MacEntry } from '../../model/neighbors.ts';
import { readMac } from '../../values/mac.ts';
import { preface } from './display-interface.ts';
import { portName } from './port-names.ts';

const command = 'display mac-address';
const furniture =
  /^ *(?:-{10,}|MAC Address\b|VSI\/SI|Flags: |BD +:|Total |\* +-|# +-|EVPN|Learned|Age |on the interface\.)/i;
const kind =
  /^(?:dynamic|static|blackhole|sticky|sec-?\w{0,12}|security|snooping|authen|guest|mux|evn|evpn|pre-mac|tunnel)$/i;

export const getMacAddressTable: ReadFacts<'get_mac_address_table'> = async (ask) => {
  const entries: MacEntry[] = [];
  readLines(ask, command, await ask.text(command, { timeoutMs: 120_000 }), (line) => {
    const [address = '', vlan = '', ...rest] = line.trim().split(/\s+/, 10);
    const mac = readMac(address);
    if (mac === undefined) return furniture.test(line) || preface.test(line);
    const at = rest.findIndex((word) => kind.test(word));
    if (at < 1) return false;
    const port = rest[at - 1] ?? '-';
    entries.push({
      mac,
      interface: port === '-' ? '' : portName(ask, port),
      // `10/-/-` is of a VLAN; a VSI or a bridge domain has no number that is one of VLANs.
      vlan: Number(/^(\d{1,4})(?:\/|$)/.exec(vlan)?.[1] ?? 0),
      static: !/^dynamic$/i.test(rest[at] ?? ''),
      active: !/^blackhole$/i.test(rest[at] ?? ''),
      moves: -1,
      last_move: -1,
    });
    return true;
  });
  return entries;
};
