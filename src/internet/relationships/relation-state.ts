import { relations, type Step, steps } from '../graph/as-graph.ts';
import { type EdgeTable, edgeFrom, edgeTo } from './path-index.ts';

export const unknown = relations.indexOf('unknown');
export const customer = relations.indexOf('customer');
export const provider = relations.indexOf('provider');
export const peer = relations.indexOf('peer');
const sibling = relations.indexOf('sibling');

/** The relation of a link, read the other way. */
const opposite = (relation: number): number =>
  relation === customer ? provider : relation === provider ? customer : relation;

/**
 * Relations while they are being inferred. Nobody becomes a provider of one of its own providers: a link that would
 * close such a circle is refused, and clique members never become customers.
 */
export class RelationState {
  /** By link, read from `a` to `b`. */
  readonly relation: Uint8Array;
  readonly step: Uint8Array;
  readonly isClique: Uint8Array;
  /** By edge: what its start passes on of its end is leaked, and tells nothing. */
  readonly isLeak: Uint8Array;
  readonly #links: EdgeTable;
  /** Providers of an AS as a chain of edges: the newest, and for each edge the one before. */
  readonly #newestProvider: Int32Array;
  readonly #olderProvider: Int32Array;
  readonly #visited: Uint32Array;
  #visit = 0;

  constructor(links: EdgeTable, asCount: number) {
    this.#links = links;
    this.relation = new Uint8Array(links.count);
    this.step = new Uint8Array(links.count);
    this.isClique = new Uint8Array(asCount);
    this.isLeak = new Uint8Array(links.count * 2);
    this.#newestProvider = new Int32Array(asCount).fill(-1);
    this.#olderProvider = new Int32Array(links.count * 2).fill(-1);
    this.#visited = new Uint32Array(asCount);
  }

  /** What the AS at the end of an edge is to the one at its start. */
  of(edge: number): number {
    const relation = this.relation[edge >> 1]!;
    return edge & 1 ? opposite(relation) : relation;
  }

  isUnknown(edge: number): boolean {
    return this.relation[edge >> 1] === unknown;
  }

  hasProvider(as: number): boolean {
    return this.#newestProvider[as]! >= 0;
  }

  /** AS indexes, the newest first. */
  *providersOf(as: number): Generator<number> {
    for (let edge = this.#newestProvider[as]!; edge >= 0; edge = this.#olderProvider[edge]!) {
      yield edgeTo(this.#links, edge);
    }
  }

  setPeer(edge: number, step: Step): void {
    this.relation[edge >> 1] = peer;
    this.step[edge >> 1] = steps.indexOf(step);
  }

  setSibling(edge: number, step: Step): void {
    this.relation[edge >> 1] = sibling;
    this.step[edge >> 1] = steps.indexOf(step);
  }

  /** The AS at the end of the edge becomes customer of the one at its start, unless that cannot be; says whether. */
  setCustomer(edge: number, step: Step): boolean {
    const from = edgeFrom(this.#links, edge);
    const to = edgeTo(this.#links, edge);
    if (this.isClique[to] === 1 || this.isLeak[edge] === 1 || this.isAbove(to, from)) return false;
    this.relation[edge >> 1] = edge & 1 ? provider : customer;
    this.step[edge >> 1] = steps.indexOf(step);
    this.#olderProvider[edge ^ 1] = this.#newestProvider[to]!;
    this.#newestProvider[to] = edge ^ 1;
    return true;
  }

  /** Whether `upper` is a provider of `lower`, or of one of its providers, and so on. */
  isAbove(upper: number, lower: number): boolean {
    if (this.isClique[lower] === 1) return false;
    this.#visit += 1;
    const stack = [lower];
    for (let as = stack.pop(); as !== undefined; as = stack.pop()) {
      for (let edge = this.#newestProvider[as]!; edge >= 0; edge = this.#olderProvider[edge]!) {
        const above = edgeTo(this.#links, edge);
        if (above === upper) return true;
        if (this.#visited[above] === this.#visit) continue;
        this.#visited[above] = this.#visit;
        stack.push(above);
      }
    }
    return false;
  }
}
