import { steps } from '../graph/as-graph.ts';
import type { Exchange } from '../graph/registry.ts';
import { edgeTo, type PathIndex } from './path-index.ts';
import { customer, peer, provider, type RelationState, unknown } from './relation-state.ts';
import { viewsOf } from './remaining.ts';
import type { Sightings } from './sightings.ts';
import type { Sliced } from './slices.ts';

/** What is looked at, and how many values each has. */
const features = {
  sizeRatio: 9,
  openness: 6,
  opennessOfSmaller: 6,
  otherProviders: 4,
  seenBy: 5,
  exchanges: 4,
} as const;
const featureSizes: readonly number[] = Object.values(features);
const classes = 2;
const [asCustomer, asPeer] = [0, 1] as const;
/** From fewer sure peerings there is nothing to learn: two or three feeds show a dozen. */
const leastPeers = 100;

/** How the second pass went. */
export interface SecondPass {
  /** Links that it told. */
  readonly told: number;
  /** Peerings that were sure before, from which it learns, and how many it needs. */
  readonly surePeers: number;
  readonly leastPeers: number;
}

/** Rounds of judging all hard links with what the round before said. It settles within five or so. */
const rounds = 8;
/** As sure as this a link becomes a peering, or one of a customer. */
const surePeer = 0.998;
const sureCustomer = 0.99;
/** Counts that every value begins with, so that what was never seen is not impossible. */
const smoothing = 0.5;

/** What is expected of a hard link before it is looked at: fixed, for where customers are few it would learn that there are none. */
const peerShare = 0.5;

const remaining = steps.indexOf('remaining');

/**
 * Judges once more the links that no step explained and nobody bears witness for (in the manner of ProbLink, Jin et al.,
 * NSDI 2019): naive Bayes over what the two ASes are like, learnt from the links that are sure and from its own former
 * judgement. What might be either stays unknown, and so does what fewer than `leastViews` look at from above.
 */
export function* judgeAgain(
  index: PathIndex,
  state: RelationState,
  sightings: Sightings,
  leastViews: number,
  exchanges: readonly Exchange[] = [],
): Sliced<SecondPass> {
  const hard: number[] = [];
  let sure = 0;
  for (let link = 0; link < index.links.count; link += 1) {
    if (state.relation[link] === unknown) hard.push(link);
    else if (state.step[link] === remaining) sure += 1;
  }
  if (sure < leastPeers) return { told: 0, surePeers: sure, leastPeers };
  const colocated = colocationOf(index, exchanges);
  const peerChance = new Float64Array(index.links.count);
  for (const link of hard) peerChance[link] = peerShare;
  for (let round = 0; round < rounds; round += 1) {
    yield 'judging again';
    const look = lookOf(index, state, sightings, colocated, peerChance);
    const model = new Model();
    for (let link = 0; link < index.links.count; link += 1) {
      if (state.relation[link] === unknown) {
        const values = look(link);
        model.learn(asPeer, values, peerChance[link]!);
        model.learn(asCustomer, values, 1 - peerChance[link]!);
      } else if (state.step[link] === remaining) model.learn(asPeer, look(link), 1);
      else if (state.relation[link] === customer || state.relation[link] === provider) {
        model.learn(asCustomer, look(link), knownWeight);
      }
    }
    const next = hard.map((link) => model.chanceOf(asPeer, look(link), peerShare));
    hard.forEach((link, at) => {
      peerChance[link] = next[at]!;
    });
  }
  const { a, b } = index.links;
  for (const link of hard) {
    if (viewsOf(a[link]!, b[link]!, sightings.seenFromAbove) >= leastViews)
      settle(index, state, link, peerChance[link]!);
  }
  const told = hard.filter((link) => state.relation[link] !== unknown).length;
  return { told, surePeers: sure, leastPeers };
}

/** The sure customers are many and easy: each counts less than one of the hard links, which are what is asked about. */
const knownWeight = 0.02;

function settle({ links, rank }: PathIndex, state: RelationState, link: number, chance: number): void {
  if (chance >= surePeer) state.setPeer(link * 2, 'second pass');
  else if (chance <= 1 - sureCustomer) {
    state.setCustomer(rank[links.a[link]!]! < rank[links.b[link]!]! ? link * 2 : link * 2 + 1, 'second pass');
  }
}

