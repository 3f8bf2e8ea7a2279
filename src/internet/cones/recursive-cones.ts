import type { AsGraph } from '../graph/as-graph.ts';
import { type SalesSide, salesInSlices, salesOf } from '../graph/sales.ts';
import { runSliced, type Sliced, type SliceOptions } from '../relationships/slices.ts';
import { AsSet } from './as-set.ts';

/**
 * By AS: how many ASes are customers of it, of its customers, and so on, itself included. The widest notion of a cone:
 * it counts whom an AS could reach that way, not whom it does.
 * @throws NetwrightError `NW_CANCELLED` when the signal is aborted.
 */
export async function recursiveConeSizes(graph: AsGraph, options: SliceOptions = {}): Promise<Uint32Array> {
  return await runSliced(countAll(graph), options);
}

function* countAll(graph: AsGraph): Sliced<Uint32Array> {
  yield* salesInSlices(graph);
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
  return coneSet(graph, as).members();
}

/** The recursive customer cone of an AS as a set. */
export function coneSet(graph: AsGraph, as: number): AsSet {
  const { offsets, members } = salesOf(graph).customers;
  const cone = new AsSet(graph.asns.length);
  cone.add(as);
  const { words } = cone;
  const open = [as];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const end = offsets[one + 1]!;
    for (let slot = offsets[one]!; slot < end; slot += 1) {
      const member = members[slot]!;
      const word = words[member >> 5]!;
      const bit = 1 << (member & 31);
      if ((word & bit) !== 0) continue;
      words[member >> 5] = word | bit;
      // Most have no customers: nothing is below them.
      if (offsets[member] !== offsets[member + 1]) open.push(member);
    }
  }
  return cone;
}

/** Walks down from one AS after the other without forgetting its memory in between. */
class ConeWalk {
  /** Those met in the newest walk, in the order of meeting. */
  readonly #found: Uint32Array;
  readonly #customers: SalesSide;
  readonly #lastWalk: Uint32Array;
  #walk = 0;

  constructor(graph: AsGraph) {
    this.#customers = salesOf(graph).customers;
    this.#found = new Uint32Array(graph.asns.length);
    this.#lastWalk = new Uint32Array(graph.asns.length);
  }

  /** How many were met. */
  from(as: number): number {
    const { offsets, members } = this.#customers;
    const found = this.#found;
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
