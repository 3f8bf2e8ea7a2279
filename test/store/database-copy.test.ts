import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NetwrightError } from '#core';
import { openConfigurationStore, openDatabase, openDatabaseCopy } from '#store';
import { commit, openStore, temporaryFolder } from './fixtures.ts';

const denied = new NetwrightError('NW_FILE_DENIED', 'permission denied');

/** The history of r1 as somebody sees it who may not write. */
async function seen(folder: string): Promise<readonly string[]> {
  await using database = await openDatabaseCopy(join(folder, 'state.sqlite'), denied);
  await using store = await openConfigurationStore({ repository: join(folder, 'configs'), database });
  return (await store.history('r1')).map(({ runId }) => runId);
}

test('who may only read sees the history at rest, while others write, and without any index', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'state.sqlite');
  {
    await using open = await openStore(folder.path);
    await commit(open.store, 'first', { r1: 'hostname r1\n' });
    await commit(open.store, 'second', { r1: 'hostname r1\nntp\n' });
    expect(await seen(folder.path)).toEqual(['second', 'first']);
  }
  expect(await seen(folder.path)).toEqual(['second', 'first']);
  await rm(path);
  expect(await seen(folder.path)).toEqual(['second', 'first']);
  // Nothing was made beside the repository.
  await expect(rm(path)).rejects.toThrow(/ENOENT/);
});

test('a copy shows what was written, takes the index on, and refuses every other write with the reason', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'state.sqlite');
  const fact = { kind: 'k', key: '1', value: '1' };
  await using database = await openDatabase(path);
  await database.write(async (write) => void (await write.insertInto('facts').values(fact).execute()));
  await using copy = await openDatabaseCopy(path, denied);
  expect(await copy.queries.selectFrom('facts').selectAll().execute()).toEqual([fact]);
  await expect(copy.write(async (write) => void (await write.deleteFrom('facts').execute()))).rejects.toBe(denied);
  await copy.writeIndex(async (write) => void (await write.deleteFrom('facts').execute()));
  expect(await copy.queries.selectFrom('facts').selectAll().execute()).toEqual([]);
  expect(await database.queries.selectFrom('facts').selectAll().execute()).toEqual([fact]);
});
