import { itemsASlice, runAtOnce, type Sliced } from '../relationships/slices.ts';
import { type AsGraph, relations } from './as-graph.ts';

/** Who sells transit to whom: the part of the adjacency that most questions walk over, without peers between. */
export interface Sales {
  readonly customers: SalesSide;
  readonly providers: SalesSide;
}

/** Of AS `i`: `members[k]` over link `linkOf[k]` for `k` in `offsets[i] … offsets[i + 1] - 1`, ascending. */
export interface SalesSide {
  readonly offsets: Uint32Array;
  readonly members: Uint32Array;
  readonly linkOf: Uint32Array;
}

const customer = relations.indexOf('customer');
const provider = relations.indexOf('provider');

const known = new WeakMap<AsGraph, Sales>();

/** Found once a graph. */
export const salesOf = (graph: AsGraph): Sales => known.get(graph) ?? runAtOnce(salesInSlices(graph));

/** As {@link salesOf}, in slices. */
export function* salesInSlices(graph: AsGraph): Sliced<Sales> {
  const found = known.get(graph) ?? (yield* findSales(graph));
  known.set(graph, found);
  return found;
}

function* findSales({ asns, links }: AsGraph): Sliced<Sales> {
  const { count, a, b, relation } = links;
  const soldTo = new Uint32Array(asns.length + 1);
  const boughtFrom = new Uint32Array(asns.length + 1);
  for (let link = 0; link < count; link += 1) {
    if (link % itemsASlice === 0) yield 'counting sales';
    if (relation[link] === customer) {
      soldTo[a[link]! + 1]! += 1;
      boughtFrom[b[link]! + 1]! += 1;
    } else if (relation[link] === provider) {
      soldTo[b[link]! + 1]! += 1;
      boughtFrom[a[link]! + 1]! += 1;
    }
  }
  for (let as = 0; as < asns.length; as += 1) {
    soldTo[as + 1]! += soldTo[as]!;
    boughtFrom[as + 1]! += boughtFrom[as]!;
  }
  const [customers, providers] = [sideOf(soldTo), sideOf(boughtFrom)];
  const [nextCustomer, nextProvider] = [soldTo.slice(), boughtFrom.slice()];
  // Links come sorted by both ends, so the members of each AS do too.
  for (let link = 0; link < count; link += 1) {
    if (link % itemsASlice === 0) yield 'sorting sales';
    if (relation[link] !== customer && relation[link] !== provider) continue;
    const seller = relation[link] === customer ? a[link]! : b[link]!;
    const buyer = relation[link] === customer ? b[link]! : a[link]!;
    const atSeller = nextCustomer[seller]!;
    const atBuyer = nextProvider[buyer]!;
    nextCustomer[seller] = atSeller + 1;
    nextProvider[buyer] = atBuyer + 1;
    customers.members[atSeller] = buyer;
    customers.linkOf[atSeller] = link;
    providers.members[atBuyer] = seller;
    providers.linkOf[atBuyer] = link;
  }
  return { customers, providers };
}

function sideOf(offsets: Uint32Array): SalesSide {
  const size = offsets.at(-1)!;
  return { offsets, members: new Uint32Array(size), linkOf: new Uint32Array(size) };
}
