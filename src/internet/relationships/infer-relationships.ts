import { NetwrightError } from '#core';
import { type AsGraph, indexOfAsn } from '../graph/as-graph.ts';
import type { Registry } from '../graph/registry.ts';
import type { PathTable } from '../routes/route-table.ts';
import { type CleaningReport, type CleanPaths, cleanPaths, selectPaths } from './clean-paths.ts';
import { findClique } from './clique.ts';
import { confidenceOf } from './confidence.ts';
import { findExamples } from './evidence.ts';
import { inferFolded } from './fold.ts';
import { findLeaks } from './leaks.ts';
import { edgeTo, indexPaths, type PathIndex } from './path-index.ts';
import { inferBehindPeers } from './peer-feeds.ts';
import { peer, RelationState } from './relation-state.ts';
import { settleRemaining } from './remaining.ts';
import { reservedAsnTest } from './reserved-asns.ts';
import { routeServerTest } from './route-servers.ts';
import { judgeAgain, type SecondPass } from './second-pass.ts';
import { countSightings, partialFeeds, viewOf } from './sightings.ts';
import { itemsASlice, runSliced, type Sliced, type SliceOptions } from './slices.ts';
import {
  inferCliqueStubs,
  inferOtherCliqueProviders,
  inferProviderless,
  inferSmallProviders,
} from './small-providers.ts';
import { inferFromPartialFeeds, inferTopDown } from './top-down.ts';
import { findPlaces, WaysTo } from './ways.ts';

export interface InferenceOptions extends SliceOptions {
  /** AS numbers of the clique, where it is known better than paths can tell; those in no path are passed over. */
  readonly clique?: readonly number[];
  /** Time of the dump in seconds since 1970: which AS numbers were reserved then. Default: today's rules. */
  readonly atS?: number;
  /** Route servers besides the known ones. */
  readonly routeServers?: Iterable<number>;
  /** Knows route servers by PeeringDB's type, siblings by their organisation, who meets at which exchange. */
  readonly registry?: Pick<Registry, 'type' | 'organisation' | 'exchanges'>;
  /** Vantage points that must look at both ends of a link from above before it counts as peering. Default 3. */
  readonly leastViews?: number;
  /** Judge the hard links again by their features. Default: false. */
  readonly secondPass?: boolean;
}

/** A graph with what its relations were concluded from. */
export interface Inference extends AsGraph {
  /** AS numbers, the largest first. */
  readonly clique: readonly number[];
  readonly report: CleaningReport;
  /** Three entries a link: numbers of paths of the table that show it, {@link noPath} where there are fewer. */
  readonly examples: Uint32Array;
  /** By link: vantage points that see it. */
  readonly seenBy: Uint16Array;
  /** By AS: vantage points that look at it from one of its providers or peers. */
  readonly seenFromAbove: Uint16Array;
  readonly transitDegree: Uint32Array;
  /** Where one was asked for: it tells nothing where the paths show too few sure peerings. */
  readonly secondPass?: SecondPass;
  /** AS numbers of the vantage points, ascending, and which of them show only their customers' routes. */
  readonly vantagePoints: readonly { readonly asn: number; readonly origins: number; readonly isPartial: boolean }[];
}

const usualLeastViews = 3;
/** Each peering found may be what another one is told by. */
const peerRounds = 2;

/**
 * Who is provider, customer and peer of whom, from paths alone: ASRank (Luckie et al., "AS Relationships, Customer
 * Cones, and Validation", IMC 2013). Runs in slices, so the event loop keeps its turns.
 * @throws NetwrightError `NW_CANCELLED` when the signal is aborted; `NW_USAGE` for a clique of ASes that no path shows.
 */
export async function inferRelationships(paths: PathTable, options: InferenceOptions = {}): Promise<Inference> {
  return await runSliced(infer(paths, options), options);
}

