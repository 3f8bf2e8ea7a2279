import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { lockWorkspace, openConfigurationStore, openDatabase, openMemory, openSealedStore } from '#store';
import { mounts } from '../peers/peers.ts';
import { commit, openStore, run, temporaryFolder } from './fixtures.ts';

test('a database of a newer Netwright is not touched', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'state.sqlite');
  await (await openDatabase(path)).close();
  const sqlite = new Sqlite(path);
  sqlite.pragma('user_version = 999');
  sqlite.close();
  const before = readFileSync(path);
  await expect(openDatabase(path)).rejects.toMatchObject({ code: 'NW_WORKSPACE_NEWER' });
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(readdirSync(folder.path).sort()).toEqual(['state.sqlite']);
});

test('a file that is no database is told apart, and left alone', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'state.sqlite');
  writeFileSync(path, 'this is no database, but it is long enough to look at'.repeat(100));
  await expect(openDatabase(path)).rejects.toMatchObject({
    code: 'NW_STORE_FAILED',
    hint: expect.stringContaining('rebuilt from git') as string,
  });
  expect(readFileSync(path, 'utf8')).toContain('this is no database');
});

test('a database on a full disk says so, and goes on when there is room again', async () => {
  await using folder = await temporaryFolder();
  await using database = await openDatabase(join(folder.path, 'state.sqlite'));
  const remember = (count: number): Promise<void> =>
    database.write(async (transaction) => {
      const facts = Array.from({ length: count }, (_, at) => ({ kind: 'k', key: `${at}`, value: 'x'.repeat(1000) }));
      for (const fact of facts) await transaction.insertInto('facts').values(fact).execute();
    });
  const pages = (count: number) => sql.raw(`pragma max_page_count = ${count}`).execute(database.queries);
  await pages(40);
  await expect(remember(500)).rejects.toMatchObject({ code: 'NW_STORE_FULL' });
  await pages(10_000);
  await remember(500);
  const { count } = await database.queries
    .selectFrom('facts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  expect(count).toBe(500);
});

test.skipIf(mounts().isMissing)(
  'a database that a full disk leaves no room to be opened says so, where SQLite says I/O error',
  async () => {
    await using folder = await temporaryFolder();
    const disk = join(folder.path, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    try {
      const path = join(disk, 'state.sqlite');
      await (await openDatabase(path)).close();
      spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'fill')}`, 'bs=4k']);
      await expect(openDatabase(path)).rejects.toMatchObject({ code: 'NW_STORE_FULL' });
      await expect(lockWorkspace(join(disk, 'lock'), { what: 'backup' })).rejects.toMatchObject({
        code: 'NW_STORE_FULL',
      });
      rmSync(join(disk, 'fill'));
      await (await openDatabase(path)).close();
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  },
);

test.skipIf(mounts().isMissing)('a full disk: the run fails, the rest is whole, and the next run works', async () => {
  await using folder = await temporaryFolder();
  const disk = join(folder.path, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]);
  try {
    const database = await openDatabase(join(folder.path, 'state.sqlite'));
    const store = await openConfigurationStore({ repository: join(disk, 'configs'), database });
    await commit(store, 'before', { r1: 'a\n' });
    const writer = await store.startRun(run('too-much'));
    const noise = (): Buffer =>
      Buffer.from(Array.from({ length: 20_000 }, () => Math.random().toString(36)).join('\n'));
    const fill = async (): Promise<void> => {
      for (let at = 0; at < 40; at += 1)
        await writer.write(`d${at}`, `d${at}`, noise(), { device: `d${at}`, durationMs: 1 });
      await writer.commit();
    };
    await expect(fill()).rejects.toMatchObject({ code: 'NW_STORE_FULL' });
    await writer.abandon();
    const sealed = openSealedStore({
      folder: join(disk, 'sealed'),
      recipients: async () => ['age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj'],
      identities: async () => [],
      keep: 1,
    });
    const seal = sealed.seal({
      device: 'r1',
      blob: 'ab'.repeat(20),
      atMs: 0,
      content: Buffer.alloc(6_000_000, noise()),
    });
    await expect(seal).rejects.toMatchObject({ code: 'NW_STORE_FULL' });
    expect(spawnSync('git', ['--git-dir', join(disk, 'configs'), 'fsck', '--strict']).status).toBe(0);
    expect((await store.read((await store.latest('r1'))!)).toString()).toBe('a\n');
    expect(await commit(store, 'after', { r1: 'b\n' })).toBeDefined();
    await store[Symbol.asyncDispose]();
    await database.close();
  } finally {
    execFileSync('umount', ['-l', disk]);
  }
});

test('a damaged object is named; other versions are still read', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  await commit(open.store, 'one', { r1: 'a\n'.repeat(100) });
  await commit(open.store, 'two', { r1: 'b\n'.repeat(100) });
  const [second, first] = await open.store.history('r1');
  const packs = join(open.repository, 'objects/pack');
  for (const name of readdirSync(packs).filter((one) => one.endsWith('.idx'))) {
    const index = execFileSync('git', ['show-index'], { input: readFileSync(join(packs, name)), encoding: 'utf8' });
    const offset = index
      .split('\n')
      .find((line) => line.includes(first!.blob))
      ?.split(' ')[0];
    if (offset === undefined) continue;
    const pack = join(packs, name.replace('.idx', '.pack'));
    chmodSync(pack, 0o644);
    writeFileSync(pack, readFileSync(pack).fill(0x55, Number(offset) + 4, Number(offset) + 9));
  }
  await expect(open.store.read(first!)).rejects.toMatchObject({ code: 'NW_STORE_FAILED' });
  expect((await open.store.read(second!)).toString()).toBe('b\n'.repeat(100));
  expect(await commit(open.store, 'three', { r1: 'c\n' })).toBeDefined();
});

test('without git the store says so', async () => {
  await using folder = await temporaryFolder();
  vi.stubEnv('PATH', folder.path);
  try {
    await expect(openStore(folder.path)).rejects.toMatchObject({ code: 'NW_GIT_MISSING' });
  } finally {
    vi.unstubAllEnvs();
  }
});

test('a folder with other files in it becomes no repository', async () => {
  await using folder = await temporaryFolder();
  mkdirSync(join(folder.path, 'configs'));
  writeFileSync(join(folder.path, 'configs', 'holiday.jpg'), '');
  await expect(openStore(folder.path)).rejects.toMatchObject({ code: 'NW_STORE_FAILED' });
  expect(readdirSync(join(folder.path, 'configs'))).toEqual(['holiday.jpg']);
});

test("the user's and the repository's hooks and settings change nothing", async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  const marker = join(folder.path, 'hook-ran');
  mkdirSync(join(open.repository, 'hooks'), { recursive: true });
  writeFileSync(join(open.repository, 'hooks', 'reference-transaction'), `#!/bin/sh\ntouch ${marker}\n`, {
    mode: 0o755,
  });
  writeFileSync(join(folder.path, 'gitconfig'), '[core]\n\tautocrlf = true\n[commit]\n\tgpgsign = true\n');
  vi.stubEnv('GIT_CONFIG_GLOBAL', join(folder.path, 'gitconfig'));
  vi.stubEnv('GIT_DIR', '/nonexistent');
  try {
    await commit(open.store, 'run-1', { r1: 'a\r\nb\n' });
    expect((await open.store.read((await open.store.latest('r1'))!)).toString()).toBe('a\r\nb\n');
    expect(readdirSync(folder.path)).not.toContain('hook-ran');
  } finally {
    vi.unstubAllEnvs();
  }
});

