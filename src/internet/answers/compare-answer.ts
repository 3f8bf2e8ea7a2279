import { NetwrightError } from '#core';
import { customerCone } from '../cones/recursive-cones.ts';
import type { Atlas } from '../graph/atlas.ts';
import { type AsSummary, asSummary, findAs } from './as-summary.ts';
import { customersOf, providersOf } from './customers-answer.ts';
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
  const customers = ases.map((as) => customersOf(atlas, as).map(({ index }) => index));
  const cones = new ConeSets(
    ases.map((as) => customerCone(graph, as)),
    graph.asns.length,
  );
  const soldBy = new Map<number, number>();
  for (const list of customers) for (const one of list) soldBy.set(one, (soldBy.get(one) ?? 0) + 1);
  const byHowMany = ases.map((_, at) => [...soldBy.values()].filter((count) => count === at + 1).length);
  const providers = ases.map((as, at): ComparedProvider => {
    const mine = customers[at]!;
    const alone = mine.filter((one) => soldBy.get(one) === 1);
    const singleHomed = alone.filter((one) => providersOf(atlas, one).length === 1).length;
    const weight = mine.reduce((sum, one) => sum + 1 / soldBy.get(one)!, 0);
    return {
      ...asSummary(atlas, as),
      ...rankOf(atlas, as),
      directCustomers: mine.length,
      singleHomed,
      onlyHere: alone.length - singleHomed,
      shared: mine.length - alone.length,
      share: soldBy.size === 0 ? 0 : weight / soldBy.size,
      coneAlone: cones.alone(at),
    };
  });
  return {
    providers,
    customers: soldBy.size,
    concentration: Math.round(providers.reduce((sum, { share }) => sum + (share * 100) ** 2, 0)),
    byHowMany,
    pairs: pairsOf(
      ases.map((as) => graph.asns[as]!),
      customers,
      cones,
    ),
  };
}

function pairsOf(asns: readonly number[], customers: readonly (readonly number[])[], cones: ConeSets): ComparedPair[] {
  const pairs: ComparedPair[] = [];
  for (let one = 0; one < asns.length; one += 1) {
    const mine = new Set(customers[one]);
    for (let other = one + 1; other < asns.length; other += 1) {
      const both = cones.shared(one, other);
      const either = cones.sizes[one]! + cones.sizes[other]! - both;
      pairs.push({
        a: asns[one]!,
        b: asns[other]!,
        sharedCustomers: customers[other]!.filter((customer) => mine.has(customer)).length,
        sharedCone: both,
        coneOverlap: either === 0 ? 0 : both / either,
      });
    }
  }
  return pairs;
}

/** How cones lie over each other: each AS is looked at once for each cone that it is in. */
class ConeSets {
  readonly sizes: readonly number[];
  readonly #cones: readonly Uint32Array[];
  /** By AS how many cones it is in. */
  readonly #times: Uint16Array;

  constructor(cones: readonly Uint32Array[], asCount: number) {
    this.#cones = cones;
    this.sizes = cones.map(({ length }) => length);
    const times = new Uint16Array(asCount);
    for (const cone of cones) for (let at = 0; at < cone.length; at += 1) times[cone[at]!]! += 1;
    this.#times = times;
  }

  /** ASes that are in one of them only. */
  alone(one: number): number {
    const cone = this.#cones[one]!;
    const times = this.#times;
    let count = 0;
    for (let at = 0; at < cone.length; at += 1) if (times[cone[at]!] === 1) count += 1;
    return count;
  }

  /** Members that two of them share: both are ascending. */
  shared(one: number, other: number): number {
    const [a, b] = [this.#cones[one]!, this.#cones[other]!];
    let count = 0;
    for (let at = 0, from = 0; at < a.length && from < b.length; ) {
      const [x, y] = [a[at]!, b[from]!];
      if (x === y) count += 1;
      if (x <= y) at += 1;
      if (y <= x) from += 1;
    }
    return count;
  }
}
