import { type AsGraph, relations } from '../graph/as-graph.ts';
import type { Atlas, NeighbourCounts } from '../graph/atlas.ts';

const counts = new WeakMap<AsGraph, NeighbourCounts>();
const [customer, provider, peer, sibling] = (['customer', 'provider', 'peer', 'sibling'] as const).map((name) =>
  relations.indexOf(name),
) as [number, number, number, number];

/** Of the graph file, else counted once a graph. */
export function neighbourCounts({ graph, counts: built }: Pick<Atlas, 'graph' | 'counts'>): NeighbourCounts {
  const known = built ?? counts.get(graph);
  if (known !== undefined) return known;
  const column = (): Uint32Array => new Uint32Array(graph.asns.length);
  const found = { providers: column(), customers: column(), peers: column(), siblings: column(), unknown: column() };
  const { a, b, relation, count } = graph.links;
  for (let link = 0; link < count; link += 1) {
    const [one, other] = [a[link]!, b[link]!];
    const kind = relation[link];
    if (kind === customer) {
      found.customers[one]! += 1;
      found.providers[other]! += 1;
    } else if (kind === provider) {
      found.providers[one]! += 1;
      found.customers[other]! += 1;
    } else {
      const both = kind === peer ? found.peers : kind === sibling ? found.siblings : found.unknown;
      both[one]! += 1;
      both[other]! += 1;
    }
  }
  counts.set(graph, found);
  return found;
}
