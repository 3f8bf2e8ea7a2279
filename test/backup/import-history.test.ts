import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { importHistory, startBackup } from '#backup';
import { temporaryFolder } from '../store/fixtures.ts';
import { answers, configuration, testWorkspace } from './fixtures.ts';

/** A repository as another tool would have written it: one commit for each set of files; null takes one away. */
function foreignRepository(folder: string, commits: readonly Record<string, string | null>[]): string {
  const repository = join(folder, 'foreign');
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=x', '-c', 'user.email=x@y', ...args], {
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
    });
  mkdirSync(repository);
  git('init', '-q', '-b', 'master');
  for (const [at, files] of commits.entries()) {
    for (const [path, text] of Object.entries(files)) {
      const full = join(repository, path);
      mkdirSync(dirname(full), { recursive: true });
      if (text === null) rmSync(full);
      else writeFileSync(full, text);
    }
    git('add', '-A');
    git(
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      `update number ${at}`,
      `--author=Tool ${at} <tool@example.net>`,
      `--date=2020-01-0${at + 1}T00:00:00Z`,
    );
  }
  return repository;
}

test('the history of Oxidized is taken over with authors and messages, and without its secrets', async () => {
  await using folder = await temporaryFolder();
  const repository = foreignRepository(folder.path, [
    { 'cairo/r1': 'hostname r1\nenable secret clear-one\nend\n', 'giza/other': 'snmp-server community S3cretRO RO\n' },
    { 'cairo/r1': 'hostname r1\nenable secret clear-two\nend\n' },
    {},
    { 'cairo/r1': 'hostname r1\nenable secret clear-two\nnew line\nend\n', 'giza/other': null },
  ]);
  await using workspace = await testWorkspace({ r1: answers(configuration('r1')) });
  const result = await importHistory(workspace, { kind: 'oxidized', repository });
  expect(result).toEqual({ commits: 3, versions: 5, devices: 2 });
  const store = await workspace.configurations();
  const versions = await store.history('r1');
  expect(versions.map(({ author, reason }) => [author, reason])).toEqual([
    ['Tool 3 <tool@example.net>', 'update number 3'],
    ['Tool 1 <tool@example.net>', 'update number 1'],
    ['Tool 0 <tool@example.net>', 'update number 0'],
  ]);
  const texts = await Promise.all(versions.map(async (version) => (await store.read(version)).toString()));
  expect(texts.join()).not.toMatch(/clear-|S3cret/);
  expect(texts[1]).toMatch(/^hostname r1\nenable secret <secret:[0-9a-f]{8}>\nend\n$/);
  expect(new Set(texts).size).toBe(3);
  expect(await store.devices({ retired: true })).toEqual(['other']);
  expect((await store.read((await store.latest('other'))!)).toString()).toMatch(/community <secret:[0-9a-f]{8}> RO/);
  const all = execFileSync(
    'git',
    ['--git-dir', workspace.path('configs'), 'log', '-p', '--format=%an %ad %B', 'main'],
    { encoding: 'utf8' },
  );
  expect(all).not.toMatch(/clear-|S3cret/);
  expect(all).toContain('Tool 1 Thu Jan 2 00:00:00 2020');
  expect(execFileSync('git', ['--git-dir', workspace.path('configs'), 'fsck', '--strict'], { encoding: 'utf8' })).toBe(
    '',
  );

  // Backups go on where the history ends; a second import has no place.
  await startBackup(workspace).report;
  expect(await store.history('r1')).toHaveLength(4);
  await expect(importHistory(workspace, { kind: 'oxidized', repository })).rejects.toMatchObject({
    code: 'NW_IMPORT_INVALID',
  });
  expect(await store.history('r1')).toHaveLength(4);
});

test('of RANCID only the configurations are taken, without its folders', async () => {
  await using folder = await temporaryFolder();
  const repository = foreignRepository(folder.path, [
    {
      'core/configs/r1': 'hostname r1\n',
      'core/router.db': 'r1;cisco;up\n',
      'core/configs/.cvsignore': '',
      'core/configs/r9': 'x\n',
    },
  ]);
  await using workspace = await testWorkspace({ r1: answers(configuration('r1')) });
  const seen: number[] = [];
  await importHistory(workspace, { kind: 'rancid', repository, onProgress: ({ done }) => seen.push(done) });
  const store = await workspace.configurations();
  expect(await store.devices()).toEqual(['r1', 'r9']);
  expect([(await store.latest('r1'))?.path, (await store.latest('r9'))?.path]).toEqual(['cairo/r1', 'core/r9']);
  expect(seen).toEqual([1]);
});

test('all of it or nothing: a cancelled import leaves no trace', async () => {
  await using folder = await temporaryFolder();
  const repository = foreignRepository(folder.path, [{ r1: 'a\n' }, { r1: 'b\n' }]);
  await using workspace = await testWorkspace({ r1: answers(configuration('r1')) });
  const abort = new AbortController();
  const importing = importHistory(workspace, {
    kind: 'oxidized',
    repository,
    signal: abort.signal,
    onProgress: () => abort.abort(),
  });
  await expect(importing).rejects.toMatchObject({ code: 'NW_CANCELLED' });
  expect(await (await workspace.configurations()).devices()).toEqual([]);
  expect((await importHistory(workspace, { kind: 'oxidized', repository })).commits).toBe(2);
});

test('what is no repository is named', async () => {
  await using folder = await temporaryFolder();
  await using workspace = await testWorkspace({ r1: answers(configuration('r1')) });
  await expect(importHistory(workspace, { kind: 'rancid', repository: folder.path })).rejects.toMatchObject({
    code: 'NW_IMPORT_INVALID',
  });
  const empty = foreignRepository(folder.path, [{ README: 'no configs here\n' }]);
  await expect(importHistory(workspace, { kind: 'rancid', repository: empty })).rejects.toMatchObject({
    code: 'NW_IMPORT_INVALID',
  });
});
