import { beforeAll, describe, expect, it } from 'vitest';
import {
  answerAsn,
  answerCompare,
  answerCountry,
  answerCustomers,
  answerGateways,
  answerPath,
  answerPrefix,
  answerProviders,
  answerUpstreams,
  buildAtlas,
  findCountry,
  type WritableAtlas,
} from '#internet';
import { files, smallAtlas } from './small-atlas.ts';

let atlas: WritableAtlas;
/** Without routes. */
let bare: WritableAtlas;
beforeAll(async () => {
  atlas = await smallAtlas();
  bare = await smallAtlas('relationships', 'delegated');
});

describe('asn', () => {
  it('shows links among several, shared neighbours, and every neighbour with its evidence', () => {
    const { ases, among, shared } = answerAsn(atlas, ['AS100', 200, '0.100']);
    expect(ases.map(({ asn }) => asn)).toEqual([100, 200]);
    expect(among).toMatchObject([{ from: 100, to: 200, relation: 'peer', confidence: 98, step: 'file', paths: 0 }]);
    expect(shared.map(({ as, neighbourOf }) => [as.asn, neighbourOf])).toEqual([
      [10, [100, 200]],
      [103, [100, 200]],
    ]);
    const [nile] = ases;
    expect(nile).toMatchObject({ name: 'NILE Nile Telecom', country: 'EG', role: 'provider', cone: 5, rank: 2 });
    expect(nile!.exchanges).toEqual(['CAIX']);
    expect(nile!.sameHolder).toEqual([101, 102, 103, 104]);
    expect(nile!.neighbours.map(({ to, relation }) => `${relation} ${to}`)).toEqual([
      'provider 10',
      'peer 200',
      'customer 101',
      'customer 102',
      'customer 103',
    ]);
    const [up] = nile!.neighbours;
    expect(up).toMatchObject({ pathsIn: 7, prefixesIn: 4 });
    expect(up!.examples).not.toEqual([]);
    for (const path of up!.examples) expect(path.join(' ')).toMatch(/\b10 100\b/);
  });

  it('says of an AS that is not there whether it is registered', () => {
    expect(() => answerAsn(atlas, [64500])).toThrow('AS64500: neither in the graph of 2025-09-01 nor registered');
    expect(() => answerAsn(atlas, ['x'])).toThrow('"x": expected an AS number such as 8452, AS8452 or 1.10');
  });
});

describe('country', () => {
  it('lists who is there, the links among them, and the way out', () => {
    const answer = answerCountry(atlas, 'egypt');
    expect(answer).toMatchObject({ country: 'EG', name: 'Egypt', registered: 7, prefixes4: 6, prefixes6: 0 });
    expect(answer.ases.map(({ asn }) => asn)).toEqual([100, 200, 101, 102, 103, 104, 201]);
    expect(answer.links).toHaveLength(7);
    expect(answer.wayOut.map(({ from, relation, to }) => `${from} ${relation} ${to}`)).toEqual([
      '100 provider 10',
      '200 provider 20',
      '200 provider 10',
      '201 provider 30',
      '102 peer 30',
    ]);
    expect(answer.exchanges).toEqual([{ id: 7, name: 'CAIX', city: 'Cairo', members: 2 }]);
    expect(answer.present.map(({ as, exchanges }) => [as.asn, exchanges])).toEqual([[30, ['CAIX']]]);
  });

  it('ranks gateways by what comes in through them, and says who is cut off without each', () => {
    const answer = answerGateways(atlas, 'EG');
    expect(answer).toMatchObject({ rankedBy: 'prefixes', ases: 7, connected: 7 });
    const rows = answer.gateways.map(({ as, entryPrefixes, carries, loses }) => [
      as.asn,
      entryPrefixes,
      carries,
      loses.asns,
    ]);
    expect(rows).toEqual([
      [100, 4, 5, [101, 102, 104]],
      [200, 2, 3, []],
      [201, 1, 1, []],
      [102, 0, 1, []],
    ]);
    expect(answer.gateways[0]!.loses).toMatchObject({ prefixes4: 3, withPeersAbroad: 1 });
    expect(answer.abroad.map(({ as, loses }) => [as.asn, loses.asns])).toEqual([[10, [100, 101, 102, 104]]]);
  });

  it('ranks by whom they carry where no paths were read', () => {
    const answer = answerGateways(bare, 'eg');
    expect(answer.rankedBy).toBe('carried ASes');
    expect(answer.gateways.map(({ as, entryPaths }) => [as.asn, entryPaths])).toEqual([
      [100, null],
      [200, null],
      [201, null],
      [102, null],
    ]);
  });

  it('knows codes and names, and suggests the nearest', () => {
    expect([findCountry('eg'), findCountry('Poland'), findCountry('saudi arabia')]).toEqual(['EG', 'PL', 'SA']);
    expect(() => findCountry('Egipt')).toThrow('Did you mean "egypt"?');
  });
});

