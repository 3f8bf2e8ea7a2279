import type { Ask } from '../../ask.ts';
import { readLines } from '../../lines.ts';
import { ipOf, prefixOf } from '../reading/addresses.ts';
import { ageS } from './age.ts';

export interface TableRoute {
  readonly prefix: string;
  readonly nextHop: string;
  readonly interfaceName: string;
  readonly protocol: string;
  readonly distance: number;
  /** Seconds; -1 where the release does not tell. */
  readonly ageS: number;
}

const furniture =
  /^ *(?:Displaying ipv[46] routes|'\[x\/y\]'|Origin Codes:|Type Codes:|R - RIP|E2? - |IA - |E1 - |VRF ?:|Prefix +Nexthop|Type +Metric|-{10,}|Total Route Count|Flags:)/i;
const none = /^No ipv[46] routes? /i;
const letters: Readonly<Record<string, string>> = {
  B: 'bgp',
  C: 'connected',
  D: 'dhcp',
  L: 'local',
  O: 'ospf',
  R: 'rip',
  S: 'static',
};

/** Reads the list of releases until 10.09, and the table since. */
export function readRoutes(ask: Ask, command: string, output: string): readonly TableRoute[] {
  const routes: TableRoute[] = [];
  let last = '';
  readLines(ask, command, output, (line) => {
    if (none.test(line)) {
      ask.note(line.trim().slice(0, 200));
      return true;
    }
    if (furniture.test(line)) return true;
    const words = line.trim().split(/\s+/, 12);
    const first = prefixOf((words[0] ?? '').replace(/,$/, ''));
    // Further next hops stand below the first, without the prefix.
    if (first !== undefined && words[0]?.includes('/')) {
      last = `${first.address}/${first.length}`;
      words.shift();
      if (words[0] === 'vrf') return true;
    }
    const route = last === '' ? undefined : (listed(words) ?? tabled(words));
    if (route === undefined) return false;
    routes.push({ prefix: last, ...route });
    return true;
  });
  return routes;
}

type Hop = Omit<TableRoute, 'prefix'>;

/** `via  192.0.2.1,  [20/0],  bgp`. */
function listed(words: readonly string[]): Hop | undefined {
  const [via, to = '', metric = '', protocol = ''] = words.map((word) => word.replace(/,$/, ''));
  const distance = /^\[(\d{1,3})\/\d{1,10}\]$/.exec(metric)?.[1];
  if (via !== 'via' || distance === undefined || protocol === '') return undefined;
  const nextHop = ipOf(to);
  return {
    nextHop: nextHop ?? '',
    interfaceName: nextHop === undefined ? to : '',
    protocol,
    distance: Number(distance),
    ageS: -1,
  };
}

/** `192.0.2.1   vlan10   -   B/E   [20/0]   02d:10h:15m`. */
function tabled(words: readonly string[]): Hop | undefined {
  const [to = '', port = '', , origin = '', metric = '', age = ''] = words;
  const distance = /^\[(\d{1,3})\/\d{1,10}\]$/.exec(metric)?.[1];
  const protocol = letters[origin.split('/')[0] ?? ''];
  if (distance === undefined || protocol === undefined) return undefined;
  return {
    nextHop: ipOf(to) ?? '',
    interfaceName: port === '-' ? '' : port,
    protocol,
    distance: Number(distance),
    ageS: ageS(age),
  };
}
