import { seededRandom } from '#core';
import type { Topology } from './topology.ts';

export interface Observer {
  /** Index of the AS. */
  readonly as: number;
  /** A full feed gives all best routes; a partial one only what a peer would get: its own and its customers'. */
  readonly isFull: boolean;
}

export interface ObserverOptions {
  readonly count: number;
  readonly seed: number;
  /** Share of partial feeds, 0 to 1. Default 0.2. */
  readonly partialShare?: number;
}

/** Who volunteers at collectors, summed up: a tenth of the largest, mostly mid-sized carriers, few at the rim. */
const sharesBelow = [0.1, 0.5, 0.85, 1];

/** Vantage points like those of the public collectors, by seed; none where the topology has too few ASes. */
export function chooseObservers(topology: Topology, { count, seed, partialShare = 0.2 }: ObserverOptions): Observer[] {
  const random = seededRandom(seed);
  const { asns, providers, customers, peers } = topology;
  const sold = (as: number): number => customers.offsets[as + 1]! - customers.offsets[as]!;
  const bought = (as: number): number => providers.offsets[as + 1]! - providers.offsets[as]!;
  const peered = (as: number): number => peers.offsets[as + 1]! - peers.offsets[as]!;
  const all = Array.from(asns.keys());
  const groups = [
    all.filter((as) => bought(as) === 0 && sold(as) > 0),
    all.filter((as) => bought(as) > 0 && sold(as) >= 20),
    all.filter((as) => bought(as) > 0 && sold(as) > 0 && sold(as) < 20),
    all.filter((as) => bought(as) > 0 && sold(as) === 0),
  ];
  const chosen = new Map<number, Observer>();
  const wanted = Math.min(count, all.length);
  for (let tries = 0; chosen.size < wanted && tries < wanted * 200; tries += 1) {
    const drawn = random();
    const group = groups[sharesBelow.findIndex((below) => drawn < below)] ?? groups[1]!;
    // Collectors stand at exchanges, so whoever peers much is likelier to feed one: the best of three.
    const [as] = [0, 0, 0]
      .map(() => group[Math.floor(random() * group.length)]!)
      .sort((x, y) => peered(y) - peered(x) || x - y);
    if (as === undefined || chosen.has(as)) continue;
    chosen.set(as, { as, isFull: random() >= partialShare });
  }
  return [...chosen.values()].sort((x, y) => x.as - y.as);
}
