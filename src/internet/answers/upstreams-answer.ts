import { relations } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';
import { type AsSummary, asSummary, findAs } from './as-summary.ts';
import { type Neighbour, neighbourAt } from './asn-answer.ts';
import { relationAt } from './link-fact.ts';
import { pointsAbove, singlePoints } from './single-points.ts';

/** Who brings an AS its traffic. */
export interface UpstreamsAnswer {
  readonly as: AsSummary;
  /** By what upstreams are ranked. */
  readonly rankedBy: 'prefixes' | 'paths' | 'cone';
  readonly upstreams: readonly Upstream[];
  /** Without any one of these there is no way up to the top of the internet, the nearest first. */
  readonly singlePoints: readonly AsSummary[];
  /** False for those that have no way up even now: islands, and what was not seen. */
  readonly isConnected: boolean;
}

export interface Upstream extends Neighbour {
  /** Of the paths and prefixes that come in over any upstream; a prefix may come over many. Null without paths. */
  readonly pathShare: number | null;
  readonly prefixShare: number | null;
}

export interface UpstreamsOptions {
  /** Peers too, not only providers, siblings and links of unknown relation. */
  readonly withPeers?: boolean;
}

const [customer, peer] = [relations.indexOf('customer'), relations.indexOf('peer')];

/** @throws NetwrightError `NW_INTERNET_ASN_UNKNOWN`, `NW_INTERNET_INVALID`. */
export function answerUpstreams(
  atlas: Atlas,
  wanted: number | string,
  { withPeers = false }: UpstreamsOptions = {},
): UpstreamsAnswer {
  const { graph } = atlas;
  const as = findAs(atlas, wanted);
  const found: Neighbour[] = [];
  for (let slot = graph.offsets[as]!; slot < graph.offsets[as + 1]!; slot += 1) {
    const relation = relationAt(graph, as, slot);
    if (relation === customer || (relation === peer && !withPeers)) continue;
    found.push(neighbourAt(atlas, as, slot));
  }
  const most = (key: 'pathsIn' | 'prefixesIn'): number => found.reduce((sum, one) => sum + (one[key] ?? 0), 0);
  const [paths, prefixes] = [most('pathsIn'), most('prefixesIn')];
  found.sort(
    (one, other) =>
      (other.prefixesIn ?? 0) - (one.prefixesIn ?? 0) ||
      (other.pathsIn ?? 0) - (one.pathsIn ?? 0) ||
      other.cone - one.cone,
  );
  const points = singlePoints(atlas);
  return {
    as: asSummary(atlas, as),
    rankedBy: prefixes > 0 ? 'prefixes' : paths > 0 ? 'paths' : 'cone',
    upstreams: found.map((one) => ({
      ...one,
      pathShare: share(one.pathsIn, paths),
      prefixShare: share(one.prefixesIn, prefixes),
    })),
    singlePoints: pointsAbove(points, as).map((point) => asSummary(atlas, point)),
    isConnected: points.isConnected[as] === 1,
  };
}

const share = (part: number | null, whole: number): number | null =>
  part === null || whole === 0 ? null : part / whole;
