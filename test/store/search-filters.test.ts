import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { FilterFile } from '../../src/store/filter-file.ts';
import { FilterWriter } from '../../src/store/filter-writer.ts';
import { buildFilter } from '../../src/store/gram-filter.ts';
import { commit, type OpenStore, openStore, run, temporaryFolder } from './fixtures.ts';

const texts = (word: string, count = 30): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`r${at}`, `hostname r${at}\n${word} vlan ${at}\n`]));

async function count(open: OpenStore, pattern: string): Promise<number> {
  let hits = 0;
  for await (const _ of open.store.search(pattern)) hits += 1;
  return hits;
}

function filtersOf(folder: string): { readonly blobs: Set<string>; readonly completeAt: string | undefined } {
  const file = new FilterFile(join(folder, 'search.sqlite'), 1000);
  const blobs = new Set([...file.news()].map(([blob]) => blob));
  const completeAt = file.completeAt();
  file.close();
  return { blobs, completeAt };
}

async function currentBlobs({ store }: OpenStore): Promise<string[]> {
  const latest = await Promise.all((await store.devices()).map((device) => store.latest(device)));
  return latest.map((version) => version?.blob ?? '');
}

async function loseTexts(repository: string): Promise<void> {
  const packs = join(repository, 'objects', 'pack');
  for (const name of await readdir(packs)) await rm(join(packs, name), { force: true });
}

const forget = async (folder: string): Promise<void> => {
  for (const end of ['', '-wal', '-shm']) await rm(join(folder, `search.sqlite${end}`), { force: true });
};

test('a configuration comes with its filter: even the first search reads no text that cannot match', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  await commit(open.store, 'one', texts('first'));
  const last = await commit(open.store, 'two', { r3: 'hostname r3\nanother text\n', r99: 'hostname r99\n' });
  expect(filtersOf(folder.path).completeAt).toBe(last);
  await loseTexts(open.repository);
  expect(await count(open, 'no such line anywhere')).toBe(0);
  await expect(count(open, 'another text')).rejects.toMatchObject({ code: 'NW_STORE_FAILED' });
});

test('what a run changes is known to a search thread that has been there before', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  await commit(open.store, 'one', texts('first'));
  expect(await count(open, 'first vlan')).toBe(30);
  await commit(open.store, 'two', texts('second'));
  expect(await count(open, 'second vlan')).toBe(30);
  await loseTexts(open.repository);
  expect(await count(open, 'first vlan')).toBe(0);
});

test('filters that were lost are made again by the maintenance, and that is done once', async () => {
  await using folder = await temporaryFolder();
  {
    await using open = await openStore(folder.path);
    await commit(open.store, 'one', texts('first', 450));
  }
  await forget(folder.path);
  await using open = await openStore(folder.path);
  await commit(open.store, 'two', { r3: 'hostname r3\nanother text\n' });
  expect(filtersOf(folder.path)).toMatchObject({ blobs: { size: 1 }, completeAt: undefined });
  await open.store.maintain();
  const { blobs, completeAt } = filtersOf(folder.path);
  expect(completeAt).toBe((await open.store.latest('r3'))?.commit);
  for (const blob of await currentBlobs(open)) expect(blobs).toContain(blob);
  // Nothing is missing: no text is read again, which would fail now.
  await loseTexts(open.repository);
  await open.store.maintain();
  expect(await count(open, 'no such line anywhere')).toBe(0);
});

test('an imported history has its filters', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  const history = async function* () {
    const whole = { author: 'Old <old@example.net>', authoredAtMs: 1000, committedAtMs: 1000, message: 'old' };
    const file = { device: 'r1', path: 'r1', linesAdded: 1, linesRemoved: 0 };
    yield { ...whole, sha: 'a'.repeat(40), files: [{ ...file, content: Buffer.from('hostname old\n') }] };
    yield { ...whole, sha: 'b'.repeat(40), files: [{ ...file, content: Buffer.from('hostname new\n') }] };
  };
  await open.store.importHistory(history());
  expect([...filtersOf(folder.path).blobs]).toEqual(await currentBlobs(open));
});

test('a device that comes back with the text it had is found', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  await commit(open.store, 'one', texts('first', 3));
  const writer = await open.store.startRun(run('two'));
  writer.retire('r1');
  await writer.commit();
  const [, gone] = await Promise.all([open.store.latest('r0'), open.store.latest('r1')]);
  const file = new FilterFile(join(folder.path, 'search.sqlite'), 1000);
  file.remove([gone?.blob ?? '']);
  file.close();
  await commit(open.store, 'three', { r1: texts('first', 3).r1! });
  expect(filtersOf(folder.path).blobs).toContain(gone?.blob);
});

test('a cache that cannot be written fails no run', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'search.sqlite'));
  await using open = await openStore(folder.path);
  const last = await commit(open.store, 'one', texts('first'));
  expect(last).toMatch(/^[0-9a-f]{40}$/);
  expect((await open.store.latest('r3'))?.commit).toBe(last);
});

