import type { Neighbours, Topology } from './topology.ts';

/** From whom an AS has its best route, in the order of preference (Gao and Rexford, 2001). */
export const routeKinds = ['none', 'customer', 'peer', 'provider'] as const;
const [none, fromCustomer, fromPeer, fromProvider] = [0, 1, 2, 3] as const;

/**
 * Valley-free routing to one origin at a time: an AS prefers routes of customers to those of peers to those of
 * providers, then the shortest, then always the same of equals; it gives all of them to its customers and only its
 * customers' to the others. Only the ASes are worked out that the observers' routes depend on (their providers, and
 * theirs), so an origin costs microseconds, not a walk over the planet.
 */
export class Routing {
  readonly #topology: Topology;
  /** The observers and all above them, providers before their customers. */
  readonly #watched: Uint32Array;
  /** For each AS its peers among the watched. */
  readonly #watchedPeers: Neighbours;
  readonly #seed: number;
  readonly #kind: Uint8Array;
  readonly #length: Uint16Array;
  readonly #next: Uint32Array;
  /** ASes with a route in the current round, to forget them before the next. */
  #touched: number[] = [];

  constructor(topology: Topology, observers: Iterable<number>, seed = 0) {
    const asCount = topology.asns.length;
    this.#topology = topology;
    this.#seed = seed;
    this.#watched = withAllAbove(topology, observers);
    this.#watchedPeers = peersAmong(topology, this.#watched);
    this.#kind = new Uint8Array(asCount);
    this.#length = new Uint16Array(asCount);
    this.#next = new Uint32Array(asCount);
  }

  /**
   * Works out the routes to an origin.
   * @param announces whether the origin gives its route to a provider; default: to all.
   */
  routeTo(origin: number, announces: (provider: number) => boolean = () => true): void {
    for (const as of this.#touched) this.#kind[as] = none;
    this.#touched = [origin];
    this.#kind[origin] = fromCustomer;
    this.#length[origin] = 0;
    this.#next[origin] = origin;
    this.#climb(origin, announces);
    const sellers = this.#touched.length;
    for (let at = 0; at < sellers; at += 1) this.#offerToPeers(this.#touched[at]!);
    for (const as of this.#watched) if (this.#kind[as] === none) this.#buy(as);
  }

  /**
   * Whether somebody's route to the origin goes on over an AS or a link that fails: where nobody's does, all stay as
   * they are without it.
   * @param cut steps as of {@link stepBetween}.
   */
  isNeeded(isDown: Uint8Array, cut: ReadonlySet<number>): boolean {
    for (const as of this.#touched) {
      const next = this.#next[as]!;
      if (isDown[next] === 1 && next !== as) return true;
      if (cut.size > 0 && cut.has(stepBetween(this.#topology.asns.length, as, next))) return true;
    }
    return false;
  }

  hasRoute(as: number): boolean {
    return this.#kind[as] !== none;
  }

  /** Those that must have routes so that the observers have: the observers, and all above them. */
  get watched(): Uint32Array {
    return this.#watched;
  }

  /** To whom of the watched an AS offers its own routes as to a peer. */
  watchedPeersOf(as: number): Uint32Array {
    return this.#watchedPeers.members.subarray(this.#watchedPeers.offsets[as], this.#watchedPeers.offsets[as + 1]);
  }

  /** An index into {@link routeKinds}; of observers and what is above them. */
  kindOf(as: number): number {
    return this.#kind[as]!;
  }

  /** The next AS towards the origin, of an AS that has a route. */
  nextOf(as: number): number {
    return this.#next[as]!;
  }

  /** Writes the path of an AS, itself first, the origin last; returns where it ends. `start` where there is no route. */
  writePath(as: number, hops: Uint32Array, start: number): number {
    if (this.#kind[as] === none) return start;
    let at = start;
    for (let hop = as; ; hop = this.#next[hop]!) {
      hops[at] = hop;
      at += 1;
      if (this.#next[hop] === hop) return at;
    }
  }

  /** Routes of customers go up, the nearest first. */
  #climb(origin: number, announces: (provider: number) => boolean): void {
    const { offsets, members } = this.#topology.providers;
    for (let at = 0; at < this.#touched.length; at += 1) {
      const as = this.#touched[at]!;
      for (let slot = offsets[as]!; slot < offsets[as + 1]!; slot += 1) {
        const above = members[slot]!;
        if (as !== origin || announces(above)) this.#offer(above, as, fromCustomer);
      }
    }
  }

  #offerToPeers(as: number): void {
    const { offsets, members } = this.#watchedPeers;
    for (let slot = offsets[as]!; slot < offsets[as + 1]!; slot += 1) this.#offer(members[slot]!, as, fromPeer);
  }

  /** The best route among those of its providers, which have theirs already. */
  #buy(as: number): void {
    const { offsets, members } = this.#topology.providers;
    for (let slot = offsets[as]!; slot < offsets[as + 1]!; slot += 1) {
      if (this.#kind[members[slot]!] !== none) this.#offer(as, members[slot]!, fromProvider);
    }
  }

  #offer(to: number, from: number, kind: number): void {
    const length = this.#length[from]! + 1;
    const had = this.#kind[to]!;
    if (had === none) this.#touched.push(to);
    else if (had < kind || this.#next[to] === to) return;
    else if (had === kind) {
      if (this.#length[to]! < length) return;
      if (this.#length[to] === length && this.#taste(to, this.#next[to]!) <= this.#taste(to, from)) return;
    }
    this.#kind[to] = kind;
    this.#length[to] = length;
    this.#next[to] = from;
  }

  /** Which of two equal neighbours an AS likes: any order will do, as long as it is always the same. */
  #taste(as: number, neighbour: number): number {
    const mixed = Math.imul(as ^ this.#seed, 0x9e3779b1) ^ Math.imul(neighbour + 1, 0x85ebca6b);
    return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0;
  }
}

/** One number for going from one AS to the next. */
export const stepBetween = (asCount: number, from: number, to: number): number => from * asCount + to;

/** Some ASes and all their providers, and theirs, in an order in which providers come before their customers. */
function withAllAbove({ providers }: Topology, observers: Iterable<number>): Uint32Array {
  const order: number[] = [];
  const state = new Map<number, 'open' | 'done'>();
  for (const observer of observers) {
    const stack = [observer];
    while (stack.length > 0) {
      const as = stack.at(-1)!;
      if (state.get(as) === undefined) {
        state.set(as, 'open');
        for (let slot = providers.offsets[as]!; slot < providers.offsets[as + 1]!; slot += 1) {
          if (!state.has(providers.members[slot]!)) stack.push(providers.members[slot]!);
        }
        continue;
      }
      stack.pop();
      if (state.get(as) === 'done') continue;
      state.set(as, 'done');
      order.push(as);
    }
  }
  return Uint32Array.from(order);
}

function peersAmong({ asns, peers }: Topology, watched: Uint32Array): Neighbours {
  const offsets = new Uint32Array(asns.length + 1);
  const each = (visit: (peer: number, as: number) => void): void => {
    for (const as of watched) {
      for (let slot = peers.offsets[as]!; slot < peers.offsets[as + 1]!; slot += 1) visit(peers.members[slot]!, as);
    }
  };
  each((peer) => {
    offsets[peer + 1]! += 1;
  });
  for (let as = 0; as < asns.length; as += 1) offsets[as + 1]! += offsets[as]!;
  const next = offsets.slice();
  const members = new Uint32Array(offsets.at(-1)!);
  each((peer, as) => {
    members[next[peer]!++] = as;
  });
  return { offsets, members };
}
