import { type AsGraph, indexOfAsn, relations } from '../graph/as-graph.ts';

/** How an inference does against the truth, over the links that both have. */
export interface Score {
  /** Of the links that were judged so, those that are. */
  readonly customer: Share;
  readonly peer: Share;
  /** Of the links that are so, those that were found. */
  readonly customerFound: Share;
  readonly peerFound: Share;
  /** Links that were left unknown. */
  readonly unknown: number;
  /** Links between siblings, which are judged neither right nor wrong, and links that the truth does not have. */
  readonly siblings: number;
  readonly absent: number;
}

export interface Share {
  readonly right: number;
  readonly of: number;
}

/** A share in percent; 100 of nothing. */
export const percent = ({ right, of }: Share): number => (of === 0 ? 100 : (right / of) * 100);

const [unknown, customer, provider, peer, sibling] = (
  ['unknown', 'customer', 'provider', 'peer', 'sibling'] as const
).map((name) => relations.indexOf(name)) as [number, number, number, number, number];

/** Compares relations link by link; a customer taken for a provider is wrong. */
export function scoreRelations(inferred: AsGraph, truth: AsGraph): Score {
  const customers = { right: 0, of: 0 };
  const peers = { right: 0, of: 0 };
  const seen = { customers: 0, peers: 0 };
  let [unknowns, siblings, absent] = [0, 0, 0];
  const { asns, links } = inferred;
  for (let link = 0; link < links.count; link += 1) {
    const real = relationOf(truth, asns[links.a[link]!]!, asns[links.b[link]!]!);
    const found = links.relation[link]!;
    if (real === undefined) absent += 1;
    else if (real === sibling) siblings += 1;
    if (real === undefined || real === sibling) continue;
    if (real === peer) seen.peers += 1;
    if (real === customer || real === provider) seen.customers += 1;
    if (found === unknown) unknowns += 1;
    const kind = found === peer ? peers : found === customer || found === provider ? customers : undefined;
    if (kind === undefined) continue;
    kind.of += 1;
    if (found === real) kind.right += 1;
  }
  return {
    customer: customers,
    peer: peers,
    customerFound: { right: customers.right, of: seen.customers },
    peerFound: { right: peers.right, of: seen.peers },
    unknown: unknowns,
    siblings,
    absent,
  };
}

/** What `b` is to `a`, by AS numbers; undefined where there is no such link. */
function relationOf(graph: AsGraph, a: number, b: number): number | undefined {
  const [from, to] = [indexOfAsn(graph, a), indexOfAsn(graph, b)];
  if (from < 0 || to < 0) return undefined;
  let low = graph.offsets[from]!;
  let high = graph.offsets[from + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const neighbour = graph.neighbours[middle]!;
    if (neighbour === to) {
      const relation = graph.links.relation[graph.linkOf[middle]!]!;
      if (from < to) return relation;
      return relation === customer ? provider : relation === provider ? customer : relation;
    }
    if (neighbour < to) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
