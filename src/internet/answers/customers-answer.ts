import { lowestBit } from '../cones/as-set.ts';
import { coneSet } from '../cones/recursive-cones.ts';
import type { Atlas } from '../graph/atlas.ts';
import { salesOf } from '../graph/sales.ts';
import { asCountries } from './as-countries.ts';
import { type AsSummary, asSummary, findAs } from './as-summary.ts';
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

/** @throws NetwrightError `NW_INTERNET_ASN_UNKNOWN`, `NW_INTERNET_INVALID`. */
export function answerCustomers(atlas: Atlas, wanted: number | string): CustomersAnswer {
  const as = findAs(atlas, wanted);
  const customers = listCustomers(atlas, as);
  let singleHomed = 0;
  for (const { otherProviders } of customers) if (otherProviders.length === 0) singleHomed += 1;
  return {
    as: { ...asSummary(atlas, as), ...rankOf(atlas, as) },
    customers,
    singleHomed,
    cone: coneOf(atlas, as),
  };
}

/** By cone, the largest first, then by AS number. */
function listCustomers(atlas: Atlas, as: number): Customer[] {
  const { graph, cones } = atlas;
  const { customers, providers } = salesOf(graph);
  const first = customers.offsets[as]!;
  const count = customers.offsets[as + 1]! - first;
  // One number to sort by, which needs no comparing function: by cone and, of equals, as they stand.
  const keys = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    const behind = graph.asns.length - cones.recursive[customers.members[first + at]!]!;
    keys[at] = behind * count + at;
  }
  keys.sort();
  const list: Customer[] = [];
  for (let place = 0; place < count; place += 1) {
    const slot = first + (keys[place]! % count);
    const buyer = customers.members[slot]!;
    const end = providers.offsets[buyer + 1]!;
    const otherProviders = new Array<number>(end - providers.offsets[buyer]! - 1);
    for (let at = providers.offsets[buyer]!, other = 0; at < end; at += 1) {
      if (providers.members[at] === as) continue;
      otherProviders[other] = graph.asns[providers.members[at]!]!;
      other += 1;
    }
    // Added to, not copied: a carrier has thousands of customers, and a copy of each costs as much as the rest.
    const customer: AsSummary & { otherProviders?: readonly number[]; confidence?: number } = asSummary(atlas, buyer);
    customer.otherProviders = otherProviders;
    customer.confidence = graph.links.confidence[customers.linkOf[slot]!]!;
    list.push(customer as Customer);
  }
  return list;
}

function coneOf(atlas: Atlas, as: number): ConeAnswer {
  const { graph, originated } = atlas;
  const { words } = coneSet(graph, as);
  const { of, codes } = asCountries(atlas);
  const perCountry = new Uint32Array(codes.length);
  let four = 0;
  let six = 0;
  const asns = new Uint32Array(atlas.cones.recursive[as]!);
  let count = 0;
  for (let at = 0; at < words.length; at += 1) {
    for (let word = words[at]!; word !== 0; word &= word - 1) {
      const member = (at << 5) + lowestBit(word);
      asns[count] = graph.asns[member]!;
      count += 1;
      perCountry[of[member]!]! += 1;
      if (originated === undefined) continue;
      four += originated.four[member]!;
      six += originated.six[member]!;
    }
  }
  return {
    asns: [...asns],
    countries: codes
      .map((code, place) => [code, perCountry[place]!] as const)
      .filter(([, count]) => count > 0)
      .sort(([, one], [, other]) => other - one),
    prefixes4: originated === undefined ? null : four,
    prefixes6: originated === undefined ? null : six,
  };
}
