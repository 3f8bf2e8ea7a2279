import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startBackup } from '#backup';
import { answers, configuration, testWorkspace } from './fixtures.ts';

const names = Array.from({ length: 8 }, (_, at) => `r${at + 1}`);
const network = () => Object.fromEntries(names.map((name) => [name, answers(configuration(name))]));

test('a device that is gone is named in the report', async () => {
  await using workspace = await testWorkspace(network());
  await startBackup(workspace).report;
  workspace.network.delete('r3');
  expect(await startBackup(workspace).report).toMatchObject({ retired: ['r3'], warnings: [] });
});

test('an inventory that lost most of its devices retires none of them, unless the user says so', async () => {
  await using workspace = await testWorkspace(network());
  await startBackup(workspace).report;
  for (const name of names.slice(1)) workspace.network.delete(name);
  const store = await workspace.configurations();
  const careful = await startBackup(workspace).report;
  expect(careful).toMatchObject({ retired: [], warnings: [{ code: 'NW_RETIRE_MANY' }] });
  expect(await store.devices()).toEqual(names);
  const wanted = await startBackup(workspace, { retire: true }).report;
  expect(wanted).toMatchObject({ retired: names.slice(1), warnings: [] });
  expect(await store.devices()).toEqual(['r1']);
});

test('an inventory that lost all of its devices, however few, retires none of them', async () => {
  await using workspace = await testWorkspace({ r1: answers(configuration('r1')), r2: answers(configuration('r2')) });
  await startBackup(workspace).report;
  workspace.network.clear();
  const report = await startBackup(workspace).report;
  expect(report).toMatchObject({ retired: [], warnings: [{ code: 'NW_RETIRE_MANY' }] });
  expect(report.warnings[0]?.message).toContain('2 of 2 stored devices are no longer in the inventory (r1, r2)');
  expect(await (await workspace.configurations()).devices()).toEqual(['r1', 'r2']);
});

test('a remote that is set later gets all that is there, once, even when nothing changed', async () => {
  await using workspace = await testWorkspace({ r1: answers(configuration('r1')) });
  const { commit } = await startBackup(workspace).report;
  const headOf = (name: string): string =>
    spawnSync('git', ['--git-dir', workspace.path(name), 'rev-parse', 'main'], { encoding: 'utf8' }).stdout.trim();
  for (const name of ['first.git', 'second.git']) {
    execFileSync('git', ['init', '-q', '--bare', workspace.path(name)]);
    Object.assign(workspace.settings.backup, { remote: workspace.path(name) });
    expect((await startBackup(workspace).report).commit).toBeUndefined();
    expect(headOf(name)).toBe(commit);
  }
  rmSync(workspace.path('second.git'), { recursive: true });
  // Nothing is new and nothing is owed: the remote is not asked.
  expect((await startBackup(workspace).report).warnings).toEqual([]);
});

test('a push that failed is made good by the next run, even when nothing changed', async () => {
  await using workspace = await testWorkspace(
    { r1: answers(configuration('r1')) },
    { backup: { remote: './remote.git' } },
  );
  expect((await startBackup(workspace).report).warnings).toMatchObject([{ code: 'NW_PUSH_FAILED' }]);
  // A path counts from the workspace, wherever the program was started.
  const remote = workspace.path('remote.git');
  rmSync(remote, { recursive: true, force: true });
  mkdirSync(remote);
  execFileSync('git', ['init', '-q', '--bare', remote]);
  expect(await startBackup(workspace).report).toMatchObject({ unchanged: 1, warnings: [] });
  expect(execFileSync('git', ['--git-dir', remote, 'log', '--oneline', 'main'], { encoding: 'utf8' })).toContain(
    'Backup:',
  );
});
