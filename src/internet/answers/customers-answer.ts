import { customerCone } from '../cones/recursive-cones.ts';
import { relations } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';
import { asCountries } from './as-countries.ts';
import { type AsSummary, asSummary, findAs, neighbourCounts } from './as-summary.ts';
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
  const sold = customersOf(atlas, as);
  const customers = largestFirst(atlas, sold).map((at): Customer => {
    const { index, confidence } = sold[at]!;
    const otherProviders: number[] = [];
    for (const one of providersOf(atlas, index)) if (one !== as) otherProviders.push(graph.asns[one]!);
    // Added to, not copied: a carrier has thousands of customers, and a copy of each costs as much as the rest.
    const customer: AsSummary & { otherProviders?: readonly number[]; confidence?: number } = asSummary(atlas, index);
    customer.otherProviders = otherProviders;
    customer.confidence = confidence;
    return customer as Customer;
  });
  return {
    as: { ...asSummary(atlas, as), ...rankOf(atlas, as) },
    customers,
    singleHomed: customers.filter(({ otherProviders }) => otherProviders.length === 0).length,
    cone: coneOf(atlas, as),
  };
}

/** Places of a list by cone, the largest first, then by AS number: one number for each, which sort by themselves. */
function largestFirst({ graph, cones }: Atlas, list: readonly { readonly index: number }[]): number[] {
  const size = graph.asns.length;
  const placeOf = new Uint32Array(size);
  const keys = new Float64Array(list.length);
  for (const [at, { index }] of list.entries()) {
    placeOf[index] = at;
    keys[at] = -cones.recursive[index]! * size + index;
  }
  return Array.from(keys.sort(), (key) => placeOf[((key % size) + size) % size]!);
}

export function customersOf({ graph }: Atlas, as: number): { readonly index: number; readonly confidence: number }[] {
  const found: { index: number; confidence: number }[] = [];
  for (let slot = graph.offsets[as]!; slot < graph.offsets[as + 1]!; slot += 1) {
    if (relationAt(graph, as, slot) !== customer) continue;
    found.push({ index: graph.neighbours[slot]!, confidence: graph.links.confidence[graph.linkOf[slot]!]! });
  }
  return found;
}

/** Indexes of those that an AS buys from; looks no further than to the last of them. */
export function providersOf(atlas: Atlas, as: number): number[] {
  const { graph } = atlas;
  const found: number[] = [];
  const count = neighbourCounts(atlas).providers[as]!;
  for (let slot = graph.offsets[as]!; slot < graph.offsets[as + 1]! && found.length < count; slot += 1) {
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
  const asns: number[] = [];
  for (let at = 0; at < members.length; at += 1) {
    const member = members[at]!;
    asns.push(graph.asns[member]!);
    perCountry[of[member]!]! += 1;
    if (originated === undefined) continue;
    four += originated.four[member]!;
    six += originated.six[member]!;
  }
  return {
    asns,
    countries: codes
      .map((code, place) => [code, perCountry[place]!] as const)
      .filter(([, count]) => count > 0)
      .sort(([, one], [, other]) => other - one),
    prefixes4: originated === undefined ? null : four,
    prefixes6: originated === undefined ? null : six,
  };
}
