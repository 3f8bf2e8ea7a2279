import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seededRandom } from '#core';
import { commit, handClock, openStore, temporaryFolder } from './fixtures.ts';

test('every line is put down to the version that brought it, as git blame has it', async () => {
  await using folder = await temporaryFolder();
  const clock = handClock(Date.UTC(2026, 0, 1));
  await using open = await openStore(folder.path, clock);
  const random = seededRandom(7);
  // All lines differ, so that there is one right answer.
  let count = 0;
  const line = (): string => {
    count += 1;
    return `line number ${count}`;
  };
  let lines = Array.from({ length: 30 }, line);
  for (let at = 0; at < 25; at += 1) {
    await commit(open.store, `run-${at}`, { r1: `${lines.join('\n')}\n` });
    clock.set(clock.now() + 60_000);
    lines = lines.filter(() => random() > 0.05).flatMap((one) => (random() < 0.08 ? [one, line()] : [one]));
    if (at % 5 === 0) lines.unshift(line());
  }
  const latest = (await open.store.latest('r1'))!;
  const blame = await open.store.blame(latest);
  const args = [`--git-dir=${join(folder.path, 'configs')}`, 'blame', '-s', '-l', '--root', 'main', '--', 'cairo/r1'];
  const git = execFileSync('git', args, { encoding: 'utf8' }).trim().split('\n');
  expect(blame.map(({ line: number, text, version }) => `${version.commit} ${number} ${text}`)).toEqual(
    git.map((one) => one.replace(/^(\w+) +(\d+)\) (.*)$/, '$1 $2 $3')),
  );
  // Of an older version, too; of none that there is, an error.
  const older = (await open.store.history('r1')).at(-1)!;
  expect(new Set((await open.store.blame(older)).map(({ version }) => version.runId))).toEqual(new Set(['run-0']));
  await expect(open.store.blame({ ...latest, commit: 'f'.repeat(40) })).rejects.toMatchObject({
    code: 'NW_VERSION_NOT_FOUND',
  });
});

test('a text without versions that follow is all of its own', async () => {
  await using folder = await temporaryFolder();
  await using open = await openStore(folder.path);
  await commit(open.store, 'one', { r1: 'a\na\na' });
  const blame = await open.store.blame((await open.store.latest('r1'))!);
  expect(blame.map(({ line, text }) => [line, text])).toEqual([
    [1, 'a'],
    [2, 'a'],
    [3, 'a'],
  ]);
});
