import { describe, expect, it } from 'vitest';
import {
  type AsGraph,
  chooseObservers,
  generatePlanet,
  indexOfAsn,
  makePlanet,
  observe,
  openRoutes,
  relations,
  tiers,
  topologyOf,
  usualNoise,
  writeTableDumpV2,
} from '#internet';
import { reservedAsnTest } from '../../../src/internet/relationships/reserved-asns.ts';
import { StallProbe } from '../../stall-probe.ts';

const observed = async (ases: number, seed: number, options: Partial<Parameters<typeof observe>[2]> = {}) => {
  const planet = generatePlanet({ ases, seed });
  const topology = topologyOf(planet.graph);
  const observers = chooseObservers(topology, { count: 12, seed });
  return { planet, topology, observers, routes: await observe(topology, observers, { seed, ...options }) };
};

/** What `y` is to `x`. */
function relationOf(graph: AsGraph, x: number, y: number): string | undefined {
  const [from, to] = [indexOfAsn(graph, x), indexOfAsn(graph, y)];
  for (let slot = graph.offsets[from]!; slot < graph.offsets[from + 1]!; slot += 1) {
    if (graph.neighbours[slot] !== to) continue;
    const relation = relations[graph.links.relation[graph.linkOf[slot]!]!]!;
    if (from < to) return relation;
    return relation === 'customer' ? 'provider' : relation === 'provider' ? 'customer' : relation;
  }
  return undefined;
}

