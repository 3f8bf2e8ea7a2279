import { type AsGraph, relations } from '../graph/as-graph.ts';
import type { Atlas } from '../graph/atlas.ts';
import { type AsSummary, asSummary } from './as-summary.ts';
import { membersOf } from './country-answer.ts';
import { countryName, findCountry } from './country-name.ts';
import { relationAt } from './link-fact.ts';
import { requireCountries } from './missing.ts';
import { pointsAbove, singlePoints } from './single-points.ts';

/** The ways of a country into the rest of the internet, and what hangs on each. */
export interface GatewaysAnswer {
  readonly country: string;
  readonly name: string;
  /** By what gateways are ranked: what was seen to come in through them, else whom they carry. */
  readonly rankedBy: 'prefixes' | 'paths' | 'carried ASes';
  readonly ases: number;
  /** Those that have a way up to the top of the internet at all. */
  readonly connected: number;
  readonly gateways: readonly Gateway[];
  /** ASes of other countries without which some of the country are cut off, the gravest first. */
  readonly abroad: readonly { readonly as: AsSummary; readonly loses: Loss }[];
}

export interface Gateway {
  readonly as: AsSummary;
  /** Neighbours abroad, by what they are to the gateway. */
  readonly foreignProviders: number;
  readonly foreignPeers: number;
  readonly foreignCustomers: number;
  /** Distinct paths and prefixes that enter the country at it; null without paths. */
  readonly entryPaths: number | null;
  readonly entryPrefixes: number | null;
  /** ASes of the country that it carries over links inside the country, itself included. */
  readonly carries: number;
  readonly loses: Loss;
}

/** Who has no way up any more when one AS fails, besides that one. */
export interface Loss {
  /** AS numbers, ascending. */
  readonly asns: readonly number[];
  readonly prefixes4: number | null;
  readonly prefixes6: number | null;
  /** Of these, how many still reach a part of the world over a peer abroad. */
  readonly withPeersAbroad: number;
}

const [customer, provider, peer, sibling] = (['customer', 'provider', 'peer', 'sibling'] as const).map((name) =>
  relations.indexOf(name),
);

/** @throws NetwrightError as `answerCountry`. */
export function answerGateways(atlas: Atlas, wanted: string): GatewaysAnswer {
  const country = findCountry(wanted);
  requireCountries(atlas);
  const { graph, flows } = atlas;
  const inside = membersOf(atlas, country);
  const isInside = new Uint8Array(graph.asns.length);
  for (const as of inside) isInside[as] = 1;
  const points = singlePoints(atlas);
  const lostWithout = new Map<number, number[]>();
  for (const as of inside) {
    for (const point of pointsAbove(points, as)) {
      const lost = lostWithout.get(point);
      if (lost === undefined) lostWithout.set(point, [as]);
      else lost.push(as);
    }
  }
  const carried = new DomesticWalk(graph, isInside);
  const gateways: Gateway[] = [];
  for (const as of inside) {
    const [foreignProviders, foreignPeers, foreignCustomers] = foreignNeighbours(graph, as, isInside);
    if (foreignProviders + foreignPeers + foreignCustomers === 0) continue;
    gateways.push({
      as: asSummary(atlas, as),
      foreignProviders,
      foreignPeers,
      foreignCustomers,
      entryPaths: flows?.entryPaths[as] ?? null,
      entryPrefixes: flows?.entryPrefixes[as] ?? null,
      carries: carried.from(as),
      loses: lossOf(atlas, lostWithout.get(as) ?? [], isInside),
    });
  }
  gateways.sort(
    (one, other) =>
      (other.entryPrefixes ?? 0) - (one.entryPrefixes ?? 0) ||
      (other.entryPaths ?? 0) - (one.entryPaths ?? 0) ||
      other.carries - one.carries ||
      other.foreignProviders - one.foreignProviders ||
      other.as.cone - one.as.cone,
  );
  const abroad = [...lostWithout]
    .filter(([as]) => isInside[as] === 0)
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([as, lost]) => ({ as: asSummary(atlas, as), loses: lossOf(atlas, lost, isInside) }));
  return {
    country,
    name: countryName(country),
    rankedBy: rankedBy(gateways),
    ases: inside.length,
    connected: inside.reduce((count, as) => count + points.isConnected[as]!, 0),
    gateways,
    abroad,
  };
}

function rankedBy(gateways: readonly Gateway[]): GatewaysAnswer['rankedBy'] {
  if (gateways.some(({ entryPrefixes }) => (entryPrefixes ?? 0) > 0)) return 'prefixes';
  return gateways.some(({ entryPaths }) => (entryPaths ?? 0) > 0) ? 'paths' : 'carried ASes';
}

function foreignNeighbours(
  graph: AsGraph,
  as: number,
  isInside: Uint8Array,
): readonly [providers: number, peers: number, customers: number] {
  let [providers, peers, customers] = [0, 0, 0];
  for (let slot = graph.offsets[as]!; slot < graph.offsets[as + 1]!; slot += 1) {
    if (isInside[graph.neighbours[slot]!] === 1) continue;
    const relation = relationAt(graph, as, slot);
    if (relation === provider || relation === sibling) providers += 1;
    else if (relation === customer) customers += 1;
    else peers += 1;
  }
  return [providers, peers, customers];
}

function lossOf(atlas: Atlas, lost: readonly number[], isInside: Uint8Array): Loss {
  const { graph, originated } = atlas;
  const sum = (column: Uint32Array | undefined): number | null =>
    column === undefined ? null : lost.reduce((total, as) => total + column[as]!, 0);
  const hasPeerAbroad = (as: number): boolean => {
    for (let slot = graph.offsets[as]!; slot < graph.offsets[as + 1]!; slot += 1) {
      if (isInside[graph.neighbours[slot]!] === 0 && relationAt(graph, as, slot) === peer) return true;
    }
    return false;
  };
  return {
    asns: lost.map((as) => graph.asns[as]!),
    prefixes4: sum(originated?.four),
    prefixes6: sum(originated?.six),
    withPeersAbroad: lost.filter(hasPeerAbroad).length,
  };
}

/** Walks down from one AS after the other to customers, without leaving the country. */
class DomesticWalk {
  readonly #graph: AsGraph;
  readonly #isInside: Uint8Array;
  readonly #lastWalk: Uint32Array;
  #walk = 0;

  constructor(graph: AsGraph, isInside: Uint8Array) {
    this.#graph = graph;
    this.#isInside = isInside;
    this.#lastWalk = new Uint32Array(graph.asns.length);
  }

  from(start: number): number {
    const { offsets, neighbours } = this.#graph;
    this.#walk += 1;
    this.#lastWalk[start] = this.#walk;
    const found = [start];
    for (const as of found) {
      for (let slot = offsets[as]!; slot < offsets[as + 1]!; slot += 1) {
        const other = neighbours[slot]!;
        if (this.#isInside[other] === 0 || this.#lastWalk[other] === this.#walk) continue;
        if (relationAt(this.#graph, as, slot) !== customer) continue;
        this.#lastWalk[other] = this.#walk;
        found.push(other);
      }
    }
    return found.length;
  }
}
