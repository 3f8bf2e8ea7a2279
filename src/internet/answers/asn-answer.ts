import { indexOfAsn, relations } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';
import { type AsSummary, asSummary, findAs } from './as-summary.ts';
import { type LinkFact, linkFact, relationAt } from './link-fact.ts';
import { type Ranks, rankOf } from './rank.ts';
import { roleOf } from './roles.ts';

/** How some ASes connect to each other and to the rest. */
export interface AsnAnswer {
  readonly ases: readonly AsDetail[];
  /** Links among those asked for, each once. */
  readonly among: readonly LinkFact[];
  /** Neighbours that more than one of them has, with how many; empty for a single AS. */
  readonly shared: readonly { readonly as: AsSummary; readonly neighbourOf: readonly number[] }[];
}

export interface AsDetail extends AsSummary, Ranks {
  readonly organisation: string | null;
  /** Other ASes of the same holder. */
  readonly sameHolder: readonly number[];
  /** What its role was concluded from. */
  readonly roleEvidence: readonly string[];
  /** Exchanges at which it is present, by name. */
  readonly exchanges: readonly string[];
  /** Providers first, then siblings, peers, what is not known, customers; each by paths and cone. */
  readonly neighbours: readonly Neighbour[];
}

export interface Neighbour extends LinkFact {
  readonly name: string | null;
  readonly country: string | null;
  readonly cone: number;
}

/** In which order neighbours are listed, by what they are. */
const listing = ['provider', 'sibling', 'peer', 'unknown', 'customer'] as const;
const place = relations.map((relation) => listing.indexOf(relation));

/**
 * @param asns AS numbers, or texts such as `AS8452` and `1.10`.
 * @throws NetwrightError `NW_INTERNET_ASN_UNKNOWN`, `NW_INTERNET_INVALID`.
 */
export function answerAsn(atlas: Atlas, asns: readonly (number | string)[]): AsnAnswer {
  const indexes = [...new Set(asns.map((asn) => findAs(atlas, asn)))];
  const isAsked = new Set(indexes);
  const { graph } = atlas;
  const among: LinkFact[] = [];
  const seenBy = new Map<number, number[]>();
  for (const as of indexes) {
    for (let slot = graph.offsets[as]!; slot < graph.offsets[as + 1]!; slot += 1) {
      const other = graph.neighbours[slot]!;
      if (isAsked.has(other)) {
        if (as < other) among.push(linkFact(atlas, as, slot, true));
      } else if (indexes.length > 1) {
        const known = seenBy.get(other);
        if (known === undefined) seenBy.set(other, [graph.asns[as]!]);
        else known.push(graph.asns[as]!);
      }
    }
  }
  const shared = [...seenBy]
    .filter(([, neighbourOf]) => neighbourOf.length > 1)
    .sort(([one, a], [other, b]) => b.length - a.length || atlas.cones.recursive[other]! - atlas.cones.recursive[one]!)
    .map(([as, neighbourOf]) => ({ as: asSummary(atlas, as), neighbourOf }));
  return { ases: indexes.map((as) => asDetail(atlas, as)), among, shared };
}

function asDetail(atlas: Atlas, as: number): AsDetail {
  const { graph, registry } = atlas;
  const asn = graph.asns[as]!;
  return {
    ...asSummary(atlas, as),
    ...rankOf(atlas, as),
    organisation: registry.organisation(asn) ?? null,
    sameHolder: registry.sameHolder?.(asn) ?? [],
    roleEvidence: roleOf(atlas, as).evidence,
    exchanges: registry.exchanges
      .filter(({ members }) => indexOfAsn({ asns: members }, asn) >= 0)
      .map(({ name }) => name),
    neighbours: neighboursOf(atlas, as),
  };
}

function neighboursOf(atlas: Atlas, as: number): readonly Neighbour[] {
  const { graph, cones } = atlas;
  const { offsets, neighbours, linkOf, links } = graph;
  const first = offsets[as]!;
  const slots = Uint32Array.from({ length: offsets[as + 1]! - first }, (_, at) => first + at);
  // One number to sort by: the rank of the relation, then paths, then the cone, which is less than there are ASes.
  const weights = Float64Array.from(slots, (slot) => {
    const paths = Math.min(links.paths[linkOf[slot]!]!, 0xff_ffff);
    const rank = listing.length - place[relationAt(graph, as, slot)]!;
    return (rank * 0x100_0000 + paths) * graph.asns.length + cones.recursive[neighbours[slot]!]!;
  });
  slots.sort((one, other) => weights[other - first]! - weights[one - first]!);
  return Array.from(slots, (slot) => neighbourAt(atlas, as, slot, true));
}

export function neighbourAt(atlas: Atlas, as: number, slot: number, withExamples = false): Neighbour {
  const other = atlas.graph.neighbours[slot]!;
  const fact = linkFact(atlas, as, slot, withExamples);
  return {
    ...fact,
    name: atlas.registry.name(fact.to) ?? null,
    country: atlas.registry.country(fact.to) ?? null,
    cone: atlas.cones.recursive[other]!,
  };
}
