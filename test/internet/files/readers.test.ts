import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetwrightError } from '#core';
import { prefixesOf, readAddressRanges } from '../../../src/internet/files/address-ranges.ts';
import { readAsNames } from '../../../src/internet/files/as-names.ts';
import { readAsOrganizations } from '../../../src/internet/files/as-organizations.ts';
import { readAsRel } from '../../../src/internet/files/as-rel.ts';
import { asnFromText } from '../../../src/internet/files/asn-text.ts';
import { readDelegated } from '../../../src/internet/files/delegated.ts';
import { readPeeringDb } from '../../../src/internet/files/peeringdb.ts';
import { readVrps } from '../../../src/internet/files/vrps.ts';
import { relations } from '../../../src/internet/graph/as-graph.ts';
import { prefixTextAt } from '../../../src/internet/graph/prefix-search.ts';
import { openSource, type Source } from '../../../src/internet/source/open-source.ts';
import { sample } from './samples.ts';

async function read<T>(text: string | Uint8Array, reader: (source: Source) => Promise<T>): Promise<T> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  await using source = await openSource({ name: 'sample', bytes }, { threads: 0 });
  return await reader(source);
}

type Links = Awaited<ReturnType<typeof readAsRel>>['links'];
const told = ({ count, a, b, relation }: Links): string[] =>
  Array.from({ length: count }, (_, link) => `${a[link]} has ${relations[relation[link]!]} ${b[link]}`);

describe('relationships', () => {
  it('reads serial-1 with its comments', async () => {
    const { links, customerSide, timeMs, clique, notes } = await read(sample.serial1, readAsRel);
    expect(told(links)).toEqual(['174 has peer 3356', '3356 has customer 8452', '8452 has customer 24835']);
    expect({ customerSide, clique, notes }).toEqual({ customerSide: 'right', clique: [174, 3356], notes: [] });
    expect(timeMs).toBe(Date.parse('2025-09-01'));
    expect([...links.confidence!]).toEqual([98, 99, 99]);
  });

  it('reads serial-2: links by multilateral peering alone are less sure', async () => {
    const { links } = await read(sample.serial2, readAsRel);
    expect(told(links)).toEqual([
      '1299 has customer 8452',
      '8452 has peer 24863',
      '8452 has peer 36992',
      '8452 has peer 15169',
    ]);
    expect([...links.confidence!]).toEqual([99, 98, 80, 98]);
  });

  it('reads older files: tabs, every link twice, -1 the other way round, siblings, cone columns', async () => {
    const { links, customerSide, notes } = await read(sample.oldTabs, readAsRel);
    expect(told(links)).toEqual([
      '8452 has provider 3356',
      '3356 has customer 8452',
      '24835 has provider 8452',
      '8452 has customer 24835',
      '8452 has sibling 20484',
    ]);
    expect(customerSide).toBe('left');
    expect(notes).toEqual(['-1 means that the left AS is the customer: 2 of 2 links of tier-1s say so']);
    const cones = await read('# as0|as1|type|as0-cone-size\n3356|8452|-1\n8452|24863|0|57|21\n', readAsRel);
    expect(told(cones.links)).toEqual(['3356 has customer 8452', '8452 has peer 24863']);
  });

  it('says what it could not read, and where, and that no tier-1 tells which side buys', async () => {
    const { links, notes } = await read('64500|64501|-1\n64500|x|0\n64500|64502\n64500|64503|7\n', readAsRel);
    expect(links.count).toBe(1);
    expect(notes).toEqual([
      'no tier-1 in it: -1 is taken for "the right AS is the customer"',
      '3 lines are no links, the first is line 2',
    ]);
    await expect(read('# nothing\n', readAsRel)).rejects.toMatchObject({ code: 'NW_INTERNET_FORMAT' });
  });

  it('does not care where chunks end', async () => {
    const bytes = Buffer.from(sample.serial1);
    for (let cut = 1; cut < bytes.length; cut += 3) {
      async function* pieces() {
        yield bytes.subarray(0, cut);
        yield bytes.subarray(cut);
      }
      const { links, clique } = await readAsRel({ name: 'x', chunks: pieces } as unknown as Source);
      expect([links.count, clique]).toEqual([3, [174, 3356]]);
    }
  });
});

