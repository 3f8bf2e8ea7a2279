import { NetwrightError } from '#core';
import { neighbourCounts } from '../answers/neighbour-counts.ts';
import { concludeRoles } from '../answers/roles.ts';
import { findSinglePoints } from '../answers/single-points.ts';
import { observedCones } from '../cones/observed-cones.ts';
import { recursiveConeSizes } from '../cones/recursive-cones.ts';
import { type AsGraph, indexOfAsn, relations, steps } from '../graph/as-graph.ts';
import type { Flows, Originated, PrefixOrigins, SourceNote } from '../graph/atlas.ts';
import { type AsnLinks, asGraphInSlices } from '../graph/build-graph.ts';
import type { WritableAtlas } from '../graph/graph-file.ts';
import type { RegistryTable } from '../graph/registry-table.ts';
import { examplesALink, noPath } from '../relationships/evidence.ts';
import { type Inference, inferRelationships } from '../relationships/infer-relationships.ts';
import { itemsASlice, runSliced, type Sliced, type SliceOptions } from '../relationships/slices.ts';
import { openRoutes, type ReadRoutes } from '../routes/open-routes.ts';
import type { RouteTable } from '../routes/route-table.ts';
import { openSource, type SourceProgress } from '../source/open-source.ts';
import { countFlows, linkBetween } from './flows.ts';
import { Gathering } from './gathering.ts';
import { originsOfRanges, originsOfRoutes, type RoutedPrefixes } from './prefix-origins.ts';

/** A path, or bytes with a name. Streams are not taken: routes are opened again once all else is known. */
export type AtlasInput = string | { readonly name: string; readonly bytes: Uint8Array };

export interface BuildAtlasOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SourceProgress) => void;
  readonly onStage?: (stage: string) => void;
  /** AS numbers of the clique, for the inference. Default: of the relationship files, else found in the paths. */
  readonly clique?: readonly number[];
  /** Judge the hard links again. Default: false. */
  readonly secondPass?: boolean;
  /** Keep which paths lead to which prefix: four bytes a prefix and path. Default: true. */
  readonly keepRoutes?: boolean;
  /** Threads for bzip2. */
  readonly threads?: number;
  /** Routes that are in memory already; routes in files are not read then. */
  readonly routes?: { readonly table: RouteTable; readonly note: SourceNote };
}

/**
 * Brings files of all kinds together: routes become relationships, those of files come before what was inferred,
 * names, countries, organisations and exchanges are joined, cones and flows counted.
 * @throws NetwrightError `NW_INTERNET_FILE`, `NW_INTERNET_FORMAT` for a file that cannot be used, `NW_USAGE` when none of
 * them has routes or relationships, `NW_CANCELLED`.
 */
export async function buildAtlas(
  inputs: readonly AtlasInput[],
  options: BuildAtlasOptions = {},
): Promise<WritableAtlas> {
  const { signal, onStage } = options;
  const sliced = signal === undefined ? {} : { signal };
  const gathering = new Gathering();
  const routeInputs: AtlasInput[] = [];
  for (const input of inputs) {
    await using source = await openSource(input, options);
    if ((await gathering.read(source)) === 'routes') routeInputs.push(input);
  }
  const registry = await runSliced(gathering.registry(), sliced);
  const read = options.routes || routeInputs.length === 0 ? undefined : await openRoutes(routeInputs, options);
  if (read?.routeCount === 0 && gathering.links.length === 0) throw nothingRead(read);
  const routes = options.routes?.table ?? read;
  onStage?.('relationships');
  const inference = routes && (await infer(routes, registry, gathering, { ...options, atS: read?.statistics.timeS }));
  const graph = await runSliced(joinLinks(gathering.links, inference), sliced);
  await runSliced(settleSiblings(graph, registry), sliced);
  onStage?.('cones');
  const recursive = await recursiveConeSizes(graph, sliced);
  const observed = routes && (await observedCones(routes.paths, graph, sliced));
  onStage?.('prefixes');
  const routed = routes && (await runSliced(originsOfRoutes(routes), sliced));
  const flows = routes && (await runSliced(countFlows(graph, routes.paths, registry, routed?.ofPrefix), sliced));
  const prefixes = routed?.prefixes ?? (await listedPrefixes(gathering, sliced));
  const addresses = await runSliced(gathering.addresses(), sliced);
  const notes = options.routes ? [options.routes.note] : noteOf(routeInputs, read);
  const sources = [...gathering.sources, ...notes];
  const cones = { recursive, ...observed };
  const counts = neighbourCounts({ graph });
  const told = {
    graph,
    registry,
    cones,
    counts,
    sources,
    timeMs: Math.max(0, ...sources.map(({ timeMs = 0 }) => timeMs)),
  };
  return {
    ...told,
    roles: await runSliced(concludeRoles(told), sliced),
    singlePoints: await runSliced(findSinglePoints(told), sliced),
    ...seen(graph, routes, inference, routed, flows, options),
    ...(prefixes && { prefixes, originated: await runSliced(countOriginated(graph, prefixes), sliced) }),
    ...(gathering.vrps && { vrps: gathering.vrps }),
    ...(addresses && { addresses }),
  };
}

async function infer(
  { paths }: RouteTable,
  registry: RegistryTable,
  { links }: Gathering,
  { signal, clique, secondPass, atS }: BuildAtlasOptions & { readonly atS: number | undefined },
): Promise<Inference> {
  const known = clique ?? links.find((file) => file.clique.length > 0)?.clique;
  return await inferRelationships(paths, {
    registry,
    ...(signal && { signal }),
    ...(atS !== undefined && { atS }),
    ...(known && { clique: known }),
    ...(secondPass && { secondPass }),
  });
}