function* infer(table: PathTable, options: InferenceOptions): Sliced<Inference> {
  const cleaned = yield* cleanPaths(table, {
    isReserved: reservedAsnTest(options.atS),
    isRouteServer: routeServerTest(options.registry, options.routeServers),
  });
  const first = yield* indexPaths(cleaned);
  const cliqueAsns = yield* cliqueOf(first, options.clique);
  const index = yield* withoutSeparated(first, cliqueAsns);
  const clique = placesOf(index.paths, cliqueAsns);
  const state = new RelationState(index.links, index.asCount);
  for (const as of clique) state.isClique[as] = 1;
  settleClique(index, state);
  const view = yield* viewOf(index);
  const isPartial = partialFeeds(view, index.asCount);

  const trial = new RelationState(index.links, index.asCount);
  for (const as of clique) trial.isClique[as] = 1;
  settleClique(index, trial);
  const places = yield* findPlaces(index);
  yield* findLeaks(index, state, trial, new WaysTo(index, trial, places));
  const ways = new WaysTo(index, state, places);
  yield* inferTopDown(index, state);
  yield* inferFromPartialFeeds(index, state, isPartial);
  yield* inferSmallProviders(index, state);
  yield* inferProviderless(index, state);
  inferCliqueStubs(index, state);
  yield* inferBehindPeers(index, state);
  yield* inferFolded(index, state, ways);
  inferOtherCliqueProviders(index, state);
  const leastViews = options.leastViews ?? usualLeastViews;
  const sightings = yield* countSightings(index, state, view);
  for (let round = 0; round < peerRounds; round += 1) yield* settleRemaining(index, state, sightings, ways, leastViews);
  const secondPass = options.secondPass
    ? yield* judgeAgain(index, state, sightings, leastViews, options.registry?.exchanges)
    : undefined;
  if (options.registry) settleSiblings(index, state, options.registry);

  const examples = yield* findExamples(index, state);
  const { links, paths } = index;
  return {
    asns: paths.asns,
    links: {
      count: links.count,
      a: links.a,
      b: links.b,
      relation: state.relation,
      confidence: confidenceOf(index, state, sightings),
      step: state.step,
      paths: links.paths,
    },
    offsets: links.offsets,
    neighbours: links.leaving.map((edge) => edgeTo(links, edge)),
    linkOf: links.leaving.map((edge) => edge >> 1),
    clique: cliqueAsns,
    report: paths.report,
    examples,
    seenBy: sightings.linkSeenBy,
    seenFromAbove: sightings.seenFromAbove,
    transitDegree: index.transitDegree,
    ...(secondPass && { secondPass }),
    vantagePoints: Array.from(view.points, (as, at) => ({
      asn: paths.asns[as]!,
      origins: view.origins[at]!,
      isPartial: isPartial[as] === 1,
    })),
  };
}

function* cliqueOf(index: PathIndex, wanted: readonly number[] | undefined): Sliced<readonly number[]> {
  if (wanted === undefined) return (yield* findClique(index)).map((as) => index.paths.asns[as]!);
  const found = placesOf(index.paths, wanted);
  if (found.length === 0 && wanted.length > 0) {
    throw new NetwrightError(
      'NW_USAGE',
      `clique ${wanted.join(', ')}: expected ASes that stand in the paths, none does`,
    );
  }
  return found.sort((x, y) => index.rank[x]! - index.rank[y]!).map((as) => index.paths.asns[as]!);
}

function placesOf(paths: Pick<CleanPaths, 'asns'>, wanted: readonly number[]): number[] {
  return [...new Set(wanted)].map((asn) => indexOfAsn(paths, asn)).filter((as) => as >= 0);
}

/** The index without the paths in which two members of the clique have others between them. */
function* withoutSeparated(index: PathIndex, clique: readonly number[]): Sliced<PathIndex> {
  const { paths } = index;
  const isMember = new Uint8Array(index.asCount);
  for (const as of placesOf(paths, clique)) isMember[as] = 1;
  const keep = new Uint8Array(paths.count);
  let kept = 0;
  for (let path = 0; path < paths.count; path += 1) {
    if (path % itemsASlice === 0) yield 'looking for poisoned paths';
    let last = -1;
    let isWhole = true;
    for (let at = paths.offsets[path]!; at < paths.offsets[path + 1]!; at += 1) {
      if (isMember[paths.hops[at]!] === 0) continue;
      if (last >= 0 && at > last + 1) isWhole = false;
      last = at;
    }
    if (!isWhole) continue;
    keep[path] = 1;
    kept += 1;
  }
  yield 'leaving out poisoned paths';
  return kept === paths.count ? index : yield* indexPaths(yield* selectPaths(paths, keep));
}

function settleClique({ links }: PathIndex, state: RelationState): void {
  for (let link = 0; link < links.count; link += 1) {
    if (state.isClique[links.a[link]!] && state.isClique[links.b[link]!]) state.setPeer(link * 2, 'clique');
  }
}

/** Links within one organisation that are no transit: what looks like peering, or like nothing, is the house itself. */
function settleSiblings(
  { links, paths }: PathIndex,
  state: RelationState,
  registry: Pick<Registry, 'organisation'>,
): void {
  for (let link = 0; link < links.count; link += 1) {
    if (!state.isUnknown(link * 2) && state.relation[link] !== peer) continue;
    const holder = registry.organisation(paths.asns[links.a[link]!]!);
    if (holder !== undefined && holder === registry.organisation(paths.asns[links.b[link]!]!)) {
      state.setSibling(link * 2, 'sibling organisation');
    }
  }
}
