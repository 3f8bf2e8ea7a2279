import { type Relation, relations, type Step, steps } from '../graph/as-graph.ts';
import type { PathTable } from '../routes/route-table.ts';
import { examplesALink, noPath } from './evidence.ts';
import type { Inference } from './infer-relationships.ts';

/** A link as people and programs read it. */
export interface LinkRecord {
  readonly a: number;
  readonly b: number;
  /** What `b` is to `a`. */
  readonly relation: Relation;
  /** 0-100. */
  readonly confidence: number;
  readonly step: Step;
  /** Distinct paths and vantage points that show it. */
  readonly paths: number;
  readonly seenBy: number;
  /** Example paths, vantage point first, origin last. */
  readonly evidence: readonly (readonly number[])[];
}

/** The links of an inference one after the other, with the paths that speak for them. */
export function* linkRecords(inference: Inference, paths: PathTable): Generator<LinkRecord> {
  const { asns, links, seenBy } = inference;
  for (let link = 0; link < links.count; link += 1) {
    yield {
      a: asns[links.a[link]!]!,
      b: asns[links.b[link]!]!,
      relation: relations[links.relation[link]!]!,
      confidence: links.confidence[link]!,
      step: steps[links.step[link]!]!,
      paths: links.paths[link]!,
      seenBy: seenBy[link]!,
      evidence: evidenceOf(inference, paths, link),
    };
  }
}

/** The example paths of a link. */
export function evidenceOf({ examples }: Pick<Inference, 'examples'>, paths: PathTable, link: number): number[][] {
  const chosen = examples.subarray(link * examplesALink, (link + 1) * examplesALink);
  return Array.from(
    chosen.filter((path) => path !== noPath),
    (path) => Array.from(paths.hops.subarray(paths.offsets[path], paths.offsets[path + 1])),
  );
}
