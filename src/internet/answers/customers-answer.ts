import { customerCone } from '../cones/recursive-cones.ts';
import { relations } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';
import { asCountries } from './as-countries.ts';
import { type AsSummary, asSummary, findAs } from './as-summary.ts';
import { relationAt } from './link-fact.ts';
import { type Ranks, rankOf } from './rank.ts';

/** Who buys from an AS. */
export interface CustomersAnswer {
  readonly as: AsSummary & Ranks;
  /** By cone, the largest first. */
  readonly customers: readonly Customer[];
  /** Customers that have no other provider. */
  readonly singleHomed: number;
  readonly cone: ConeAnswer;
}

export interface Customer extends AsSummary {
  /** Other AS numbers that it buys from. */
  readonly otherProviders: readonly number[];
  readonly confidence: number;
}

interface ConeAnswer {
  /** AS numbers of the recursive cone, ascending, the AS itself included. */
  readonly asns: readonly number[];
  /** How many of them each country has, most first; `null` stands for no known country. */
  readonly countries: readonly (readonly [country: string | null, count: number])[];
  readonly prefixes4: number | null;
  readonly prefixes6: number | null;
}

const [customer, provider] = [relations.indexOf('customer'), relations.indexOf('provider')];

/** @throws NetwrightError `NW_INTERNET_ASN_UNKNOWN`, `NW_INTERNET_INVALID`. */
export function answerCustomers(atlas: Atlas, wanted: number | string): CustomersAnswer {
  const as = findAs(atlas, wanted);
  const { graph } = atlas;
  const customers = customersOf(atlas, as)
    .map(({ index, confidence }) => ({
      ...asSummary(atlas, index),
      otherProviders: providersOf(atlas, index).flatMap((one) => (one === as ? [] : [graph.asns[one]!])),
      confidence,
    }))
    .sort((one, other) => other.cone - one.cone || one.asn - other.asn);
  return {
    as: { ...asSummary(atlas, as), ...rankOf(atlas, as) },
    customers,
    singleHomed: customers.filter(({ otherProviders }) => otherProviders.length === 0).length,
    cone: coneOf(atlas, as),
  };
}

export function customersOf({ graph }: Atlas, as: number): { readonly index: number; readonly confidence: number }[] {
  const found: { index: number; confidence: number }[] = [];
  for (let slot = graph.offsets[as]!; slot < graph.offsets[as + 1]!; slot += 1) {
    if (relationAt(graph, as, slot) !== customer) continue;
    found.push({ index: graph.neighbours[slot]!, confidence: graph.links.confidence[graph.linkOf[slot]!]! });
  }
  return found;
}

/** Indexes of those that an AS buys from. */
export function providersOf({ graph }: Atlas, as: number): number[] {
  const found: number[] = [];
  for (let slot = graph.offsets[as]!; slot < graph.offsets[as + 1]!; slot += 1) {
    if (relationAt(graph, as, slot) === provider) found.push(graph.neighbours[slot]!);
  }
  return found;
}

function coneOf(atlas: Atlas, as: number): ConeAnswer {
  const { graph, originated } = atlas;
  const members = customerCone(graph, as);
  const { of, codes } = asCountries(atlas);
  const perCountry = new Uint32Array(codes.length);
  let four = 0;
  let six = 0;
  for (const member of members) {
    perCountry[of[member]!]! += 1;
    four += originated?.four[member] ?? 0;
    six += originated?.six[member] ?? 0;
  }
  return {
    asns: Array.from(members, (member) => graph.asns[member]!),
    countries: codes
      .map((code, place) => [code, perCountry[place]!] as const)
      .filter(([, count]) => count > 0)
      .sort(([, one], [, other]) => other - one),
    prefixes4: originated === undefined ? null : four,
    prefixes6: originated === undefined ? null : six,
  };
}
