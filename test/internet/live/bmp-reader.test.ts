import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BmpPeerHeader } from '../../../src/internet/live/bmp/bmp-peer.ts';
import { BmpReader, type BmpReaderOptions, type BmpSink } from '../../../src/internet/live/bmp/bmp-reader.ts';
import type { MrtRoute } from '../../../src/internet/mrt/mrt-route.ts';
import { prefixText } from '../../../src/internet/routes/address.ts';
import { PathInterner } from '../../../src/internet/routes/path-interner.ts';
import {
  bmpMessage,
  endOfRib4,
  endOfRib6,
  initiation,
  mirroring,
  monitoring,
  open,
  peerA,
  peerB,
  peerDown,
  peerHeader,
  peerUp,
  rawUpdate,
  statistics,
  type TestPeer,
  termination,
  update,
} from './bmp-messages.ts';

/** What a router told, as lines. */
function reading(options?: BmpReaderOptions) {
  const told: string[] = [];
  const who = ({ asn, address, rib }: BmpPeerHeader): string => `AS${asn} ${address} ${rib}`;
  const paths = new PathInterner();
  const routeText = (route: MrtRoute): string =>
    `${prefixText(route.words, 0, route.family, route.length)}${route.hasPathId ? ` #${route.pathId}` : ''}`;
  const sink: BmpSink = {
    initiation: ({ name, description }) => told.push(`router ${name}: ${description}`),
    peerUp: (peer, { localAddress, localAsn }) => told.push(`up ${who(peer)} of AS${localAsn} ${localAddress}`),
    peerDown: (peer, reason) => told.push(`down ${who(peer)}: ${reason}`),
    route: (peer, route) => {
      const table = paths.table();
      const path = paths.ofRoute(route);
      const { offsets, hops } = path < table.count ? table : paths.table();
      told.push(`+ ${who(peer)} ${routeText(route)} ${hops.subarray(offsets[path], offsets[path + 1]).join(' ')}`);
    },
    withdrawal: (peer, route) => told.push(`- ${who(peer)} ${routeText(route)}`),
    endOfRib: (peer, family) => told.push(`end ${who(peer)} IPv${family}`),
    statistics: (peer, values) =>
      told.push(
        `statistics ${who(peer)} ${JSON.stringify(Object.fromEntries(Array.from(values, ([type, value]) => [type, String(value)])))}`,
      ),
    termination: (reason) => told.push(`end of monitoring: ${reason}`),
  };
  return { told, reader: new BmpReader(sink, options) };
}

function read(...messages: readonly Uint8Array[]) {
  const { told, reader } = reading();
  const damage = reader.push(Buffer.concat(messages));
  return { told, damage, log: reader.log.statistics() };
}

const wire = {
  prefix24: Uint8Array.of(24, 203, 0, 113),
  withId: (id: number) => Uint8Array.of(0, 0, 0, id, 24, 203, 0, 113),
};
/** ORIGIN, AS_PATH 64500 64501 of four octets, NEXT_HOP. */
const plainAttributes = Uint8Array.of(
  0x40,
  1,
  1,
  0,
  0x40,
  2,
  10,
  2,
  2,
  0,
  0,
  0xfb,
  0xf4,
  0,
  0,
  0xfb,
  0xf5,
  0x40,
  3,
  4,
  192,
  0,
  2,
  1,
);

