import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseObservers,
  evidenceOf,
  generatePlanet,
  type Inference,
  inferRelationships,
  linkRecords,
  observe,
  type PathTable,
  percent,
  relations,
  scoreRelations,
  topologyOf,
  usualNoise,
} from '#internet';
import { StallProbe } from '../../stall-probe.ts';
import { pathTable } from './path-table.ts';

/** The relation of two ASes in words: what the second is to the first. */
function relationOf(inference: Inference, paths: PathTable, x: number, y: number): string {
  for (const { a, b, relation } of linkRecords(inference, paths)) {
    if (a === x && b === y) return relation;
    if (a === y && b === x)
      return relation === 'customer' ? 'provider' : relation === 'provider' ? 'customer' : relation;
  }
  return 'no link';
}

/** 10, 20 and 30 at the top; 100 buys from 10, 200 from 20, 300 from 30; four-digit ones from these. */
const smallWorld = pathTable(
  '1001 100 10 20 200 2001',
  '1001 100 10 20 200 2002',
  '1001 100 10 30 300 3001',
  '1001 100 200 2001',
  '1001 100 200 2002',
  '2001 200 20 10 100 1002',
  '2001 200 20 30 300 3001',
  '2001 200 100 1002',
  '3001 300 30 10 100 1001',
  '3001 300 30 10 100 1002',
  '3001 300 30 20 200 2001',
  '3001 300 30 20 200 2002',
);

describe('inferring relationships', () => {
  it('finds the clique, its customers, theirs, and who peers', async () => {
    const inference = await inferRelationships(smallWorld, { clique: [10, 20, 30], leastViews: 1 });
    const of = (x: number, y: number): string => relationOf(inference, smallWorld, x, y);
    expect([of(10, 20), of(20, 30), of(10, 30)]).toEqual(['peer', 'peer', 'peer']);
    expect([of(10, 100), of(20, 200), of(30, 300)]).toEqual(['customer', 'customer', 'customer']);
    expect([of(100, 1002), of(200, 2002), of(300, 3001)]).toEqual(['customer', 'customer', 'customer']);
    expect(of(100, 200)).toBe('peer');
    expect(of(1001, 100)).toBe('provider');
  });

  it('finds the clique by itself where every member is seen from the others', async () => {
    const inference = await inferRelationships(smallWorld);
    expect(new Set(inference.clique)).toEqual(new Set([10, 20, 30]));
  });

  it('says unknown where too few vantage points could have seen better', async () => {
    const inference = await inferRelationships(smallWorld, { clique: [10, 20, 30], leastViews: 9 });
    expect(relationOf(inference, smallWorld, 100, 200)).toBe('unknown');
    expect(relationOf(inference, smallWorld, 10, 100)).toBe('customer');
  });

  it('shows paths that go over each link as evidence, and a step and a confidence', async () => {
    const inference = await inferRelationships(smallWorld, { clique: [10, 20, 30] });
    for (const record of linkRecords(inference, smallWorld)) {
      expect(record.evidence.length).toBeGreaterThan(0);
      for (const path of record.evidence) {
        const isThere = path.some(
          (hop, at) =>
            (hop === record.a && path[at + 1] === record.b) || (hop === record.b && path[at + 1] === record.a),
        );
        expect(isThere).toBe(true);
      }
      expect(record.confidence > 0).toBe(record.relation !== 'unknown');
      expect(record.step === 'none').toBe(record.relation === 'unknown');
    }
    expect(evidenceOf(inference, smallWorld, 0)[0]).toBeInstanceOf(Array);
  });

  it('refuses a clique of ASes that no path shows', async () => {
    await expect(inferRelationships(smallWorld, { clique: [77, 78] })).rejects.toMatchObject({ code: 'NW_USAGE' });
  });

  it('has nothing to say of nothing', async () => {
    const inference = await inferRelationships(pathTable());
    expect([inference.asns.length, inference.links.count, inference.clique]).toEqual([0, 0, []]);
  });

  it('marks links within an organisation that no transit explains as siblings', async () => {
    const inference = await inferRelationships(smallWorld, {
      clique: [10, 20, 30],
      registry: {
        type: () => undefined,
        organisation: (asn) => (asn === 100 || asn === 200 ? 'ORG-1' : undefined),
        exchanges: [],
      },
    });
    expect(relationOf(inference, smallWorld, 100, 200)).toBe('sibling');
  });

  it('ends with NW_CANCELLED when it is called off', async () => {
    await expect(inferRelationships(smallWorld, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'NW_CANCELLED',
    });
  });
});

const made = async (
  ases: number,
  seed: number,
  count = 20,
): Promise<[ReturnType<typeof generatePlanet>, PathTable]> => {
  const planet = generatePlanet({ ases, seed });
  const topology = topologyOf(planet.graph);
  const observers = chooseObservers(topology, { count, seed });
  return [planet, (await observe(topology, observers, { seed, noise: usualNoise })).paths];
};

