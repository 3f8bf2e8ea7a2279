import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commit, handClock, openStore, run, temporaryFolder } from './fixtures.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const gitOf = (repository: string, ...args: string[]): string =>
  execFileSync('git', [`--git-dir=${repository}`, ...args], { encoding: 'utf8' });

test('a run becomes one commit that says what changed, who did it and why', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path, handClock(start));
  const { store, repository } = open;
  await commit(store, 'run-1', { r1: 'hostname r1\nend\n', r2: 'hostname r2\nend\n' });
  const writer = await store.startRun(run('run-2', { reason: 'ticket 42' }));
  const changed = await writer.write('r1', 'cairo/r1', Buffer.from('hostname r1\nip route\nend\n'), {
    device: 'r1',
    durationMs: 1500,
  });
  const same = await writer.write('r2', 'cairo/r2', Buffer.from('hostname r2\nend\n'), {
    device: 'r2',
    durationMs: 900,
  });
  writer.note({ device: 'r3', durationMs: 30_000, failure: 'NW_AUTH_FAILED: refused\nRun-Id: forged' });
  const sha = await writer.commit();

  expect(changed).toMatchObject({ change: 'changed', linesAdded: 1, linesRemoved: 0 });
  expect(same.change).toBe('unchanged');
  const message = gitOf(repository, 'log', '-1', '--format=%H%n%an <%ae>%n%B', 'main');
  expect(message).toContain(`${sha}\nAmr <amr@example.net>\nBackup: 1 of 3 changed, 1 failed\n`);
  expect(message).toContain('changed  r1    1.5 s\nfailed   r3   30.0 s  NW_AUTH_FAILED: refused Run-Id: forged\n');
  expect(message).toMatch(/\nRun-Id: run-2\nReason: ticket 42\n/);
  expect(gitOf(repository, 'show', 'main:cairo/r1')).toBe('hostname r1\nip route\nend\n');
  expect(gitOf(repository, 'fsck', '--strict')).toBe('');
  expect(gitOf(repository, 'ls-tree', '-r', '--name-only', 'main')).toBe('cairo/r1\ncairo/r2\n');
});

test('history, time, commit and diff are answered from the index', async () => {
  await using folder = await temporaryFolder();
  const clock = handClock(start);
  await using open = await openStore(folder.path, clock);
  const { store } = open;
  await commit(store, 'run-1', { r1: 'a\nb\nend\n' });
  clock.set(start + day);
  await commit(store, 'run-2', { r1: 'a\nc\nend\n' });
  clock.set(start + 2 * day);
  expect(await commit(store, 'run-3', { r1: 'a\nc\nend\n' })).toBeUndefined();

  const [second, first, ...more] = await store.history('r1');
  expect(more).toEqual([]);
  expect(second).toMatchObject({ runId: 'run-2', atMs: start + day, linesAdded: 1, linesRemoved: 1, sizeBytes: 8 });
  expect(first).toMatchObject({ runId: 'run-1', author: 'Amr <amr@example.net>', reason: 'scheduled', linesAdded: 3 });
  expect(await store.at('r1', start + day - 1)).toEqual(first);
  expect(await store.at('r1', start + day)).toEqual(second);
  expect(await store.at('r1', start - 1)).toBeUndefined();
  expect(await store.byCommit('r1', second!.commit.slice(0, 8))).toEqual(second);
  expect(await store.byCommit('r1', 'no%')).toBeUndefined();
  expect((await store.read(first!)).toString()).toBe('a\nb\nend\n');
  expect(await store.diff(first, second!)).toBe(
    `--- cairo/r1@${first!.commit.slice(0, 10)}\n+++ cairo/r1@${second!.commit.slice(0, 10)}\n@@ -1,3 +1,3 @@\n a\n-b\n+c\n end\n`,
  );
  expect(await store.diff(first, first!)).toBe('');
});

test('the index is rebuilt from git when the database is gone, to the same answers', async () => {
  await using folder = await temporaryFolder();
  const clock = handClock(start);
  const answers = async (): Promise<unknown> => {
    await using open = await openStore(folder.path, clock);
    const { store } = open;
    return {
      live: await store.devices(),
      retired: await store.devices({ retired: true }),
      histories: await Promise.all(['r1', 'r2', 'odd'].map((device) => store.history(device))),
      latest: await store.latest('r2'),
    };
  };
  {
    await using open = await openStore(folder.path, clock);
    const { store } = open;
    await commit(store, 'run-1', { r1: 'a\nb\n', r2: 'x\n' });
    clock.set(start + day);
    const writer = await store.startRun(run('run-2', { author: 'cron' }));
    await writer.write('odd', 'giza/odd.cfg', Buffer.from('odd\n'), { device: 'odd', durationMs: 1 });
    await writer.write('r1', 'giza/r1', Buffer.from('a\nc\n'), { device: 'r1', durationMs: 1 });
    writer.retire('r2');
    await writer.commit();
    clock.set(start + 2 * day);
    await commit(store, 'run-3', { r2: 'back again\n' }, { commitPer: 'device' });
  }
  const before = await answers();
  for (const end of ['', '-wal', '-shm']) rmSync(join(folder.path, `state.sqlite${end}`), { force: true });
  const after = await answers();
  expect(after).toMatchObject({ live: ['odd', 'r1', 'r2'], retired: [] });
  // A path that changed together with the text is counted as a whole new file by git.
  const plain = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, one: unknown) => (key.startsWith('lines') ? undefined : one)));
  expect(plain(after)).toEqual(plain(before));
});