describe('what a router tells by BMP', () => {
  test('its name, neighbours that come and go, both families, End-of-RIB', () => {
    const { told, damage } = read(
      initiation('cairo-1', 'FRRouting 8.4'),
      peerUp(peerA),
      monitoring(peerA, update({ announce: ['203.0.113.0/24', '198.51.100.0/25'], path: [64_500, 64_501] })),
      monitoring(peerA, endOfRib4),
      peerUp(peerB, { localAsn: 4_200_000_000 }),
      monitoring(peerB, update({ announce: ['2001:db8:1::/48'], path: [4_200_000_001] })),
      monitoring(peerB, endOfRib6),
      monitoring(peerA, update({ withdraw: ['203.0.113.0/24'] })),
      peerDown(peerA, 4),
      termination(0, 'maintenance'),
    );
    expect(damage).toBeUndefined();
    expect(told).toEqual([
      'router cairo-1: FRRouting 8.4',
      'up AS64500 192.0.2.1 pre-policy of AS65000 192.0.2.254',
      '+ AS64500 192.0.2.1 pre-policy 203.0.113.0/24 64500 64501',
      '+ AS64500 192.0.2.1 pre-policy 198.51.100.0/25 64500 64501',
      'end AS64500 192.0.2.1 pre-policy IPv4',
      'up AS4200000001 2001:db8::1 pre-policy of AS4200000000 192.0.2.254',
      '+ AS4200000001 2001:db8::1 pre-policy 2001:db8:1::/48 4200000001',
      'end AS4200000001 2001:db8::1 pre-policy IPv6',
      '- AS64500 192.0.2.1 pre-policy 203.0.113.0/24',
      'down AS64500 192.0.2.1 pre-policy: the neighbour closed the session',
      'end of monitoring: administratively closed: maintenance',
    ]);
  });

  test('the routes before and after a policy, of the Loc-RIB (RFC 9069), and those that are sent on (RFC 8671)', () => {
    const post: TestPeer = { ...peerA, flags: 0x40 };
    const out: TestPeer = { ...peerA, flags: 0x10 };
    const locRib: TestPeer = { asn: 65_000, address: '192.0.2.255', type: 3, flags: 0x80 };
    const routes = update({ announce: ['203.0.113.0/24'], path: [64_500] });
    const { told } = read(...[post, out, locRib].map((peer) => monitoring(peer, routes)));
    expect(told).toEqual([
      '+ AS64500 192.0.2.1 post-policy 203.0.113.0/24 64500',
      '+ AS64500 192.0.2.1 adj-rib-out 203.0.113.0/24 64500',
      '+ AS65000 192.0.2.255 loc-rib 203.0.113.0/24 64500',
    ]);
  });

  test('AS numbers of two octets where the flag says so', () => {
    const old: TestPeer = { ...peerA, flags: 0x20 };
    const routes = update({ announce: ['203.0.113.0/24'], path: [64_500, 64_501, 64_502] }, 2);
    expect(read(monitoring(old, routes)).told).toEqual([
      '+ AS64500 192.0.2.1 pre-policy 203.0.113.0/24 64500 64501 64502',
    ]);
  });

  test('path identifiers for those families on which the two OPENs agreed', () => {
    const attributes = plainAttributes;
    const withId = monitoring(peerA, rawUpdate(new Uint8Array(), attributes, wire.withId(7)));
    expect(read(peerUp(peerA, { addPath: { 4: 3 } }), withId).told.at(-1)).toBe(
      '+ AS64500 192.0.2.1 pre-policy 203.0.113.0/24 #7 64500 64501',
    );
    // Agreed for IPv6 only: an IPv4 prefix has none.
    const without = monitoring(peerA, rawUpdate(new Uint8Array(), attributes, wire.prefix24));
    expect(read(peerUp(peerA, { addPath: { 6: 3 } }), without).told.at(-1)).toBe(
      '+ AS64500 192.0.2.1 pre-policy 203.0.113.0/24 64500 64501',
    );
    // Both would receive, none sends.
    expect(read(peerUp(peerA, { addPath: { 4: 1 } }), without).told.at(-1)).toBe(
      '+ AS64500 192.0.2.1 pre-policy 203.0.113.0/24 64500 64501',
    );
    const withdrawn = monitoring(peerA, rawUpdate(wire.withId(7), new Uint8Array(), new Uint8Array()));
    expect(read(peerUp(peerA, { addPath: { 4: 3 } }), withdrawn).told.at(-1)).toBe(
      '- AS64500 192.0.2.1 pre-policy 203.0.113.0/24 #7',
    );
  });

  test('an OPEN of which the router kept only the header', () => {
    const up = bmpMessage(3, (to) => {
      peerHeader(to, peerA);
      to.bytes(new Uint8Array(20));
      open(to, 65_000, { 4: 3 });
      for (let word = 0; word < 4; word += 1) to.u32(0xffffffff);
      // FRR puts the description of the neighbour behind it.
      to.u16(19).u8(1).u16(0).u16(2).bytes(Buffer.from('r2'));
    });
    expect(read(up).told).toEqual(['up AS64500 192.0.2.1 pre-policy of AS65000 0.0.0.0']);
    expect(read(up).damage).toBeUndefined();
  });

  test('statistics of four and eight octets, and mirrored messages, which are counted', () => {
    const { told, log } = read(
      statistics(peerA, { 0: 3, 7: 1_000_000n }),
      mirroring(peerA, 0, update({ announce: ['203.0.113.0/24'], path: [1] })),
      mirroring(peerA, 1, Uint8Array.of(0, 1)),
    );
    expect(told).toEqual(['statistics AS64500 192.0.2.1 pre-policy {"0":"3","7":"1000000"}']);
    expect(log.skipped.map(({ reason, count }) => `${count} ${reason}`)).toEqual([
      '1 a mirrored message',
      '1 mirrored messages that the router lost',
    ]);
  });

  test('control characters in the words of a router are not passed on', () => {
    expect(read(initiation('r\u001b[31m1\n', 'a\u0000b')).told).toEqual(['router r [31m1: a b']);
  });
});