describe('inferring over planets whose relationships are known', () => {
  it.each([
    [600, 1],
    [600, 2],
    [4000, 2],
    [4000, 5],
  ])('gets customers and peers right over %i ASes of seed %i', async (ases, seed) => {
    const [planet, paths] = await made(ases, seed, 30);
    const inference = await inferRelationships(paths);
    expect([...inference.clique].sort((x, y) => x - y)).toEqual(planet.clique);
    const score = scoreRelations(inference, planet.graph);
    expect(percent(score.customer)).toBeGreaterThan(99.6);
    expect(percent(score.customerFound)).toBeGreaterThan(97);
    expect(percent(score.peer)).toBeGreaterThan(98);
    expect(score.unknown).toBeLessThan(planet.graph.links.count * 0.03);
  });

  it('tells half of the unknown links in a second pass, as right as before', async () => {
    const [planet, paths] = await made(8000, 2, 30);
    const once = await inferRelationships(paths);
    const twice = await inferRelationships(paths, { secondPass: true });
    const [plain, again] = [once, twice].map((inference) => scoreRelations(inference, planet.graph)) as [
      ReturnType<typeof scoreRelations>,
      ReturnType<typeof scoreRelations>,
    ];
    expect(once.secondPass).toBeUndefined();
    expect(twice.secondPass).toMatchObject({ told: plain.unknown - again.unknown });
    expect(again.unknown).toBeLessThan(plain.unknown / 2);
    expect(percent(again.peerFound)).toBeGreaterThan(percent(plain.peerFound) + 5);
    expect(percent(again.customer)).toBeGreaterThan(99.6);
    expect(percent(again.peer)).toBeGreaterThan(98);
  });

  it('says that a second pass has too little to learn from, and changes nothing then', async () => {
    const [, paths] = await made(600, 1, 30);
    const once = await inferRelationships(paths);
    const twice = await inferRelationships(paths, { secondPass: true });
    expect(twice.secondPass?.told).toBe(0);
    expect(twice.secondPass?.surePeers).toBeLessThan(twice.secondPass!.leastPeers);
    expect(twice.links.relation).toEqual(once.links.relation);
  });

  it('takes nobody for a customer of an AS that passes the routes of its peers on by mistake', async () => {
    const planet = generatePlanet({ ases: 4000, seed: 3 });
    const topology = topologyOf(planet.graph);
    const observers = chooseObservers(topology, { count: 30, seed: 3 });
    const { paths } = await observe(topology, observers, { seed: 3, noise: { leakers: 0.002, leaked: 0.02 } });
    const score = scoreRelations(await inferRelationships(paths), planet.graph);
    expect(percent(score.customer)).toBeGreaterThan(99.6);
  });

  it('never closes a circle of providers, nor sells to the clique, whatever the paths are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 25 }), { minLength: 2, maxLength: 6 }), {
          minLength: 1,
          maxLength: 60,
        }),
        fc.boolean(),
        async (paths, secondPass) => {
          const inference = await inferRelationships(pathTable(...paths.map((path) => path.join(' '))), {
            secondPass,
            leastViews: 0,
          });
          expect(circleIn(inference)).toBeUndefined();
          const members = new Set(inference.clique);
          for (let link = 0; link < inference.links.count; link += 1) {
            const [a, b] = [inference.asns[inference.links.a[link]!]!, inference.asns[inference.links.b[link]!]!];
            const relation = relations[inference.links.relation[link]!];
            expect(relation === 'customer' && members.has(b)).toBe(false);
            expect(relation === 'provider' && members.has(a)).toBe(false);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('says the same twice', async () => {
    const [, paths] = await made(600, 3);
    const [one, other] = [await inferRelationships(paths), await inferRelationships(paths)];
    expect(one).toEqual(other);
  });

  it('gives the event loop its turns', async () => {
    const [, paths] = await made(3000, 4);
    using probe = new StallProbe();
    await inferRelationships(paths, { secondPass: true });
    expect(probe.worstMs).toBeLessThan(50);
  });
});

/** An AS that stands above itself, if there is one. */
function circleIn({ asns, links }: Inference): number | undefined {
  const providers = Array.from(asns, (): number[] => []);
  for (let link = 0; link < links.count; link += 1) {
    const relation = relations[links.relation[link]!];
    if (relation === 'customer') providers[links.b[link]!]!.push(links.a[link]!);
    if (relation === 'provider') providers[links.a[link]!]!.push(links.b[link]!);
  }
  for (const start of providers.keys()) {
    const above = new Set<number>();
    const open = [...providers[start]!];
    for (let as = open.pop(); as !== undefined; as = open.pop()) {
      if (as === start) return asns[start];
      if (above.has(as)) continue;
      above.add(as);
      open.push(...providers[as]!);
    }
  }
  return undefined;
}
