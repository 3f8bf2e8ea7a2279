import { type AsGraph, indexOfAsn, type LinkTable, relations } from '../graph/as-graph.ts';
import type { Registry } from '../graph/registry.ts';

/** What is asked: a graph of the product, or what a page of its own knows of one. Imports nothing of Node. */
export interface AnswerSource {
  readonly graph: Pick<AsGraph, 'asns' | 'offsets' | 'neighbours' | 'linkOf'> & {
    readonly links: Pick<LinkTable, 'a' | 'relation'>;
  };
  readonly registry: Pick<Registry, 'name' | 'country'>;
  readonly cones: { readonly recursive: Uint32Array };
}

/** An AS as the page shows it; neighbours by index, the largest cones first. */
export interface PlanetAs {
  readonly index: number;
  readonly asn: number;
  readonly name: string;
  readonly country: string;
  readonly cone: number;
  /** 1 and how many have a larger cone. */
  readonly rank: number;
  readonly providers: readonly number[];
  readonly customers: readonly number[];
  readonly peers: readonly number[];
  readonly others: readonly number[];
  /** `[index, asn, name]` of the largest of each kind, for a list. */
  readonly names: readonly (readonly [number, number, string])[];
}

const mostNames = 12;
const mostHits = 20;

/** Undefined where the graph has no such AS. */
export function planetAs({ graph, registry, cones }: AnswerSource, asn: number): PlanetAs | undefined {
  const index = indexOfAsn(graph, asn);
  if (index < 0) return undefined;
  const lists: Record<'providers' | 'customers' | 'peers' | 'others', number[]> = {
    providers: [],
    customers: [],
    peers: [],
    others: [],
  };
  for (let k = graph.offsets[index]!; k < graph.offsets[index + 1]!; k += 1) {
    const link = graph.linkOf[k]!;
    const read = relations[graph.links.relation[link]!]!;
    const isFirst = graph.links.a[link] === index;
    const kind =
      read === 'peer'
        ? 'peers'
        : read === 'customer' || read === 'provider'
          ? (read === 'customer') === isFirst
            ? 'customers'
            : 'providers'
          : 'others';
    lists[kind].push(graph.neighbours[k]!);
  }
  const all = Object.values(lists);
  for (const list of all) list.sort((a, b) => cones.recursive[b]! - cones.recursive[a]! || a - b);
  return {
    index,
    asn,
    name: registry.name(asn) ?? '',
    country: registry.country(asn) ?? '',
    cone: cones.recursive[index]!,
    rank: rankOf(cones.recursive, index),
    ...lists,
    names: all.flatMap((list) =>
      list.slice(0, mostNames).map((at) => [at, graph.asns[at]!, registry.name(graph.asns[at]!) ?? ''] as const),
    ),
  };
}

function rankOf(cones: Uint32Array, index: number): number {
  const own = cones[index]!;
  let rank = 1;
  for (const cone of cones) if (cone > own) rank += 1;
  return rank;
}

/** Indexes of the customers of an AS, of theirs, and so on, itself first. */
export function coneMembers({ graph }: AnswerSource, index: number): Uint32Array {
  const { offsets, neighbours, linkOf, links, asns } = graph;
  const [customer, provider] = [relations.indexOf('customer'), relations.indexOf('provider')];
  const isIn = new Uint8Array(asns.length);
  const members = new Uint32Array(asns.length);
  let count = 1;
  members[0] = index;
  isIn[index] = 1;
  for (let next = 0; next < count; next += 1) {
    const at = members[next]!;
    for (let k = offsets[at]!; k < offsets[at + 1]!; k += 1) {
      const link = linkOf[k]!;
      const other = neighbours[k]!;
      if (isIn[other] === 1 || links.relation[link] !== (links.a[link] === at ? customer : provider)) continue;
      isIn[other] = 1;
      members[count] = other;
      count += 1;
    }
  }
  return members.slice(0, count);
}

export interface PlanetHit {
  readonly index: number;
  readonly asn: number;
  readonly name: string;
  readonly country: string;
}

/**
 * By number or its beginning, by name; the exact number first, then the larger cones.
 * @param names of all ASes, lower case
 */
export function findInPlanet(
  { graph, cones, registry }: AnswerSource,
  names: readonly string[],
  text: string,
): PlanetHit[] {
  const wanted = wantedOf(text);
  if (wanted === '') return [];
  const isNumber = /^\d+$/.test(wanted);
  const found: number[] = [];
  for (const [at, asn] of graph.asns.entries()) {
    if (names[at]!.includes(wanted) || (isNumber && String(asn).startsWith(wanted))) found.push(at);
  }
  const weight = (at: number): number => (String(graph.asns[at]) === wanted ? 1e9 : 0) + cones.recursive[at]!;
  return found
    .sort((a, b) => weight(b) - weight(a) || a - b)
    .slice(0, mostHits)
    .map((index) => {
      const asn = graph.asns[index]!;
      return { index, asn, name: registry.name(asn) ?? '', country: registry.country(asn) ?? '' };
    });
}

/** What is looked for in a text that was typed; empty for nothing. */
export const wantedOf = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^as(?=\d)/, '');
