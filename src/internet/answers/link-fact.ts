import { type AsGraph, type Relation, relations, type Step, steps } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';
import { reversed } from '../graph/build-graph.ts';
import { examplesALink, noPath } from '../relationships/evidence.ts';
import { setMark } from '../routes/route-table.ts';

/** A link as one of its ends has it. */
export interface LinkFact {
  readonly from: number;
  readonly to: number;
  /** What `to` is to `from`. */
  readonly relation: Relation;
  /** 0-100. */
  readonly confidence: number;
  /** What decided the relation. */
  readonly step: Step;
  /** Distinct paths that show the link; 0 where no paths were read. */
  readonly paths: number;
  /**
   * Paths in which `to` stands before `from`: what reaches `from` through `to`. They count as they stood, prepends
   * included, so there may be more of them than of `paths`. Null without paths.
   */
  readonly pathsIn: number | null;
  readonly prefixesIn: number | null;
  /** Paths that show it, as evidence; an AS_SET stands as a list. */
  readonly examples: readonly SeenPath[];
}

/** Vantage point first, origin last, prepends kept. */
export type SeenPath = readonly (number | readonly number[])[];

/** What the neighbour in a slot of the adjacency is to the AS whose slot it is. */
export function relationAt({ neighbours, linkOf, links }: AsGraph, as: number, slot: number): number {
  const relation = links.relation[linkOf[slot]!]!;
  return as < neighbours[slot]! ? relation : reversed(relation);
}

/** The link in a slot of an AS; without examples unless they are asked for. */
export function linkFact(atlas: Atlas, as: number, slot: number, withExamples = false): LinkFact {
  const { graph, flows } = atlas;
  const { asns, links } = graph;
  const other = graph.neighbours[slot]!;
  const link = graph.linkOf[slot]!;
  // Paths go from `a` to `b` in the first of the two entries: they come in at `as` from the other end.
  const edge = link * 2 + (other < as ? 0 : 1);
  return {
    from: asns[as]!,
    to: asns[other]!,
    relation: relations[relationAt(graph, as, slot)]!,
    confidence: links.confidence[link]!,
    step: steps[links.step[link]!]!,
    paths: links.paths[link]!,
    pathsIn: flows?.paths[edge] ?? null,
    prefixesIn: flows?.prefixes[edge] ?? null,
    examples: withExamples ? examplesOf(atlas, link) : [],
  };
}

function examplesOf({ paths }: Atlas, link: number): readonly SeenPath[] {
  const examples = paths?.examples;
  if (paths === undefined || examples === undefined) return [];
  const ids = examples.subarray(link * examplesALink, (link + 1) * examplesALink);
  return [...ids].filter((id) => id !== noPath).map((id) => seenPath(paths.table, id));
}

/** A path of the table as it was seen. */
export function seenPath({ offsets, hops, sets }: NonNullable<Atlas['paths']>['table'], id: number): SeenPath {
  const path: (number | readonly number[])[] = [];
  for (let at = offsets[id]!; at < offsets[id + 1]!; at += 1) {
    path.push(hops[at] === setMark ? (sets.get(at) ?? []) : hops[at]!);
  }
  return path;
}
