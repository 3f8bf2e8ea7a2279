import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type DumpRecord, openDump, openRoutes, writeBgp4mp, writeTableDumpV2 } from '#internet';
import { generatedTable } from '../routes/generated.ts';

async function linesOf(bytes: Uint8Array, options: Parameters<typeof openDump>[1]): Promise<string[]> {
  let text = '';
  for await (const part of openDump(bytes, options).lines) text += part.toString('utf8');
  return text.split('\n').slice(0, -1);
}

const peer = { asn: 4_200_000_001, address: '2001:db8:0:0:1:0:0:7' };
const update = Buffer.concat([
  ...writeBgp4mp([
    {
      timestampS: 1_700_000_000.5,
      peer,
      announce: ['2001:db8:0:1::/64'],
      withdraw: ['198.51.100.0/24'],
      attributes: {
        path: [4_200_000_001, [7, 8]],
        med: 5,
        communities: [64_500 * 65_536 + 1],
        aggregator: { asn: 9, address: Uint8Array.of(192, 0, 2, 1) },
      },
    },
    { timestampS: 1_700_000_001, peer, oldState: 6, newState: 1 },
  ]),
]);

test('JSON lines have everything that a line of text has', async () => {
  const records = (await linesOf(update, { as: 'json' })).map((line) => JSON.parse(line) as DumpRecord);
  const common = { peer: '2001:db8::1:0:0:7', peerAsn: 4_200_000_001 };
  expect(records).toEqual([
    { kind: 'withdrawal', timestampS: 1_700_000_000.5, ...common, prefix: '198.51.100.0/24' },
    {
      kind: 'announcement',
      timestampS: 1_700_000_000.5,
      ...common,
      prefix: '2001:db8:0:1::/64',
      path: [4_200_000_001, [7, 8]],
      origin: 'igp',
      nextHop: '2001:db8::1:0:0:7',
      localPref: null,
      med: 5,
      communities: ['64500:1'],
      largeCommunities: [],
      isAtomicAggregate: false,
      aggregator: { asn: 9, address: '192.0.2.1' },
    },
    { kind: 'state', timestampS: 1_700_000_001, ...common, oldState: 6, newState: 1 },
  ]);
});

test('text writes :: for a single group of zeros, as bgpdump does', async () => {
  const [, line] = await linesOf(update, {});
  expect(line).toBe(
    'BGP4MP_ET|1700000000.500000|A|2001:db8::1:0:0:7|4200000001|2001:db8:0:1::/64|4200000001 {7,8}|IGP|2001:db8::1:0:0:7|0|5|64500:1|NAG|9 192.0.2.1|',
  );
  const single = Buffer.concat([
    ...writeBgp4mp([{ timestampS: 1, peer: { asn: 1, address: '2001:db8:1:0:2:3:4:5' }, oldState: 1, newState: 2 }]),
  ]);
  expect(await linesOf(single, {})).toEqual(['BGP4MP|1|STATE|2001:db8:1::2:3:4:5|1|1|2']);
});

describe('a table', () => {
  const table = generatedTable(300);
  const bytes = Buffer.concat([...writeTableDumpV2(table, { timestampS: 77 })]);

  test('a line a route, with the time of the dump or of the route', async () => {
    const lines = await linesOf(bytes, { time: 'change' });
    expect(lines).toHaveLength(table.routeCount);
    expect(lines.every((line) => line.startsWith('TABLE_DUMP2|77|B|'))).toBe(true);
  });

  test('can be counted without being printed', async () => {
    const dump = openDump(bytes, { as: 'nothing' });
    for await (const part of dump.lines) expect(part.length).toBe(0);
    expect(dump.statistics()).toMatchObject({ routes: table.routeCount, fileBytes: bytes.length, damageCount: 0 });
  });
});

test('what is not MRT is refused with its beginning', async () => {
  await expect(linesOf(Buffer.from('hello\n'), {})).rejects.toMatchObject({
    code: 'NW_INTERNET_FORMAT',
    message: 'bytes: expected MRT, found text: "hello\\n"',
  });
});

async function ended(lines: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0;
  for await (const part of lines) bytes += part.length;
  return bytes;
}

describe('cut at every byte of its beginning, plain and packed', () => {
  const table = Buffer.concat([...writeTableDumpV2(generatedTable(2), { timestampS: 0x4c2c_3c3e })]);
  const packed = gzipSync(table);
  const cuts = Array.from({ length: 80 }, (_, length) => [
    table.subarray(0, length),
    packed.subarray(0, length),
  ]).flat();

  test('says where and why, and throws nothing', async () => {
    for (const bytes of cuts) {
      const dump = openDump(bytes);
      await ended(dump.lines);
      for (const { damage, fileBytes } of [dump.statistics(), (await openRoutes(bytes)).statistics]) {
        expect(damage.length).toBeGreaterThan(0);
        expect(fileBytes).toBe(bytes.length);
      }
    }
    const dump = openDump(packed.subarray(0, 15));
    await ended(dump.lines);
    expect(dump.statistics().damage.map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(/packed data: gzip/),
    );
  });
});

test('the day of tables is that of the newest, by the first sound record of each; 1970 is none', async () => {
  const at = (timestampS: number): Buffer => Buffer.concat([...writeTableDumpV2(generatedTable(3), { timestampS })]);
  const july = at(Date.UTC(2010, 6, 1) / 1000);
  const text = Buffer.from('TABLE_DUMP2|1435708800|B|192.0.2.1|3356|198.51.100.0/24|3356 9|IGP|192.0.2.1|0|0||NAG||\n');
  const timeOf = async (...parts: readonly Buffer[]): Promise<number | undefined> =>
    (await openRoutes(parts.map((bytes, index) => ({ name: `${index}`, bytes })))).statistics.timeS;
  expect(await timeOf(july)).toBe(Date.UTC(2010, 6, 1) / 1000);
  expect(await timeOf(text, july)).toBe(1_435_708_800);
  expect(await timeOf(at(0))).toBeUndefined();
  // A flipped bit in a later record makes no year 2100.
  const damaged = Buffer.from(july);
  damaged.writeUInt32BE(4_000_000_000, 12 + july.readUInt32BE(8));
  expect(await timeOf(damaged)).toBe(Date.UTC(2010, 6, 1) / 1000);
});