/** The newest file first, what was inferred last: a relation that is known already is not inferred again. */
function* joinLinks(files: Gathering['links'], inference: Inference | undefined): Sliced<AsGraph> {
  const parts: AsnLinks[] = files.map(({ links }) => links);
  if (inference !== undefined) {
    const { asns, links } = inference;
    const numbers = (ends: Uint32Array): Uint32Array => ends.map((as) => asns[as]!);
    parts.push({ ...links, a: numbers(links.a), b: numbers(links.b) });
  }
  if (parts.length === 0) {
    throw new NetwrightError(
      'NW_USAGE',
      'no file with routes or relationships among those given: there is nothing to connect',
      {
        hint: 'Add a routing table or relationships: `netwright internet fetch --collector rrc00` or `--as-rel`.',
      },
    );
  }
  if (files.length === 0 && inference !== undefined) return inference;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const joined = {
    count,
    a: new Uint32Array(count),
    b: new Uint32Array(count),
    relation: new Uint8Array(count),
    confidence: new Uint8Array(count),
    step: new Uint8Array(count),
    paths: new Uint32Array(count),
  };
  let at = 0;
  for (const part of parts) {
    for (const name of ['a', 'b', 'relation', 'confidence', 'step', 'paths'] as const) {
      const column = part[name];
      if (column !== undefined) joined[name].set(column.subarray(0, part.count), at);
    }
    at += part.count;
  }
  return yield* asGraphInSlices(joined, inference?.asns);
}

/** Two ASes of one holder do not peer with each other: what looks so is one house. */
function* settleSiblings({ asns, links }: AsGraph, registry: RegistryTable): Sliced<void> {
  const [unknown, peer, sibling] = (['unknown', 'peer', 'sibling'] as const).map((name) => relations.indexOf(name));
  for (let link = 0; link < links.count; link += 1) {
    if (link % itemsASlice === 0) yield 'siblings';
    const relation = links.relation[link];
    if (relation !== unknown && relation !== peer) continue;
    const holder = registry.organisation(asns[links.a[link]!]!);
    if (holder === undefined || holder !== registry.organisation(asns[links.b[link]!]!)) continue;
    links.relation[link] = sibling!;
    links.step[link] = steps.indexOf('sibling organisation');
  }
}

function seen(
  graph: AsGraph,
  routes: RouteTable | undefined,
  inference: Inference | undefined,
  routed: RoutedPrefixes | undefined,
  flows: Flows | undefined,
  { keepRoutes = true }: BuildAtlasOptions,
): Pick<WritableAtlas, 'flows' | 'paths'> {
  if (routes === undefined || inference === undefined || flows === undefined) return {};
  const examples = examplesFor(graph, inference);
  return {
    flows,
    paths: { table: routes.paths, examples, ...(keepRoutes && routed && { ofPrefix: routed.ofPrefix }) },
  };
}

/** The examples of the inference, by the links of the joined graph. */
function examplesFor(graph: AsGraph, inference: Inference): Uint32Array {
  if (graph === inference) return inference.examples;
  const examples = new Uint32Array(graph.links.count * examplesALink).fill(noPath);
  const place = new Uint32Array(inference.asns.length);
  let at = 0;
  for (const [as, asn] of inference.asns.entries()) {
    while (graph.asns[at] !== asn) at += 1;
    place[as] = at;
  }
  const { links } = inference;
  for (let link = 0; link < links.count; link += 1) {
    const target = linkBetween(graph, place[links.a[link]!]!, place[links.b[link]!]!);
    const from = link * examplesALink;
    if (target >= 0) examples.set(inference.examples.subarray(from, from + examplesALink), target * examplesALink);
  }
  return examples;
}

function* countOriginated(graph: AsGraph, { count4, offsets, origins }: PrefixOrigins): Sliced<Originated> {
  const { asns } = graph;
  const counts = { four: new Uint32Array(asns.length), six: new Uint32Array(asns.length) };
  const end4 = offsets[count4]!;
  for (let at = 0; at < origins.length; at += 1) {
    if (at % itemsASlice === 0) yield 'counting prefixes';
    const as = indexOfAsn(graph, origins[at]!);
    if (as >= 0) counts[at < end4 ? 'four' : 'six'][as]! += 1;
  }
  return counts;
}

const listedPrefixes = async ({ origins }: Gathering, sliced: SliceOptions): Promise<PrefixOrigins | undefined> =>
  origins.length === 0 ? undefined : await runSliced(originsOfRanges(origins), sliced);

/** A graph of nothing would stand where a good one may be. */
function nothingRead({ statistics }: ReadRoutes): NetwrightError {
  const [damage] = statistics.damage;
  const why = damage === undefined ? '' : `: ${damage.source}, byte ${damage.offset}: ${damage.reason}`;
  return new NetwrightError('NW_INTERNET_FORMAT', `not one route could be read${why}`);
}

function noteOf(inputs: readonly AtlasInput[], routes: ReadRoutes | undefined): readonly SourceNote[] {
  if (routes === undefined) return [];
  const { damageCount, damage, skipped, timeS } = routes.statistics;
  const notes = skipped.map(({ reason, count }) => `${count} skipped: ${reason}`);
  const [first] = damage;
  if (first !== undefined)
    notes.push(
      `${damageCount} damaged ${damageCount === 1 ? 'place' : 'places'}, the first at byte ${first.offset}: ${first.reason}`,
    );
  const name = inputs
    .map((input) => (typeof input === 'string' ? (input.split('/').at(-1) ?? input) : input.name))
    .join(', ');
  const time = timeS === undefined ? {} : { timeMs: timeS * 1000 };
  return [{ name, kind: 'routes', count: routes.routeCount, ...time, notes }];
}
