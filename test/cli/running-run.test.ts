import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockHolder, lockWorkspace } from '#store';
import { initWorkspace, openWorkspace } from '#workspace';
import { Netwright } from './netwright.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwright-running-'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

it('a run that goes on is told from one that did not come to its end', async () => {
  const { folder } = await initWorkspace(join(home, 'network'));
  const path = join(folder, '.netwright', 'lock');
  const netwright = new Netwright(home);
  const runs = async (): Promise<readonly boolean[]> =>
    (await netwright.call(['history', '--json', '-w', folder])).json().map((run: { running: boolean }) => run.running);
  await using workspace = await openWorkspace({ folder, env: { HOME: home } });
  const { runs: records } = await workspace.configurations();
  const start = (id: string) =>
    records.start({ id, startedAtMs: Date.now(), author: 'Amr', reason: 'scheduled', total: 3 });
  await records.start({ id: 'killed', startedAtMs: Date.now() - 60_000, author: 'Amr', reason: 'scheduled', total: 3 });
  {
    await using _lock = await lockWorkspace(path, { what: 'backup of all devices' });
    await start('goes-on');
    expect(await runs()).toEqual([true, false]);
    const { stdout } = await netwright.call(['history', '-w', folder]);
    expect(stdout).toMatch(/goes-on .* running .*\nkilled .* not ended /);
  }
  expect(await runs()).toEqual([false, false]);
});

it('what a holder that died left behind is nobody', async () => {
  const path = join(home, 'lock');
  {
    await using _lock = await lockWorkspace(path, { what: 'backup' });
    expect(lockHolder(path)).toMatchObject({ pid: process.pid, what: 'backup' });
  }
  expect(lockHolder(path)).toBeUndefined();
  await writeFile(`${path}.json`, JSON.stringify({ pid: 1, host: 'here', sinceMs: 0, what: 'backup' }));
  expect(lockHolder(path)).toBeUndefined();
  expect(lockHolder(join(home, 'none'))).toBeUndefined();
});
