import { NetwrightError } from '#core';
import { requireCountries } from '../answers/missing.ts';
import { type AsGraph, indexOfAsn } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';
import { type SalesSide, salesOf } from '../graph/sales.ts';
import { routeServerTest } from '../relationships/route-servers.ts';
import { linkTimeMs } from './link-time.ts';
import { exchangesOf } from './map-exchanges.ts';
import { linksAmong, peerBlocks } from './map-links.ts';
import type { InternetMap, MapAs, MapBlock, MapLink } from './map-model.ts';
import { shortName } from './name.ts';

/** What a map needs of all that is known. */
export type MapSource = Pick<Atlas, 'graph' | 'registry' | 'cones' | 'timeMs' | 'sources'>;

export interface MapOptions {
  /** Default 500: more ASes than that are counted, not drawn. */
  readonly most?: number;
  /** Default 24: upstreams outside that are drawn each, the others as one. */
  readonly mostUpstreams?: number;
  /** Default 42: those with the most customers inside; the others stand as customers of theirs. */
  readonly mostProviders?: number;
  /** Default 14: links between peers that are drawn. */
  readonly mostPeerings?: number;
  /** Default 8: internet exchanges, those with the most members inside first. */
  readonly mostExchanges?: number;
  /** What the picture says of its data: `AS relationships: CAIDA AS Relationships 2025-09-01`. */
  readonly credit?: string;
}

/**
 * The ASes registered in a country, those that sell to it, and who is whose customer.
 * @throws NetwrightError `NW_INTERNET_SOURCE_MISSING` when the graph knows no countries, `NW_INTERNET_COUNTRY_UNKNOWN` when
 * no AS of it is registered there.
 */
export function mapOfCountry(source: MapSource, country: string, options: MapOptions = {}): InternetMap {
  const code = country.toUpperCase();
  const inside = [...source.registry.ofCountry(code)].filter((asn) => indexOfAsn(source.graph, asn) >= 0);
  if (inside.length === 0) {
    requireCountries(source);
    throw new NetwrightError('NW_INTERNET_COUNTRY_UNKNOWN', `${country}: no AS of the graph is registered there`, {
      hint: 'Expected an ISO 3166 code of two letters, such as EG, of a country in which the graph has ASes.',
    });
  }
  const name = countryName(code);
  return buildMap(source, inside, [], name === code ? code : `${name} (${code})`, code, options);
}

/**
 * ASes with their providers, customers and peers.
 * @throws NetwrightError `NW_INTERNET_ASN_UNKNOWN` when the graph does not have one of them.
 */
export function mapOfAsns(source: MapSource, asns: readonly number[], options: MapOptions = {}): InternetMap {
  const missing = asns.find((asn) => indexOfAsn(source.graph, asn) < 0);
  if (missing !== undefined) throw new NetwrightError('NW_INTERNET_ASN_UNKNOWN', `AS${missing}: not in the graph`);
  return buildMap(source, asns, asns, asns.map((asn) => `AS${asn}`).join(', '), undefined, options);
}

