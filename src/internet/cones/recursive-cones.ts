import { type AsGraph, relations } from '../graph/as-graph.ts';
import { runSliced, type Sliced, type SliceOptions } from '../relationships/slices.ts';

const customer = relations.indexOf('customer');
const provider = relations.indexOf('provider');

/** Customers of AS `i`: `members[k]` for `k` in `offsets[i] … offsets[i + 1] - 1`. */
interface Customers {
  readonly offsets: Uint32Array;
  readonly members: Uint32Array;
}

/**
 * By AS: how many ASes are customers of it, of its customers, and so on, itself included. The widest notion of a cone:
 * it counts whom an AS could reach that way, not whom it does.
 * @throws NetwrightError `NW_CANCELLED` when the signal is aborted.
 */
export async function recursiveConeSizes(graph: AsGraph, options: SliceOptions = {}): Promise<Uint32Array> {
  return await runSliced(countAll(graph), options);
}

function* countAll(graph: AsGraph): Sliced<Uint32Array> {
  const walk = new ConeWalk(graph);
  const sizes = new Uint32Array(graph.asns.length);
  let walked = 0;
  for (let as = 0; as < sizes.length; as += 1) {
    sizes[as] = walk.from(as);
    walked += sizes[as]!;
    if (walked < 20_000) continue;
    walked = 0;
    yield 'counting cones';
  }
  return sizes;
}

/** The recursive customer cone of an AS: indexes ascending, itself included. */
export function customerCone(graph: AsGraph, as: number): Uint32Array {
  const walk = new ConeWalk(graph);
  walk.from(as);
  return walk.ascending();
}

/** Finds what all walks over a graph need, so that the first question about a cone is no slower than the others. */
export function prepareCones(graph: AsGraph): void {
  customersOf(graph);
}

/** Walks down from one AS after the other without forgetting its memory in between. */
class ConeWalk {
  /** Those met in the newest walk, in the order of meeting. */
  readonly found: Uint32Array;
  readonly #customers: Customers;
  readonly #lastWalk: Uint32Array;
  #walk = 0;

  constructor(graph: AsGraph) {
    this.#customers = customersOf(graph);
    this.found = new Uint32Array(graph.asns.length);
    this.#lastWalk = new Uint32Array(graph.asns.length);
  }

  /** Those met in the newest walk. */
  ascending(): Uint32Array {
    let count = 0;
    for (let as = 0; as < this.#lastWalk.length; as += 1) {
      if (this.#lastWalk[as] !== this.#walk) continue;
      this.found[count] = as;
      count += 1;
    }
    return this.found.slice(0, count);
  }

  /** How many were met. */
  from(as: number): number {
    const { offsets, members } = this.#customers;
    const found = this.found;
    const lastWalk = this.#lastWalk;
    this.#walk += 1;
    const walk = this.#walk;
    found[0] = as;
    lastWalk[as] = walk;
    let count = 1;
    for (let at = 0; at < count; at += 1) {
      const end = offsets[found[at]! + 1]!;
      for (let slot = offsets[found[at]!]!; slot < end; slot += 1) {
        const member = members[slot]!;
        if (lastWalk[member] === walk) continue;
        lastWalk[member] = walk;
        found[count] = member;
        count += 1;
      }
    }
    return count;
  }
}

const known = new WeakMap<AsGraph, Customers>();

/** Found once a graph: questions about one cone after the other walk over the same. */
function customersOf(graph: AsGraph): Customers {
  const found = known.get(graph) ?? findCustomers(graph);
  known.set(graph, found);
  return found;
}

function findCustomers({ asns, links }: AsGraph): Customers {
  const offsets = new Uint32Array(asns.length + 1);
  for (let link = 0; link < links.count; link += 1) {
    if (links.relation[link] === customer) offsets[links.a[link]! + 1]! += 1;
    else if (links.relation[link] === provider) offsets[links.b[link]! + 1]! += 1;
  }
  for (let as = 0; as < asns.length; as += 1) offsets[as + 1]! += offsets[as]!;
  const next = offsets.slice();
  const members = new Uint32Array(offsets.at(-1)!);
  for (let link = 0; link < links.count; link += 1) {
    const [a, b] = [links.a[link]!, links.b[link]!];
    if (links.relation[link] === customer) members[next[a]!++] = b;
    else if (links.relation[link] === provider) members[next[b]!++] = a;
  }
  return { offsets, members };
}
