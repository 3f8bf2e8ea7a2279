import type { AsGraph } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';
import { neighbourCounts } from './neighbour-counts.ts';

/** A top has at least this share of all ASes in its cone: others without a provider are islands, or not fully seen. */
const leastShare = 0.005;

const known = new WeakMap<AsGraph, readonly number[]>();

/**
 * Indexes of the ASes at the top: those without a provider under which a good part of the internet is, the largest
 * first. Who has a way up to one of them reaches everybody.
 */
export function topsOf(atlas: Pick<Atlas, 'graph' | 'cones' | 'counts'>): readonly number[] {
  const { graph, cones } = atlas;
  const found = known.get(graph);
  if (found !== undefined) return found;
  const { providers, customers } = neighbourCounts(atlas);
  const least = Math.max(2, graph.asns.length * leastShare);
  const tops: number[] = [];
  let largest = 0;
  for (let as = 0; as < graph.asns.length; as += 1) {
    if (cones.recursive[as]! > cones.recursive[largest]!) largest = as;
    if (providers[as] === 0 && customers[as]! > 0 && cones.recursive[as]! >= least) tops.push(as);
  }
  if (tops.length === 0 && graph.asns.length > 0) tops.push(largest);
  tops.sort((one, other) => cones.recursive[other]! - cones.recursive[one]!);
  known.set(graph, tops);
  return tops;
}
