import { edgeTo, type PathIndex } from './path-index.ts';
import { itemsASlice, type Sliced } from './slices.ts';

/** The largest ASes by transit degree among which the clique is first looked for. */
const seedSize = 10;
/** Only so many ASes of the ranking are looked at: the members stand at its top. */
const candidateLimit = 400;
/** An AS behind two others of the clique with so few ASes behind it, never an origin itself, is a poisoned path. */
const poisonFollowers = 5;
/** More ASes than this behind it make it a customer. */
const customerFollowers = 2;

/**
 * The ASes at the top that buy from nobody and peer with each other: the heaviest clique among the ten largest by
 * transit degree, then whoever further down is linked with every member and customer of none. Paths count against two
 * of them only where they come from a third: a large customer of theirs is no judge.
 * @returns AS indexes in the order of the ranking.
 */
export function* findClique(index: PathIndex): Sliced<number[]> {
  const candidates = Array.from(index.order.subarray(0, candidateLimit)).filter((as) => index.transitDegree[as]! > 0);
  const isLinked = linkTest(index);
  const demotions = new Demotions(index.asCount);
  yield* demotions.read(index, candidates);
  const agree = (members: readonly number[]): boolean => {
    demotions.among = members;
    return members.every((x, at) => members.slice(0, at).every((y) => isLinked(x, y) && !demotions.isCustomer(x, y)));
  };
  yield 'choosing the clique';
  const members = heaviestSet(candidates.slice(0, seedSize), index, agree);
  for (const as of candidates.slice(seedSize)) {
    if (index.degree[as]! < members.length) break;
    if (members.every((member) => isLinked(member, as)) && agree([...members, as])) members.push(as);
  }
  return members.sort((x, y) => index.rank[x]! - index.rank[y]!);
}

function linkTest({ links }: PathIndex): (x: number, y: number) => boolean {
  return (x, y) => {
    let low = links.offsets[x]!;
    let high = links.offsets[x + 1]! - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const neighbour = edgeTo(links, links.leaving[middle]!);
      if (neighbour === y) return true;
      if (neighbour < y) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  };
}

/** Who stands behind two other candidates in a path, and so buys from the second: paths z|y|x among large ASes. */
class Demotions {
  /** The ASes that count as large at the moment. */
  among: readonly number[] = [];
  /** By `y · count + x`: for each z the ASes behind x, and whether x was an origin there. */
  readonly #behind = new Map<number, Map<number, { readonly followers: Set<number>; isOrigin: boolean }>>();
  readonly #asCount: number;

  constructor(asCount: number) {
    this.#asCount = asCount;
  }

  *read({ paths, asCount }: PathIndex, candidates: readonly number[]): Sliced<void> {
    const isCandidate = new Uint8Array(asCount);
    for (const as of candidates) isCandidate[as] = 1;
    const { hops, offsets } = paths;
    for (let path = 0; path < paths.count; path += 1) {
      if (path % itemsASlice === 0) yield 'looking for the clique';
      const end = offsets[path + 1]!;
      for (let at = offsets[path]! + 2; at < end; at += 1) {
        const x = hops[at]!;
        if (isCandidate[x] === 0 || isCandidate[hops[at - 1]!] === 0 || isCandidate[hops[at - 2]!] === 0) continue;
        this.#note(hops[at - 2]!, hops[at - 1]!, x, at + 1 < end ? hops[at + 1]! : -1);
      }
    }
  }

  #note(z: number, y: number, x: number, follower: number): void {
    const key = y * this.#asCount + x;
    let byFirst = this.#behind.get(key);
    if (byFirst === undefined) {
      byFirst = new Map();
      this.#behind.set(key, byFirst);
    }
    let seen = byFirst.get(z);
    if (seen === undefined) {
      seen = { followers: new Set(), isOrigin: false };
      byFirst.set(z, seen);
    }
    if (follower < 0) seen.isOrigin = true;
    else seen.followers.add(follower);
  }

  /** Whether one of two linked ASes is customer of the other, by the paths that come from a third large one. */
  isCustomer(x: number, y: number): boolean {
    return this.#isBehind(x, y) || this.#isBehind(y, x);
  }

  #isBehind(y: number, x: number): boolean {
    const byFirst = this.#behind.get(y * this.#asCount + x);
    if (byFirst === undefined) return false;
    const followers = new Set<number>();
    let isOrigin = false;
    for (const [z, seen] of byFirst) {
      if (!this.among.includes(z)) continue;
      isOrigin ||= seen.isOrigin;
      for (const one of seen.followers) followers.add(one);
    }
    return followers.size > poisonFollowers || (isOrigin && followers.size > customerFollowers);
  }
}

/** Of all sets that agree the one whose transit degrees have the largest sum; a set agrees only where its parts do. */
function heaviestSet(
  vertices: readonly number[],
  { transitDegree }: PathIndex,
  agree: (members: readonly number[]) => boolean,
): number[] {
  const weight = (members: readonly number[]): number =>
    members.reduce((sum, member) => sum + transitDegree[member]!, 0);
  let best: readonly number[] = [];
  const extend = (members: readonly number[], open: readonly number[]): void => {
    if (weight(members) > weight(best)) best = members;
    if (weight(members) + weight(open) <= weight(best)) return;
    open.forEach((as, at) => {
      const larger = [...members, as];
      if (agree(larger)) extend(larger, open.slice(at + 1));
    });
  };
  extend([], vertices);
  return [...best];
}
