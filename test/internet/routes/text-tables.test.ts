import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openRoutes, type ReadRoutes } from '#internet';
import { routeTexts } from '../mrt/records.ts';

const read = async (text: string): Promise<ReadRoutes> => await openRoutes(Buffer.from(text));
const texts = async (text: string): Promise<string[]> => routeTexts(await read(text));

const ios = `BGP table version is 31, local router ID is 192.0.2.254
Status codes: s suppressed, d damped, h history, * valid, > best, i - internal,
              r RIB-failure, S Stale, m multipath, b backup-path, f RT-Filter,
Origin codes: i - IGP, e - EGP, ? - incomplete

     Network          Next Hop            Metric LocPrf Weight Path
 *>  10.0.0.0         192.0.2.1                0             0 64500 i
 *   172.16.0.0       192.0.2.1              100    200      0 64500 70000 ?
 *>                   192.0.2.2                              0 64501 64501 {64510,64511} e
 h   192.168.1.0      192.0.2.1                              0 64500 i
 *>  198.51.100.128/25
                      192.0.2.1       4294967295             0 64500 (65001 65002) 64502 i
 *>  203.0.113.0      0.0.0.0                  0         32768 i
`;

describe('show ip bgp', () => {
  test('of IOS: blank columns, left-out and wrapped networks, classful prefixes', async () => {
    const routes = await read(ios);
    expect(routeTexts(routes)).toEqual([
      '4 a000000:0:0:0/8 64500 @64500',
      '4 ac100000:0:0:0/16 64500 70000 @64500',
      '4 ac100000:0:0:0/16 64501 64501 {64510,64511} @64501',
      '4 c6336480:0:0:0/25 64500 64502 @64500',
      '4 cb007100:0:0:0/24  @0',
    ]);
    expect(routes.statistics.skipped.map(({ reason, count }) => `${count} ${reason}`)).toEqual([
      '1 a route of the past (status h)',
    ]);
    expect(routes.peers.map(({ address }) => address)).toEqual(['192.0.2.1', '192.0.2.2', '0.0.0.0']);
  });

  test('of FRR with IPv6: a next hop that does not fit stands alone', async () => {
    const frr = `BGP table version is 2, local router ID is 192.0.2.254, vrf id 0
Default local pref 100, local AS 64999
RPKI validation codes: V valid, I invalid, N Not found

    Network          Next Hop            Metric LocPrf Weight Path
 *> 2001:db8:1::/48  fe80::1                  0             0 64500 i
 *                   2001:db8:ffff:ffff:ffff:ffff:ffff:1
                                                            0 64501 64502 i
 *> 2001:db8:aaaa:bbbb::/64
                    ::                       0         32768 i

Displayed  2 routes and 3 total paths
`;
    expect(await texts(frr)).toEqual([
      '6 20010db8:10000:0:0/48 64500 @64500',
      '6 20010db8:10000:0:0/48 64501 64502 @64501',
      '6 20010db8:aaaabbbb:0:0/64  @64999',
    ]);
  });

  test('a snapshot without a header', async () => {
    const snapshot =
      '*  3.0.0.0          192.0.2.1                0      0      0 64500 80 i\n*>                  192.0.2.2                0             0 64501 80 i\n';
    expect(await texts(snapshot)).toEqual(['4 3000000:0:0:0/8 64500 80 @64500', '4 3000000:0:0:0/8 64501 80 @64501']);
  });

  test('cut or noisy text neither throws nor invents routes', async () => {
    for (let length = 400; length < ios.length; length += 3) {
      expect(
        (await read(`Network Next Hop\n${ios.slice(0, length)}`.replace(/^.*\n/, ''))).routeCount,
      ).toBeLessThanOrEqual(5);
    }
    await fc.assert(
      fc.asyncProperty(
        fc.nat(ios.length - 1),
        fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
        async (at, noise) => {
          const text = ios.slice(0, at) + noise + ios.slice(at);
          expect(
            (await read(`*  3.0.0.0          192.0.2.1                0      0      0 64500 80 i\n${text}`)).routeCount,
          ).toBeLessThanOrEqual(8);
        },
      ),
      { numRuns: 100 },
    );
  });
});

