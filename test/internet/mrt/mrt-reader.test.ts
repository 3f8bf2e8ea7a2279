import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openRoutes, writeBgp4mp } from '#internet';
import { bgp4mp, mrt, tableDumpV2 } from '../../../src/internet/mrt/record-types.ts';
import { mustBeAddress } from '../../../src/internet/mrt/write-mrt.ts';
import { attributes, dumpText, mrtRecord, peerIndex, readTexts } from './records.ts';

/** A record of 198.51.100.0/24 with the entries that `entries` writes. */
const rib = (
  count: number,
  entries: Parameters<typeof mrtRecord>[2],
  subtype: number = tableDumpV2.ipv4Unicast,
): Buffer =>
  mrtRecord(mrt.tableDumpV2, subtype, (to) => {
    to.u32(0)
      .u8(24)
      .bytes(Uint8Array.of(198, 51, 100))
      .u16(count);
    entries(to);
  });

const line = (parts: string): string => `TABLE_DUMP2|1000000000|B|192.0.2.1|64500|${parts}`;

describe('TABLE_DUMP_V2', () => {
  test('all attributes that a line shows', async () => {
    const bytes = Buffer.concat([
      peerIndex(),
      rib(1, (to) => {
        to.u16(0).u32(5);
        attributes(to, {
          path: [64500, 70_000, [64510, 64511]],
          origin: 'incomplete',
          med: 7,
          localPref: 4_294_967_295,
          isAtomicAggregate: true,
          aggregator: { asn: 70_000, address: mustBeAddress('203.0.113.1') },
          communities: [0xffffff01, 0xffffff02, 0xffffff03, 64500 * 65_536 + 80],
        });
      }),
    ]);
    expect(await dumpText(bytes)).toEqual({
      lines: [
        line(
          '198.51.100.0/24|64500 70000 {64510,64511}|INCOMPLETE|192.0.2.9|4294967295|7|no-export no-advertise local-AS 64500:80|AG|70000 203.0.113.1|',
        ),
      ],
      damage: [],
      skipped: [],
    });
  });

  test('an entry of a peer that the index does not have is passed over, the others are read', async () => {
    const bytes = Buffer.concat([
      peerIndex(),
      rib(2, (to) => {
        to.u16(9).u32(5);
        attributes(to, {});
        to.u16(1).u32(5);
        attributes(to, {});
      }),
    ]);
    const { lines, skipped } = await dumpText(bytes);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('|2001:db8::1|4200000001|');
    expect(skipped).toEqual(['1 a route of a peer that the index table does not have']);
  });

  test.each([
    ['short', Uint8Array.of(0x80, 14, 17, 16, ...mustBeAddress('2001:db8::99'))],
    [
      'with a link-local one',
      Uint8Array.of(0x80, 14, 33, 32, ...mustBeAddress('2001:db8::99'), ...mustBeAddress('fe80::1')),
    ],
    [
      'whole, as RFC 4760 has it',
      Uint8Array.of(0x80, 14, 26, 0, 2, 1, 16, ...mustBeAddress('2001:db8::99'), 0, 32, 0x20, 1, 0xd, 0xb8),
    ],
  ])('the next hop of MP_REACH_NLRI, %s', async (_, mpReach) => {
    const bytes = Buffer.concat([
      peerIndex(),
      mrtRecord(mrt.tableDumpV2, tableDumpV2.ipv6Unicast, (to) => {
        to.u32(0)
          .u8(32)
          .bytes(Uint8Array.of(0x20, 1, 0xd, 0xb8))
          .u16(1)
          .u16(1)
          .u32(0);
        attributes(to, { nextHop: new Uint8Array(0) }, 4, mpReach);
      }),
    ]);
    expect((await dumpText(bytes)).lines).toEqual([
      'TABLE_DUMP2|1000000000|B|2001:db8::1|4200000001|2001:db8::/32|64500 64501|IGP|2001:db8::99|0|0||NAG||',
    ]);
  });

  test('path identifiers', async () => {
    const bytes = Buffer.concat([
      peerIndex(),
      rib(
        1,
        (to) => {
          to.u16(0).u32(5).u32(77);
          attributes(to, {});
        },
        tableDumpV2.ipv4UnicastAddPath,
      ),
    ]);
    expect((await dumpText(bytes)).lines).toEqual([
      'TABLE_DUMP2_AP|1000000000|B|192.0.2.1|64500|198.51.100.0/24|77|64500 64501|IGP|192.0.2.9|0|0||NAG||',
    ]);
  });

  test.each([
    ['in the entry', true],
    ['in the prefix', false],
  ])('a generic table with path identifiers %s', async (_, isInEntry) => {
    const bytes = Buffer.concat([
      peerIndex(),
      mrtRecord(mrt.tableDumpV2, tableDumpV2.genericAddPath, (to) => {
        to.u32(0).u16(1).u8(1);
        if (!isInEntry) to.u32(77);
        to.u8(24)
          .bytes(Uint8Array.of(198, 51, 100))
          .u16(1)
          .u16(0)
          .u32(5);
        if (isInEntry) to.u32(77);
        attributes(to, {});
      }),
    ]);
    expect((await dumpText(bytes)).lines).toEqual([
      'TABLE_DUMP2_AP|1000000000|B|192.0.2.1|64500|198.51.100.0/24|77|64500 64501|IGP|192.0.2.9|0|0||NAG||',
    ]);
  });

  test('bits behind the mask are no part of the prefix', async () => {
    const bytes = Buffer.concat([
      peerIndex(),
      mrtRecord(mrt.tableDumpV2, tableDumpV2.ipv4Unicast, (to) => {
        to.u32(0).u8(13).bytes(Uint8Array.of(11, 13)).u16(1).u16(0).u32(5);
        attributes(to, {});
      }),
    ]);
    expect((await dumpText(bytes)).lines[0]).toContain('|11.8.0.0/13|');
  });
});

