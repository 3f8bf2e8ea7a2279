import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openRoutes, type ReadRoutes } from '#internet';
import { routeTexts } from '../mrt/records.ts';

const read = async (text: string): Promise<ReadRoutes> => await openRoutes(Buffer.from(text));

/** As releases print it: an angle bracket one or two columns before `to`, paths with sets, confederations, a local AS. */
const brief = `
inet.0: 6 destinations, 9 routes (6 active, 0 holddown, 1 hidden)
+ = Active Route, - = Last Active, * = Both

0.0.0.0/0          *[BGP/170] 00:00:03, MED 0, localpref 100, from 192.0.2.2
                      AS path: I, validation-state: unverified
                    > to 198.51.100.22 via em2.0
8.8.8.0/24         *[BGP/170] 1w4d 14:17:30, localpref 10000
                      AS path: 3356 15169 I, validation-state: valid
                    >  to 198.51.100.1 via et-2/0/0.0
                       to 198.51.100.5 via et-2/0/1.0
                    [BGP/170] 21:23:18, MED 5, localpref 100, from 192.0.2.9
                      AS path: 174 174 15169 ?
                    > to 198.51.100.9 via et-5/0/0.0, Push 16, Push 20103(top)
10.6.8.0/24        *[Direct/0] 3w2d 20:48:40
                    > via em0.0
                    [BGP/170] 1w4d 14:17:30, localpref 100
                      AS path: [64999] (65001 65002) 64500 {64510 64511} E, validation-state: unverified
                    > to 198.51.100.13 via xe-0/0/0.0
203.0.113.128/25   +[BGP/170/-101] 6w3d 05:23:27, localpref 100, from 192.0.2.2
                      AS path: 64500 4200000001 I Aggregator: 64500 192.0.2.77
                    > to 198.51.100.22 via em2.0

CUSTOMER.inet.0: 1 destinations, 1 routes (1 active, 0 holddown, 0 hidden)
+ = Active Route, - = Last Active, * = Both

172.16.0.0/12      *[BGP/170] 00:26:51, localpref 100
                      AS path: 64600 I, validation-state: unverified
                    >  to 198.51.100.33 via ge-0/0/3.0

inet6.0: 2 destinations, 2 routes (2 active, 0 holddown, 0 hidden)
+ = Active Route, - = Last Active, * = Both

2001:db8::/32      *[BGP/170] 00:10:00, localpref 100
                      AS path: 6939 I, validation-state: unverified
                    > to fe80::1 via xe-0/0/0.0
2001:db8:ffff:ffff::/64
                   *[BGP/170] 00:10:00, localpref 100, from 2001:db8::9
                      AS path: 1299 6939 I, validation-state: unverified
                    > to fe80::1 via xe-0/0/0.0
`;

const detail = `user@route-server> show route protocol bgp table inet.0 extensive

inet.0: 928176 destinations, 8352650 routes (928176 active, 0 holddown, 0 hidden)
68.169.128.0/18 (2 entries, 1 announced)
        *BGP    Preference: 170/-101
                Next hop type: Indirect, Next hop index: 0
                Address: 0x1ecf02dc
                Source: 192.0.2.7
                Protocol next hop: 192.0.2.7
                State: <Active Ext>
                Local AS: 64999 Peer AS:  7018
                Age: 4w1d 9:58:50       Metric2: 0
                Validation State: unknown
                AS path: 7018 174 26827 I
                Communities: 7018:5000 7018:39220
                Localpref: 100
                Router ID: 192.0.2.7
         BGP    Preference: 170/-101
                Next hop type: Router, Next hop index: 7
                Next hop: 198.51.100.1 via em0.0, selected
                AS path: 3356 26827 ?
                Inactive reason: AS path
`;

describe('show route protocol bgp of Junos', () => {
  test('every route of a prefix, of both families, and nothing of routing instances or other protocols', async () => {
    const routes = await read(brief);
    expect(routeTexts(routes)).toEqual([
      '4 0:0:0:0/0  @0',
      '4 8080800:0:0:0/24 3356 15169 @3356',
      '4 8080800:0:0:0/24 174 174 15169 @174',
      '4 a060800:0:0:0/24 64500 {64510,64511} @64500',
      '4 cb007180:0:0:0/25 64500 4200000001 @64500',
      '6 20010db8:0:0:0/32 6939 @6939',
      '6 20010db8:ffffffff:0:0/64 1299 6939 @1299',
    ]);
    expect(routes.peers.map(({ asn, address }) => `${asn} ${address}`)).toEqual([
      '0 192.0.2.2',
      '3356 198.51.100.1',
      '174 192.0.2.9',
      '64500 198.51.100.13',
      '64500 192.0.2.2',
      '6939 fe80::1',
      '1299 2001:db8::9',
    ]);
    expect(routes.statistics.skipped.map(({ reason, count }) => `${count} ${reason}`)).toEqual([
      '1 a route of another protocol than BGP',
      '1 a route of another table than inet.0 and inet6.0',
    ]);
  });

  test('detail and extensive, with the lines of a session before it', async () => {
    const routes = await read(detail);
    expect(routeTexts(routes)).toEqual([
      '4 44a98000:0:0:0/18 7018 174 26827 @7018',
      '4 44a98000:0:0:0/18 3356 26827 @3356',
    ]);
    expect(routes.peers.map(({ address }) => address)).toEqual(['192.0.2.7', '198.51.100.1']);
    expect(routes.statistics.skipped).toEqual([]);
  });

  test('a route without a path is counted, not made up', async () => {
    const cut = brief.slice(0, brief.indexOf('AS path: 174')) + brief.slice(brief.indexOf('10.6.8.0/24'));
    const { routeCount, statistics } = await read(cut);
    expect(routeCount).toBe(6);
    expect(statistics.skipped).toContainEqual(
      expect.objectContaining({ reason: 'a route whose AS path is missing or cannot be read', count: 1 }),
    );
  });

  test('cut or noisy text neither throws nor invents routes', async () => {
    const whole = routeTexts(await read(brief));
    for (let length = 80; length < brief.length; length += 7) {
      const some = routeTexts(await read(brief.slice(0, length)));
      expect(some.length).toBeLessThanOrEqual(whole.length);
      // The last one may have lost the end of its path.
      expect(whole.slice(0, Math.max(0, some.length - 1))).toEqual(some.slice(0, -1));
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(brief.length - 100), fc.string({ maxLength: 30 }), async (at, noise) => {
        const { routeCount } = await read(brief.slice(0, at + 100) + noise + brief.slice(at + 100));
        expect(routeCount).toBeLessThanOrEqual(whole.length + 1);
      }),
      { numRuns: 100 },
    );
  });
});
