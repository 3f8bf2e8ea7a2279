import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { linksOfPaths, openRoutes, openSource, type ReadRoutes } from '#internet';
import { hasPublicData, publicData, whyNoPublicData } from '../public-data.ts';

const read = async (name: string): Promise<ReadRoutes> => await openRoutes(join(publicData, name));

/** Distinct paths with prepends collapsed and without those that have sets, and the ASes in them. */
function collapsed({ paths }: ReadRoutes): { paths: number; ases: number } {
  const seen = new Set<string>();
  const ases = new Set<number>();
  for (let path = 0; path < paths.count; path++) {
    const hops = [...paths.hops.subarray(paths.offsets[path]!, paths.offsets[path + 1]!)];
    for (const hop of hops) if (hop !== 0) ases.add(hop);
    if (!hops.includes(0)) seen.add(hops.filter((hop, index) => hop !== hops[index - 1]).join(' '));
  }
  return { paths: seen.size, ases: ases.size };
}

describe.skipIf(!hasPublicData)(`real archives${whyNoPublicData}`, () => {
  test('the whole table of rrc06 in 2010', async () => {
    const routes = await read('rrc06.bview.20100701.0759.mrt.gz');
    expect(routes.statistics).toMatchObject({ records: 323_488, routes: 641_957, damageCount: 0, skipped: [] });
    expect(routes.prefixes.count).toBe(323_487);
    expect(routes.peers).toHaveLength(5);
    expect(linksOfPaths(routes.paths).count).toBe(48_191);
    expect(collapsed(routes)).toEqual({ paths: 99_127, ases: 34_666 });
  });

  test('the batches of 2000, of which bgpdump reads one route', async () => {
    const { statistics } = await read('rrc00.bview.20000111.0032.gz');
    expect(statistics).toMatchObject({ records: 2490, routes: 452_018, damageCount: 0, skipped: [] });
  });

  test('TABLE_DUMP of 2002', async () => {
    const { routeCount, prefixes, peers, statistics } = await read('bview.20020722.2337.gz');
    expect([routeCount, prefixes.count, new Set(peers.map(({ asn }) => asn)).size]).toEqual([115_521, 112_988, 32]);
    expect(statistics.damageCount).toBe(0);
  });

  test('a bzip2 file that was cut in the middle of its stream', async () => {
    const { routeCount, prefixes, peers, statistics } = await read('rib6.20151101.0600.truncated.bz2');
    // A program that gives up at the end of the stream gets 149,578 routes and 6,870 prefixes of whole records.
    expect(routeCount).toBe(149_602);
    expect(prefixes.count).toBe(6871);
    expect(peers).toHaveLength(27);
    expect(statistics.damage.map(({ reason }) => reason)).toEqual([
      'the data ends inside a record',
      'packed data: bzip2: the file ends inside a stream',
      'packed data: bzip2: the data ends inside a block',
    ]);
  });

  test.each([
    ['bview.64k_record.gz', 23, 1],
    ['bview.add_path_v4.gz', 62, 31],
    ['bview.add_path_v6.gz', 62, 31],
  ])('%s', async (name, count, prefixCount) => {
    const { routeCount, prefixes, statistics } = await read(name);
    expect([routeCount, prefixes.count, statistics.damageCount]).toEqual([count, prefixCount, 0]);
  });

  test.each([
    ['updates.20020722.2238.gz', 3337],
    ['updates.20100722.2015.gz', 5654],
    ['updates.extended_timestamp.2015.gz', 577_744],
  ])('%s', async (name, elements) => {
    const { routes, withdrawals, stateChanges, damageCount } = (await read(name)).statistics;
    expect([routes + withdrawals + stateChanges, damageCount]).toEqual([elements, 0]);
  });

  test('bits behind the mask, and half a prefix at the end', async () => {
    const { routeCount, prefixes, statistics } = await read('updates.nlri_mask.gz');
    expect([routeCount, prefixes.words[0], prefixes.length[0]]).toEqual([1, 0x0b080000, 13]);
    expect(statistics.damage).toMatchObject([{ offset: 0, reason: 'damaged prefixes' }]);
  });

  test.each([
    ['20250901.as-rel2.txt.bz2', 'as-rel'],
    ['as-rel.2010.txt.gz', 'as-rel'],
    ['2014-delegated-ripencc.gz', 'delegated'],
    ['2026-delegated-afrinic-extended.gz', 'delegated'],
    ['peeringdb-ix.20220408.json.gz', 'peeringdb-json'],
    ['peeringdb-netixlan.20220412.json.gz', 'peeringdb-json'],
    ['asnames.json.gz', 'as-names-json'],
    ['asn-ipv4.2026.csv.gz', 'ranges-csv'],
    ['country-ipv4.2026.csv.gz', 'ranges-csv'],
  ])('%s is recognised as %s', async (name, format) => {
    await using source = await openSource(join(publicData, name));
    expect(source.format).toBe(format);
  });
});
