import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferRelationships } from '#internet';
import { reservedAsnTest, reservedRanges } from '../../../src/internet/relationships/reserved-asns.ts';
import { pathTable } from './path-table.ts';

describe('cleaning paths', () => {
  it('puts aside sets, reserved numbers and loops, takes route servers out, and counts all of it', async () => {
    const { report, asns } = await inferRelationships(
      pathTable(
        '1 2 3', // plain
        '1 1 2 2 2 3', // the same, prepended
        '1 2 {4,5}', // a set
        '1 23456 3', // a number that was lost
        '1 64512 3', // a private one
        '1 2 1', // a loop
        '1 6695 3', // a route server between two members
        '7', // the vantage point itself
        '7 7',
      ),
    );
    expect(report).toMatchObject({
      paths: 9,
      kept: 2,
      repeated: 1,
      sets: 1,
      reserved: 2,
      loops: 1,
      single: 2,
      routeServerHops: 1,
    });
    expect(Array.from(asns)).toEqual([1, 2, 3]);
  });

  it('takes out the route servers that it is told of, by number and by PeeringDB', async () => {
    const registry = {
      type: (asn: number) => (asn === 51 ? 'Route Server' : 'NSP'),
      organisation: () => undefined,
      exchanges: [],
    };
    const { asns } = await inferRelationships(pathTable('1 50 2', '1 51 3'), { registry, routeServers: [50] });
    expect(Array.from(asns)).toEqual([1, 2, 3]);
  });

  it('leaves out paths in which members of the clique have others between them', async () => {
    const { report } = await inferRelationships(pathTable('1 10 20 2', '1 10 5 20 2'), { clique: [10, 20] });
    expect(report).toMatchObject({ cliqueSeparated: 1, kept: 1 });
  });

  it('keeps every link of clean paths, and invents none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 7 }), { maxLength: 40 }),
        async (paths) => {
          const inference = await inferRelationships(pathTable(...paths.map((path) => path.join(' '))), { clique: [] });
          const wanted = new Set(
            paths.flatMap((path) => path.slice(1).map((hop, at) => [path[at]!, hop].sort((x, y) => x - y).join(' '))),
          );
          const { links, asns, neighbours, offsets, linkOf } = inference;
          const found = Array.from({ length: links.count }, (_, at) => `${asns[links.a[at]!]} ${asns[links.b[at]!]}`);
          expect(new Set(found)).toEqual(wanted);
          expect(found.length).toBe(wanted.size);
          for (let as = 0; as < asns.length; as += 1) {
            const near = Array.from(neighbours.subarray(offsets[as], offsets[as + 1]));
            expect(near).toEqual([...near].sort((x, y) => x - y));
            near.forEach((other, at) => {
              const link = linkOf[offsets[as]! + at]!;
              expect([links.a[link], links.b[link]]).toEqual([Math.min(as, other), Math.max(as, other)]);
            });
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('reserved AS numbers', () => {
  it.each([0, 23456, 64496, 64512, 65534, 65535, 65536, 131071, 4_200_000_000, 4_294_967_295])('%i is one', (asn) => {
    expect(reservedAsnTest()(asn)).toBe(true);
  });
  it.each([1, 8452, 64495, 131072, 216475, 274839, 329596, 401948])('%i is none', (asn) => {
    expect(reservedAsnTest()(asn)).toBe(false);
  });
  it('knows the rules of the time: four-byte numbers since 2007, documentation since the end of 2008', () => {
    const in2006 = reservedAsnTest(Date.UTC(2006, 5, 1) / 1000);
    expect([in2006(196613), in2006(64500), in2006(3356)]).toEqual([true, false, false]);
    expect(reservedAsnTest(Date.UTC(2010, 6, 1) / 1000)(196613)).toBe(false);
  });
  it('has only ranges that are in order', () => {
    for (const { first, last } of reservedRanges) expect(first).toBeLessThanOrEqual(last);
  });
});