describe('what cannot be read', () => {
  const good = [
    initiation(),
    peerUp(peerA),
    monitoring(peerA, update({ announce: ['203.0.113.0/24'], path: [64_500] })),
  ];
  const goodBytes = Buffer.concat(good).length;

  test.each([
    ['another version', Buffer.from([1, 0, 0, 0, 48, 0]), /expected BMP version 3, found 1/],
    ['a length that is none', Buffer.from([3, 0, 0, 0, 5, 0]), /says it has 5 bytes/],
    ['a length beyond the limit', Buffer.from([3, 0xff, 0xff, 0xff, 0xff, 0]), /4294967295 bytes, more than 1048576/],
    ['a header that is cut', bmpMessage(0, (to) => to.u8(0)), /inside its per-peer header/],
    ['no UPDATE', monitoring(peerA, new Uint8Array(19)), /without its marker/],
    ['a Peer Up without OPENs', bmpMessage(3, (to) => peerHeader(to, peerA)), /before the OPEN/],
    ['parts that do not fit', bmpMessage(4, (to) => to.u16(1).u16(9).u8(0)), /parts do not fit/],
    ['a Peer Down without a reason', bmpMessage(2, (to) => peerHeader(to, peerA)), /without a reason/],
  ])('%s ends the reading at its byte, and all before it has been told', (_, bad, reason) => {
    const { told, damage } = read(...good, bad, ...good);
    expect(told).toHaveLength(3);
    expect(damage).toMatchObject({ offset: goodBytes, reason: expect.stringMatching(reason) });
  });

  test('a damaged UPDATE in a sound frame is counted, and the next is read', () => {
    const broken = rawUpdate(new Uint8Array(), Uint8Array.of(0x40, 2, 200, 2), new Uint8Array());
    const { told, damage, log } = read(...good, monitoring(peerA, broken), good[2]!);
    expect(damage).toBeUndefined();
    expect(told).toHaveLength(4);
    expect(log.damage).toMatchObject([{ offset: goodBytes, reason: 'damaged attributes' }]);
  });

  test('a router that names neighbours without end', () => {
    const { reader, told } = reading({ mostPeers: 3 });
    const ups = [1, 2, 3, 4].map((number) => peerUp({ asn: number, address: `192.0.2.${number}` }));
    expect(reader.push(Buffer.concat(ups))?.reason).toBe('more than 3 neighbours');
    expect(told).toHaveLength(3);
  });

  test('a type that nobody knows is passed over', () => {
    const { told, damage } = read(
      bmpMessage(9, (to) => to.u32(1)),
      ...good,
    );
    expect(damage).toBeUndefined();
    expect(told).toHaveLength(3);
  });
});

describe('in whatever pieces it comes', () => {
  const stream = Buffer.concat([
    initiation(),
    peerUp(peerA, { addPath: { 4: 3 } }),
    monitoring(peerA, rawUpdate(new Uint8Array(), plainAttributes, wire.withId(1))),
    peerUp(peerB),
    ...Array.from({ length: 20 }, (_, index) =>
      monitoring(
        peerB,
        update({ announce: [`2001:db8:${index}::/48`, `10.${index}.0.0/16`], path: [4_200_000_001, index + 1] }),
      ),
    ),
    statistics(peerB, { 7: 20n }),
    monitoring(peerB, endOfRib6),
    peerDown(peerA),
    termination(1),
  ]);
  const whole = read(stream).told;

  test('the same is told', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 60 }), (sizes) => {
        const { told, reader } = reading();
        for (let at = 0, part = 0; at < stream.length; part += 1) {
          const size = sizes[part % sizes.length]!;
          expect(reader.push(stream.subarray(at, at + size))).toBeUndefined();
          expect(reader.waiting.bytes).toBeLessThan(1024);
          at += size;
        }
        expect(told).toEqual(whole);
        expect(reader.waiting).toEqual({ bytes: 0, offset: stream.length });
      }),
    );
  });

  test('cut anywhere, what was complete is told and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: stream.length }), (cut) => {
        const { told, reader } = reading();
        expect(reader.push(stream.subarray(0, cut))).toBeUndefined();
        expect(told).toEqual(whole.slice(0, told.length));
        expect(reader.waiting.offset + reader.waiting.bytes).toBe(cut);
      }),
    );
  });

  test('noise anywhere never throws, and what stood before it is told', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: stream.length - 1 }), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 8,
        }),
        (changes) => {
          const noisy = Buffer.from(stream);
          for (const [at, value] of changes) noisy[at] = value;
          const first = Math.min(...changes.map(([at]) => at));
          const before = reading();
          before.reader.push(stream.subarray(0, first));
          const { told, reader } = reading();
          const damage = reader.push(noisy);
          expect(told.slice(0, before.told.length)).toEqual(before.told);
          if (damage !== undefined) expect(damage.offset).toBeLessThan(stream.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('and nothing but noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 0, max: 6 }), (noise, type) => {
        const { reader } = reading();
        reader.push(noise);
        reading().reader.push(bmpMessage(type, (to) => to.bytes(noise)));
      }),
      { numRuns: 500 },
    );
  });
});