describe('TABLE_DUMP', () => {
  const route = (to: Parameters<Parameters<typeof mrtRecord>[2]>[0], third: number): void => {
    to.bytes(Uint8Array.of(198, 51, third, 0))
      .u8(24)
      .u8(1)
      .u32(5)
      .bytes(mustBeAddress('192.0.2.1'))
      .u16(64500);
    attributes(to, {}, 2);
  };

  test('one route a record', async () => {
    const bytes = mrtRecord(mrt.tableDump, 1, (to) => route(to.u32(0), 100));
    expect((await dumpText(bytes)).lines).toEqual([
      'TABLE_DUMP|1000000000|B|192.0.2.1|64500|198.51.100.0/24|64500 64501|IGP|192.0.2.9|0|0||NAG||',
    ]);
  });

  test('the batches of 2000: many routes a record, whose length is declared four too short', async () => {
    const batch = (): Buffer => {
      const bytes = mrtRecord(mrt.tableDump, 1, (to) => {
        to.u32(0);
        for (let third = 0; third < 50; third++) route(to, third);
      });
      bytes.writeUInt32BE(bytes.readUInt32BE(8) - 4, 8);
      return bytes;
    };
    const { lines, damage } = await dumpText(Buffer.concat([batch(), batch(), batch()]));
    expect(lines).toHaveLength(150);
    expect(lines[149]).toContain('|198.51.49.0/24|');
    expect(damage).toEqual([]);
  });
});

