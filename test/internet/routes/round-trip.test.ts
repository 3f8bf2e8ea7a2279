import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linksOfPaths, openRoutes, type RouteTable, writeTableDumpV2 } from '#internet';
import { RouteColumns } from '../../../src/internet/routes/route-columns.ts';
import { routeTexts } from '../mrt/records.ts';

interface Route {
  readonly family: 4 | 6;
  readonly length: number;
  readonly words: readonly number[];
  readonly hops: readonly number[];
  readonly set: readonly number[];
  readonly peer: number;
}

const asn = fc.integer({ min: 1, max: 4_294_967_295 });
const word = fc.integer({ min: 0, max: 4_294_967_295 });
const route: fc.Arbitrary<Route> = fc.record({
  family: fc.constantFrom(4 as const, 6 as const),
  length: fc.nat(128),
  words: fc.array(word, { minLength: 4, maxLength: 4 }),
  hops: fc.array(asn, { minLength: 1, maxLength: 8 }),
  set: fc.oneof(fc.constant([]), fc.array(asn, { minLength: 1, maxLength: 4 })),
  peer: fc.nat(3),
});

function tableOf(routes: readonly Route[]): RouteTable {
  const columns = new RouteColumns();
  for (const { family, length, words, hops, set, peer } of routes) {
    const bits = family === 4 ? length % 33 : length;
    const masked = Uint32Array.from(words, (value, index) => {
      const left = bits - index * 32;
      return left <= 0 ? 0 : left >= 32 ? value : value & (-1 << (32 - left));
    });
    const path = columns.paths.ofHops(set.length > 0 ? [...hops, 0] : hops, set.length > 0 ? [[hops.length, set]] : []);
    const address = peer % 2 === 0 ? `192.0.2.${peer}` : `2001:db8::${peer}`;
    columns.add(columns.prefixes.intern(family, bits, masked), path, columns.peer(64_500 + peer, address, 'rrc99'));
  }
  return columns.table();
}

test('a table that is written and read again is the same table', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(route, { minLength: 1, maxLength: 60 }), async (routes) => {
      const table = tableOf(routes);
      const bytes = Buffer.concat([...writeTableDumpV2(table, { timestampS: 1_700_000_000, viewName: 'generated' })]);
      const again = await openRoutes(bytes, { collector: 'rrc99' });
      const texts = (one: RouteTable): string[] => routeTexts({ ...one, statistics: again.statistics }).sort();
      expect(texts(again)).toEqual(texts(table));
      expect(again.statistics).toMatchObject({ routes: routes.length, damageCount: 0, skipped: [] });
      expect(new Set(again.peers)).toEqual(new Set(table.peers));
    }),
    { numRuns: 60 },
  );
});

test('many prefixes and paths keep their numbers while the columns grow', async () => {
  const columns = new RouteColumns();
  const peer = columns.peer(64_500, '192.0.2.1', 'rrc99');
  const words = new Uint32Array(4);
  for (let index = 0; index < 60_000; index++) {
    words[0] = index * 256;
    columns.add(columns.prefixes.intern(4, 24, words), columns.paths.ofHops([64_500, 1 + (index % 30_000), 7]), peer);
  }
  const table = columns.table();
  expect(table.routeCount).toBe(60_000);
  expect(table.prefixes.count).toBe(60_000);
  expect(table.paths.count).toBe(30_000);
  expect(table.paths.routes.every((count) => count === 2)).toBe(true);
  for (const index of [0, 4095, 4096, 29_999, 59_999]) {
    expect(table.prefixes.words[table.prefixOf[index]! * 4]).toBe(index * 256);
    expect(table.paths.hops[table.paths.offsets[table.pathOf[index]!]! + 1]).toBe(1 + (index % 30_000));
  }
});

test('links are what stands side by side: no prepends, nothing to a set, each once', () => {
  const columns = new RouteColumns();
  columns.paths.ofHops([3, 3, 2, 1]);
  columns.paths.ofHops([1, 2, 4]);
  columns.paths.ofHops([5, 0, 6], [[1, [7, 8]]]);
  const { count, low, high } = linksOfPaths(columns.paths.table());
  expect(Array.from({ length: count }, (_, link) => [low[link], high[link]])).toEqual([
    [2, 3],
    [1, 2],
    [2, 4],
  ]);
});
