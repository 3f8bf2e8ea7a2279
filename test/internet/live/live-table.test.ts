import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openRoutes, writeTableDumpV2 } from '#internet';
import { type LivePeer, LiveTable } from '../../../src/internet/live/table/live-table.ts';
import { PagedColumn } from '../../../src/internet/live/table/paged-column.ts';
import { MrtRoute } from '../../../src/internet/mrt/mrt-route.ts';
import { runSliced } from '../../../src/internet/relationships/slices.ts';
import { parsePath } from '../../../src/internet/routes/path-text.ts';
import { createParsedPrefix, parsePrefixInto } from '../../../src/internet/routes/prefix-parser.ts';
import { generatedTable } from '../routes/generated.ts';
import { routeLines, tableTexts } from './table-texts.ts';

function prefix(text: string) {
  const parsed = createParsedPrefix();
  if (!parsePrefixInto(text, parsed)) throw new Error(text);
  return parsed;
}
const path = (text: string) => parsePath(text)!;
const add = (table: LiveTable, number: number): LivePeer =>
  table.addPeer({ asn: number, address: `192.0.2.${number}`, collector: 'c' })!;

/** An announcement with a path identifier, of one AS. */
function withPathId(text: string, pathId: number, asn: number): MrtRoute {
  const route = new MrtRoute();
  const { family, length, words } = prefix(text);
  route.family = family;
  route.length = length;
  route.words.set(words);
  route.hasPathId = true;
  route.pathId = pathId;
  route.bytes = Uint8Array.of(2, 1, 0, 0, asn >> 8, asn & 255);
  route.attributes.asPath = 0;
  route.attributes.asPathEnd = 6;
  return route;
}

