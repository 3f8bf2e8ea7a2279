import { describe, expect, test } from 'vitest';
import { openRoutes, routerTable } from '#internet';
import { routeLines } from './table-texts.ts';

/** As the printed tables differ: indents, columns, what stands behind the path. */
const tables = {
  'Cisco IOS XE 17, a column off its header': `BGP table version is 8, local router ID is 192.0.2.1
Status codes: s suppressed, d damped, h history, * valid, > best, i - internal,
Origin codes: i - IGP, e - EGP, ? - incomplete

     Network          Next Hop            Metric LocPrf Weight Path
 *>   198.51.100.0/24  0.0.0.0                  0         32768 i
 *    203.0.113.0/24   192.0.2.9                              0 3356 8452 i
 *>                    192.0.2.13                             0 174 8452 {7,8} ?
`,
  'Cisco IOS 15': `BGP table version is 37, local router ID is 192.0.2.1
     Network          Next Hop            Metric LocPrf Weight Path
 *>  198.51.100.0/24  0.0.0.0                  0         32768 i
 *>  203.0.113.0/24   192.0.2.9                0             0 3356 8452 i
 * i                  192.0.2.13               0    100      0 174 8452 {7,8} ?
`,
  'Cisco NX-OS': `BGP routing table information for VRF default, address family IPv4 Unicast
BGP table version is 11, Local Router ID is 192.0.2.1
Status: s-suppressed, x-deleted, S-stale, d-dampened, h-history, *-valid, >-best
Path type: i-internal, e-external, c-confed, l-local, a-aggregate, r-redist, I-injected
Origin codes: i - IGP, e - EGP, ? - incomplete, | - multipath, & - backup

   Network            Next Hop            Metric     LocPrf     Weight Path
*>l198.51.100.0/24    0.0.0.0                           100      32768 i
*>e203.0.113.0/24     192.0.2.9                                      0 3356 8452 i
*|e                   192.0.2.13                                     0 174 8452 {7,8} ?
`,
  'Arista EOS': `BGP routing table information for VRF default
Router identifier 192.0.2.1, local AS number 64999
Route status codes: s - suppressed contributor, * - valid, > - active, E - ECMP head, e - ECMP
                    S - Stale, c - Contributing to ECMP, b - backup, L - labeled-unicast
Origin codes: i - IGP, e - EGP, ? - incomplete
AS Path Attributes: Or-ID - Originator ID, C-LST - Cluster List, LL Nexthop - Link Local Nexthop

          Network                Next Hop              Metric  AIGP       LocPref Weight  Path
 * >      198.51.100.0/24        -                     -       -          -       0       i
 * >      203.0.113.0/24         192.0.2.9             0       -          100     0       3356 8452 i
 *  ec    203.0.113.0/24         192.0.2.13            0       -          100     0       174 8452 {7,8} ? Or-ID: 192.0.2.3 C-LST: 192.0.2.3
`,
  'Cisco IOS XR': `BGP router identifier 192.0.2.1, local AS number 64999
BGP generic scan interval 60 secs
Status codes: s suppressed, d damped, h history, * valid, > best
              i - internal, r RIB-failure, S stale, N Nexthop-discard
Origin codes: i - IGP, e - EGP, ? - incomplete
   Network            Next Hop            Metric LocPrf Weight Path
*> 198.51.100.0/24    0.0.0.0                  0         32768 i
*> 203.0.113.0/24     192.0.2.9                0             0 3356 8452 i
*                     192.0.2.13                             0 174 8452 {7,8} ?

Processed 2 prefixes, 3 paths
`,
};
const summary = 'BGP router identifier 192.0.2.1, local AS number 64999\nBGP table version is 8\n';

const lines = async (bytes: Uint8Array): Promise<string[]> => routeLines(await openRoutes(bytes, { collector: 'c' }));

describe('the table of a router as a collector would have it', () => {
  test.each(Object.entries(tables))('%s', async (_, text) => {
    const table = await routerTable({ name: 'device:r1', summary, tables: [Buffer.from(text)] });
    expect(table.asn).toBe(64_999);
    expect(await lines(table.bytes)).toEqual([
      '198.51.100.0/24 64999 @64999 192.0.2.1 c',
      '203.0.113.0/24 64999 174 8452 {7,8} @64999 192.0.2.1 c',
      '203.0.113.0/24 64999 3356 8452 @64999 192.0.2.1 c',
    ]);
  });

  test('Junos, whose table has no routes of its own', async () => {
    const summary =
      'Autonomous system number: 64999\nRouter ID: 192.0.2.1\n\ninet.0: 9 destinations, 12 routes (9 active)\n';
    const table = `
inet.0: 9 destinations, 12 routes (9 active, 0 holddown, 0 hidden)
+ = Active Route, - = Last Active, * = Both

203.0.113.0/24     *[BGP/170] 1w4d 14:17:30, localpref 100
                      AS path: 3356 8452 I, validation-state: unverified
                    > to 192.0.2.9 via xe-0/0/0.0
                    [BGP/170] 00:39:57, localpref 100, from 192.0.2.3
                      AS path: 174 8452 {7 8} ?, validation-state: unverified
                    > to 192.0.2.13 via xe-0/0/1.0
`;
    const { asn, bytes } = await routerTable({ name: 'device:r1', summary, tables: [Buffer.from(table)] });
    expect(asn).toBe(64_999);
    expect(await lines(bytes)).toEqual([
      '203.0.113.0/24 64999 174 8452 {7,8} @64999 192.0.2.1 c',
      '203.0.113.0/24 64999 3356 8452 @64999 192.0.2.1 c',
    ]);
  });

  test('two families, JSON of FRR, an AS of four octets in asdot', async () => {
    const json = (prefix: string, path: string): Buffer =>
      Buffer.from(
        JSON.stringify({
          vrfName: 'default',
          routerId: '192.0.2.7',
          localAS: 65_546,
          routes: {
            [prefix]: [{ valid: true, bestpath: true, path, peerId: '192.0.2.9', nexthops: [{ ip: '192.0.2.9' }] }],
          },
        }),
      );
    const both = [json('203.0.113.0/24', '3356 8452'), json('2001:db8::/32', '')];
    expect(await lines((await routerTable({ name: 'r', summary: '', tables: both })).bytes)).toEqual([
      '2001:db8::/32 65546 @65546 192.0.2.7 c',
      '203.0.113.0/24 65546 3356 8452 @65546 192.0.2.7 c',
    ]);
    const dotted = 'BGP router identifier 192.0.2.7, local AS number 1.10\n';
    expect((await routerTable({ name: 'r', summary: dotted, tables: [Buffer.from(tables['Cisco IOS 15'])] })).asn).toBe(
      65_546,
    );
  });

  test('a router that does not say its AS: as its neighbours told', async () => {
    const { asn, bytes, notes } = await routerTable({
      name: 'r',
      summary: '',
      tables: [Buffer.from(tables['Cisco IOS 15'])],
    });
    expect(asn).toBeUndefined();
    expect(await lines(bytes)).toContain('203.0.113.0/24 3356 8452 @3356 192.0.2.9 c');
    expect(notes).toContainEqual(expect.stringContaining('did not say which AS'));
  });

  test('something else is no table', async () => {
    await expect(
      routerTable({ name: 'r', summary: '', tables: [Buffer.from('% Invalid input')] }),
    ).rejects.toMatchObject({ code: 'NW_INTERNET_FORMAT' });
  });
});