test('bgpdump lines: tables, updates and path identifiers', async () => {
  const routes = await read(
    [
      'TABLE_DUMP2|1277971199|B|192.0.2.1|64500|198.51.100.0/24|64500 {70000,3}|IGP|192.0.2.1|0|0||NAG||',
      'TABLE_DUMP2_AP|1277971199|B|192.0.2.1|64500|198.51.101.0/24|36|64500 7|IGP|192.0.2.1|0|0||NAG||',
      'BGP4MP|1277971199|A|2001:db8::1|64501|2001:db8::/32|64501|IGP|2001:db8::1|0|0||NAG||',
      'BGP4MP|1277971199|W|2001:db8::1|64501|2001:db8::/32',
      'BGP4MP|1277971199|STATE|2001:db8::1|64501|6|1',
      'BGP4MP|1277971199|A|2001:db8::1|64501|2001:db8::/321|64501|IGP|2001:db8::1|0|0||NAG||',
      'nonsense',
    ].join('\n'),
  );
  expect(routeTexts(routes)).toEqual([
    '4 c6336400:0:0:0/24 64500 {70000,3} @64500',
    '4 c6336500:0:0:0/24 64500 7 @64500',
    '6 20010db8:0:0:0/32 64501 @64501',
  ]);
  expect(routes.statistics).toMatchObject({ withdrawals: 1, stateChanges: 1 });
  expect(routes.statistics.skipped.map(({ reason }) => reason)).toEqual([
    'a prefix that cannot be read',
    'a line that is none of bgpdump',
  ]);
});

const frrJson = `{
 "vrfId": 0, "vrfName": "default", "tableVersion": 3, "routerId": "192.0.2.254", "defaultLocPrf": 100, "localAS": 64999,
 "routes": { "198.51.100.0/24": [
  { "valid": true, "bestpath": true, "pathFrom": "external", "peerId": "192.0.2.1", "path": "64500 {7,8}", "origin": "IGP",
    "nexthops": [ { "ip": "192.0.2.1", "hostname": "a \\" } ] quoted", "afi": "ipv4", "used": true } ] },
  { "valid": true, "pathFrom": "external", "peerId": "192.0.2.2", "path": "64501 70000", "nexthops": [] } ]
 ,"203.0.113.0/24": [ { "valid": true, "peerId": "(unspec)", "path": "", "nexthops": [ { "ip": "0.0.0.0" } ] } ] } }
`;

const gobgpJson = JSON.stringify({
  '198.51.100.0/24': [
    {
      nlri: { prefix: '198.51.100.0/24' },
      age: 1,
      best: true,
      attrs: [
        { type: 1, value: 0 },
        {
          type: 2,
          as_paths: [
            { segment_type: 2, num: 1, asns: [64500] },
            { segment_type: 1, num: 2, asns: [7, 8] },
          ],
        },
        { type: 3, nexthop: '192.0.2.1' },
      ],
      'neighbor-ip': '192.0.2.1',
    },
  ],
  '2001:db8::/32': [
    {
      nlri: { prefix: '2001:db8::/32' },
      attrs: [{ type: 2, as_paths: [{ segment_type: 2, num: 2, asns: [64501, 70_000] }] }],
      'neighbor-ip': '2001:db8::1',
    },
  ],
});

describe('JSON tables', () => {
  test('of FRR', async () => {
    const routes = await read(frrJson);
    expect(routeTexts(routes)).toEqual([
      '4 c6336400:0:0:0/24 64500 {7,8} @64500',
      '4 c6336400:0:0:0/24 64501 70000 @64501',
      '4 cb007100:0:0:0/24 64999 @64999',
    ]);
    expect(routes.statistics.damage).toEqual([]);
  });

  test('of GoBGP', async () => {
    expect(await texts(gobgpJson)).toEqual([
      '4 c6336400:0:0:0/24 64500 {7,8} @64500',
      '6 20010db8:0:0:0/32 64501 70000 @64501',
    ]);
  });

  test('in pieces of any size', async () => {
    for (const [text, count] of [
      [frrJson, 3],
      [gobgpJson, 2],
    ] as const) {
      const bytes = Buffer.from(text);
      for (const size of [1, 3, 64]) {
        async function* pieces(): AsyncGenerator<Uint8Array> {
          for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
        }
        expect((await openRoutes({ name: 'pieces', bytes: pieces() })).routeCount).toBe(count);
      }
    }
  });

  test('cut anywhere: whole prefixes are kept, and the end is reported', async () => {
    const whole = await texts(frrJson);
    for (let length = 180; length < frrJson.trimEnd().length; length += 1) {
      const routes = await read(frrJson.slice(0, length));
      expect(whole.slice(0, routes.routeCount)).toEqual(routeTexts(routes));
      expect(routes.statistics.damageCount).toBeGreaterThan(0);
    }
  });

  test('noise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(frrJson.length - 1), fc.string({ maxLength: 5 }), async (at, noise) => {
        const routes = await read(
          frrJson.slice(0, 120) + frrJson.slice(120, at) + noise + frrJson.slice(Math.max(120, at)),
        );
        expect(routes.routeCount).toBeLessThanOrEqual(6);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what is no table', () => {
  test('is refused with its name and beginning', async () => {
    await expect(read('1|2|-1\n')).rejects.toMatchObject({
      code: 'NW_INTERNET_FORMAT',
      message: 'bytes: expected routes, found as-rel (begins with "1|2|-1\\n")',
    });
  });

  test('an empty file is no exception', async () => {
    const { routeCount, statistics } = await openRoutes(Buffer.alloc(0));
    expect(routeCount).toBe(0);
    expect(statistics.damage[0]?.reason).toBe('an empty file');
  });
});