describe('the table of routes as they are now', () => {
  test('an announcement replaces the one before it, a withdrawal takes it away', async () => {
    const table = new LiveTable();
    const [one, two] = [add(table, 1), add(table, 2)];
    table.announceParsed(one, prefix('203.0.113.0/24'), path('1 9'));
    table.announceParsed(one, prefix('203.0.113.0/24'), path('1 5 {8,9}'));
    table.announceParsed(two, prefix('203.0.113.0/24'), path('2 9'));
    table.announceParsed(two, prefix('2001:db8::/32'), path('2 9'));
    table.withdrawParsed(two, prefix('203.0.113.0/24'));
    table.withdrawParsed(two, prefix('203.0.113.0/24'));
    table.withdrawParsed(one, prefix('198.51.100.0/24'));
    expect(table.routeCount).toBe(2);
    const snapshot = await runSliced(table.snapshot());
    expect(routeLines(snapshot)).toEqual([
      '2001:db8::/32 2 9 @2 192.0.2.2 c',
      '203.0.113.0/24 1 5 {8,9} @1 192.0.2.1 c',
    ]);
    // What nobody has any more is not in it.
    expect(snapshot.paths.count).toBe(2);
    expect(snapshot.prefixes.count).toBe(2);
    expect([...snapshot.paths.routes]).toEqual([1, 1]);
  });

  test('with ADD-PATH a prefix has a route for each identifier', async () => {
    const table = new LiveTable();
    const peer = add(table, 1);
    for (const [id, asn] of [
      [1, 10],
      [2, 20],
      [7, 70],
    ] as const)
      table.announce(peer, withPathId('203.0.113.0/24', id, asn));
    table.withdraw(peer, withPathId('203.0.113.0/24', 2, 0));
    table.announce(peer, withPathId('203.0.113.0/24', 7, 71));
    expect(await tableTexts(table)).toEqual(['203.0.113.0/24 10 @1 192.0.2.1 c', '203.0.113.0/24 71 @1 192.0.2.1 c']);
  });

  test('an AS before the path of a Loc-RIB, unless the path begins with it', async () => {
    const table = new LiveTable();
    const peer = add(table, 1);
    const first = { asn: 65_000, isThere: true };
    table.announce(peer, withPathId('203.0.113.0/24', 1, 10), first);
    table.announce(peer, withPathId('203.0.113.0/24', 2, 65_000), first);
    const local = withPathId('198.51.100.0/24', 3, 0);
    local.attributes.asPathEnd = 0;
    table.announce(peer, local, first);
    expect(await tableTexts(table)).toEqual([
      '198.51.100.0/24 65000 @1 192.0.2.1 c',
      '203.0.113.0/24 65000 10 @1 192.0.2.1 c',
      '203.0.113.0/24 65000 @1 192.0.2.1 c',
    ]);
  });

  test('never more routes than it may have, of all and of one; those that are there may change', () => {
    const table = new LiveTable({ mostRoutes: 3 });
    const one = table.addPeer({ asn: 1, address: '192.0.2.1', collector: 'c' }, 2)!;
    const two = add(table, 2);
    const announced = [10, 11, 12].map((net) => table.announceParsed(one, prefix(`${net}.0.0.0/8`), path('1')));
    expect(announced).toEqual([true, true, false]);
    expect(table.announceParsed(one, prefix('10.0.0.0/8'), path('1 2'))).toBe(true);
    expect(table.announceParsed(two, prefix('10.0.0.0/8'), path('2'))).toBe(true);
    expect(table.announceParsed(two, prefix('11.0.0.0/8'), path('2'))).toBe(false);
    expect([one.refused, two.refused, table.routeCount]).toEqual([1, 1, 3]);
    table.clear(one);
    expect(table.announceParsed(two, prefix('11.0.0.0/8'), path('2'))).toBe(true);
  });

  test('routes of a file are there until their neighbour is heard, whose they are then', async () => {
    const table = new LiveTable();
    const given = generatedTable(300);
    await runSliced(table.load(given));
    expect(await tableTexts(table)).toEqual(routeLines(given));
    const [first] = given.peers;
    const peer = table.addPeer({ ...first!, collector: 'rrc00' })!;
    expect(peer.routes.count).toBe(given.peerOf.filter((of) => of === 0).length);
    expect(table.peers.size).toBe(given.peers.length);
    const routes = table.routeCount;
    table.remove(peer);
    expect(table.routeCount).toBe(routes - given.peerOf.filter((of) => of === 0).length);
  });

  test('what is written as MRT is the table', async () => {
    const table = new LiveTable();
    await runSliced(table.load(generatedTable(500)));
    const bytes = Buffer.concat([...writeTableDumpV2(await runSliced(table.snapshot()))]);
    const lines = routeLines(await openRoutes(bytes, { collector: 'c' }));
    expect(lines).toEqual((await tableTexts(table)).map((line) => line.replace(/\S+$/, 'c')).sort());
  });

  /** Anything that may happen, beside a table of the simplest kind. */
  test('after any changes, and a sweep, it has what a plain map has', async () => {
    const change = fc.record({
      peer: fc.integer({ min: 0, max: 2 }),
      net: fc.integer({ min: 0, max: 2000 }),
      path: fc.integer({ min: 1, max: 30 }),
      what: fc.constantFrom('announce', 'announce', 'announce', 'withdraw', 'clear'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 300 }), async (changes) => {
        const table = new LiveTable();
        const peers = [1, 2, 3].map((number) => add(table, number));
        const plain = new Map<string, string>();
        for (const { peer, net, path: hop, what } of changes) {
          const text = `10.${net >> 8}.${net & 255}.0/24`;
          const key = `${text} @${peer + 1}`;
          if (what === 'announce') {
            table.announceParsed(peers[peer]!, prefix(text), path(`${peer + 1} ${hop}`));
            plain.set(key, `${text} ${peer + 1} ${hop} @${peer + 1} 192.0.2.${peer + 1} c`);
          } else if (what === 'withdraw') {
            table.withdrawParsed(peers[peer]!, prefix(text));
            plain.delete(key);
          } else if (net < 100) {
            table.clear(peers[peer]!);
            for (const one of plain.keys()) if (one.endsWith(`@${peer + 1}`)) plain.delete(one);
          }
        }
        const expected = [...plain.values()].sort();
        expect(table.routeCount).toBe(expected.length);
        expect(await tableTexts(table)).toEqual(expected);
        await runSliced(table.sweep());
        expect(table.routeCount).toBe(expected.length);
        expect(await tableTexts(table)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('a sweep is due when most paths are of routes that are gone, and gives them free', async () => {
    const table = new LiveTable();
    const peer = add(table, 1);
    for (let number = 0; number < 300_000; number += 1) {
      table.announceParsed(peer, prefix('203.0.113.0/24'), { hops: [1, number], sets: [] });
    }
    expect(table.needsSweep).toBe(true);
    await runSliced(table.sweep());
    expect(table.needsSweep).toBe(false);
    expect(await tableTexts(table)).toEqual(['203.0.113.0/24 1 299999 @1 192.0.2.1 c']);
  });
});

test('a column has pages only where something is', () => {
  const column = new PagedColumn();
  expect(column.set(5_000_000, 7)).toBe(true);
  expect(column.set(5_000_000, 0)).toBe(false);
  expect([column.get(5_000_000), column.get(5_000_001), column.get(1), column.count]).toEqual([0, -1, -1, 1]);
  expect([...column.pages()].map(([first, page]) => [first, page.length])).toEqual([[4_999_168, 1024]]);
  expect(column.delete(5_000_000)).toBe(true);
  expect(column.delete(5_000_000)).toBe(false);
});
