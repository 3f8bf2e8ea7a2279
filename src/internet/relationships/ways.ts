import { edgeFrom, edgeTo, groupedInSlices, type PathIndex } from './path-index.ts';
import { customer, peer, provider, type RelationState } from './relation-state.ts';
import type { Sliced } from './slices.ts';

/**
 * How the ASes that stand before one AS in paths go to it. Everybody prefers what customers give to what peers give to
 * what providers give, so who goes over a peer has nobody below that could have given the route: that tells of links
 * which no path shows from the side that would decide.
 */
export class WaysTo {
  readonly #index: PathIndex;
  readonly #state: RelationState;
  readonly #offsets: Uint32Array;
  readonly #places: Uint32Array;
  readonly #isFirst: Uint8Array;
  /** By AS: in which look it was met, and in how many paths it goes on over whom. */
  readonly #lastLook: Uint32Array;
  readonly #overCustomer: Uint32Array;
  readonly #overPeer: Uint32Array;
  readonly #overProvider: Uint32Array;
  /** The shortest way over a customer, in links. */
  readonly #shortest: Uint32Array;
  readonly #lastClimb: Uint32Array;
  #look = 0;
  #endings = 0;
  #climb = 0;

  constructor(index: PathIndex, state: RelationState, { offsets, places, isFirst }: HopPlaces) {
    this.#index = index;
    this.#state = state;
    const { asCount } = index;
    this.#offsets = offsets;
    this.#places = places;
    this.#isFirst = isFirst;
    this.#lastLook = new Uint32Array(asCount);
    this.#overCustomer = new Uint32Array(asCount);
    this.#overPeer = new Uint32Array(asCount);
    this.#overProvider = new Uint32Array(asCount);
    this.#shortest = new Uint32Array(asCount);
    this.#lastClimb = new Uint32Array(asCount);
  }

  /** Counts the ways to an AS by what is known of relations now; what is asked afterwards is about it. */
  lookAt(as: number): void {
    const { paths, edgeOf } = this.#index;
    this.#look += 1;
    this.#endings = 0;
    for (let slot = this.#offsets[as]!; slot < this.#offsets[as + 1]!; slot += 1) {
      const place = this.#places[slot]!;
      if (place + 1 === paths.hops.length || this.#isFirst[place + 1] === 1) this.#endings += 1;
      for (let at = place; this.#isFirst[at] === 0; at -= 1) {
        const before = paths.hops[at - 1]!;
        if (this.#lastLook[before] !== this.#look) {
          this.#lastLook[before] = this.#look;
          this.#overCustomer[before] = 0;
          this.#overPeer[before] = 0;
          this.#overProvider[before] = 0;
          this.#shortest[before] = noWay;
        }
        const relation = this.#state.of(edgeOf[at - 1]!);
        if (relation === customer) {
          this.#overCustomer[before]! += 1;
          this.#shortest[before] = Math.min(this.#shortest[before]!, place - at + 1);
        } else if (relation === peer) this.#overPeer[before]! += 1;
        else if (relation === provider) this.#overProvider[before]! += 1;
      }
    }
  }

  /** Paths that end at the one looked at. */
  get endings(): number {
    return this.#endings;
  }

  /** Whether an AS is seen to go to the one looked at over a provider, or over a peer where that counts too. */
  goesElsewhere(as: number, isPeerElsewhere: boolean): boolean {
    if (this.#lastLook[as] !== this.#look) return false;
    return this.#overProvider[as]! > 0 || (isPeerElsewhere && this.#overPeer[as]! > 0);
  }

  /** Whether somebody goes to the end of an edge in a way that he would not, were it a customer of the start. */
  refutes(edge: number): boolean {
    const { links } = this.#index;
    this.lookAt(edgeTo(links, edge));
    return this.hasWitness(edgeFrom(links, edge));
  }

  /**
   * Whether somebody goes to the one looked at in a way that he would not, were that one a customer of `as`. All above
   * `as` would have it among their customers' customers, so they would not go over a peer or provider, and those next
   * above not over more customers than two; a peer of `as` would not go over a provider.
   */
  hasWitness(as: number): boolean {
    this.#climb += 1;
    this.#lastClimb[as] = this.#climb;
    const above = [as];
    for (const one of above) {
      for (const seller of this.#state.providersOf(one)) {
        if (this.#lastClimb[seller] === this.#climb) continue;
        this.#lastClimb[seller] = this.#climb;
        above.push(seller);
        if (this.#lastLook[seller] !== this.#look) continue;
        const over = this.#overCustomer[seller]!;
        if (over === 0 && this.#overPeer[seller]! + this.#overProvider[seller]! > 0) return true;
        if (one === as && over > 0 && this.#shortest[seller]! > 2) return true;
      }
    }
    const { links } = this.#index;
    for (let slot = links.offsets[as]!; slot < links.offsets[as + 1]!; slot += 1) {
      const edge = links.leaving[slot]!;
      if (this.#state.of(edge) !== peer) continue;
      const other = edgeTo(links, edge);
      if (this.#lastLook[other] !== this.#look || this.#overProvider[other] === 0) continue;
      if (this.#overCustomer[other]! + this.#overPeer[other]! === 0) return true;
    }
    return false;
  }
}

/** Where each AS stands in the hops of all paths, and by place whether a path begins there. */
export interface HopPlaces {
  readonly offsets: Uint32Array;
  readonly places: Uint32Array;
  readonly isFirst: Uint8Array;
}

export function* findPlaces({ paths, asCount }: PathIndex): Sliced<HopPlaces> {
  const [offsets, places] = yield* groupedInSlices(paths.hops, asCount);
  const isFirst = new Uint8Array(paths.hops.length);
  for (let path = 0; path < paths.count; path += 1) isFirst[paths.offsets[path]!] = 1;
  yield 'grouping hops';
  return { offsets, places, isFirst };
}

/** Longer than any way. */
const noWay = 0xffffffff;