test('a retired device leaves the tree and keeps its history and last text', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path, handClock(start));
  const { store, repository } = open;
  await commit(store, 'run-1', { r1: 'a\n', r2: 'b\n' });
  const writer = await store.startRun(run('run-2'));
  writer.retire('r2');
  writer.retire('never-seen');
  await writer.commit();
  expect(await store.devices()).toEqual(['r1']);
  expect(await store.devices({ retired: true })).toEqual(['r2']);
  const last = await store.latest('r2');
  expect(last).toMatchObject({ retired: true, runId: 'run-2' });
  expect((await store.read(last!)).toString()).toBe('b\n');
  expect(gitOf(repository, 'ls-tree', '-r', '--name-only', 'main')).toBe('cairo/r1\n');
});

test('one commit a device when asked, all of them together or none', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path, handClock(start));
  const { store, repository } = open;
  await commit(store, 'run-1', { r1: 'a\n', r2: 'b\n' }, { commitPer: 'device' });
  expect(gitOf(repository, 'log', '--reverse', '--format=%s', 'main')).toBe('Backup: r1 new\nBackup: r2 new\n');
  expect((await store.latest('r1'))?.commit).not.toBe((await store.latest('r2'))?.commit);
});

test('what is given up leaves no trace, and the next run works', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path, handClock(start));
  const { store, repository } = open;
  const writer = await store.startRun(run('run-1'));
  await writer.write('r1', 'r1', Buffer.from('a\n'), { device: 'r1', durationMs: 1 });
  await writer.abandon();
  expect(await store.devices()).toEqual([]);
  await expect(writer.commit()).rejects.toMatchObject({ code: 'NW_INTERNAL' });
  await commit(store, 'run-2', { r1: 'a\n' });
  expect(gitOf(repository, 'fsck', '--strict')).toBe('');
});

test('no two devices share a path, none stands where another has its folder', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path, handClock(start));
  const { store } = open;
  await commit(store, 'run-1', { r1: 'a\n' });
  const writer = await store.startRun(run('run-2'));
  const write = (device: string, path: string): Promise<unknown> =>
    writer.write(device, path, Buffer.from('x\n'), { device, durationMs: 1 });
  for (const path of ['cairo/r1', 'cairo', 'cairo/r1/x', '../x', 'a//b', '.git/hooks', 'a\nb', '']) {
    await expect(write('r9', path), path).rejects.toMatchObject({ code: 'NW_CONFIG_INVALID' });
  }
  await write('r9', 'name with "quotes" \\ and عربي');
  await writer.commit();
  expect((await store.latest('r9'))?.path).toBe('name with "quotes" \\ and عربي');
});

test('two writers at once: the second is told who holds the repository', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path, handClock(start));
  const first = await open.store.startRun(run('run-1'));
  await expect(open.store.startRun(run('run-2'))).rejects.toMatchObject({
    code: 'NW_WORKSPACE_BUSY',
    message: expect.stringContaining(`process ${process.pid}`) as string,
  });
  await first.abandon();
  await commit(open.store, 'run-3', { r1: 'a\n' });
});

test('search finds lines of current configurations, literal or by pattern', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path, handClock(start));
  const { store } = open;
  await commit(store, 'run-1', {
    r1: 'interface A\n ip helper-address 10.0.0.1\nend\n',
    r2: 'hostname r2\nend',
    r3: 'IP HELPER-ADDRESS\n',
  });
  const found = async (pattern: RegExp | string, devices?: string[]): Promise<string[]> => {
    const hits: string[] = [];
    for await (const hit of store.search(pattern, devices ? { devices: new Set(devices) } : {})) {
      hits.push(`${hit.device}:${hit.line}:${hit.text}`);
    }
    return hits;
  };
  expect(await found('ip helper-address')).toEqual(['r1:2: ip helper-address 10.0.0.1']);
  expect(await found(/ip helper-\w+/i)).toEqual(['r1:2: ip helper-address 10.0.0.1', 'r3:1:IP HELPER-ADDRESS']);
  expect(await found(/^end$/)).toEqual(['r1:3:end', 'r2:2:end']);
  expect(await found('end', ['r2'])).toEqual(['r2:2:end']);
  expect(await found('nowhere')).toEqual([]);
  await commit(store, 'run-2', { r2: 'hostname r2\nnowhere\n' });
  expect(await found('nowhere')).toEqual(['r2:2:nowhere']);
});
