import { NetwrightError } from '#core';
import { AsSet, aloneIn } from '../cones/as-set.ts';
import { coneSet } from '../cones/recursive-cones.ts';
import type { Atlas } from '../graph/atlas.ts';
import { salesOf } from '../graph/sales.ts';
import { type AsSummary, asSummary, findAs } from './as-summary.ts';
import { type Ranks, rankOf } from './rank.ts';

/** Providers side by side: how their customers are distributed over them. */
export interface CompareAnswer {
  readonly providers: readonly ComparedProvider[];
  /** Different direct customers of all of them together. */
  readonly customers: number;
  /**
   * Concentration of these customers over the compared (Herfindahl–Hirschman index, 0-10,000): a customer of two counts
   * half for each. 10,000 is one provider for all, 10,000 divided by their number an even share.
   */
  readonly concentration: number;
  /** Customers by how many of the compared they buy from: the first entry is of those with one. */
  readonly byHowMany: readonly number[];
  /** Customers and cones that two of them have in common. */
  readonly pairs: readonly ComparedPair[];
}

export interface ComparedProvider extends AsSummary, Ranks {
  readonly directCustomers: number;
  /** No other provider anywhere. */
  readonly singleHomed: number;
  /** Others too, but none of the compared. */
  readonly onlyHere: number;
  /** Of at least one of the compared too. */
  readonly shared: number;
  /** Of all customers of the compared, customers of several divided among them; 0 to 1. */
  readonly share: number;
  /** ASes of its cone that are in none of the other cones. */
  readonly coneAlone: number;
}

export interface ComparedPair {
  readonly a: number;
  readonly b: number;
  readonly sharedCustomers: number;
  readonly sharedCone: number;
  /** Shared part of both cones together (Jaccard index), 0 to 1. */
  readonly coneOverlap: number;
}

/** @throws NetwrightError `NW_USAGE` for fewer than two; `NW_INTERNET_ASN_UNKNOWN`, `NW_INTERNET_INVALID`. */
export function answerCompare(atlas: Atlas, asns: readonly (number | string)[]): CompareAnswer {
  const ases = [...new Set(asns.map((asn) => findAs(atlas, asn)))];
  if (ases.length < 2)
    throw new NetwrightError('NW_USAGE', `expected two or more different ASes to compare, got ${ases.length}`);
  const { graph } = atlas;
  const sales = salesOf(graph);
  const cones = ases.map((as) => coneSet(graph, as));
  const alone = aloneIn(cones);
  const soldBy = new Uint16Array(graph.asns.length);
  const sold = ases.map((as) =>
    sales.customers.members.subarray(sales.customers.offsets[as], sales.customers.offsets[as + 1]),
  );
  for (const list of sold) for (let at = 0; at < list.length; at += 1) soldBy[list[at]!]! += 1;
  const counted = ases.map((_, at) => countCustomers(sold[at]!, soldBy, sales.providers.offsets, ases.length));
  // Who buys from several is counted with each of them.
  const byHowMany = ases.map((_, at) => counted.reduce((sum, { withOthers }) => sum + withOthers[at]!, 0) / (at + 1));
  const customers = byHowMany.reduce((sum, count) => sum + count, 0);
  const providers = ases.map((as, at): ComparedProvider => {
    const { withOthers, singleHomed } = counted[at]!;
    const weight = withOthers.reduce((sum, count, others) => sum + count / (others + 1), 0);
    return {
      ...asSummary(atlas, as),
      ...rankOf(atlas, as),
      directCustomers: sold[at]!.length,
      singleHomed,
      onlyHere: withOthers[0]! - singleHomed,
      shared: sold[at]!.length - withOthers[0]!,
      share: customers === 0 ? 0 : weight / customers,
      coneAlone: alone[at]!,
    };
  });
  return {
    providers,
    customers,
    concentration: Math.round(providers.reduce((sum, { share }) => sum + (share * 100) ** 2, 0)),
    byHowMany,
    pairs: pairsOf(
      ases.map((as) => graph.asns[as]!),
      sold.map((list) => setOf(list, graph.asns.length)),
      cones,
    ),
  };
}

/** Customers of one of the compared by how many others of them they buy from, and those with no other provider at all. */
function countCustomers(
  sold: Uint32Array,
  soldBy: Uint16Array,
  bought: Uint32Array,
  compared: number,
): { readonly withOthers: number[]; readonly singleHomed: number } {
  const withOthers = new Array<number>(compared).fill(0);
  let singleHomed = 0;
  for (let at = 0; at < sold.length; at += 1) {
    const one = sold[at]!;
    withOthers[soldBy[one]! - 1]! += 1;
    if (bought[one + 1]! - bought[one]! === 1) singleHomed += 1;
  }
  return { withOthers, singleHomed };
}

function setOf(list: Uint32Array, asCount: number): AsSet {
  const set = new AsSet(asCount);
  for (let at = 0; at < list.length; at += 1) set.add(list[at]!);
  return set;
}

function pairsOf(asns: readonly number[], customers: readonly AsSet[], cones: readonly AsSet[]): ComparedPair[] {
  const sizes = cones.map(({ size }) => size);
  const pairs: ComparedPair[] = [];
  for (let one = 0; one < asns.length; one += 1) {
    for (let other = one + 1; other < asns.length; other += 1) {
      const both = cones[one]!.sharedWith(cones[other]!);
      const either = sizes[one]! + sizes[other]! - both;
      pairs.push({
        a: asns[one]!,
        b: asns[other]!,
        sharedCustomers: customers[one]!.sharedWith(customers[other]!),
        sharedCone: both,
        coneOverlap: either === 0 ? 0 : both / either,
      });
    }
  }
  return pairs;
}