test('a branch that somebody rewrote is indexed anew', async () => {
  await using folder = await temporaryFolder();
  {
    await using open = await openStore(folder.path);
    await commit(open.store, 'one', { r1: 'a\n' });
    await commit(open.store, 'two', { r1: 'b\n' });
  }
  execFileSync('git', ['--git-dir', join(folder.path, 'configs'), 'update-ref', 'refs/heads/main', 'main~1']);
  await using open = await openStore(folder.path);
  expect((await open.store.history('r1')).map(({ runId }) => runId)).toEqual(['one']);
});

test('facts are there after a restart', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'state.sqlite');
  {
    await using database = await openDatabase(path);
    await using memory = await openMemory(database);
    memory.set('platform', 'r1', 'cisco_ios');
    memory.set('platform', 'r2', 'linux');
    memory.set('platform', 'r1', 'cisco_xe');
    memory.delete('platform', 'r2');
    expect(memory.get('platform', 'r1')).toBe('cisco_xe');
  }
  await using database = await openDatabase(path);
  await using memory = await openMemory(database);
  expect([...memory.entries('platform')]).toEqual([['r1', 'cisco_xe']]);
});

test('the lock of a process that died is taken over', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'lock');
  const dies = `import('better-sqlite3').then(({ default: S }) => { const s = new S(${JSON.stringify(path)}); s.exec('BEGIN EXCLUSIVE'); process.kill(process.pid, 'SIGKILL'); })`;
  const { signal } = spawnSync(process.execPath, ['-e', dies], { cwd: process.cwd() });
  expect(signal).toBe('SIGKILL');
  writeFileSync(`${path}.json`, JSON.stringify({ pid: 1, host: 'x', sinceMs: 0, what: 'died' }));
  await using lock = await lockWorkspace(path, { what: 'test' });
  expect(lock).toBeDefined();
  await expect(lockWorkspace(path, { what: 'another' })).rejects.toMatchObject({ code: 'NW_WORKSPACE_BUSY' });
  const abort = new AbortController();
  const waiting = lockWorkspace(path, { what: 'third', wait: true, signal: abort.signal });
  abort.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'NW_CANCELLED' });
});

test('packs of many runs are joined, and everything is still there', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  for (let at = 0; at < 20; at += 1) await commit(open.store, `run-${at}`, { r1: `version ${at}\n` });
  const packs = (): number =>
    readdirSync(join(open.repository, 'objects/pack')).filter((name) => name.endsWith('.pack')).length;
  expect(packs()).toBe(20);
  await open.store.maintain();
  expect(packs()).toBeLessThan(8);
  const versions = await open.store.history('r1');
  expect((await open.store.read(versions[10]!)).toString()).toBe('version 9\n');
  expect(spawnSync('git', ['--git-dir', open.repository, 'fsck', '--strict']).status).toBe(0);
});