describe('a generated planet', () => {
  it('is the same by the same seed and another by another', () => {
    const [one, same, other] = [1, 1, 2].map((seed) => generatePlanet({ ases: 600, seed }));
    expect(one!.graph).toEqual(same!.graph);
    expect(one!.registry.exchanges).toEqual(same!.registry.exchanges);
    expect(other!.graph.asns).not.toEqual(one!.graph.asns);
  });

  it('is made in slices too, the same one, and can be called off', async () => {
    using probe = new StallProbe();
    const planet = await makePlanet({ ases: 5000, seed: 1 });
    expect(probe.worstMs).toBeLessThan(50);
    expect(planet.graph).toEqual(generatePlanet({ ases: 5000, seed: 1 }).graph);
    await expect(makePlanet({ ases: 600, seed: 1, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'NW_CANCELLED',
    });
  });

  it('has a clique without providers in which all peer, and providers for everybody else', () => {
    const { graph, clique, tier } = generatePlanet({ ases: 800, seed: 7 });
    expect(clique.length).toBeGreaterThanOrEqual(4);
    for (const x of clique) for (const y of clique) if (x !== y) expect(relationOf(graph, x, y)).toBe('peer');
    const { providers } = topologyOf(graph);
    for (const [as, one] of tier.entries()) {
      const bought = providers.offsets[as + 1]! - providers.offsets[as]!;
      expect(bought > 0).toBe(tiers[one] !== 'transit-free');
    }
  });

  it('looks like the internet: most are stubs, few have most customers, all numbers are free ones', () => {
    const { graph, tier, clique } = generatePlanet({ ases: 3000, seed: 1 });
    expect(graph.asns.length).toBe(3000);
    const { customers } = topologyOf(graph);
    const sold = Array.from(graph.asns, (_, as) => customers.offsets[as + 1]! - customers.offsets[as]!);
    expect(sold.filter((count) => count === 0).length / 3000).toBeGreaterThan(0.75);
    const ofClique = clique.reduce((sum, asn) => sum + sold[indexOfAsn(graph, asn)]!, 0);
    expect(ofClique / sold.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.1);
    const isReserved = reservedAsnTest();
    expect(graph.asns.some((asn) => isReserved(asn))).toBe(false);
    expect(new Set(tier).size).toBe(tiers.length);
  });

  it('knows names, countries, organisations, types and exchanges of its ASes', () => {
    const { graph, registry } = generatePlanet({ ases: 600, seed: 1 });
    for (const asn of graph.asns) {
      expect(registry.name(asn)).toMatch(/^[A-Z]+-AS \w+ /);
      expect(registry.country(asn)).toMatch(/^[A-Z]{2}$/);
      expect(registry.type(asn)).toBeDefined();
      expect(registry.ofCountry(registry.country(asn)!)).toContain(asn);
      expect(registry.longitude(registry.country(asn)!)).toBeTypeOf('number');
    }
    expect(registry.name(4_199_999_999)).toBeUndefined();
    expect(registry.exchanges.length).toBeGreaterThan(0);
    for (const { members } of registry.exchanges) {
      expect(Array.from(members)).toEqual([...members].sort((x, y) => x - y));
      for (const asn of members) expect(indexOfAsn(graph, asn)).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('routing over it', () => {
  it('has no valleys: down after the first link that is not up, over one peering at most', async () => {
    const { planet, routes } = await observed(1000, 3);
    const { paths } = routes;
    expect(paths.count).toBeGreaterThan(1000);
    for (let path = 0; path < paths.count; path += 1) {
      let isDown = false;
      for (let at = paths.offsets[path]! + 1; at < paths.offsets[path + 1]!; at += 1) {
        const relation = relationOf(planet.graph, paths.hops[at - 1]!, paths.hops[at]!);
        // A sibling sells or buys: it may stand on either side of the top.
        if (relation === 'sibling') continue;
        expect(relation).toBeDefined();
        if (isDown) expect(relation).toBe('customer');
        if (relation !== 'provider') isDown = true;
      }
    }
  });

  it('reaches everybody from every full feed, and only customers from a partial one', async () => {
    const { planet, observers, routes } = await observed(500, 4, { engineeredShare: 0 });
    observers.forEach(({ isFull }, peer) => {
      const origins = new Set<number>();
      for (let route = 0; route < routes.routeCount; route += 1) {
        if (routes.peerOf[route] === peer) {
          origins.add(routes.paths.hops[routes.paths.offsets[routes.pathOf[route]! + 1]! - 1]!);
        }
      }
      if (isFull) expect(origins.size).toBe(planet.graph.asns.length);
      else expect(origins.size).toBeLessThan(planet.graph.asns.length / 2);
    });
    expect(observers.some(({ isFull }) => isFull)).toBe(true);
  });

  it('starts every path at its vantage point, and gives every prefix one origin', async () => {
    const { routes } = await observed(400, 5);
    const originOf = new Map<number, number>();
    for (let route = 0; route < routes.routeCount; route += 1) {
      const path = routes.pathOf[route]!;
      expect(routes.paths.hops[routes.paths.offsets[path]!]).toBe(routes.peers[routes.peerOf[route]!]!.asn);
      const origin = routes.paths.hops[routes.paths.offsets[path + 1]! - 1]!;
      const known = originOf.get(routes.prefixOf[route]!);
      expect(known ?? origin).toBe(origin);
      originOf.set(routes.prefixOf[route]!, origin);
    }
  });

  it('is the same twice, also with noise, and noise changes it', async () => {
    const [one, same] = [await observed(400, 6, { noise: usualNoise }), await observed(400, 6, { noise: usualNoise })];
    expect(one.routes).toEqual(same.routes);
    expect((await observed(400, 6)).routes.paths).not.toEqual(one.routes.paths);
  });

  it('is read back from the MRT file that is written of it', async () => {
    const { routes } = await observed(300, 8, { noise: usualNoise });
    const bytes = Buffer.concat([...writeTableDumpV2(routes, { timestampS: 1_700_000_000 })]);
    const read = await openRoutes({ name: 'planet.mrt', bytes });
    expect([read.routeCount, read.prefixes.count, read.paths.count]).toEqual([
      routes.routeCount,
      routes.prefixes.count,
      routes.paths.count,
    ]);
    const textOf = ({ paths }: typeof routes): string[] =>
      Array.from({ length: paths.count }, (_, path) =>
        paths.hops.subarray(paths.offsets[path], paths.offsets[path + 1]).join(' '),
      ).sort();
    expect(textOf(read)).toEqual(textOf(routes));
    expect(read.statistics.damageCount).toBe(0);
  });

  it('ends with NW_CANCELLED when it is called off', async () => {
    await expect(observed(400, 9, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'NW_CANCELLED' });
  });
});
