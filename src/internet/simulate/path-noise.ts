import { type Random, seededRandom } from '#core';
import type { Routing } from './routing.ts';
import type { Topology } from './topology.ts';
import type { Observer } from './vantage-points.ts';

/** What spoils real paths, as shares of paths (of ASes for `leakers`), 0 to 1. Default each: 0. */
export interface PathNoiseOptions {
  /** The origin stands several times. */
  readonly prepended?: number;
  /** The origin names somebody else in its path, so that he drops it: a loop. */
  readonly poisoned?: number;
  /** A private AS number stands before the origin's end. */
  readonly privateAsn?: number;
  /** ASes with several providers that pass routes of one to another. */
  readonly leakers?: number;
  /** Share of the origins that a leaker leaks. Default 0.05. */
  readonly leaked?: number;
}

/** The noise of the reference data: 17 % of routes prepended, 0.02 % private numbers, loops and leaks rarer still. */
export const usualNoise: PathNoiseOptions = {
  prepended: 0.17,
  poisoned: 0.0004,
  privateAsn: 0.0002,
  leakers: 0.0005,
  leaked: 0.02,
};

/** Spoils paths as people do. */
export class PathNoise {
  /** AS indexes of those that leak. */
  readonly leakers: readonly number[];
  readonly #asns: Uint32Array;
  readonly #options: PathNoiseOptions;
  readonly #random: Random;
  /** By vantage point and leaker: the way to the leaker through one of its providers, where it has one. */
  readonly #waysTo = new Map<string, readonly number[]>();

  constructor({ asns, providers }: Topology, options: PathNoiseOptions, seed: number) {
    this.#asns = asns;
    this.#options = options;
    this.#random = seededRandom(seed ^ 0x6e6f6973);
    const share = options.leakers ?? 0;
    this.leakers =
      share === 0
        ? []
        : Array.from(asns.keys()).filter(
            (as) => providers.offsets[as + 1]! - providers.offsets[as]! > 1 && this.#random() < share,
          );
  }

  /** Finds the ways from the vantage points to the leakers. */
  learn(routing: Routing, observers: readonly Observer[]): void {
    const hops = new Uint32Array(1024);
    for (const leaker of this.leakers) {
      routing.routeTo(leaker);
      observers.forEach(({ as, isFull }, peer) => {
        const end = routing.writePath(as, hops, 0);
        if (isFull && end > 1) this.#waysTo.set(`${peer} ${leaker}`, Array.from(hops.subarray(0, end)));
      });
    }
  }

  /** A path of indexes as AS numbers, spoiled or not. */
  apply(hops: Uint32Array, end: number, routing: Routing, peer: number): number[] {
    const { prepended = 0, poisoned = 0, privateAsn = 0, leaked = 0.05 } = this.#options;
    let indexes = Array.from(hops.subarray(0, end));
    for (const leaker of this.leakers) {
      if (this.#random() < leaked) indexes = this.#leak(indexes, leaker, routing, peer) ?? indexes;
    }
    const path = indexes.map((as) => this.#asns[as]!);
    const origin = path.at(-1)!;
    if (prepended > 0 && this.#random() < prepended) {
      for (let times = 1 + Math.floor(this.#random() * 3); times > 0; times -= 1) path.push(origin);
    }
    if (poisoned > 0 && this.#random() < poisoned) {
      path.push(this.#asns[Math.floor(this.#random() * this.#asns.length)]!, origin);
    }
    if (privateAsn > 0 && this.#random() < privateAsn) path.push(64_512 + Math.floor(this.#random() * 1022));
    return path;
  }

  /** The path through a leaker, which passes on what it has from a provider or peer; undefined where it has none. */
  #leak(path: readonly number[], leaker: number, routing: Routing, peer: number): number[] | undefined {
    const way = this.#waysTo.get(`${peer} ${leaker}`);
    if (way === undefined || routing.kindOf(leaker) < 2) return undefined;
    const hops = new Uint32Array(256);
    const end = routing.writePath(leaker, hops, 0);
    const whole = [...way, ...hops.subarray(1, end)];
    return new Set(whole).size === whole.length && whole.at(-1) === path.at(-1) ? whole : undefined;
  }
}
