import type { ReadFacts } from '../../define-facts.ts';
import { readLines } from '../../lines.ts';
import type { ArpEntry } from '../../model/neighbors.ts';
import { readAddress } from '../../values/address.ts';
import { readMac } from '../../values/mac.ts';
import { wordOf } from '../reading/argument.ts';
import { preface } from './display-interface.ts';
import { portName } from './port-names.ts';

const furniture =
  /^(?:IP ADDRESS +MAC ADDRESS| +VLAN(?:\/CEVLAN|\(?CEVLAN)| *-{10,}| +\d{1,4}(?:\/(?:\d{1,4}|-))?$|Total ?:|ARP timeout|Redirect|A: |ARP Entry Types|EXP: |VLAN:|Type: )/i;

/** Minutes until the entry ends; our own addresses have none (-1). Unanswered requests are left out. */
export const getArpTable: ReadFacts<'get_arp_table'> = async (ask, { vrf }) => {
  const ofVrf = vrf === '' ? '' : ` vpn-instance ${wordOf('vrf', vrf)}`;
  const asked = `display arp${ofVrf}`;
  const short = vrf === '' ? await ask.text(asked, { optional: true }) : await ask.text(asked);
  // The routers of the NE series want the word.
  const command = short === undefined ? 'display arp all' : asked;
  const entries: ArpEntry[] = [];
  readLines(ask, command, short ?? (await ask.text(command)), (line) => {
    const [address = '', hardware = '', ...rest] = line.trim().split(/\s+/, 8);
    const ip = readAddress(address);
    if (ip === undefined) return furniture.test(line) || preface.test(line);
    if (/^Incomplete$/i.test(hardware)) return true;
    const mac = readMac(hardware);
    const age = /^\d{1,6}$/.test(rest[0] ?? '') ? Number(rest.shift()) : -1;
    // `I -`, `D-0`, `S--`, `D`, `O`: one word or two.
    const kind = rest.shift() ?? '';
    if (mac === undefined || !/^[A-Z](?:-{0,2}\w{0,6}|-\/-)$/.test(kind)) return false;
    if (rest[0] === '-' || rest[0] === '--') rest.shift();
    entries.push({ interface: portName(ask, rest[0] ?? ''), mac, ip, age });
    return true;
  });
  return entries;
};