function buildMap(
  source: MapSource,
  asked: readonly number[],
  core: readonly number[],
  title: string,
  country: string | undefined,
  options: MapOptions,
): InternetMap {
  const { graph, cones } = source;
  const { customers, providers } = salesOf(graph);
  const isInside = new Uint8Array(graph.asns.length);
  const coreSet = new Set(core.map((asn) => indexOfAsn(graph, asn)));
  for (const asn of asked) {
    const at = indexOfAsn(graph, asn);
    isInside[at] = 1;
    if (coreSet.has(at)) for (const buyer of membersOf(customers, at)) isInside[buyer] = 1;
  }
  const inside: number[] = [];
  for (let at = 0; at < isInside.length; at += 1) if (isInside[at] === 1) inside.push(at);
  const buyersInside = counter(customers, isInside, 1);
  const sellersOutside = counter(providers, isInside, 0);
  // In a map of some ASes only these sell, however large their customers are: theirs are another map.
  const sells = (at: number): boolean => (core.length > 0 ? coreSet.has(at) : buyersInside(at) > 0);
  const sellers = inside
    .filter(sells)
    .sort((a, b) => buyersInside(b) - buyersInside(a) || cones.recursive[b]! - cones.recursive[a]! || a - b);
  const shownSellers = sellers.slice(0, options.mostProviders ?? 42);
  const rank = new Map(shownSellers.map((at, place) => [at, place]));
  const demand = new Map<number, number>();
  for (const at of core.length > 0 ? sellers : inside) {
    for (const seller of membersOf(providers, at)) {
      if (isInside[seller] === 0) demand.set(seller, (demand.get(seller) ?? 0) + 1 + buyersInside(at) / 4);
    }
  }
  const isFree = (at: number): boolean => membersOf(providers, at).length === 0 && membersOf(customers, at).length > 0;
  const upstreams = [...demand.keys()].sort(
    (a, b) => demand.get(b)! - demand.get(a)! || cones.recursive[b]! - cones.recursive[a]! || a - b,
  );
  const shownUpstreams = upstreams.slice(0, options.mostUpstreams ?? 24);
  const ases: MapAs[] = [];
  const placeOf = new Map<number, number>();
  const add = (at: number, more: Pick<MapAs, 'role' | 'hue' | 'home'>): number => {
    const asn = graph.asns[at]!;
    const name = source.registry.name(asn) ?? '';
    placeOf.set(at, ases.length);
    ases.push({
      asn,
      name,
      label: shortName(name),
      country: source.registry.country(asn) ?? '',
      isInside: isInside[at] === 1,
      isGateway: isInside[at] === 1 && sellersOutside(at) > 0,
      isTransitFree: isFree(at),
      cone: cones.recursive[at]!,
      customers: buyersInside(at),
      waysOut: isInside[at] === 1 ? sellersOutside(at) : 0,
      ...more,
    });
    return ases.length - 1;
  };
  const isRouteServer = routeServerTest(source.registry);
  const isExchange = (at: number): boolean => isRouteServer(graph.asns[at]!);
  for (const at of shownUpstreams) add(at, { role: 'upstream', hue: -1, home: -1 });
  for (const [hue, at] of shownSellers.entries())
    add(at, { role: isExchange(at) ? 'exchange' : 'provider', hue, home: -1 });

  const groups = new Map<string, { host: number; kind: MapBlock['kind']; members: number[] }>();
  for (const at of inside) {
    if (rank.has(at)) continue;
    let best: number | undefined;
    for (const seller of membersOf(providers, at)) {
      if (rank.has(seller) && (best === undefined || rank.get(seller)! < rank.get(best)!)) best = seller;
    }
    const kind = best !== undefined ? 'customers' : sellersOutside(at) > 0 ? 'own way out' : 'peers only';
    const key = `${kind}${best ?? ''}`;
    const group = groups.get(key) ?? { host: best === undefined ? -1 : placeOf.get(best)!, kind, members: [] };
    group.members.push(at);
    groups.set(key, group);
  }
  const notes: string[] = [];
  if (sellers.length > shownSellers.length) {
    notes.push(
      `${count(sellers.length - shownSellers.length)} smaller providers stand in the blocks of theirs, in bold`,
    );
  }
  const room = Math.max(0, (options.most ?? 500) - ases.length);
  const blocks: MapBlock[] = [];
  const all = [...groups.values()].sort((a, b) => (a.host < 0 ? 1e9 : a.host) - (b.host < 0 ? 1e9 : b.host));
  const total = all.reduce((sum, { members }) => sum + members.length, 0);
  let left = 0;
  for (const { host, kind, members } of all) {
    const share = total <= room ? members.length : Math.max(1, Math.floor((members.length * room) / total));
    members.sort((a, b) => cones.recursive[b]! - cones.recursive[a]! || degree(graph, b) - degree(graph, a) || a - b);
    const drawn = members.slice(0, share).map((at) =>
      add(at, {
        role: isExchange(at) ? 'exchange' : kind === 'peers only' ? 'transit' : 'downstream',
        hue: -1,
        home: host,
      }),
    );
    left += members.length - drawn.length;
    blocks.push({ host, kind, members: drawn, more: members.length - drawn.length });
  }
  if (left > 0) notes.push(`${count(left)} smaller ASes are counted in the blocks, not drawn`);
  if (core.length > 0) blocks.push(...peerBlocks(graph, cones.recursive, sellers, placeOf, add, notes));
  const hidden = upstreams.length - shownUpstreams.length;
  if (hidden > 0) notes.push(`${count(hidden)} more upstreams are not drawn (customers' marks count them)`);
  const links: MapLink[] = linksAmong(graph, ases, placeOf, options.mostPeerings ?? 14, notes);
  const isMemberInside = (asn: number): boolean => {
    const at = indexOfAsn(graph, asn);
    return at >= 0 && (core.length > 0 ? coreSet.has(at) : isInside[at] === 1);
  };
  const exchanges = exchangesOf(source.registry.exchanges, {
    country,
    isInside: isMemberInside,
    most: options.mostExchanges ?? 8,
    notes,
  });
  for (const exchange of exchanges) {
    const from = ases.push(exchange.node) - 1;
    for (const asn of exchange.members) {
      const to = placeOf.get(indexOfAsn(graph, asn));
      if (to !== undefined && ases[to]!.isInside) links.push({ from, to, relation: 'member' });
    }
  }
  if (options.credit !== undefined) notes.push(options.credit);
  const timeMs = linkTimeMs(source);
  const stamp = timeMs > 0 ? new Date(timeMs).toISOString().slice(0, 10) : undefined;
  const selling = sellers.filter((at) => buyersInside(at) > 0).length;
  const subtitle = [
    counted(inside.length, 'AS', 'ASes'),
    `${count(selling)} ${selling === 1 ? 'sells' : 'sell'} transit`,
    `${count(inside.filter((at) => sellersOutside(at) > 0).length)} with a provider outside`,
    counted(upstreams.length, 'upstream', 'upstreams'),
    ...(exchanges.length > 0 ? [counted(exchanges.length, 'internet exchange', 'internet exchanges')] : []),
    ...(stamp === undefined ? [] : [stamp]),
  ].join(' · ');
  return { title, subtitle, ases, links, blocks, notes };
}

const membersOf = ({ offsets, members }: SalesSide, at: number): Uint32Array =>
  members.subarray(offsets[at], offsets[at + 1]);

/** How many of an AS's customers, or providers, are marked so; counted once each. */
function counter({ offsets, members }: SalesSide, marks: Uint8Array, wanted: 0 | 1): (at: number) => number {
  const known = new Int32Array(marks.length).fill(-1);
  return (at) => {
    if (known[at]! >= 0) return known[at]!;
    let found = 0;
    for (let k = offsets[at]!; k < offsets[at + 1]!; k += 1) if (marks[members[k]!] === wanted) found += 1;
    known[at] = found;
    return found;
  };
}

const degree = ({ offsets }: AsGraph, at: number): number => offsets[at + 1]! - offsets[at]!;
const counted = (value: number, one: string, many: string): string => `${count(value)} ${value === 1 ? one : many}`;
const count = (value: number): string => value.toLocaleString('en-US');

function countryName(code: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code;
  } catch {
    // What is no code of a region has no name; it stands for itself.
    return code;
  }
}
