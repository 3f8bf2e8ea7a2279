import { NetwrightError } from '#core';
import { type AsGraph, indexOfAsn } from '../graph/as-graph.ts';
import { runSliced, type Sliced, type SliceOptions } from '../relationships/slices.ts';
import { OriginGroups } from './origin-groups.ts';
import { Routing, stepBetween } from './routing.ts';
import { type Topology, topologyInSlices } from './topology.ts';

export interface Failure {
  /** AS numbers that are down. */
  readonly ases?: readonly number[];
  /** Links that are down, as pairs of AS numbers. */
  readonly links?: readonly (readonly [number, number])[];
}

export interface WhatIfOptions extends SliceOptions {
  /** AS numbers from which is looked. Default: the ASes without providers that have the most customers, up to twelve. */
  readonly observers?: readonly number[];
  /** AS numbers whose reachability is asked. Default: all. */
  readonly origins?: readonly number[];
}

/** What a failure changes, as the observers see it. */
export interface WhatIf {
  readonly observers: readonly number[];
  /** Origins that were looked at, without those that failed themselves. */
  readonly origins: number;
  /** AS numbers that every observer reached before and none reaches after, ascending. */
  readonly lost: readonly number[];
  /** AS numbers that some observers no longer reach, ascending. */
  readonly partlyLost: readonly number[];
  /** AS numbers that are reached, but from some observer by another path, ascending. */
  readonly rerouted: readonly number[];
  /** Pairs of observer and origin: how many had a route before and after, how many take another path, a longer one. */
  readonly pairs: {
    readonly before: number;
    readonly after: number;
    readonly rerouted: number;
    readonly longer: number;
  };
  /** Up to {@link exampleCount} changed paths; `after` is empty where nothing is left. */
  readonly examples: readonly { readonly before: readonly number[]; readonly after: readonly number[] }[];
}

const exampleCount = 10;
const observerCount = 12;

/**
 * What is lost and what goes another way when ASes or links fail, by valley-free routing over the graph: before and
 * after, for every pair of observer and origin. Only where somebody's route goes over what fails new ones are worked out,
 * and origins that buy from and peer with the same are worked out once. Links of unknown relation count as peering.
 * @throws NetwrightError `NW_INTERNET_ASN_UNKNOWN` for an AS or link that the graph has not; `NW_CANCELLED` when the
 * signal is aborted.
 */
export async function whatIf(graph: AsGraph, failure: Failure, options: WhatIfOptions = {}): Promise<WhatIf> {
  return await runSliced(compare(graph, failure, options), options);
}

function* compare(graph: AsGraph, failure: Failure, options: WhatIfOptions): Sliced<WhatIf> {
  const failedAses = (failure.ases ?? []).map((asn) => placeOf(graph, asn));
  const failedLinks = (failure.links ?? []).map(([x, y]) => linkBetween(graph, x, y));
  const isDown = new Set(failedAses);
  const before = yield* topologyInSlices(graph);
  const after = yield* topologyInSlices(graph, { failedAses, failedLinks });
  yield 'choosing observers';
  const observers = (options.observers?.map((asn) => placeOf(graph, asn)) ?? usualObservers(before)).filter(
    (as) => !isDown.has(as),
  );
  const origins = options.origins?.map((asn) => placeOf(graph, asn)) ?? Array.from(graph.asns.keys());
  const tally = new Tally(graph.asns, observers);
  yield 'looking up from the observers';
  const routings = [new Routing(before, observers), new Routing(after, observers)] as const;
  const alike = new OriginGroups<Change>(
    before,
    routings[0],
    failedLinks.flatMap((link) => [graph.links.a[link]!, graph.links.b[link]!]),
  );
  const failed = failedOf(graph, failedAses, failedLinks);
  for (const origin of origins) {
    if (isDown.has(origin)) continue;
    yield 'comparing routes';
    const group = alike.of(origin);
    let change = alike.changeOf(group);
    if (change === undefined || (change.isAny && tally.wantsExamples)) {
      routings[0].routeTo(origin);
      if (routings[0].isNeeded(failed.ases, failed.steps)) {
        routings[1].routeTo(origin);
        change = tally.compare(...routings);
      } else change = tally.unchanged(routings[0]);
      alike.note(group, change);
    }
    tally.add(origin, change);
  }
  return tally.result();
}

/** What a failure changes for one origin, in pairs of it and an observer. */
interface Change {
  readonly isAny: boolean;
  readonly had: number;
  readonly has: number;
  readonly moved: number;
  readonly longer: number;
}