describe('providers', () => {
  it('tells who sells transit, who is at the top, and who is an exchange', () => {
    const { counts, providers, exchanges } = answerProviders(atlas);
    expect(counts).toEqual({ 'transit-free': 2, provider: 4, 'route server': 1, edge: 4 });
    expect(providers.map(({ asn, role }) => `${asn} ${role}`)).toEqual([
      '10 transit-free',
      '20 transit-free',
      '100 provider',
      '200 provider',
      '30 provider',
      '101 provider',
    ]);
    expect(exchanges).toMatchObject([{ asn: 900, role: 'route server', evidence: ['PeeringDB: Route Server'] }]);
    expect(answerProviders(atlas, { country: 'FR' }).providers.map(({ asn }) => asn)).toEqual([30]);
  });

  it('counts neighbours by the old rule', () => {
    const { counts, providers } = answerProviders(atlas, { operatorThreshold: 4 });
    expect(counts.operator).toBe(3);
    expect(providers.map(({ asn, neighbours }) => [asn, neighbours])).toEqual([
      [30, 5],
      [100, 5],
      [200, 5],
    ]);
  });
});

describe('upstreams', () => {
  it('ranks by prefixes that come in, and names single points of failure', () => {
    const { upstreams, rankedBy, singlePoints } = answerUpstreams(atlas, 103);
    expect(rankedBy).toBe('prefixes');
    expect(upstreams.map(({ to, prefixesIn, pathsIn, pathShare }) => [to, prefixesIn, pathsIn, pathShare])).toEqual([
      [200, 1, 2, 2 / 3],
      [100, 1, 1, 1 / 3],
    ]);
    expect(singlePoints).toEqual([]);
    expect(answerUpstreams(atlas, 104).singlePoints.map(({ asn }) => asn)).toEqual([101, 100, 10]);
    expect(answerUpstreams(bare, 200)).toMatchObject({ rankedBy: 'cone', upstreams: [{ to: 10 }, { to: 20 }] });
    expect(answerUpstreams(atlas, 200, { withPeers: true }).upstreams).toHaveLength(3);
    expect(answerUpstreams(atlas, 900)).toMatchObject({ isConnected: false, upstreams: [] });
  });
});

describe('customers and compare', () => {
  it('lists customers, their other providers, and the cone', () => {
    const { customers, singleHomed, cone, as } = answerCustomers(atlas, 100);
    expect(customers.map(({ asn, otherProviders }) => [asn, otherProviders])).toEqual([
      [101, []],
      [102, []],
      [103, [200]],
    ]);
    expect(singleHomed).toBe(2);
    expect(cone).toEqual({ asns: [100, 101, 102, 103, 104], countries: [['EG', 5]], prefixes4: 5, prefixes6: 0 });
    expect(as.observedCone).toBe(4);
  });

  it('shows how customers are distributed over providers', () => {
    const { providers, customers, concentration, byHowMany, pairs } = answerCompare(atlas, [100, 200, 30]);
    expect(customers).toBe(4);
    expect(byHowMany).toEqual([2, 2, 0]);
    expect(
      providers.map(({ asn, directCustomers, singleHomed, onlyHere, shared, share, coneAlone }) => [
        asn,
        directCustomers,
        singleHomed,
        onlyHere,
        shared,
        share,
        coneAlone,
      ]),
    ).toEqual([
      [100, 3, 2, 0, 1, 0.625, 4],
      [200, 2, 0, 0, 2, 0.25, 1],
      [30, 1, 0, 0, 1, 0.125, 1],
    ]);
    expect(concentration).toBe(Math.round(62.5 ** 2 + 25 ** 2 + 12.5 ** 2));
    expect(pairs[0]).toEqual({ a: 100, b: 200, sharedCustomers: 1, sharedCone: 1, coneOverlap: 1 / 7 });
    expect(() => answerCompare(atlas, [100, '100'])).toThrow('two or more different ASes');
  });
});

