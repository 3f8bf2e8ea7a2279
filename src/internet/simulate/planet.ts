import { type Random, seededRandom } from '#core';
import { type AsGraph, indexOfAsn, relations, steps } from '../graph/as-graph.ts';
import { asGraphInSlices } from '../graph/build-graph.ts';
import type { Exchange, Registry } from '../graph/registry.ts';
import { reservedAsnTest } from '../relationships/reserved-asns.ts';
import { knownRouteServers } from '../relationships/route-servers.ts';
import { runAtOnce, runSliced, type Sliced, type SliceOptions } from '../relationships/slices.ts';
import { planetCountries } from './countries.ts';
import { makeLinks, type PlanetLinks, type Tier, tiers } from './planet-links.ts';
import { nameOf } from './planet-names.ts';

export interface PlanetOptions {
  /** How many ASes, 50 to 200,000. */
  readonly ases: number;
  /** The same seed makes the same planet. */
  readonly seed: number;
}

/** An internet that was made up: every relation of it is known. */
export interface Planet {
  readonly graph: AsGraph;
  /** AS numbers of the transit-free ASes, ascending. */
  readonly clique: readonly number[];
  /** By AS index: an index into {@link tiers}. */
  readonly tier: Uint8Array;
  readonly registry: Registry;
  readonly seed: number;
}

/** Share of links to a provider that stay within one organisation: siblings, one of whom carries for the other. */
const siblingShare = 0.01;
const peeringTypes: Readonly<Record<Tier, string>> = {
  'transit-free': 'NSP',
  continental: 'NSP',
  national: 'NSP',
  local: 'Cable/DSL/ISP',
  content: 'Content',
  stub: 'Enterprise',
};

/**
 * A planet by seed: a transit-free clique, continental, national and local providers, content networks that peer at
 * many exchanges, and stubs, in countries, with a distribution of customers like the real one. Takes about a second
 * for 20,000 ASes without a pause: {@link makePlanet} gives others their turns.
 */
export function generatePlanet(options: PlanetOptions): Planet {
  return runAtOnce(generate(options));
}

/**
 * The same planet as of {@link generatePlanet}, made in slices.
 * @throws NetwrightError `NW_CANCELLED` when the signal is aborted.
 */
export async function makePlanet(options: PlanetOptions & SliceOptions): Promise<Planet> {
  return await runSliced(generate(options), options);
}

function* generate({ ases, seed }: PlanetOptions): Sliced<Planet> {
  const random = seededRandom(seed);
  const links = yield* makeLinks(ases, random);
  yield 'numbering';
  const asnOf = makeAsns(links.tier, random);
  const [customer, peer] = [relations.indexOf('customer'), relations.indexOf('peer')];
  const left = [...links.sellers, ...links.peers.map(([x]) => x)];
  const right = [...links.buyers, ...links.peers.map(([, y]) => y)];
  yield 'joining links';
  const graph = yield* asGraphInSlices({
    count: left.length,
    a: Uint32Array.from(left, (as) => asnOf[as]!),
    b: Uint32Array.from(right, (as) => asnOf[as]!),
    relation: Uint8Array.from(left, (_, link) => (link < links.sellers.length ? customer : peer)),
    confidence: new Uint8Array(left.length).fill(100),
    step: new Uint8Array(left.length).fill(steps.indexOf('file')),
  });
  yield 'describing';
  const place = Array.from(asnOf, (asn) => indexOfAsn(graph, asn));
  const tier = new Uint8Array(graph.asns.length);
  const country = new Uint8Array(graph.asns.length);
  place.forEach((index, as) => {
    tier[index] = links.tier[as]!;
    country[index] = links.country[as]!;
  });
  const holders = Uint32Array.from(place, (_, as) => as);
  links.buyers.forEach((buyer, link) => {
    const seller = links.sellers[link]!;
    // Sellers come before their buyers, so theirs is settled.
    if (links.tier[seller]! > 0 && random() < siblingShare) holders[buyer] = holders[seller]!;
  });
  const organisation = new Uint32Array(graph.asns.length);
  place.forEach((index, as) => {
    organisation[index] = asnOf[holders[as]!]!;
  });
  return {
    graph,
    clique: Array.from(graph.asns).filter((_, index) => tier[index] === 0),
    tier,
    registry: registryOf(graph, { tier, country, organisation }, exchangesOf(links, asnOf)),
    seed,
  };
}

/** Old and large networks have small numbers; what came later has four-byte numbers of its region. */
function makeAsns(tier: Uint8Array, random: Random): Uint32Array {
  const isReserved = reservedAsnTest();
  const taken = new Set<number>(knownRouteServers);
  const ranges = [
    [200, 7000],
    [300, 30_000],
    [1000, 64_000],
    [3000, 140_000],
    [2000, 64_000],
    [1000, 140_000],
  ] as const;
  return Uint32Array.from(tier, (one) => {
    const [low, high] = ranges[one]!;
    for (;;) {
      const drawn = low + Math.floor(random() * (high - low));
      const asn = drawn < 64_000 ? drawn : fourByte(random);
      if (taken.has(asn) || isReserved(asn)) continue;
      taken.add(asn);
      return asn;
    }
  });
}

function fourByte(random: Random): number {
  const [low, high] = [
    [131_072, 155_000],
    [196_608, 217_000],
    [262_144, 275_000],
    [327_680, 330_000],
    [393_216, 402_000],
  ][Math.floor(random() * 5)] as [number, number];
  return low + Math.floor(random() * (high - low));
}

function exchangesOf({ exchanges }: PlanetLinks, asnOf: Uint32Array): Exchange[] {
  return exchanges.map(({ country, members }, at) => {
    const code = planetCountries[country]![0];
    return {
      id: at + 1,
      name: `${code}-IX ${at + 1}`,
      country: code,
      city: `${code} ${at + 1}`,
      members: Uint32Array.from(members, (as) => asnOf[as]!).sort(),
    };
  });
}

interface Columns {
  readonly tier: Uint8Array;
  readonly country: Uint8Array;
  readonly organisation: Uint32Array;
}

function registryOf(
  graph: AsGraph,
  { tier, country, organisation }: Columns,
  exchanges: readonly Exchange[],
): Registry {
  const of = <T>(asn: number, answer: (index: number) => T): T | undefined => {
    const index = indexOfAsn(graph, asn);
    return index < 0 ? undefined : answer(index);
  };
  return {
    name: (asn) => of(asn, (index) => nameOf(asn, tiers[tier[index]!]!)),
    country: (asn) => of(asn, (index) => planetCountries[country[index]!]![0]),
    organisation: (asn) => of(asn, (index) => `ORG-${organisation[index]!}`),
    type: (asn) => of(asn, (index) => peeringTypes[tiers[tier[index]!]!]),
    ofCountry: (code) => graph.asns.filter((_, index) => planetCountries[country[index]!]![0] === code.toUpperCase()),
    longitude: (code) => planetCountries.find(([one]) => one === code.toUpperCase())?.[3],
    exchanges,
  };
}