describe('BGP4MP', () => {
  const peer = { asn: 64500, address: '192.0.2.1' };

  test('updates of both families, withdrawals and state changes', async () => {
    const bytes = Buffer.concat([
      ...writeBgp4mp([
        {
          timestampS: 1000.25,
          peer,
          announce: ['198.51.100.0/24', '2001:db8:1::/48'],
          withdraw: ['203.0.113.0/24', '2001:db8:2::/48'],
          attributes: { path: [64500, 70_000], nextHop: '2001:db8::9' },
        },
        { timestampS: 2000, peer, oldState: 6, newState: 1 },
      ]),
    ]);
    expect((await dumpText(bytes)).lines).toEqual([
      'BGP4MP_ET|1000.250000|W|192.0.2.1|64500|203.0.113.0/24',
      'BGP4MP_ET|1000.250000|W|192.0.2.1|64500|2001:db8:2::/48',
      'BGP4MP_ET|1000.250000|A|192.0.2.1|64500|198.51.100.0/24|64500 70000|IGP|192.0.2.1|0|0||NAG||',
      'BGP4MP_ET|1000.250000|A|192.0.2.1|64500|2001:db8:1::/48|64500 70000|IGP|2001:db8::9|0|0||NAG||',
      'BGP4MP|2000|STATE|192.0.2.1|64500|6|1',
    ]);
  });

  const update = (subtype: number, asnBytes: 2 | 4, nlri: Uint8Array, more?: Uint8Array): Buffer =>
    mrtRecord(mrt.bgp4mp, subtype, (to) => {
      if (asnBytes === 4) to.u32(64500).u32(64999);
      else to.u16(64500).u16(64999);
      to.u16(0).u16(1).bytes(mustBeAddress('192.0.2.1')).bytes(mustBeAddress('192.0.2.2'));
      const start = to.length;
      to.bytes(new Uint8Array(16).fill(255)).u16(0).u8(2).u16(0);
      attributes(to, { path: more ? [64500, 23456, 64501] : [64500, 64501] }, asnBytes, more);
      to.bytes(nlri);
      to.patchU16(start + 16, to.length - start);
    });
  const nlri = Uint8Array.of(24, 198, 51, 100);

  test('AS4_PATH on a session of two octets', async () => {
    const as4 = Uint8Array.of(0xc0, 17, 10, 2, 2, 0, 1, 0x11, 0x70, 0, 0, 0xfb, 0xf5);
    expect((await dumpText(update(bgp4mp.message, 2, nlri, as4))).lines[0]).toContain('|64500 70000 64501|');
  });

  test('four octets recorded under the type for two', async () => {
    const bytes = update(bgp4mp.message, 2, nlri);
    const wide = update(bgp4mp.messageAs4, 4, nlri);
    // The attributes of the wide one behind the header of the narrow one.
    const attributesAt = 12 + 16 + 19 + 2;
    const lie = Buffer.concat([bytes.subarray(0, attributesAt), wide.subarray(attributesAt + 4)]);
    lie.writeUInt32BE(lie.length - 12, 8);
    lie.writeUInt16BE(lie.length - 28, 28 + 16);
    expect((await dumpText(lie)).lines[0]).toContain('|198.51.100.0/24|64500 64501|');
  });

  test('path identifiers on a session that is recorded as plain', async () => {
    const withIds = Uint8Array.of(0, 0, 0, 1, ...nlri, 0, 0, 0, 2, 24, 198, 51, 101);
    expect((await dumpText(update(bgp4mp.messageAs4, 4, withIds))).lines).toEqual([
      'BGP4MP_AP|1000000000|A|192.0.2.1|64500|198.51.100.0/24|1|64500 64501|IGP|192.0.2.9|0|0||NAG||',
      'BGP4MP_AP|1000000000|A|192.0.2.1|64500|198.51.101.0/24|2|64500 64501|IGP|192.0.2.9|0|0||NAG||',
    ]);
  });

  test('what the collector sent itself belongs to the neighbour it was sent to', async () => {
    expect((await dumpText(update(bgp4mp.messageAs4Local, 4, nlri))).lines[0]).toMatch(
      /^BGP4MP_LOCAL\|1000000000\|A\|192\.0\.2\.2\|64999\|/,
    );
  });

  test('records of other protocols are counted', async () => {
    const { lines, skipped } = await dumpText(
      Buffer.concat([
        mrtRecord(mrt.bgp4mp, bgp4mp.message, (to) => to.bytes(new Uint8Array(40))),
        mrtRecord(48, 0, () => {}),
      ]),
    );
    expect(lines).toEqual([]);
    expect(skipped).toEqual(['1 MRT type 48']);
  });
});