describe('prefix', () => {
  it('shows origins, what is around, paths and RPKI', () => {
    const inner = answerPrefix(atlas, '41.32.1.77');
    expect(inner).toMatchObject({ prefix: '41.32.1.0/24', isAnnounced: true, isMoas: false });
    expect(inner.origins).toMatchObject([{ asn: 101, seenBy: 2, rpki: 'invalid' }]);
    expect(inner.vrps).toEqual([{ asn: 100, prefix: '41.32.0.0/12', maxLength: 16 }]);
    expect(inner.lessSpecifics.map(({ prefix }) => prefix)).toEqual(['41.32.0.0/12']);
    expect(inner.paths).toEqual([
      [10, 100, 101, 101],
      [20, 10, 100, 101],
    ]);
    const outer = answerPrefix(atlas, '41.32.0.0/12', { limit: 1 });
    expect(outer.origins).toMatchObject([{ asn: 100, seenBy: 3, rpki: 'valid' }]);
    expect([outer.moreSpecifics.length, outer.moreSpecificCount]).toEqual([1, 2]);
  });

  it('shows many origins, and what is not announced', () => {
    const moas = answerPrefix(atlas, '198.51.100.0/24');
    expect(moas.isMoas).toBe(true);
    expect(moas.origins.map(({ asn, seenBy, rpki }) => [asn, seenBy, rpki])).toEqual([
      [103, 3, 'valid'],
      [102, 1, 'invalid'],
    ]);
    expect(answerPrefix(atlas, '203.0.113.0/24').origins[0]!.rpki).toBe('not found');
    expect(answerPrefix(atlas, '8.8.8.0/24')).toMatchObject({ isAnnounced: false, origins: [], paths: [] });
    expect(() => answerPrefix(atlas, '41.32.0.0/33')).toThrow('expected a prefix or an address');
  });
});

describe('path', () => {
  it('goes up, over one peer at most, and down', () => {
    const hops = (from: number, to: number) =>
      answerPath(atlas, from, to).hops.map(({ as, relation }) => `${relation} ${as.asn}`);
    expect(hops(104, 201)).toEqual(['null 104', 'provider 101', 'provider 100', 'peer 200', 'customer 201']);
    expect(hops(900, 201)).toEqual(['null 900', 'peer 30', 'customer 201']);
    expect(hops(900, 20)).toEqual([]);
    expect(hops(100, 100)).toEqual(['null 100']);
  });
});

describe('building', () => {
  it('joins relationships of a file with those of routes, and keeps what each source is', () => {
    expect(atlas.sources.map(({ kind, count }) => [kind, count])).toEqual([
      ['as-rel', 16],
      ['delegated', 10],
      ['names', 5],
      ['peeringdb', 5],
      ['vrps', 2],
      ['routes', 12],
    ]);
    expect(atlas.timeMs).toBe(Date.parse('2025-09-01'));
    // One holder has both tops: they are siblings, not peers.
    expect(answerAsn(atlas, [10, 20]).among).toMatchObject([{ relation: 'sibling', step: 'sibling organisation' }]);
  });

  it('says what is missing and how to get it', async () => {
    await expect(buildAtlas([files.delegated])).rejects.toMatchObject({ code: 'NW_USAGE' });
    await expect(buildAtlas([{ name: 'odd', bytes: Buffer.from('hello') }])).rejects.toThrow(/odd: expected routes/);
    expect(() => answerPrefix(bare, '41.32.0.0/12')).toThrow('it was built from as-rel, delegated');
    const links = await buildAtlas([files.relationships]);
    expect(() => answerCountry(links, 'EG')).toThrow('the graph has no countries of ASes: it was built from as-rel');
  });
});
