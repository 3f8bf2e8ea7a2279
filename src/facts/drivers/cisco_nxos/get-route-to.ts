import { NetwrightError } from '#core';
import type { Ask } from '../../ask.ts';
import type { ReadFacts } from '../../define-facts.ts';
import type { Route } from '../../model/routes.ts';
import { isIpv6, readPrefix } from '../../values/address.ts';
import { readDuration } from '../../values/duration.ts';
import { entryOf } from '../../values/entry.ts';
import { longInterfaceName } from '../../values/interface-name.ts';
import { asnOf } from '../reading/as-number.ts';
import { BgpTables } from './bgp-path.ts';

/**
 * Routes of every VRF to a destination, hidden ones too; those that are not in use have `current_active` false.
 * @throws NetwrightError `NW_USAGE` for what is no address, `NW_NOT_SUPPORTED` for IPv6 and longer prefixes
 */
export const getRouteTo: ReadFacts<'get_route_to'> = async (ask, { destination, protocol, longer }) => {
  const prefix = readPrefix(destination);
  if (prefix === undefined) {
    throw new NetwrightError('NW_USAGE', `route_to: expected an address or prefix, got "${destination}"`, {
      hint: 'netwright facts route_to --destination 192.0.2.0/24',
    });
  }
  if (longer || isIpv6(prefix.address)) {
    const what = longer ? 'longer prefixes' : 'routes to IPv6 destinations';
    throw new NetwrightError('NW_NOT_SUPPORTED', `${ask.device}: route_to: ${what} are not read from NX-OS`);
  }
  const command = `show ip route vrf all ${destination}`;
  const tag = 'show bgp process | include "BGP Protocol Tag"';
  const [output, process] = await Promise.all([ask.text(command), ask.text(tag, { optional: true })]);
  ask.understood(tag);
  const localAs = asnOf(/: *(\d[\d.]{0,15})/.exec(process ?? '')?.[1] ?? '');
  const found = hopsIn(ask, command, output).filter((hop) => isOf(hop, protocol));
  const bgp = new BgpTables(ask, localAs);
  const attributes = await Promise.all(
    found.map(async (hop) => (hop.protocol === 'bgp' ? await bgp.attributesOf(hop) : {})),
  );
  const routes: Record<string, Route[]> = {};
  for (const [at, hop] of found.entries()) {
    entryOf<Route[]>(routes, hop.prefix, () => []).push(routeOf(hop, attributes[at] ?? {}));
  }
  return routes;
};

/** One next hop of a prefix in a VRF. */
export interface Hop {
  readonly vrf: string;
  readonly prefix: string;
  /** `bgp`, `ospf`, `static`, `direct`. */
  readonly protocol: string;
  readonly isBest: boolean;
  readonly nextHop: string;
  readonly interfaceName: string;
  readonly preference: number;
  readonly ageS: number;
}

const isOf = ({ protocol }: Hop, wanted: string): boolean =>
  wanted === '' || protocol === wanted.toLowerCase() || (wanted.toLowerCase() === 'connected' && protocol === 'direct');

const routeOf = (hop: Hop, attributes: Route['protocol_attributes']): Route => ({
  protocol: hop.protocol,
  current_active: hop.isBest,
  last_active: hop.isBest,
  age: hop.ageS,
  next_hop: hop.nextHop,
  outgoing_interface: hop.interfaceName,
  selected_next_hop: hop.isBest,
  preference: hop.preference,
  inactive_reason: '',
  routing_table: hop.vrf,
  protocol_attributes: attributes,
});

/** `    *via 10.0.0.5, Eth2/2, [110/41], 5d23h, ospf-1, intra`, below its prefix, below its VRF. */
function hopsIn(ask: Ask, command: string, output: string): readonly Hop[] {
  const hops: Hop[] = [];
  let vrf = 'default';
  let prefix = '';
  let number = 0;
  for (const raw of output.split('\n')) {
    number += 1;
    const line = raw.slice(0, 2000).trimEnd();
    const table = /^IP Route Table for VRF "([^"]{1,64})"/.exec(line)?.[1];
    if (table !== undefined) vrf = table;
    prefix = /^([\d.]{7,15}\/\d{1,2}), ubest\/mbest:/.exec(line)?.[1] ?? prefix;
    const [, best, rest] = /^ +(\*{0,2})via (\S.*)$/.exec(line) ?? [];
    if (rest !== undefined) {
      const hop = hopIn(rest);
      if (hop === undefined) ask.warn({ command, line, number, reason: 'unknown line' });
      else hops.push({ vrf, prefix, isBest: best !== '', ...hop });
    }
  }
  if (/^IP Route Table for VRF|^Route not found/m.test(output)) ask.understood(command);
  return hops;
}

function hopIn(text: string): Omit<Hop, 'vrf' | 'prefix' | 'isBest'> | undefined {
  const parts = text.split(',', 12).map((part) => part.trim());
  const nextHop = /^([\d.]{7,15})(?:%\S{1,64})?$/.exec(parts[0] ?? '')?.[1];
  const at = parts.findIndex((part) => /^\[\d{1,3}\/\d{1,10}\]$/.test(part));
  const preference = /^\[(\d{1,3})\//.exec(parts[at] ?? '')?.[1];
  if (preference === undefined) return undefined;
  const out = parts.slice(nextHop === undefined ? 0 : 1, at).find((part) => /^[A-Za-z]/.test(part));
  return {
    protocol: /^([a-z]+)/.exec(parts[at + 2] ?? '')?.[1] ?? '',
    nextHop: nextHop ?? '',
    interfaceName: longInterfaceName(out ?? ''),
    preference: Number(preference),
    ageS: readDuration(parts[at + 1] ?? '') ?? -1,
  };
}