describe('delegated statistics', () => {
  it('reads runs of AS numbers and counts of addresses, plain and extended', async () => {
    const { registry, timeMs, asns, addresses, notes } = await read(sample.delegated, readDelegated);
    expect([registry, timeMs]).toEqual(['afrinic', Date.parse('2026-05-05')]);
    expect(asns).toEqual([
      { first: 8452, count: 1, country: 'EG', holder: 'F36B9F4B' },
      { first: 327680, count: 3, country: 'ZA', holder: 'F36A0001' },
    ]);
    expect(addresses).toEqual([{ first: 0x29200000, last: 0x29200000 + 1_048_575, country: 'EG' }]);
    expect(notes).toEqual(['1 lines cannot be read, the first is "afrinic|EG|asn|x|1|20000101|assigned|A"']);
    const plain = await read(
      '2|ripencc|1|1|1|20140630|+0100\nripencc|PL|asn|5617|1|19960101|allocated\n',
      readDelegated,
    );
    expect(plain.asns).toEqual([{ first: 5617, count: 1, country: 'PL', holder: undefined }]);
  });
});

describe('names and organisations', () => {
  it('reads names as JSON and as lines', async () => {
    const json = await read(sample.namesJson, readAsNames);
    expect(json.get(8452)).toEqual({ name: 'TE-AS', country: 'EG' });
    expect(json.get(3356)).toEqual({ name: 'LEVEL3 - Level 3 Communications, Inc.', country: 'US' });
    const lines = await read('0 -Reserved AS-, ZZ\n8452 TE-AS TE-AS, EG\n64500 NO COUNTRY\n', readAsNames);
    expect(lines.get(8452)).toEqual({ name: 'TE-AS', country: 'EG' });
    expect(lines.get(64500)).toEqual({ name: 'NO COUNTRY', country: undefined });
  });

  it('reads as2org as two tables and as JSON lines', async () => {
    for (const text of [sample.organisations, sample.organisationsJson]) {
      const { ases, organisations } = await read(text, readAsOrganizations);
      expect(ases.get(8452)).toEqual({ organisation: 'ORG-TDC1-AFRINIC', name: 'TE-AS' });
      expect(ases.get(36992)?.organisation).toBe('ORG-TDC1-AFRINIC');
      expect(organisations.get('ORG-TDC1-AFRINIC')).toEqual({ name: 'TE Data', country: 'EG' });
    }
  });
});

describe('PeeringDB', () => {
  it('reads dumps, answers of the API and arrays, whatever is around the records', async () => {
    for (const text of sample.peeringDb) {
      const { exchanges, presences } = await read(text, readPeeringDb);
      expect(exchanges).toEqual([{ id: 7, name: 'CAIX "new"', country: 'EG', city: 'Cairo' }]);
      expect(presences).toEqual([{ asn: 8452, exchange: 7, lan: 7, speedMbps: 10000, isRouteServerPeer: true }]);
    }
    const { networks } = await read(
      '{"data":[{"id":1,"asn":15169,"name":"Google","info_type":"Content"}]}',
      readPeeringDb,
    );
    expect(networks).toEqual([{ asn: 15169, name: 'Google', type: 'Content' }]);
    const { routeServers, exchangeOfLan } = await read('[{"id":9,"ix_id":7,"rs_asn":24115,"mtu":1500}]', readPeeringDb);
    expect([routeServers, [...exchangeOfLan]]).toEqual([[24115], [[9, 7]]]);
  });

  it('never hangs and never throws anything but its own error, wherever it is cut or damaged', async () => {
    const bytes = Buffer.from(sample.peeringDb[0]!);
    const refused = async (damaged: Uint8Array): Promise<void> => {
      try {
        await read(damaged, readPeeringDb);
      } catch (error) {
        expect(error).toBeInstanceOf(NetwrightError);
      }
    };
    for (let length = 0; length < bytes.length; length += 5) await refused(bytes.subarray(0, length));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.nat(255),
        async (at, value) => await refused(bytes.with(at, value)),
      ),
      { numRuns: 150 },
    );
  });
});

