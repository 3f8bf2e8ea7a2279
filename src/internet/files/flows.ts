import { type AsGraph, indexOfAsn } from '../graph/as-graph.ts';
import type { Flows } from '../graph/atlas.ts';
import type { RegistryTable } from '../graph/registry-table.ts';
import { itemsASlice, type Sliced } from '../relationships/slices.ts';
import { type PathTable, setMark } from '../routes/route-table.ts';
import type { RoutedPrefixes } from './prefix-origins.ts';

/** Stands for a step of a path that no link of the graph is: of a route server, into an AS_SET, of a forged path. */
const noEdge = 0xffffffff;

/**
 * Counts distinct paths and prefixes over every link and, for each country, at the AS where they come in: the first of
 * the last stretch of a path that stays in the country of its origin.
 */
export function* countFlows(
  graph: AsGraph,
  table: PathTable,
  registry: RegistryTable,
  ofPrefix: RoutedPrefixes['ofPrefix'] | undefined,
): Sliced<Flows> {
  const edges = yield* edgesOfPaths(graph, table);
  const countryOf = Array.from(graph.asns, (asn) => registry.country(asn));
  const entry = new Uint32Array(table.count).fill(noEdge);
  const flows: Flows = {
    paths: new Uint32Array(graph.links.count * 2),
    prefixes: new Uint32Array(graph.links.count * 2),
    entryPaths: new Uint32Array(graph.asns.length),
    entryPrefixes: new Uint32Array(graph.asns.length),
  };
  const lastPath = new Uint32Array(flows.paths.length);
  for (let path = 0; path < table.count; path += 1) {
    if (path % itemsASlice === 0) yield 'counting paths over links';
    for (let at = table.offsets[path]!; at < table.offsets[path + 1]!; at += 1) {
      const edge = edges[at]!;
      if (edge === noEdge || lastPath[edge] === path + 1) continue;
      lastPath[edge] = path + 1;
      flows.paths[edge]! += 1;
    }
    const gate = entryOf(graph, table, countryOf, path);
    if (gate === noEdge) continue;
    entry[path] = gate;
    flows.entryPaths[gate]! += 1;
  }
  if (ofPrefix === undefined) return flows;
  const { offsets, pathIds } = ofPrefix;
  const lastPrefix = new Uint32Array(flows.prefixes.length);
  const lastEntry = new Uint32Array(graph.asns.length);
  for (let prefix = 0; prefix < offsets.length - 1; prefix += 1) {
    if (prefix % itemsASlice === 0) yield 'counting prefixes over links';
    for (let slot: number = offsets[prefix]!; slot < offsets[prefix + 1]!; slot += 1) {
      const path: number = pathIds[slot]!;
      for (let at: number = table.offsets[path]!; at < table.offsets[path + 1]!; at += 1) {
        const edge = edges[at]!;
        if (edge === noEdge || lastPrefix[edge] === prefix + 1) continue;
        lastPrefix[edge] = prefix + 1;
        flows.prefixes[edge]! += 1;
      }
      const gate = entry[path]!;
      if (gate === noEdge || lastEntry[gate] === prefix + 1) continue;
      lastEntry[gate] = prefix + 1;
      flows.entryPrefixes[gate]! += 1;
    }
  }
  return flows;
}

/** For each hop the edge to the next: `2 * link` from `a` to `b`, `2 * link + 1` the other way. */
function* edgesOfPaths(graph: AsGraph, { count, offsets, hops }: PathTable): Sliced<Uint32Array> {
  const edges = new Uint32Array(hops.length).fill(noEdge);
  for (let path = 0; path < count; path += 1) {
    if (path % itemsASlice === 0) yield 'finding the links of paths';
    let from = -1;
    for (let at = offsets[path]!; at < offsets[path + 1]!; at += 1) {
      const to = hops[at] === setMark ? -1 : indexOfAsn(graph, hops[at]!);
      if (from >= 0 && to >= 0 && from !== to) {
        const link = linkBetween(graph, from, to);
        if (link >= 0) edges[at - 1] = link * 2 + (from < to ? 0 : 1);
      }
      from = to;
    }
  }
  return edges;
}

/** The link of two ASes by index, -1 for none. */
export function linkBetween({ offsets, neighbours, linkOf }: AsGraph, a: number, b: number): number {
  const [from, to] = offsets[a + 1]! - offsets[a]! <= offsets[b + 1]! - offsets[b]! ? [a, b] : [b, a];
  let low = offsets[from]!;
  let high = offsets[from + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = neighbours[middle]!;
    if (found === to) return linkOf[middle]!;
    if (found < to) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function entryOf(
  graph: AsGraph,
  { offsets, hops }: PathTable,
  countryOf: readonly (string | undefined)[],
  path: number,
): number {
  const origin = indexOfAsn(graph, hops[offsets[path + 1]! - 1] ?? setMark);
  const country = origin < 0 ? undefined : countryOf[origin];
  if (country === undefined) return noEdge;
  let gate = origin;
  for (let at = offsets[path + 1]! - 2; at >= offsets[path]!; at -= 1) {
    const as = indexOfAsn(graph, hops[at]!);
    if (as < 0) continue;
    if (countryOf[as] !== country) return gate;
    gate = as;
  }
  // The vantage point itself stands in the country: nothing came in.
  return noEdge;
}
