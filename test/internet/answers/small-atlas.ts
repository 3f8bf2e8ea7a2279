import { buildAtlas } from '../../../src/internet/files/build-atlas.ts';
import type { WritableAtlas } from '../../../src/internet/graph/graph-file.ts';
import { writeTableDumpV2 } from '../../../src/internet/mrt/write-mrt.ts';
import type { RouteTable } from '../../../src/internet/routes/route-table.ts';

/**
 * Two tops (10, 20); Egypt behind 100 (of 10) and 200 (of 20 and 10), which peer. 101 and 102 buy from 100 only, 103 from
 * both, 201 from 200 and abroad from 30; 104 hangs on 101. 30 is a provider in France, 900 a route server.
 */
const relationships = [
  '# source:topology|BGP|20250901|ripe|rrc00',
  '10|20|0',
  '10|100|-1',
  '10|200|-1',
  '20|200|-1',
  '10|30|-1',
  '20|30|-1',
  '100|200|0',
  '100|101|-1',
  '100|102|-1',
  '100|103|-1',
  '200|103|-1',
  '200|201|-1',
  '30|201|-1',
  '101|104|-1',
  '102|30|0',
  '900|30|0',
].join('\n');

const delegated = [
  '2|afrinic|20250901|9|00000000|20250901|00000',
  'afrinic|EG|asn|100|5|20000101|allocated|H1',
  'afrinic|EG|asn|200|2|20000101|allocated|H2',
  'ripencc|FR|asn|30|1|20000101|allocated|H3',
  'arin|US|asn|10|1|20000101|allocated|H4',
  'arin|US|asn|20|1|20000101|allocated|H4',
].join('\n');
const names =
  '{"10": "TOP-ONE, US", "20": "TOP-TWO, US", "100": "NILE Nile Telecom, EG", "200": "DELTA, EG", "30": "SEINE, FR"}';
const peeringDb =
  '{"ix":[{"id":7,"name":"CAIX","name_long":"Cairo Internet Exchange","city":"Cairo","country":"EG"}],' +
  '"netixlan":[{"id":1,"ix_id":7,"ixlan_id":7,"asn":100,"ipaddr4":"192.0.2.1"},{"id":2,"ix_id":7,"ixlan_id":7,"asn":30,"ipaddr4":"192.0.2.2"}],' +
  '"net":[{"id":1,"asn":900,"name":"CAIX RS","info_type":"Route Server"},{"id":2,"asn":200,"name":"Delta","info_type":"NSP"}]}';
const vrps = JSON.stringify({
  roas: [
    { asn: 'AS100', prefix: '41.32.0.0/12', maxLength: 16 },
    { asn: 'AS103', prefix: '198.51.100.0/24', maxLength: 24 },
  ],
});

/** Prefix, and the paths to it by vantage point: 10, 20 and 30. */
const announced: readonly (readonly [prefix: string, paths: readonly (readonly number[])[]])[] = [
  [
    '41.32.0.0/12',
    [
      [10, 100],
      [20, 10, 100],
      [30, 10, 100],
    ],
  ],
  [
    '41.32.1.0/24',
    [
      [10, 100, 101, 101],
      [20, 10, 100, 101],
    ],
  ],
  ['41.33.0.0/16', [[10, 100, 102]]],
  [
    '198.51.100.0/24',
    [
      [10, 200, 103],
      [20, 200, 103],
      [30, 10, 100, 103],
      [10, 100, 102],
    ],
  ],
  [
    '203.0.113.0/24',
    [
      [20, 200, 201],
      [30, 201],
    ],
  ],
];

const text = (name: string, content: string) => ({ name, bytes: Buffer.from(content) });
export const files = {
  relationships: text('as-rel.txt', relationships),
  delegated: text('delegated', delegated),
  names: text('names.json', names),
  peeringDb: text('peeringdb.json', peeringDb),
  vrps: text('vrps.json', vrps),
  routes: { name: 'rib.mrt', bytes: Buffer.concat([...writeTableDumpV2(routes(), { timestampS: 1_756_684_800 })]) },
};

export const smallAtlas = async (...wanted: (keyof typeof files)[]): Promise<WritableAtlas> =>
  await buildAtlas(
    (wanted.length > 0 ? wanted : (Object.keys(files) as (keyof typeof files)[])).map((name) => files[name]),
  );

function routes(): RouteTable {
  const rows = announced.flatMap(([, paths], prefix) => paths.map((path) => ({ prefix, path })));
  const offsets = new Uint32Array(rows.length + 1);
  for (const [at, { path }] of rows.entries()) offsets[at + 1] = offsets[at]! + path.length;
  const points = [10, 20, 30];
  const words = new Uint32Array(announced.length * 4);
  for (const [at, [prefix]] of announced.entries()) {
    const [a = 0, b = 0, c = 0, d = 0] = prefix.split(/[./]/).map(Number);
    words[at * 4] = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }
  return {
    routeCount: rows.length,
    prefixOf: Uint32Array.from(rows, ({ prefix }) => prefix),
    pathOf: Uint32Array.from(rows.keys()),
    peerOf: Uint16Array.from(rows, ({ path }) => points.indexOf(path[0]!)),
    prefixes: {
      count: announced.length,
      family: new Uint8Array(announced.length).fill(4),
      length: Uint8Array.from(announced, ([prefix]) => Number(prefix.split('/')[1])),
      words,
    },
    paths: {
      count: rows.length,
      offsets,
      hops: Uint32Array.from(rows.flatMap(({ path }) => path)),
      sets: new Map(),
      routes: new Uint32Array(rows.length).fill(1),
    },
    peers: points.map((asn) => ({ asn, address: `192.0.2.${asn}`, collector: 'test' })),
  };
}
