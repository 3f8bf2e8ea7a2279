import type { Ask } from '../../ask.ts';
import { readAddress } from '../../values/address.ts';
import { asnOf } from '../reading/as-number.ts';
import { readIosLines } from './ios-lines.ts';

/** A peer in one address family of `show bgp all summary`. */
export interface SummaryRow {
  readonly address: string;
  readonly remoteAs: number;
  /** `8w0d`, `never`. */
  readonly upDown: string;
  /** `Active`, `Idle (Admin)`, or empty when the session is up. */
  readonly state: string;
  readonly prefixes: number;
}

export interface FamilySummary {
  /** `IPv4 Unicast`. */
  readonly family: string;
  readonly routerId: string;
  readonly localAs: number;
  readonly rows: readonly SummaryRow[];
}

const row =
  /^([0-9A-Fa-f:.*]{2,45}) +(\d) +(\d{1,10}(?:\.\d{1,5})?) +\d+ +\d+ +\d+ +\d+ +\d+ +(\S+) +(\d{1,10}|[A-Z][A-Za-z]{2,20}(?: \([A-Za-z ]{2,20}\))?)$/;

/** Reads `show bgp all summary`, and `show ip bgp all sum`, which prints the same. */
export function readBgpSummary(ask: Ask, command: string, output: string): readonly FamilySummary[] {
  const families: (FamilySummary & { rows: SummaryRow[]; routerId: string; localAs: number })[] = [];
  let isTable = false;
  let pending = '';
  readIosLines(ask, command, output, (line) => {
    const family = /^For address family: (\S.*)/.exec(line)?.[1];
    if (family !== undefined) {
      families.push({ family, routerId: '', localAs: 0, rows: [] });
      isTable = false;
      return true;
    }
    const [, routerId, localAs] =
      /^BGP router identifier ([\d.]{7,15}), local AS number (\d[\d.]{0,15})/.exec(line) ?? [];
    if (routerId !== undefined) {
      // `show ip bgp summary` of one family has no heading.
      if (families.length === 0) families.push({ family: 'IPv4 Unicast', routerId: '', localAs: 0, rows: [] });
      Object.assign(families.at(-1)!, { routerId, localAs: asnOf(localAs ?? '') });
      return true;
    }
    if (/^Neighbor +V +AS /.test(line)) {
      isTable = true;
      return true;
    }
    if (!isTable)
      return /^(?:\d|BGP |Dynamically|\* Dynamically|Peers? |MPLS |RT |For |\S+ configured maximum)/.test(line);
    const whole = pending === '' ? line : `${pending} ${line.trim()}`;
    pending = '';
    // A long address stands alone in its line.
    if (readAddress(whole.replace(/^\*/, '')) !== undefined) {
      pending = whole.trim();
      return true;
    }
    const match = row.exec(whole);
    if (match === null) return /^(?:\* Dynamically|Dynamically|Total )/.test(line);
    const [, address = '', , remoteAs = '', upDown = '', state = ''] = match;
    const isUp = /^\d/.test(state);
    families.at(-1)?.rows.push({
      address: readAddress(address.replace(/^\*/, '')) ?? address,
      remoteAs: asnOf(remoteAs),
      upDown,
      state: isUp ? '' : state,
      prefixes: isUp ? Number(state) : -1,
    });
    return true;
  });
  return families;
}
