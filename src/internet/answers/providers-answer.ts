import type { Atlas } from '../graph/atlas.ts';
import { type AsSummary, asSummary } from './as-summary.ts';
import { membersOf } from './country-answer.ts';
import { findCountry } from './country-name.ts';
import { requireCountries } from './missing.ts';
import { counted, type Role, roleOf } from './roles.ts';

export interface ProvidersOptions {
  /** Only of this country. */
  readonly country?: string;
  /**
   * Instead of the evidence of transit: whoever has more than so many neighbours counts as an operator. A rule of thumb
   * of 2017, when fewer networks peered at exchanges.
   */
  readonly operatorThreshold?: number;
}

export interface ProvidersAnswer {
  /** Of all ASes that were looked at; `operator` only by the threshold. */
  readonly counts: Readonly<Partial<Record<Role | 'operator', number>>>;
  readonly looked: number;
  /** Those that sell transit, by cone; by the threshold instead, by the number of neighbours. */
  readonly providers: readonly ProviderRow[];
  /** Exchanges and route servers. */
  readonly exchanges: readonly ProviderRow[];
}

export interface ProviderRow extends AsSummary {
  readonly neighbours: number;
  readonly evidence: readonly string[];
}

/** @throws NetwrightError `NW_INTERNET_COUNTRY_UNKNOWN`, `NW_INTERNET_SOURCE_MISSING`. */
export function answerProviders(atlas: Atlas, { country, operatorThreshold }: ProvidersOptions = {}): ProvidersAnswer {
  const { graph } = atlas;
  const looked = country === undefined ? undefined : findCountry(country);
  if (looked !== undefined) requireCountries(atlas);
  const ases = looked === undefined ? graph.asns.keys() : membersOf(atlas, looked);
  const counts: Partial<Record<Role | 'operator', number>> = {};
  const providers: ProviderRow[] = [];
  const exchanges: ProviderRow[] = [];
  let count = 0;
  for (const as of ases) {
    count += 1;
    const neighbours = graph.offsets[as + 1]! - graph.offsets[as]!;
    const { role, evidence } = roleOf(atlas, as);
    const isExchange = role === 'route server' || role === 'exchange';
    const isOperator = operatorThreshold !== undefined && neighbours > operatorThreshold;
    const isProvider = operatorThreshold === undefined ? role === 'transit-free' || role === 'provider' : isOperator;
    counts[role] = (counts[role] ?? 0) + 1;
    if (isOperator) counts.operator = (counts.operator ?? 0) + 1;
    if (isExchange) exchanges.push({ ...asSummary(atlas, as), neighbours, evidence });
    else if (isProvider) {
      const adjacencies = `${counted(neighbours, 'neighbour', 'neighbours')}, more than ${operatorThreshold}`;
      const why = isOperator ? [adjacencies, ...evidence] : evidence;
      providers.push({ ...asSummary(atlas, as), neighbours, evidence: why });
    }
  }
  const size = (row: ProviderRow): number => (operatorThreshold === undefined ? row.cone : row.neighbours);
  providers.sort((one, other) => size(other) - size(one) || one.asn - other.asn);
  exchanges.sort((one, other) => other.neighbours - one.neighbours || one.asn - other.asn);
  return { counts, looked: count, providers, exchanges };
}