/** AS indexes that are down, and links that are, each as two steps from one AS to the next. */
function failedOf(
  { asns, links }: AsGraph,
  failedAses: readonly number[],
  failedLinks: readonly number[],
): { readonly ases: Uint8Array; readonly steps: ReadonlySet<number> } {
  const ases = new Uint8Array(asns.length);
  for (const as of failedAses) ases[as] = 1;
  const steps = new Set<number>();
  for (const link of failedLinks) {
    const [a, b] = [links.a[link]!, links.b[link]!];
    steps.add(stepBetween(asns.length, a, b)).add(stepBetween(asns.length, b, a));
  }
  return { ases, steps };
}

/** Gathers what changed, origin after origin. */
class Tally {
  readonly #asns: Uint32Array;
  readonly #observers: readonly number[];
  readonly #lost: number[] = [];
  readonly #partlyLost: number[] = [];
  readonly #rerouted: number[] = [];
  readonly #examples: { before: number[]; after: number[] }[] = [];
  readonly #pairs = { before: 0, after: 0, rerouted: 0, longer: 0 };
  readonly #old = new Uint32Array(1024);
  readonly #new = new Uint32Array(1024);
  #origins = 0;

  constructor(asns: Uint32Array, observers: readonly number[]) {
    this.#asns = asns;
    this.#observers = observers;
  }

  get wantsExamples(): boolean {
    return this.#examples.length < exampleCount;
  }

  /** Where nobody goes over what fails. */
  unchanged(before: Routing): Change {
    let had = 0;
    for (const observer of this.#observers) if (before.hasRoute(observer)) had += 1;
    return { isAny: false, had, has: had, moved: 0, longer: 0 };
  }

  compare(before: Routing, after: Routing): Change {
    let had = 0;
    let has = 0;
    let moved = 0;
    let longer = 0;
    for (const observer of this.#observers) {
      const oldEnd = before.writePath(observer, this.#old, 0);
      if (oldEnd === 0) continue;
      had += 1;
      const newEnd = after.writePath(observer, this.#new, 0);
      if (newEnd > 0) has += 1;
      if (newEnd === oldEnd && this.#old.subarray(0, oldEnd).every((hop, at) => hop === this.#new[at])) continue;
      if (newEnd > 0) moved += 1;
      if (newEnd > oldEnd) longer += 1;
      if (this.wantsExamples) {
        const asnsOf = (hops: Uint32Array, end: number): number[] =>
          Array.from(hops.subarray(0, end), (as) => this.#asns[as]!);
        this.#examples.push({ before: asnsOf(this.#old, oldEnd), after: asnsOf(this.#new, newEnd) });
      }
    }
    return { isAny: moved > 0 || has < had, had, has, moved, longer };
  }

  add(origin: number, { had, has, moved, longer }: Change): void {
    this.#origins += 1;
    this.#pairs.before += had;
    this.#pairs.after += has;
    this.#pairs.rerouted += moved;
    this.#pairs.longer += longer;
    const asn = this.#asns[origin]!;
    if (had > 0 && has === 0) this.#lost.push(asn);
    else if (has < had) this.#partlyLost.push(asn);
    else if (moved > 0) this.#rerouted.push(asn);
  }

  result(): WhatIf {
    const ascending = (asns: number[]): number[] => asns.sort((x, y) => x - y);
    return {
      observers: this.#observers.map((as) => this.#asns[as]!),
      origins: this.#origins,
      lost: ascending(this.#lost),
      partlyLost: ascending(this.#partlyLost),
      rerouted: ascending(this.#rerouted),
      pairs: this.#pairs,
      examples: this.#examples,
    };
  }
}

function usualObservers({ asns, providers, customers }: Topology): number[] {
  const sold = (as: number): number => customers.offsets[as + 1]! - customers.offsets[as]!;
  return Array.from(asns.keys())
    .filter((as) => providers.offsets[as + 1] === providers.offsets[as] && sold(as) > 0)
    .sort((x, y) => sold(y) - sold(x) || x - y)
    .slice(0, observerCount);
}

function placeOf(graph: AsGraph, asn: number): number {
  const place = indexOfAsn(graph, asn);
  if (place < 0)
    throw new NetwrightError(
      'NW_INTERNET_ASN_UNKNOWN',
      `AS${asn}: expected an AS of the graph, it has none of that number`,
    );
  return place;
}

function linkBetween(graph: AsGraph, x: number, y: number): number {
  const [from, to] = [placeOf(graph, x), placeOf(graph, y)];
  for (let slot = graph.offsets[from]!; slot < graph.offsets[from + 1]!; slot += 1) {
    if (graph.neighbours[slot] === to) return graph.linkOf[slot]!;
  }
  throw new NetwrightError(
    'NW_INTERNET_ASN_UNKNOWN',
    `AS${x} and AS${y}: expected a link of the graph, they are not linked`,
  );
}
