import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { headOf, openRepository } from '../../src/store/repository.ts';
import { temporaryFolder } from './fixtures.ts';

const git = (repository: string, ...args: string[]): string =>
  execFileSync('git', ['--git-dir', repository, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    encoding: 'utf8',
  }).trim();

test('the newest commit is the one that git names, loose, packed, symbolic, or none', async () => {
  await using folder = await temporaryFolder();
  const repository = await openRepository(join(folder.path, 'configs'));
  const { path } = repository;
  expect(await headOf(repository)).toBeUndefined();
  const tree = git(path, 'hash-object', '-t', 'tree', '-w', '/dev/null');
  const commits = ['one', 'two'].map((message) => git(path, 'commit-tree', tree, '-m', message));
  git(path, 'update-ref', 'refs/heads/main', commits[0]!);
  git(path, 'update-ref', 'refs/heads/not-main', commits[1]!);
  expect(await headOf(repository)).toBe(commits[0]);
  git(path, 'pack-refs', '--all');
  expect(await headOf(repository)).toBe(commits[0]);
  git(path, 'update-ref', 'refs/heads/main', commits[1]!);
  expect(await headOf(repository)).toBe(commits[1]);
  git(path, 'symbolic-ref', 'refs/heads/main', 'refs/heads/other');
  git(path, 'update-ref', 'refs/heads/other', commits[0]!);
  expect(await headOf(repository)).toBe(commits[0]);
});

test('a file of the ref that holds no name of a commit is for git to judge', async () => {
  await using folder = await temporaryFolder();
  const repository = await openRepository(join(folder.path, 'configs'));
  const file = join(repository.path, 'refs/heads/main');
  writeFileSync(file, 'not a commit\n');
  await expect(headOf(repository).then((head) => head ?? 'none')).resolves.toBe('none');
  rmSync(file);
  expect(await headOf(repository)).toBeUndefined();
});