/** The values of the features of a link. */
type Look = (link: number) => readonly number[];

function lookOf(
  { links, rank, transitDegree, degree }: PathIndex,
  state: RelationState,
  { linkSeenBy }: Sightings,
  colocated: (a: number, b: number) => number,
  peerChance: Float64Array,
): Look {
  const peers = new Float64Array(degree.length);
  const providers = new Uint32Array(degree.length);
  const peersOver = (link: number): number => {
    if (state.relation[link] === unknown) return peerChance[link]!;
    return state.relation[link] === peer && !(state.isClique[links.a[link]!] && state.isClique[links.b[link]!]) ? 1 : 0;
  };
  for (let as = 0; as < degree.length; as += 1) {
    for (const edge of links.leaving.subarray(links.offsets[as]!, links.offsets[as + 1]!)) {
      peers[as]! += peersOver(edge >> 1);
      if (state.of(edge) === provider && edgeTo(links, edge) !== as) providers[as]! += 1;
    }
  }
  const openness = (as: number, link: number): number => {
    const others = degree[as]! - 1 - providers[as]!;
    const share = others <= 0 ? 0 : (peers[as]! - peersOver(link)) / others;
    return share < 0.01 ? 0 : share < 0.05 ? 1 : share < 0.2 ? 2 : share < 0.5 ? 3 : share < 0.8 ? 4 : 5;
  };
  return (link) => {
    const [a, b] = [links.a[link]!, links.b[link]!];
    const [x, y] = rank[a]! < rank[b]! ? [a, b] : [b, a];
    const ratio = (transitDegree[x]! + 1) / (transitDegree[y]! + 1);
    const isBought = state.of(x === a ? link * 2 : link * 2 + 1) === customer;
    return [
      Math.min(features.sizeRatio - 1, Math.floor(Math.log2(Math.max(1, ratio)))),
      openness(x, link),
      openness(y, link),
      Math.min(features.otherProviders - 1, providers[y]! - (isBought ? 1 : 0)),
      Math.min(features.seenBy - 1, Math.floor(Math.log2(linkSeenBy[link]!))),
      colocated(a, b),
    ];
  };
}

/** How many exchanges two ASes share: 0 where nothing is known of either, else 1 and up to two of them. */
function colocationOf({ paths, asCount }: PathIndex, exchanges: readonly Exchange[]): (a: number, b: number) => number {
  const present: number[][] = Array.from({ length: exchanges.length === 0 ? 0 : asCount }, () => []);
  const placeOf = new Map(Array.from(exchanges.length === 0 ? [] : paths.asns, (asn, as) => [asn, as] as const));
  for (const { id, members } of exchanges) for (const asn of members) present[placeOf.get(asn) ?? -1]?.push(id);
  return (a, b) => {
    const [one, other] = [present[a], present[b]];
    if (one === undefined || other === undefined || one.length === 0 || other.length === 0) return 0;
    return 1 + Math.min(2, one.filter((id) => other.includes(id)).length);
  };
}

/** How often each value of each feature goes with each class. */
class Model {
  readonly #counts = Array.from({ length: classes }, () =>
    featureSizes.map((size) => new Float64Array(size).fill(smoothing)),
  );
  readonly #totals = new Float64Array(classes);

  learn(kind: number, values: readonly number[], weight: number): void {
    values.forEach((value, feature) => {
      this.#counts[kind]![feature]![value]! += weight;
    });
    this.#totals[kind]! += weight;
  }

  /** The chance of a class where `prior` of all that is asked about are of it. */
  chanceOf(kind: number, values: readonly number[], prior: number): number {
    const logs = Array.from({ length: classes }, (_, one) =>
      values.reduce(
        (sum, value, feature) =>
          sum +
          Math.log(this.#counts[one]![feature]![value]! / (this.#totals[one]! + smoothing * featureSizes[feature]!)),
        Math.log(Math.max(1e-9, one === kind ? prior : 1 - prior)),
      ),
    );
    const most = Math.max(...logs);
    const weights = logs.map((log) => Math.exp(log - most));
    return weights[kind]! / weights.reduce((sum, weight) => sum + weight, 0);
  }
}
