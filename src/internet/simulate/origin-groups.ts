import type { Routing } from './routing.ts';
import type { Topology } from './topology.ts';

/** Who has more is alone of its kind. */
const mostAlike = 16;

/**
 * Origins with the same providers and the same peers among the watched, which all routes to them lead through: what is
 * worked out for one of them holds for all. `T` is what was worked out.
 */
export class OriginGroups<T> {
  readonly #topology: Topology;
  readonly #routing: Routing;
  /** Those on the ways of others, and those with a failed link of their own: worked out one by one. */
  readonly #isSingle: Uint8Array;
  readonly #known = new Map<string, T>();

  constructor(topology: Topology, routing: Routing, singles: Iterable<number>) {
    this.#topology = topology;
    this.#routing = routing;
    this.#isSingle = new Uint8Array(topology.asns.length);
    for (const as of routing.watched) this.#isSingle[as] = 1;
    for (const as of singles) this.#isSingle[as] = 1;
  }

  /** Names the group of an origin; undefined for one that stands alone. */
  of(origin: number): string | undefined {
    if (this.#isSingle[origin] === 1) return undefined;
    const { offsets, members } = this.#topology.providers;
    const providers = members.subarray(offsets[origin], offsets[origin + 1]);
    const peers = this.#routing.watchedPeersOf(origin);
    if (providers.length + peers.length > mostAlike) return undefined;
    return `${providers.join()} ${peers.join()}`;
  }

  changeOf(group: string | undefined): T | undefined {
    return group === undefined ? undefined : this.#known.get(group);
  }

  note(group: string | undefined, change: T): void {
    if (group !== undefined) this.#known.set(group, change);
  }
}