test('what is removed while a run goes on is made again by its maintenance', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  await commit(open.store, 'one', texts('first', 3));
  const writer = await open.store.startRun(run('two'));
  const { blob } = await writer.write('r9', 'cairo/r9', Buffer.from('hostname r9\n'), { device: 'r9', durationMs: 1 });
  const file = new FilterFile(join(folder.path, 'search.sqlite'), 1000);
  file.remove(await currentBlobs(open));
  file.close();
  await writer.commit();
  expect(filtersOf(folder.path)).toEqual({ blobs: new Set([blob]), completeAt: undefined });
  await open.store.maintain();
  expect(filtersOf(folder.path).blobs).toEqual(new Set(await currentBlobs(open)));
});

test('the maintenance forgets old filters when they are a third of all, and a search never waits for that', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  const add = (from: number, many: number): void => {
    const file = new FilterFile(join(folder.path, 'search.sqlite'), 1000);
    file.add(Array.from({ length: many }, (_, at) => [`old${from + at}`, new Uint8Array(8)]));
    file.close();
  };
  await commit(open.store, 'one', texts('first', 3));
  add(0, 100);
  await open.store.maintain();
  expect(filtersOf(folder.path).blobs.size).toBe(103);
  add(100, 100);
  expect(await count(open, 'first vlan')).toBe(3);
  expect(filtersOf(folder.path).blobs.size).toBe(203);
  await open.store.maintain();
  expect(filtersOf(folder.path)).toEqual({
    blobs: new Set(await currentBlobs(open)),
    completeAt: (await open.store.latest('r0'))?.commit,
  });
  expect(await count(open, 'first vlan')).toBe(3);
});

test('filters that were not written leave the commit incomplete, so that they are made later', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'search.sqlite');
  const writer = new FilterWriter(path);
  writer.learn('a', Buffer.from('hostname a\n'));
  writer.committed('first', undefined);
  expect(writer.isCompleteAt('first')).toBe(true);
  const other = new Sqlite(path);
  other.exec('BEGIN IMMEDIATE');
  writer.learn('b', Buffer.from('hostname b\n'));
  writer.committed('second', 'first');
  other.exec('COMMIT');
  other.close();
  expect(writer.isCompleteAt('second')).toBe(false);
  // Nothing stands on what is not whole.
  writer.committed('third', 'second');
  expect(writer.isCompleteAt('third')).toBe(false);
  writer.close();
});

test.each([
  ['damaged', Buffer.from('no database at all, and long enough to be looked at as one'.repeat(20))],
  ['of another version', undefined],
])('a file that is %s begins anew', async (_, content) => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'search.sqlite');
  if (content === undefined) {
    const old = new Sqlite(path);
    old.exec(
      "CREATE TABLE filters (blob TEXT PRIMARY KEY, bits BLOB NOT NULL); INSERT INTO filters VALUES ('a', x'00')",
    );
    old.close();
  } else await writeFile(path, content);
  await using open = await openStore(folder.path);
  await commit(open.store, 'one', texts('first', 3));
  expect(filtersOf(folder.path).blobs).toEqual(new Set(await currentBlobs(open)));
  expect(await count(open, 'first vlan')).toBe(3);
});

test('two who write to one file see what the other wrote, each once', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'search.sqlite');
  const [one, two] = [new FilterFile(path, 1000), new FilterFile(path, 1000)];
  one.add([['a', Uint8Array.of(1)]]);
  expect([...two.news()].map(([blob]) => blob)).toEqual(['a']);
  two.remove(['a']);
  two.add([['b', Uint8Array.of(2)]]);
  one.add([
    ['b', Uint8Array.of(2)],
    ['c', Uint8Array.of(3)],
  ]);
  expect([...two.news()].map(([blob]) => blob)).toEqual(['b', 'c']);
  expect([...two.news()]).toEqual([]);
  expect([...one.news()].map(([blob]) => blob)).toEqual(['b', 'c']);
  one.close();
  two.close();
  expect(existsSync(path)).toBe(true);
});

test.each([0, 3, 40, 2_000, 25_000, 300_000])('a filter of %i bytes is as large as what stands in it', (bytes) => {
  let random = 1;
  const content = Buffer.from(
    Array.from({ length: bytes }, () => {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
      return 0x20 + ((random >>> 16) % 90);
    }),
  );
  const runs = new Set<string>();
  const text = content.toString('latin1').toLowerCase();
  for (let at = 0; at + 5 <= text.length; at += 1) runs.add(text.slice(at, at + 5));
  const bits = buildFilter(content).filter.length * 8;
  expect(Math.log2(bits) % 1).toBe(0);
  expect(bits).toBeGreaterThanOrEqual(Math.max(64, runs.size * 2.3));
  expect(bits).toBeLessThanOrEqual(Math.max(64, runs.size * 5));
});
