import { describe, expect, it, vi } from 'vitest';
import { answerGateways, answerPrefix, answerProviders, buildAtlas, openSource } from '#internet';
import { readAddressRanges } from '../../../src/internet/files/address-ranges.ts';
import { readAsNames } from '../../../src/internet/files/as-names.ts';
import { readAsRel } from '../../../src/internet/files/as-rel.ts';
import { readDelegated } from '../../../src/internet/files/delegated.ts';
import { readPeeringDb } from '../../../src/internet/files/peeringdb.ts';
import type { Source } from '../../../src/internet/source/open-source.ts';
import { hasPublicData, publicData, whyNoPublicData } from '../public-data.ts';

vi.setConfig({ testTimeout: 120_000 });

async function read<T>(name: string, reader: (source: Source) => Promise<T>): Promise<T> {
  await using source = await openSource(`${publicData}/${name}`);
  return await reader(source);
}

describe.skipIf(!hasPublicData)(`public data${whyNoPublicData}`, () => {
  it('has the counts that others found in it', async () => {
    expect((await read('as-rel.2010.txt.gz', readAsRel)).links.count).toBe(75_787);
    const ripencc = await read('2014-delegated-ripencc.gz', readDelegated);
    expect(ripencc.asns.reduce((sum, { count }) => sum + count, 0)).toBe(26_416);
    expect((await read('asnames.json.gz', readAsNames)).size).toBe(77_586);
    expect((await read('asn-ipv4.2026.csv.gz', readAddressRanges)).rows).toHaveLength(411_961);
    const { presences } = await read('peeringdb-netixlan.20220412.json.gz', readPeeringDb);
    expect(presences).toHaveLength(44_015);
    expect(new Set(presences.map(({ exchange }) => exchange)).size).toBe(899);
  });

  it('tells the side of the customer in the file of 2010', async () => {
    const { customerSide, notes } = await read('as-rel.2010.txt.gz', readAsRel);
    expect({ customerSide, notes }).toEqual({ customerSide: 'right', notes: [] });
  });

  it('makes the internet of September 2025 whole', async () => {
    const wanted = [
      '20250901.as-rel2.txt.bz2',
      'asnames.json.gz',
      '2026-delegated-afrinic-extended.gz',
      'peeringdb-ix.20220408.json.gz',
    ];
    const atlas = await buildAtlas(wanted.map((name) => `${publicData}/${name}`));
    expect([atlas.graph.asns.length, atlas.graph.links.count]).toEqual([78_643, 570_696]);
    expect(atlas.sources[0]).toMatchObject({ kind: 'as-rel', timeMs: Date.parse('2025-09-01'), notes: [] });
    expect(answerProviders(atlas, { operatorThreshold: 15 }).counts.operator).toBe(8288);
    const egypt = answerGateways(atlas, 'EG');
    expect(egypt.gateways[0]!.as).toMatchObject({ asn: 8452, country: 'EG' });
  });

  it('joins a routing table with relationships', async () => {
    const atlas = await buildAtlas([`${publicData}/rrc06.bview.20100701.0759.mrt.gz`, `${publicData}/asnames.json.gz`]);
    expect(atlas.prefixes!.count).toBe(323_487);
    const answer = answerPrefix(atlas, '41.32.0.0/12');
    expect(answer.origins).toMatchObject([{ asn: 8452, seenBy: 2 }]);
    expect(answer.paths).toHaveLength(2);
  });
});
