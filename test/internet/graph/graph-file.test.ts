import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGraph, type WritableAtlas, writeGraph } from '../../../src/internet/graph/graph-file.ts';
import { buildRegistry } from '../../../src/internet/graph/registry-table.ts';
import { graphOf } from './small-graph.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-graph-'));
});
afterAll(async () => await rm(folder, { recursive: true }));

const graph = graphOf('3356>8452 8452>24835 8452-37069');
const registry = buildRegistry(
  new Map([
    [8452, { name: 'TE-AS TE-AS', country: 'EG', organisation: 'ORG-TDC1-AFRINIC', type: 'NSP' }],
    [3356, { name: 'LEVEL3 – Lumen', country: 'us' }],
    [37069, { country: 'ZZ' }],
  ]),
  [{ id: 7, name: 'CAIX', country: 'EG', city: 'Cairo', members: Uint32Array.of(8452, 24835) }],
);
const whole: WritableAtlas = {
  graph,
  registry,
  cones: { recursive: Uint32Array.of(3, 2, 1, 1), observed: Uint32Array.of(3, 2, 1, 1) },
  counts: {
    providers: Uint32Array.of(0, 1, 1, 0),
    customers: Uint32Array.of(1, 1, 0, 0),
    peers: Uint32Array.of(0, 1, 0, 1),
    siblings: new Uint32Array(4),
    unknown: new Uint32Array(4),
  },
  singlePoints: { above: Uint32Array.of(0xffffffff, 0, 1, 0xffffffff), isConnected: Uint8Array.of(1, 1, 1, 0) },
  roles: Uint8Array.of(0, 1, 5, 5),
  flows: {
    paths: Uint32Array.of(5, 0, 3, 0, 1, 0),
    prefixes: Uint32Array.of(2, 0, 2, 0, 1, 0),
    entryPaths: Uint32Array.of(0, 5, 0, 0),
    entryPrefixes: Uint32Array.of(0, 2, 0, 0),
  },
  prefixes: {
    count: 2,
    count4: 1,
    length: Uint8Array.of(12, 32),
    words: Uint32Array.of(0x29200000, 0, 0, 0, 0x2c0f0000, 0, 0, 0),
    offsets: Uint32Array.of(0, 1, 3),
    origins: Uint32Array.of(8452, 24835, 37069),
    seenBy: Uint16Array.of(9, 2, 1),
  },
  originated: { four: Uint32Array.of(0, 1, 0, 0), six: Uint32Array.of(0, 0, 1, 1) },
  paths: {
    table: {
      count: 2,
      offsets: Uint32Array.of(0, 2, 4),
      hops: Uint32Array.of(3356, 8452, 3356, 0),
      sets: new Map([[3, [24835, 37069]]]),
      routes: Uint32Array.of(4, 1),
    },
    ofPrefix: { offsets: Uint32Array.of(0, 1, 2), pathIds: Uint32Array.of(0, 1) },
    examples: new Uint32Array(9).fill(0xffffffff),
  },
  vrps: {
    count: 1,
    count4: 1,
    length: Uint8Array.of(12),
    words: Uint32Array.of(0x29200000, 0, 0, 0),
    maxLength: Uint8Array.of(24),
    asn: Uint32Array.of(8452),
  },
  addresses: { first: Uint32Array.of(0x29200000), last: Uint32Array.of(0x292fffff), country: Uint16Array.of(0x4547) },
  sources: [{ name: 'a.txt', kind: 'as-rel', count: 3, notes: ['orientation turned'] }],
  timeMs: 1_756_684_800_000,
};

describe('a graph file', () => {
  it('gives back all of an atlas', async () => {
    const file = join(folder, 'whole.nwgraph');
    const size = await writeGraph(file, whole);
    expect((await readFile(file)).length).toBe(size);
    const { registry: read, ...rest } = await openGraph(file);
    const { registry: given, ...wanted } = whole;
    expect(rest).toEqual(wanted);
    expect(read.columns.exchanges).toEqual(given.columns.exchanges);
    expect(read.name(8452)).toBe('TE-AS TE-AS');
    expect(read.name(3356)).toBe('LEVEL3 – Lumen');
    expect([read.country(3356), read.country(37069)]).toEqual(['US', undefined]);
    expect([read.organisation(8452), read.type(8452), read.type(3356)]).toEqual(['ORG-TDC1-AFRINIC', 'NSP', undefined]);
    expect([...read.ofCountry('eg')]).toEqual([8452]);
    expect(read.countries()).toEqual(['EG', 'US']);
  });

  it('leaves out what is not known', async () => {
    const file = join(folder, 'bare.nwgraph');
    await writeGraph(file, { graph, registry, cones: { recursive: new Uint32Array(4) }, sources: [], timeMs: 0 });
    const atlas = await openGraph(file);
    expect(Object.keys(atlas).sort()).toEqual(['cones', 'graph', 'registry', 'sources', 'timeMs']);
    expect(atlas.cones.observed).toBeUndefined();
  });

  it('refuses a file that was cut short or changed at any byte, and says where', async () => {
    const file = join(folder, 'damaged.nwgraph');
    await writeGraph(file, whole);
    const bytes = await readFile(file);
    const cut = join(folder, 'cut.nwgraph');
    for (let length = 0; length < bytes.length; length += 97) {
      await writeFile(cut, bytes.subarray(0, length));
      await expect(openGraph(cut), `${length} bytes`).rejects.toMatchObject({ code: 'NW_INTERNET_FORMAT' });
    }
    await writeFile(file, bytes.with(bytes.indexOf('TE-AS'), 0x78));
    await expect(openGraph(file)).rejects.toThrow('column names.bytes is damaged: the checksum does not fit');
    const newer = Buffer.from(bytes);
    newer.writeUInt32LE(2, 8);
    await writeFile(file, newer);
    await expect(openGraph(file)).rejects.toThrow('expected version 1 of the format, this is version 2');
  });

  it('says of a file that is not there, or something else, what it is', async () => {
    await expect(openGraph(join(folder, 'none'))).rejects.toMatchObject({ code: 'NW_INTERNET_FILE' });
    await expect(openGraph(import.meta.filename)).rejects.toMatchObject({ code: 'NW_INTERNET_FORMAT' });
  });

  it('leaves nothing behind when it cannot be written', async () => {
    const { length } = await readdir(folder);
    await expect(writeGraph(join(folder, 'no', 'such'), whole)).rejects.toMatchObject({ code: 'NW_INTERNET_FILE' });
    expect(await readdir(folder)).toHaveLength(length);
  });
});
