import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Atlas,
  buildAsGraph,
  buildRegistry,
  type InternetMap,
  mapOfAsns,
  mapOfCountry,
  relations,
} from '#internet';
import { countriesOf, madePlanet } from './made-planet.ts';

const [customer, peer] = [relations.indexOf('customer'), relations.indexOf('peer')];

/** 1 sells to 10 and 11 of XA; 10 to 20, 21, 22; 11 to 22 and 12; 12 to 23; 30 buys abroad only; 31 peers only; 10 = 11. */
function smallAtlas(): Atlas {
  const sales = [
    [1, 10],
    [1, 11],
    [2, 10],
    [10, 20],
    [10, 21],
    [10, 22],
    [11, 22],
    [11, 12],
    [12, 23],
    [2, 30],
  ];
  const peerings = [
    [10, 11],
    [31, 20],
  ];
  const all = [...sales, ...peerings];
  const graph = buildAsGraph({
    count: all.length,
    a: Uint32Array.from(all, ([a]) => a!),
    b: Uint32Array.from(all, ([, b]) => b!),
    relation: Uint8Array.from(all, (_, at) => (at < sales.length ? customer : peer)),
  });
  const facts = [10, 11, 12, 20, 21, 22, 23, 30, 31].map(
    (asn) => [asn, { name: `H${asn}-AS Holder ${asn} Ltd`, country: 'EG' }] as const,
  );
  const exchange = { city: 'Cairo', country: 'EG' } as const;
  const registry = buildRegistry(new Map([...facts, [1, { name: 'ONE', country: 'US' }]]), [
    { id: 5, name: 'Small IX', ...exchange, members: Uint32Array.of(12) },
    { id: 7, name: 'Nile IX', ...exchange, members: Uint32Array.of(1, 10, 11, 22, 999) },
    { id: 8, name: 'Abroad IX', city: 'Paris', country: 'FR', members: Uint32Array.of(10, 77) },
    { id: 9, name: 'Empty IX', ...exchange, members: Uint32Array.of(2) },
  ]);
  const recursive = Uint32Array.from(graph.asns, () => 1);
  return { graph, registry, cones: { recursive }, sources: [], timeMs: 0 };
}

const blocksOf = ({ blocks, ases }: InternetMap): unknown[] =>
  blocks.map(({ host, kind, members, more }) => [
    host < 0 ? null : ases[host]!.asn,
    kind,
    members.map((at) => ases[at]!.asn),
    more,
  ]);