describe('VRPs', () => {
  it('reads AS numbers as numbers and as text, sorts, and leaves out what makes no sense', async () => {
    const { vrps, notes } = await read(sample.vrps, readVrps);
    const rows = Array.from({ length: vrps.count }, (_, at) => [
      prefixTextAt(vrps, at),
      vrps.maxLength[at],
      vrps.asn[at],
    ]);
    expect(rows).toEqual([
      ['41.32.0.0/12', 24, 8452],
      ['192.0.2.0/24', 24, 0],
      ['2c0f:fc88::/32', 48, 37069],
    ]);
    expect(vrps.count4).toBe(2);
    expect(notes).toEqual(['1 records have no AS number, prefix or maxLength that can be read']);
  });
});

describe('ranges of addresses', () => {
  it('reads AS and country lists, IPv4 and IPv6', async () => {
    const { rows, notes } = await read(sample.ranges, readAddressRanges);
    expect(rows).toEqual([
      { family: 4, first: 0x01000000n, last: 0x010000ffn, asn: 13335, name: 'Cloudflare, Inc.' },
      { family: 6, first: 0x2c0ffc88n << 96n, last: (0x2c0ffc89n << 96n) - 1n, asn: 37069, name: 'MOBINIL' },
    ]);
    expect(notes).toEqual(['1 lines are no ranges of addresses']);
    const countries = await read('41.32.0.0,41.47.255.255,eg\n', readAddressRanges);
    expect(countries.rows[0]).toMatchObject({ country: 'EG' });
  });

  it('cuts a range into the fewest prefixes that make it up', () => {
    const cut = (first: bigint, last: bigint) =>
      [...prefixesOf({ family: 4, first, last })].map(({ words, length }) => `${words[0]}/${length}`);
    expect(cut(0n, 0xffffffffn)).toEqual(['0/0']);
    expect(cut(1n, 6n)).toEqual(['1/32', '2/31', '4/31', '6/32']);
    const ends = fc.tuple(fc.nat(0xffff), fc.nat(0xffff));
    fc.assert(
      fc.property(ends, ([one, other]) => {
        const [first, last] = [Math.min(one, other), Math.max(one, other)];
        let next = first;
        for (const { words, length } of prefixesOf({ family: 4, first: BigInt(first), last: BigInt(last) })) {
          expect(words[0]).toBe(next);
          next += 2 ** (32 - length);
        }
        expect(next).toBe(last + 1);
      }),
    );
  });
});

describe('AS numbers', () => {
  it('are read as people write them, never as fractions', () => {
    const cases = [
      ['8452', 8452],
      ['AS8452', 8452],
      ['as 8452', 8452],
      ['1.10', 65546],
      ['AS1.1', 65537],
      ['65535.65535', 4294967295],
      ['4294967296', undefined],
      ['1.65536', undefined],
      ['', undefined],
      ['-1', undefined],
      ['1.1.1', undefined],
    ] as const;
    for (const [text, asn] of cases) expect(asnFromText(text), text).toBe(asn);
  });
});

describe('all readers', () => {
  it('read what is packed, and answer noise with their own error', async () => {
    expect((await read(gzipSync(sample.serial1), readAsRel)).links.count).toBe(3);
    const readers = [
      readAsRel,
      readDelegated,
      readAsNames,
      readAsOrganizations,
      readPeeringDb,
      readVrps,
      readAddressRanges,
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom(...readers),
        async (noise, reader) => {
          try {
            await read(noise, reader as (source: Source) => Promise<unknown>);
          } catch (error) {
            expect(error).toBeInstanceOf(NetwrightError);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