describe('damage', () => {
  const good = (): Buffer =>
    Buffer.concat([
      peerIndex(),
      ...Array.from({ length: 20 }, (_, third) =>
        mrtRecord(mrt.tableDumpV2, tableDumpV2.ipv4Unicast, (to) => {
          to.u32(third)
            .u8(24)
            .bytes(Uint8Array.of(198, 51, third))
            .u16(1)
            .u16(0)
            .u32(5);
          attributes(to, { path: [64500, 64501, 65_000 + third] });
        }),
      ),
    ]);

  test('cut at every byte: the routes before the cut are kept, and the cut is reported', async () => {
    const bytes = good();
    const all = await readTexts(bytes);
    const ends = new Set<number>();
    for (let at = 0; at < bytes.length; at += 12 + bytes.readUInt32BE(at + 8)) ends.add(at);
    for (let length = 12; length < bytes.length; length++) {
      const { statistics, ...table } = await openRoutes(bytes.subarray(0, length));
      expect(all.slice(0, table.routeCount)).toEqual(await readTexts(bytes.subarray(0, length)));
      expect(statistics.damageCount > 0).toBe(!ends.has(length));
    }
  });

  test('noise between records is stepped over', async () => {
    const bytes = good();
    const third = [0, 1, 2].reduce((at) => at + 12 + bytes.readUInt32BE(at + 8), 0);
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919 + (index >> 3)) & 255));
    const { routeCount, statistics } = await openRoutes(
      Buffer.concat([bytes.subarray(0, third), noise, bytes.subarray(third)]),
    );
    expect(routeCount).toBe(20);
    expect(statistics.damage).toEqual([
      { source: 'bytes', offset: third, bytes: 5000, reason: 'no record begins here' },
    ]);
  });

  test.each([1, 100, 70_000, 900_000_000])('a length that is wrong by %i costs one record at most', async (wrong) => {
    const bytes = good();
    const fifth = [0, 1, 2, 3, 4].reduce((at) => at + 12 + bytes.readUInt32BE(at + 8), 0);
    bytes.writeUInt32BE(bytes.readUInt32BE(fifth + 8) + wrong, fifth + 8);
    const { routeCount, statistics } = await openRoutes(bytes);
    expect(routeCount).toBeGreaterThanOrEqual(19);
    expect(statistics.damageCount).toBe(1);
    expect(statistics.damage[0]!.offset).toBe(fifth);
  });

  test('any byte may be any other: no exception, no hang, and no more routes than there can be', async () => {
    const bytes = good();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 400 }),
        async (flips, chunkBytes) => {
          const damaged = Buffer.from(bytes);
          for (const [at, value] of flips) if (at >= 12) damaged[at] = value;
          async function* chunks(): AsyncGenerator<Uint8Array> {
            for (let at = 0; at < damaged.length; at += chunkBytes) yield damaged.subarray(at, at + chunkBytes);
          }
          const { routeCount } = await openRoutes({ name: 'noise', bytes: chunks() });
          expect(routeCount).toBeLessThanOrEqual(25);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('noise of any kind behind a header', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(5, 12, 13, 16, 17),
        fc.nat(12),
        fc.uint8Array({ maxLength: 300 }),
        async (type, subtype, body) => {
          const bytes = Buffer.concat([peerIndex(), mrtRecord(type, subtype, (to) => to.bytes(body)), peerIndex()]);
          const { lines } = await dumpText(bytes);
          expect(lines.length).toBeLessThan(100);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('how the bytes are cut into chunks makes no difference', async () => {
    const bytes = good();
    const whole = await readTexts(bytes);
    for (const size of [1, 7, 100]) {
      async function* chunks(): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      }
      const { routeCount, statistics } = await openRoutes({ name: 'pieces', bytes: chunks() });
      expect(routeCount).toBe(whole.length);
      expect(statistics.damage).toEqual([]);
    }
  });
});
