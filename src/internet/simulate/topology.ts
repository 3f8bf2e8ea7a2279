import { type AsGraph, relations, steps } from '../graph/as-graph.ts';
import { grouped } from '../relationships/path-index.ts';

const [unknown, customer, provider, peer, sibling] = relations.map((_, at) => at) as [number, number, number, number, number];

/** Links by AS numbers; the relation is what `right` is to `left`. */
export interface LinkList {
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
  readonly relation: ArrayLike<number>;
}

/** A graph from links that are known: from a file, or made up. A link that is given twice counts once, the first. */
export function graphOfLinks({ left, right, relation }: LinkList): AsGraph {
  const asns = Uint32Array.from(new Set([...Array.from(left), ...Array.from(right)])).sort();
  const place = new Map(Array.from(asns, (asn, at) => [asn, at] as const));
  const links: [a: number, b: number, relation: number][] = [];
  const size = asns.length;
  const order = Float64Array.from(left, (_, at) => {
    const [x, y] = [place.get(left[at]!)!, place.get(right[at]!)!];
    return Math.min(x, y) * size + Math.max(x, y);
  });
  const sorted = Uint32Array.from(order, (_, at) => at).sort((one, other) => order[one]! - order[other]! || one - other);
  let last = -1;
  for (const at of sorted) {
    const [x, y] = [place.get(left[at]!)!, place.get(right[at]!)!];
    if (order[at] === last || x === y) continue;
    last = order[at]!;
    const read = relation[at]!;
    links.push(x < y ? [x, y, read] : [y, x, read === customer ? provider : read === provider ? customer : read]);
  }
  const a = Uint32Array.from(links, ([one]) => one);
  const b = Uint32Array.from(links, ([, other]) => other);
  const relationOf = Uint8Array.from(links, ([, , read]) => read);
  const ends = new Uint32Array(links.length * 2);
  ends.set(b);
  ends.set(a, links.length);
  const [offsets, members] = grouped(ends, size);
  return {
    asns,
    links: {
      count: links.length,
      a,
      b,
      relation: relationOf,
      confidence: new Uint8Array(links.length).fill(100),
      step: new Uint8Array(links.length).fill(steps.indexOf('file')),
      paths: new Uint32Array(links.length),
    },
    offsets,
    neighbours: members.map((at) => (at < links.length ? a[at]! : b[at - links.length]!)),
    linkOf: members.map((at) => at % links.length),
  };
}

/** Neighbours of an AS of one kind: `members[k]` for `k` in `offsets[i] … offsets[i + 1] - 1`. */
export interface Neighbours {
  readonly offsets: Uint32Array;
  readonly members: Uint32Array;
}

/** A graph by the roles of neighbours, as routing looks at it. */
export interface Topology {
  readonly asns: Uint32Array;
  readonly providers: Neighbours;
  readonly customers: Neighbours;
  readonly peers: Neighbours;
}

export interface TopologyOptions {
  /** AS indexes that are down. */
  readonly failedAses?: Iterable<number>;
  /** Links that are down, by index. */
  readonly failedLinks?: Iterable<number>;
}

/**
 * A graph by roles, without what failed. Siblings sell to each other in the direction from `a` to `b`, since routing
 * needs one that is above; a link of unknown relation is taken for peering, which carries the least.
 */
export function topologyOf(graph: AsGraph, { failedAses = [], failedLinks = [] }: TopologyOptions = {}): Topology {
  const { asns, links } = graph;
  const isDown = new Uint8Array(asns.length);
  for (const as of failedAses) isDown[as] = 1;
  const isCut = new Uint8Array(links.count);
  for (const link of failedLinks) isCut[link] = 1;
  const [sellers, buyers, ones, others]: number[][] = [[], [], [], []];
  for (let link = 0; link < links.count; link += 1) {
    const [a, b] = [links.a[link]!, links.b[link]!];
    if (isCut[link] || isDown[a] || isDown[b]) continue;
    const relation = links.relation[link]!;
    if (relation === customer || relation === sibling) {
      sellers!.push(a);
      buyers!.push(b);
    } else if (relation === provider) {
      sellers!.push(b);
      buyers!.push(a);
    } else if (relation === peer || relation === unknown) {
      ones!.push(a, b);
      others!.push(b, a);
    }
  }
  return {
    asns,
    providers: neighboursOf(asns.length, buyers!, sellers!),
    customers: neighboursOf(asns.length, sellers!, buyers!),
    peers: neighboursOf(asns.length, ones!, others!),
  };
}

function neighboursOf(asCount: number, owners: readonly number[], neighbours: readonly number[]): Neighbours {
  const [offsets, members] = grouped(Uint32Array.from(owners), asCount);
  return { offsets, members: members.map((at) => neighbours[at]!) };
}