describe('a map of a country', () => {
  it('refuses one that has no AS in the graph, as the answers name it, and a graph without countries', () => {
    expect(() => mapOfCountry(smallAtlas(), 'AQ')).toThrow(
      expect.objectContaining({ code: 'NW_INTERNET_COUNTRY_UNKNOWN', message: expect.stringContaining('AQ') }),
    );
    const { registry, ...atlas } = smallAtlas();
    const placeless = { ...registry, country: () => undefined, ofCountry: () => new Uint32Array() };
    expect(() => mapOfCountry({ ...atlas, registry: placeless }, 'EG')).toThrow(
      expect.objectContaining({ code: 'NW_INTERNET_SOURCE_MISSING' }),
    );
  });

  it('tells upstreams, gateways, providers inside and customers apart', () => {
    const map = mapOfCountry(smallAtlas(), 'eg');
    const of = (take: (as: InternetMap['ases'][number]) => boolean): number[] =>
      map.ases
        .filter(take)
        .map(({ asn }) => asn)
        .sort((a, b) => a - b);
    expect(of(({ role }) => role === 'upstream')).toEqual([1, 2]);
    expect(of(({ role, isGateway }) => role === 'provider' && isGateway)).toEqual([10, 11]);
    expect(of(({ role, isGateway }) => role === 'provider' && !isGateway)).toEqual([12]);
    expect(blocksOf(map)).toEqual([
      [10, 'customers', [20, 22, 21], 0],
      [12, 'customers', [23], 0],
      [null, 'own way out', [30], 0],
      [null, 'peers only', [31], 0],
    ]);
    expect(map.ases.find(({ asn }) => asn === 10)).toMatchObject({
      label: 'Holder 10',
      waysOut: 2,
      customers: 3,
      country: 'EG',
    });
  });

  it('has every sale between what is drawn, the seller first, and peering between those that sell', () => {
    const map = mapOfCountry(smallAtlas(), 'EG');
    const links = map.links.map(({ from, to, relation }) => `${map.ases[from]!.asn} ${relation} ${map.ases[to]!.asn}`);
    const expected = [
      '1 customer 10',
      '1 customer 11',
      '10 customer 20',
      '10 customer 21',
      '10 customer 22',
      '10 peer 11',
      '11 customer 12',
      '11 customer 22',
      '12 customer 23',
      '2 customer 10',
      '2 customer 30',
      '-7 member 10',
      '-7 member 11',
      '-7 member 22',
      '-5 member 12',
    ];
    expect(links.sort()).toEqual(expected.sort());
    expect(map.notes).toEqual(['1 of 2 links between peers or of unknown kind are not drawn']);
  });

  it('has the exchanges of the country, those with the most of its members first, and who is present', () => {
    const map = mapOfCountry(smallAtlas(), 'EG');
    const nodes = map.ases.filter(({ exchange }) => exchange !== undefined);
    expect(nodes.map(({ asn, name, role, exchange }) => ({ asn, name, role, ...exchange }))).toEqual([
      { asn: -7, name: 'Nile IX', role: 'exchange', id: 7, city: 'Cairo', members: 5, inside: 3 },
      { asn: -5, name: 'Small IX', role: 'exchange', id: 5, city: 'Cairo', members: 1, inside: 1 },
    ]);
    expect(map.subtitle).toContain('2 internet exchanges');
    const fewer = mapOfCountry(smallAtlas(), 'EG', { mostExchanges: 1 });
    expect(fewer.notes).toContain('1 smaller internet exchange is not drawn');
  });

  it('counts what it does not draw, and says so', async () => {
    const atlas = await madePlanet(4000);
    const { large } = countriesOf(atlas);
    const whole = mapOfCountry(atlas, large, { most: 100_000, mostProviders: 100_000, mostUpstreams: 100_000 });
    const map = mapOfCountry(atlas, large, { most: 80 });
    const drawn = map.ases.filter(({ isInside }) => isInside).length;
    const more = map.blocks.reduce((sum, block) => sum + block.more, 0);
    expect(map.ases.length).toBeLessThan(160);
    expect(more).toBeGreaterThan(0);
    expect(drawn + more).toBe(whole.ases.filter(({ isInside }) => isInside).length);
    expect(map.notes.join()).toContain(
      `${more.toLocaleString('en-US')} smaller ASes are counted in the blocks, not drawn`,
    );
  });

  it('refuses a country that has none', () => {
    expect(() => mapOfCountry(smallAtlas(), 'PL')).toThrow(/PL: no AS of the graph is registered there/);
  });
});

describe('a map of ASes', () => {
  let atlas: Atlas;
  beforeAll(() => {
    atlas = smallAtlas();
  });

  it('has their providers, customers and peers', () => {
    const map = mapOfAsns(atlas, [10, 12]);
    const roles = Object.fromEntries(map.ases.map(({ asn, role }) => [asn, role]));
    expect(roles).toMatchObject({
      1: 'upstream',
      2: 'upstream',
      10: 'provider',
      12: 'provider',
      20: 'downstream',
      23: 'downstream',
    });
    expect(blocksOf(map)).toContainEqual([10, 'customers', [20, 22, 21], 0]);
  });

  it('has the exchanges where they are present themselves, in any country', () => {
    const map = mapOfAsns(atlas, [10, 12]);
    const names = map.ases.flatMap(({ exchange, name }) => (exchange === undefined ? [] : [name]));
    expect(names).toEqual(['Nile IX', 'Abroad IX', 'Small IX']);
  });

  it('refuses one that the graph does not have', () => {
    expect(() => mapOfAsns(atlas, [10, 99])).toThrow(
      expect.objectContaining({ code: 'NW_INTERNET_ASN_UNKNOWN', message: 'AS99: not in the graph' }),
    );
  });
});
