import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSource, type SourceFormat, type SourceProgress, sniffFormat } from '#internet';

const text = Array.from({ length: 60_000 }, (_, index) => `line ${index}`).join('\n');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'source-'));
});
afterAll(async () => await rm(folder, { recursive: true }));

describe('packing is recognised by magic, not by name', () => {
  test.each([
    ['none', Buffer.from(text)],
    ['gzip', gzipSync(text)],
    ['zstd', zstdCompressSync(text)],
  ])('%s', async (compression, bytes) => {
    const path = join(folder, 'a-lie.bz2');
    await writeFile(path, bytes);
    await using source = await openSource(path);
    expect(source.compression).toBe(compression);
    expect(await source.text()).toBe(text);
    expect(source.damage).toEqual([]);
  });

  test('gzip of many members, from a stream', async () => {
    const path = join(folder, 'members');
    const half = text.length >> 1;
    await writeFile(path, Buffer.concat([gzipSync(text.slice(0, half)), gzipSync(text.slice(half))]));
    await using source = await openSource({ name: 'stream', bytes: createReadStream(path, { highWaterMark: 1000 }) });
    expect(await source.text()).toBe(text);
  });

  test('xz is named, and refused', async () => {
    await expect(openSource(Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1, 2))).rejects.toMatchObject({
      code: 'NW_INTERNET_FORMAT',
    });
  });
});

describe('damage', () => {
  test.each([
    ['gzip', gzipSync(Buffer.from(text))],
    ['zstd', zstdCompressSync(Buffer.from(text))],
  ])('%s cut in the middle: what came before is kept', async (_, bytes) => {
    await using source = await openSource(bytes.subarray(0, bytes.length >> 1));
    const kept = await source.text();
    expect(text.startsWith(kept)).toBe(true);
    expect(kept.length).toBeGreaterThan(text.length / 4);
    expect(source.damage).toHaveLength(1);
  });

  test('a gzip with a wrong checksum gives its data and says so', async () => {
    const bytes = gzipSync(text);
    bytes[bytes.length - 6]! ^= 1;
    await using source = await openSource(bytes);
    expect((await source.text()) === text).toBe(true);
    expect(source.damage[0]?.reason).toMatch(/^gzip: /);
  });

  test('a file that is not there, and a folder', async () => {
    await expect(openSource(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'NW_INTERNET_FILE' });
    await expect(openSource(folder)).rejects.toMatchObject({ code: 'NW_INTERNET_FILE' });
  });
});

test('lines, whatever their ends and however the chunks fall', async () => {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const byte of Buffer.from('eins\r\nzwei\n\nfünf')) yield Uint8Array.of(byte);
  }
  await using source = await openSource({ name: 'letters', bytes: bytes() });
  const lines: string[] = [];
  for await (const line of source.lines()) lines.push(line);
  expect(lines).toEqual(['eins', 'zwei', '', 'fünf']);
});

test('progress counts bytes of the packed file', async () => {
  const path = join(folder, 'progress');
  await writeFile(path, Buffer.alloc(600_000, 'x'));
  const seen: SourceProgress[] = [];
  await using source = await openSource(path, { onProgress: (progress) => seen.push(progress) });
  await source.text();
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.at(-1)).toEqual({ name: 'progress', bytesRead: 600_000, bytesTotal: 600_000 });
});

test('an aborted signal ends reading', async () => {
  const abort = new AbortController();
  await using source = await openSource(Buffer.alloc(8 << 20, 'x'), { signal: abort.signal });
  abort.abort();
  await expect(source.text()).rejects.toMatchObject({ code: 'NW_CANCELLED' });
});

const beginnings: readonly (readonly [SourceFormat, string])[] = [
  ['bgpdump-text', 'TABLE_DUMP2|1277971199|B|192.0.2.1|64500|198.51.100.0/24|64500 64501|IGP|192.0.2.1|0|0||NAG||\n'],
  ['bgpdump-text', 'BGP4MP_ET|1445565678.509481|STATE|192.0.2.1|64500|1|2\n'],
  [
    'show-ip-bgp',
    'BGP table version is 1\n\n   Network          Next Hop            Metric LocPrf Weight Path\n*> 198.51.100.0/24',
  ],
  ['show-ip-bgp', '*  3.0.0.0          192.0.2.1                0             0 64500 80 i\n'],
  ['junos-routes', '\ninet.0: 3 destinations, 4 routes (3 active, 0 holddown, 0 hidden)\n+ = Active Route'],
  ['frr-json', '{\n "vrfId": 0,\n "vrfName": "default",\n "routerId": "192.0.2.1",'],
  ['gobgp-json', '{"198.51.100.0/24":[{"nlri":{"prefix":"198.51.100.0/24"},"age":1}]}'],
  ['as-rel', '# source:topology|BGP|20250901\n1|11537|0|bgp\n'],
  ['as-rel', '1\t2\t-1\n'],
  ['delegated', '2|afrinic|20140630|4024|00000000|20140630|00000\n'],
  [
    'as-organizations',
    '# name: AS Org\n# format:aut|changed|aut_name|org_id|opaque_id|source\n1|2012|LVLT-1|LPL-141-ARIN||ARIN\n',
  ],
  ['peeringdb-json', '{"ix": [{"id": 1, "org_id": 2}]}'],
  ['as-names-json', '{"50088": "FITL-IE Fort Technologies, GB"}'],
  ['vrp-json', '{"metadata":{},"roas":[{"asn":"AS64500"}]}'],
  ['ranges-csv', '1.0.0.0,1.0.0.255,AU\n'],
  ['json', '{"a":1}'],
  ['text', 'hello\n'],
  ['empty', ''],
];

test.each(beginnings)('%s is recognised by its beginning', (format, beginning) => {
  expect(sniffFormat(Buffer.from(beginning))).toBe(format);
});

test('noise is unknown', () => {
  expect(sniffFormat(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13))).toBe('unknown');
});
